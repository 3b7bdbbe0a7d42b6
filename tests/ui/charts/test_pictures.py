"""Copied and saved pictures of charts: on white whatever the theme, and as lines in SVG."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from drillapp.core.charts.tones import PAPER
from drillapp.core.errors import Unavailable
from drillapp.ui import theme
from drillapp.ui.charts import picture
from drillapp.ui.charts.rows_view import RowsView
from tests.ui.charts.figures import heat_map, ranking, shown


@pytest.fixture
def chart(themed: QApplication, qtbot: QtBot) -> RowsView:
    made = RowsView("Ranking")
    made.show_figure(ranking())
    return shown(qtbot, made)


def colours(image: QImage) -> set[str]:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, image.height(), 3)}


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_chart_is_saved_in_light_also_out_of_the_dark(
    chart: RowsView, themed: QApplication, tmp_path: Path, ending: str
) -> None:
    theme.apply_theme(themed, "dark")
    path = tmp_path / f"ranking.{ending}"
    picture.save(chart, path)
    found = colours(QImage(str(path)))
    assert {PAPER["surface"], PAPER["accent"]} <= found
    assert theme.DARK.surface not in found


def test_an_svg_holds_lines_and_words_and_no_pixels(chart: RowsView, tmp_path: Path) -> None:
    heat = heat_map(2000)
    chart.show_figure(heat)
    chart.zoom(0.01)
    path = tmp_path / "map.svg"
    picture.save(chart, path)
    text = path.read_text(encoding="utf-8")
    assert text.count("<rect") + text.count("<path") + text.count("<polygon") > 100
    assert ">Three</text>" in text
    assert "<image" not in text


def test_a_picture_has_all_rows_not_only_those_in_sight(chart: RowsView) -> None:
    assert chart.bar.maximum() > 0
    assert picture.image(chart, 1.0).height() == 30 + 40 * 34 + 28


def test_of_very_many_rows_a_picture_has_those_in_sight(chart: RowsView) -> None:
    chart.show_figure(heat_map())
    assert picture.image(chart, 1.0).size() == chart.canvas.size()


def test_the_menu_copies_and_saves(
    chart: RowsView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda _parent, _title, name, _kind: (str(tmp_path / name), "")
    )
    chart.open_menu(chart.mapToGlobal(chart.rect().center()))
    [menu] = chart.findChildren(QMenu)
    actions = {action.text(): action for action in menu.actions()}
    assert list(actions) == ["Copy picture", "Save as PNG …", "Save as SVG …"]
    for action in actions.values():
        action.trigger()
    menu.close()
    assert QGuiApplication.clipboard().image().width() == 2 * chart.canvas.width()
    assert (tmp_path / "Ranking.png").stat().st_size > 1000
    assert "<svg" in (tmp_path / "Ranking.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_picture_that_cannot_be_written_says_so(chart: RowsView, tmp_path: Path, ending: str) -> None:
    path = tmp_path / "nowhere" / f"ranking.{ending}"
    with pytest.raises(Unavailable, match="cannot be written"):
        picture.save(chart, path)
