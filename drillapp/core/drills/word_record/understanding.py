"""From labels and texts to the fields of a drill, its log and its findings; what is not clear is told, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from drillapp.core.drills.word_record.choices import codes_in, rating_in
from drillapp.core.drills.word_record.draft import FindingDraft, LineDraft, WordRecord
from drillapp.core.drills.word_record.labels import plain, words
from drillapp.core.drills.word_record.measures import with_dues, with_owners
from drillapp.core.drills.word_record.pairs import Document, Told
from drillapp.core.drills.word_record.people import count_in, parts_in
from drillapp.core.drills.word_record.problems import findings_of, parted
from drillapp.core.drills.word_record.times import at, line_time, read_all, read_when, times_of
from drillapp.core.i18n import _

_TITLE_MAX = 80
_LONGEST_RATING = 6
_UNUSED = ("", "evaluator", "filled_on")
"""Fields that a drill has no place for."""


def understood(file_name: str, document: Document) -> WordRecord:
    """The record that a document tells."""
    return _Understanding(document).record(file_name)


class _Understanding:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._values: dict[str, Any] = {}
        self._notes: list[str] = []
        self._unclear: set[str] = set()
        """Fields of which it is not clear what they are said of."""

    def record(self, file_name: str) -> WordRecord:
        """All that is understood."""
        self._take_title()
        self._take_time()
        self._take_people()
        self._take_kind()
        for field, name in (("place", "place"), ("leader", "leader")):
            if text := plain(self._text(field)):
                self._values[name] = " ".join(text.split())
        problems, measures = self._text("problems"), self._text("measures")
        if both := self._text("both"):
            more, done = parted(both)
            problems, measures = "\n".join((problems, more)), "\n".join((measures, done))
        findings = self._with_people(findings_of(problems, measures))
        lines = tuple(self._lines())
        self._tell_unknown(lines)
        return WordRecord(
            file_name=file_name, told=self._document.told, values=self._values,
            heading=self._document.heading, plan=self._text("plan"), organiser=self._text("unit"), scenario=self._text("content"), safety=self._text("safety"),
            recorder=self._text("recorder"), judged="\n".join(map(_written, self._judged())), parties=tuple(parts_in(self._text("parties"))),
            findings=findings, lines=lines, notes=tuple(self._notes),
        )  # fmt: skip

    def _told(self, field: str) -> list[Told]:
        return [one for one in self._document.told if one.field == field]

    def _text(self, field: str) -> str:
        """All that stands beside the labels of a field."""
        return "\n".join(dict.fromkeys(one.text for one in self._told(field))).strip()

    def _take_title(self) -> None:
        title = plain(self._text("title")).split("\n")[0]
        heading = " ".join(plain(self._document.heading).split())
        if not title and len(heading) <= _TITLE_MAX:
            endings = sorted(words()["document_endings"], key=len, reverse=True)
            title = next((heading.removesuffix(one) for one in endings if heading.endswith(one)), heading)
        plan = " ".join(plain(self._text("plan")).split())
        if plan and (not title or title in words()["form_titles"]):
            title = words()["plan_title"].format(plan=plan)
        if title:
            self._values["title"] = title
        text = f"{title} {heading} {plan}"
        hazards = {hazard for word, hazard in words()["hazards"].items() if word in text}
        if len(hazards) == 1:
            self._values["hazard"] = hazards.pop()
        for field in ("evacuation", "unannounced"):
            if any(word in text for word in words()[field]):
                self._values[field] = True

    def _take_time(self) -> None:
        texts = [one.text for field in ("time", "ended") for one in self._told(field)]
        written, when = "\n".join(texts), read_all(texts)
        ends = [one.text for one in self._told("ended")]
        if when.day and when.started_at and not when.ended_at and ends and (times := times_of(ends[0])):
            end = at(read_when(ends[0]).day or when.day, times[0])
            when = when._replace(ended_at=end if end > when.started_at else None)
        if when.day is None:
            told = _("When the drill was held could not be read: '{text}'.").format(text=written)
            self._notes.append(told if written else _("Nothing tells when the drill was held."))
            return
        self._values["planned_on"] = when.day
        if when.started_at:
            self._values["started_at"] = when.started_at
        if when.ended_at:
            self._values["ended_at"] = when.ended_at
        else:
            told = _("Give the time at which it began and ended: without them it does not count as held.")
            self._notes.append(told)

    def _take_people(self) -> None:
        texts = [one.text for field in ("people", "parties") for one in self._told(field)]
        counts = [count_in(text) for text in texts]
        expected = [count_in(one.text).present for one in self._told("expected")]
        for count in counts:
            if count.present is not None and "participants" not in self._values:
                self._values["participants"] = count.present
                if count.how:
                    self._notes.append(count.how)
        known = [one for one in (*expected, *(count.expected for count in counts)) if one is not None]
        if known:
            self._values["expected"] = known[0]
        if texts and "participants" not in self._values:
            self._notes.append(_("How many took part is not clear: '{text}'.").format(text=texts[0][:80]))

    def _take_kind(self) -> None:
        for text in (self._text("form"), self._text("title")):
            for field, code in codes_in(text).items():
                self._values.setdefault(field, code)
        for one in self._told("judged"):
            rating = rating_in(one.text)
            if rating is not None:
                self._values["rating"] = rating
                return

    def _lines(self) -> Iterable[LineDraft]:
        """The log: what was done, then what was said of it at a time that is told."""
        open_line: LineDraft | None = None
        for text in filter(None, map(str.strip, self._text("process").split("\n"))):
            found = line_time(text)
            if found is None and open_line is not None:
                open_line = LineDraft(at=open_line.at, text=f"{open_line.text}\n{plain(text)}")
                continue
            if open_line is not None:
                yield open_line
            open_line = LineDraft(text=plain(text)) if found is None else _timed(*found)
        if open_line is not None:
            yield open_line
        for one in self._told("judged"):
            if (timed := line_time(one.text)) is not None:
                yield replace(_timed(timed[0], f"{one.label}\uff1a{timed[1]}"), kind="comment")

    def _with_people(self, findings: tuple[FindingDraft, ...]) -> tuple[FindingDraft, ...]:
        """The findings with who puts them right until when, where that stands by itself."""
        for field, read in (("owner", with_owners), ("due", with_dues)):
            told = "\n".join(plain(one.text) for one in self._told(field))
            known = read(findings, told) if told and findings else None
            if known is None:
                self._unclear.add(field)
            else:
                findings = known
        return findings

    def _judged(self) -> list[Told]:
        """What is said of the drill without a time: it is no line of a log."""
        return [one for one in self._told("judged") if line_time(one.text) is None]

    def _tell_unknown(self, lines: Sequence[LineDraft]) -> None:
        # What but names the rating is taken as that.
        judged = [
            one for one in self._judged() if rating_in(one.text) is None or len(one.text) > _LONGEST_RATING
        ]
        if judged:
            told = _(
                "How it went stays in the document, which is kept with the drill; write it into the evaluation where it is wanted: {text}"
            )
            self._notes.append(told.format(text=_("; ").join(map(_written, judged))))
        untimed = sum(not line.at for line in lines)
        if untimed:
            told = _(
                "Lines of the log of which no time is told: {count}. Give their times; without, they stand at the beginning of the drill."
            )
            self._notes.append(told.format(count=untimed))
        if self._document.records > 1:
            told = _("The document holds {count} records; this is the first. Part it for the others.")
            self._notes.append(told.format(count=self._document.records))
        unused = {*_UNUSED, *self._unclear}
        unknown = [one.label for one in self._document.told if one.field in unused and one.label]
        if unknown:
            told = _(
                "No field takes these; they stay in the document, which is kept with the drill: {labels}."
            )
            self._notes.append(told.format(labels=_(", ").join(unknown)))


def _timed(moment: Any, text: str) -> LineDraft:
    return LineDraft(at=f"{moment:%H:%M}" if not moment.second else f"{moment:%H:%M:%S}", text=text)


def _written(one: Told) -> str:
    return f"{one.label}\uff1a{one.text}"
