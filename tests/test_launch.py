"""The way to the window: what is for it, and what is refused before anything opens."""

from __future__ import annotations

import pytest

from drillapp.launch import is_for_window, open_window


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "window",
        "--office a.drill",
        "--office=a.drill --as-of 2026-01-01 window --page plans",
        "--lang en window",
    ],
)
def test_the_window_opens_without_a_command_or_by_its_own(arguments: str) -> None:
    assert is_for_window(arguments.split())


@pytest.mark.parametrize("arguments", ["--help", "list plans", "--office window list", "window --help"])
def test_every_other_command_is_the_command_lines(arguments: str) -> None:
    assert not is_for_window(arguments.split())


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ("--as-of yesterday", "yesterday"),
        ("--lang fr window", "fr"),
        ("window --zoom", "--zoom"),
        ("window --page", "--page"),
        ("window drills", "drills"),
    ],
)
def test_wrong_arguments_are_named_and_nothing_opens(
    arguments: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        open_window(arguments.split(), 0.0)
    assert refused.value.code == 2
    assert word in capsys.readouterr().err
