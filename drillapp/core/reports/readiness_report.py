"""How ready a unit is and why: score, the arithmetic behind it, trend, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.charts import trend
from drillapp.core.charts.radar import Radar, Side
from drillapp.core.charts.ranking import Bar
from drillapp.core.charts.ranking import Ranking as Bars
from drillapp.core.charts.trend import Trend
from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.formula import formula
from drillapp.core.reports.charts.beside import Beside
from drillapp.core.reports.charts.drawn import Drawn
from drillapp.core.reports.charts.series import Series, figure, share
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Block, Document, Rendered
from drillapp.core.reports.readiness_charts import Group, heat_map, places
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, sentences, text_width
from drillapp.core.reports.together import Together

RADAR = 172.0  # points high, so that its axes stay legible in half the width
TREND = 150.0
BESIDE = 40.0  # points that the longest name may take for bars and radar to stand beside each other


class Gap(msgspec.Struct, frozen=True):
    """One thing that is missing or late."""

    unit: str
    text: str
    due: str = ""
    """By when it was due; empty where it must always be so."""
    state: str = ""
    """Said where nothing is known of it, instead of that it is missing."""


class Lacking(msgspec.Struct, frozen=True):
    """What one rule asks and is not there."""

    asked: str
    article: str
    count: int
    gaps: tuple[Gap, ...]
    """As many of them as are listed."""


class IndicatorScore(msgspec.Struct, frozen=True):
    """One indicator of the unit; the value is 0 to 100, None when nothing is asked of the unit."""

    name: str
    value: float | None
    weight: float
    met: int
    known: int
    """Of so much of what is asked is anything known."""
    asked: int
    rule: str = ""
    """What is asked, in words."""
    lacking: tuple[Lacking, ...] = ()


class Standing(msgspec.Struct, frozen=True):
    """The place of the unit among those of its kind under the same superior."""

    place: int
    of: int
    kind: str


class UnitReadinessReport(msgspec.Struct, frozen=True):
    """All that the paper says; names as words."""

    office: str
    as_of: date
    unit: str
    score: float | None
    grade: str
    indicators: tuple[IndicatorScore, ...]
    version: str
    """Of the formula."""
    why: tuple[str, ...] = ()
    """The arithmetic of the score, line by line."""
    confidence: str = ""
    coverage: str = ""
    """Of how many units anything is known, where there are some below."""
    floors: tuple[str, ...] = ()
    """A sentence for each floor that caps the grade."""
    helps: tuple[str, ...] = ()
    """What would raise the score most for its effort, a sentence each."""
    peers: Series | None = None
    """The average of comparable units, one value an indicator."""
    standing: Standing | None = None
    trend: tuple[tuple[date, float | None, float], ...] = ()
    """The score at month ends, the oldest first, with the share of what is asked that anything is known of."""
    below: tuple[Group, ...] = ()
    """Units under this one, those of a kind together."""


def render_readiness_report(
    data: UnitReadinessReport,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the report; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    title = _("{unit}: emergency readiness report").format(unit=data.unit)
    document = Document(title, author=data.office, fonts=fonts, progress=progress)
    styles = Styles(fonts)
    document.space(LEADING)
    document.add(
        Title(title, styles.title),
        Paragraph(_("As of {day}").format(day=long_date(data.as_of)), styles.subtitle),
    )
    number = 1
    for add in (_add_conclusion, _add_indicators, _add_trend, _add_below, _add_helps):
        number += add(document, data, styles, number)
    signature = Signature(data.office, data.as_of, (_("Prepared by"), _("Reviewed by")), fonts)
    _add_gaps(document, data, styles, number, signature.height(document.paper.text_width))
    document.add(signature)
    return document.close(target)


def _add_conclusion(document: Document, data: UnitReadinessReport, styles: Styles, number: int) -> int:
    document.add(styles.heading(1, number, _("Conclusion")), styles.text(conclusion(data)))
    return 1


def conclusion(data: UnitReadinessReport) -> str:
    """Score, grade, change and the indicators that stand out, in sentences."""
    if data.score is None:
        if any(each.asked for each in data.indicators):
            return _("Nothing is known of what is asked of {unit}, so it has no score.").format(
                unit=data.unit
            )
        return _("Nothing is asked of {unit} yet, so it has no score.").format(unit=data.unit)
    text = _("By {day} the readiness of {unit} is {score} of 100, grade: {grade}.").format(
        day=long_date(data.as_of), unit=data.unit, score=f"{data.score:.1f}", grade=data.grade
    )
    return sentences(text, *_floors(data), _reliance(data), _place(data), _change(data), _extremes(data))


def _floors(data: UnitReadinessReport) -> list[str]:
    return [_("A floor caps the grade: {floor}.").format(floor=floor) for floor in data.floors]


def _reliance(data: UnitReadinessReport) -> str:
    if not data.confidence:
        return ""
    text = _("Confidence of the figures: {confidence}.").format(confidence=data.confidence)
    if not data.coverage:
        return text
    return sentences(text, _("Units of which anything is known: {coverage}.").format(coverage=data.coverage))


def _place(data: UnitReadinessReport) -> str:
    if data.standing is None:
        return ""
    return _("Among {of} units of its kind ({kind}) it takes place {place}.").format(
        of=data.standing.of, kind=data.standing.kind, place=data.standing.place
    )


def _change(data: UnitReadinessReport) -> str:
    earlier = [(day, score) for day, score, _known in data.trend if score is not None and day < data.as_of]
    if not earlier or data.score is None:
        return ""
    day, score = earlier[0]
    difference = f"{abs(data.score - score):.1f}"
    if difference == "0.0":
        return _("It is the same as at {day}.").format(day=long_date(day))
    if data.score > score:
        return _("Since {day} it has risen by {points} points.").format(day=long_date(day), points=difference)
    return _("Since {day} it has fallen by {points} points.").format(day=long_date(day), points=difference)


def _extremes(data: UnitReadinessReport) -> str:
    scored = [(each.value, each.name) for each in data.indicators if each.value is not None]
    if len(scored) < 2:
        return ""
    best, worst = max(scored, key=lambda each: each[0]), min(scored, key=lambda each: each[0])
    if best[0] == worst[0]:
        return ""
    return _("Strongest is {best} ({best_value}), weakest {worst} ({worst_value}).").format(
        best=best[1], best_value=figure(best[0]), worst=worst[1], worst_value=figure(worst[0])
    )


def _add_indicators(document: Document, data: UnitReadinessReport, styles: Styles, number: int) -> int:
    document.add(styles.heading(1, number, _("Indicators and arithmetic")))
    document.space(LEADING / 4)
    columns = (
        Column(_("Indicator"), 60), Column(_("What is asked")), Column(_("Met"), 42, "right"),
        Column(_("Known"), 46, "right"), Column(_("Asked"), 42, "right"), Column(_("Value"), 42, "right"),
        Column(_("Weight"), 48, "right"),
    )  # fmt: skip
    rows = [
        (
            each.name, each.rule, f"{each.met:,}", f"{each.known:,}", f"{each.asked:,}", figure(each.value),
            figure(each.weight),
        )
        for each in data.indicators
    ]  # fmt: skip
    document.add(Table(columns, rows, table_look(styles.fonts, 10.5)))
    document.space(LEADING / 4)
    close = msgspec.structs.replace(styles.note, before=0.0, after=2.0)
    version = _("Version {version} of the formula.").format(version=data.version)
    document.add(Paragraph("\n".join((*data.why, version)), close))
    document.add(*charts(data, styles.fonts))
    document.space(LEADING / 3)
    return 1


def charts(data: UnitReadinessReport, fonts: Fonts) -> list[Block]:
    """Bars, and from three indicators on a radar beside them, or below where the names are long."""
    bars = Drawn(
        Bars(list(map(_bar, data.indicators))),
        fonts,
    )
    if len(data.indicators) < 3:
        return [bars]
    peers = data.peers.values if data.peers else (None,) * len(data.indicators)
    sides = [
        Side(each.name, each.name, share(each.value), share(peer), bool(each.asked), _known(each))
        for each, peer in zip(data.indicators, peers, strict=True)
    ]
    words = data.peers.name if data.peers else ""
    radar = Drawn(Radar(sides, now_words=_("This unit"), earlier_words=words), fonts, RADAR)
    longest = max(text_width(each.name, fonts.sans, 9) for each in data.indicators)
    return [Beside(bars, radar, 0.5)] if longest <= BESIDE else [bars, radar]


def _bar(each: IndicatorScore) -> Bar:
    return Bar(each.name, each.name, share(each.value), is_asked=bool(each.asked), confidence=_known(each))


def _known(each: IndicatorScore) -> float:
    return each.known / each.asked if each.asked else 1.0


def _add_trend(document: Document, data: UnitReadinessReport, styles: Styles, number: int) -> int:
    if len(data.trend) < 2:
        return 0
    text = _("Trend of {months} months").format(months=len(data.trend))
    score = trend.Series(
        _("Score"),
        tuple(share(score) for _day, score, _known in data.trend),
        tuple(known for _day, _score, known in data.trend),
    )
    chart = Drawn(Trend([day for day, _score, _known in data.trend], [score]), styles.fonts, TREND)
    document.add(Together(styles.heading(1, number, text), chart))
    document.space(LEADING / 3)
    return 1


def _add_below(document: Document, data: UnitReadinessReport, styles: Styles, number: int) -> int:
    if not data.below:
        return 0
    used = formula(data.version)
    heads: list[Block] = [styles.heading(1, number, _("Ranking of the units below"))]
    for serial, group in enumerate(data.below, 1):
        heading = _("{kind} ({count})").format(kind=group.kind, count=len(group.units))
        heads.append(styles.heading(2, serial, heading))
        marks = places([unit.now.score for unit in group.units])
        document.add(Together(*heads, Drawn(heat_map(group.units, used, marks), styles.fonts)))
        heads = []
    return 1


def _add_helps(document: Document, data: UnitReadinessReport, styles: Styles, number: int) -> int:
    if not data.helps:
        return 0
    document.add(styles.heading(1, number, _("What would help most")))
    for serial, text in enumerate(data.helps, 1):
        document.add(styles.text(f"{serial}. {text}"))
    return 1


def _add_gaps(
    document: Document, data: UnitReadinessReport, styles: Styles, number: int, keep: float
) -> None:
    """The last section; its end stays with the signature that takes the points below it."""
    heads: list[Block] = [styles.heading(1, number, _("What is missing"))]
    lacking = [each for each in data.indicators if each.lacking]
    if not lacking:
        text = styles.text(_("Nothing that is asked is missing."), keep_with_next=keep)
        document.add(Together(*heads, text))
    for place, each in enumerate(lacking, 1):
        count = sum(rule.count for rule in each.lacking)
        heading = _("{indicator}: {count} missing").format(indicator=each.name, count=count)
        heads.append(styles.heading(2, place, heading))
        for serial, rule in enumerate(each.lacking, 1):
            is_last = place == len(lacking) and serial == len(each.lacking)
            heading = _("{asked}: {count} missing").format(asked=rule.asked, count=rule.count)
            heads.append(styles.heading(3, serial, heading))
            _add_lacking(document, data, styles, rule, heads, keep if is_last else 0.0)
            heads = []


def _add_lacking(
    document: Document,
    data: UnitReadinessReport,
    styles: Styles,
    rule: Lacking,
    heads: list[Block],
    keep: float,
) -> None:
    """One rule under the headings that stand before it: by which article, and its gaps."""
    rest = rule.count - len(rule.gaps)
    columns, rows = gap_table(rule.gaps, data.unit)
    below = styles.note.leading if rest else keep
    table = Table(columns, rows, table_look(styles.fonts, 10.5), keep_with_next=below)
    basis = Paragraph(_("By: {article}").format(article=rule.article), styles.basis)
    document.add(Together(*heads, basis, table))
    if rest:
        text = _("{count} more are not listed here; the list of obligations has them all.").format(count=rest)
        document.add(Paragraph(text, styles.note, keep_with_next=keep))
    if not keep:  # the signature brings its own space
        document.space(LEADING / 3)


def gap_table(gaps: Sequence[Gap], unit: str) -> tuple[list[Column], list[list[str]]]:
    """Columns and rows; neither units where all is the unit's own, nor days where none is set."""
    columns = [Column(_("#"), 32, "centre")]
    rows = [[str(serial)] for serial in range(1, len(gaps) + 1)]
    parts = [(Column(_("Missing or to be put right")), [gap.text for gap in gaps])]
    if any(gap.unit != unit for gap in gaps):
        parts.insert(0, (Column(_("Unit"), 148), [gap.unit for gap in gaps]))
    if any(gap.due for gap in gaps):
        parts.append((Column(_("Was due on"), 66, "centre"), [gap.due or "—" for gap in gaps]))
    if any(gap.state for gap in gaps):
        parts.append((Column(_("State"), 48, "centre"), [gap.state or "—" for gap in gaps]))
    for column, texts in parts:
        columns.append(column)
        for row, text in zip(rows, texts, strict=True):
            row.append(text)
    return columns, rows
