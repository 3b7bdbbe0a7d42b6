"""A drill's record from Word: what stands in the document beside what is understood, to be put right and confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from drillapp.core.drills.word_record.draft import DESIGN, FindingDraft, LineDraft, WordRecord
from drillapp.core.drills.word_record.reading import read_word_record
from drillapp.core.drills.word_record.saving import save_word_record
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.showing import shown_value
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving
from drillapp.ui.drills.word_record_texts import TextsTab
from drillapp.ui.drills.word_record_told import ToldView
from drillapp.ui.parts.fields import fields_of
from drillapp.ui.parts.file_dialogs import ask_open
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.list_pane import ListPane
from drillapp.ui.parts.records_editor import RecordsEditor
from drillapp.ui.parts.words import divided, label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_SIZE = (1180, 760)
_ROOM = (40, 90)
"""What a screen needs around the dialog, in pixels."""


def choose_word_record(pane: ListPane) -> None:
    """Let a document be chosen, and read it."""
    session = pane.session
    forms = _("Word documents (*.docx *.docm);;All files (*)")
    path = ask_open(session, pane, _("Choose a document"), forms, "word")
    if path is not None:
        open_word_record(session, path, pane)


def open_word_record(session: Session, path: Path, parent: QWidget, number: str | None = None) -> None:
    """Read a document beside the window, as the record of the drill `number` if that is known, and show what it says."""

    def show(record: WordRecord) -> None:
        dialog = WordRecordDialog(session, path, record, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.begin()

    session.tasks.run_read(
        lambda office, progress: read_word_record(office, path, progress, number=number),
        show,
        owner=parent,
        title=_("Reading the document"),
        replaces="word record",
    )


class WordRecordDialog(FormDialog):
    """The document at the left; facts, log, findings and further texts at the right; nothing is written before Save."""

    def __init__(
        self, session: Session, path: Path, record: WordRecord, parent: QWidget | None = None
    ) -> None:
        self._session = session
        self._path = path
        self._record = record
        kind = KINDS["drills"]._replace(save=self._save)
        super().__init__(session, _("Drill record from Word"), kind, fields_of(kind), parent)
        self.body.insertWidget(1, label(path.name, "muted", wraps=True, parent=self))
        if record.notes:
            self.body.insertWidget(2, _notes(record.notes, self))
        self.offers: dict[str, QPushButton] = {}
        for other in record.others:
            self._offer(other.number, other.title)
        self.form.refused.connect(self._on_refused)
        self.save.setText(_("Save as a drill"))
        available = self.screen().availableGeometry()
        self.resize(min(_SIZE[0], available.width() - _ROOM[0]), min(_SIZE[1], available.height() - _ROOM[1]))

    def arranged(self, area: QScrollArea) -> QWidget:
        self.told = ToldView(self._record.told, self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.log = RecordsEditor(
            (("at", _("Time"), 90), ("text", _("What happened"), 420)), _line, _("Log"), self,
            hidden=("kind",), empty=_("The document tells of no steps."),
        )  # fmt: skip
        self.findings = RecordsEditor(
            (("text", _("Problem"), 230), ("action", _("Corrective action"), 200), ("owner", _("Owner"), 80), ("due", _("Due on"), 90)), _finding, _("Findings"), self,
            empty=_("The document tells of no problems."),
        )  # fmt: skip
        self.texts = TextsTab(self)
        self.tabs.addTab(area, _("Facts"))
        for page, words in ((self.log, _("Log")), (self.findings, _("Findings")), (self.texts, _("Design"))):
            self.tabs.addTab(page, words)
        beside = QWidget(self)
        layout = QVBoxLayout(beside)
        layout.setContentsMargins(2 * GRID, 0, 0, 0)
        layout.addWidget(self.tabs)
        return divided(self.told, beside, (_SIZE[0] * 2 // 5, _SIZE[0] * 3 // 5), self)

    def begin(self) -> None:
        """Show what was understood."""
        self.log.fill(self._record.lines)
        self.findings.fill(self._record.findings)
        self.texts.fill(self._record)
        for page, words, count in (
            (self.log, _("Log"), len(self._record.lines)),
            (self.findings, _("Findings"), len(self._record.findings)),
        ):
            self.tabs.setTabText(self.tabs.indexOf(page), f"{words} {count}" if count else words)
        known = self._record.known
        if known is None:
            self.begin_new(self._record.values)
            return
        shown = known.values | self._record.values
        self.begin_edit(SimpleNamespace(id=known.id, revision=known.revision, **shown))
        self._show_differing()

    def _show_differing(self) -> None:
        """Say beside what the document tells what the drill says itself."""
        fields = {field.name: field for field in layout("drills").field}
        for name, value in self._record.differing.items():
            if name in DESIGN:
                self.texts.tell(
                    name, _("The drill has a text already and keeps it: {text}").format(text=value)
                )
            else:
                words = _("The drill says: {value}").format(value=shown_value(fields[name], value))
                self.form.warn(name, words)

    def _offer(self, number: str, title: str = "") -> None:
        """Offer to take the document for the record of a drill that is there."""
        if number not in self.offers:
            words = _("It is the record of {number}").format(number=number)
            self.offers[number] = self.add_action(words, lambda: self._take_for(number), "link")
            self.offers[number].setToolTip(title)

    def _take_for(self, number: str) -> None:
        parent = self.parentWidget()
        self.reject()
        if parent is not None and not self.isVisible():
            open_word_record(self._session, self._path, parent, number)

    def _on_refused(self, error: object) -> None:
        """The number may have been typed to name the drill that the document belongs to."""
        number = self.form.values().get("number")
        if number and any(problem.field == "number" for problem in getattr(error, "problems", ())):
            self._offer(number)

    def accept(self) -> None:
        """Save drill, log, findings, texts and the document; the dialog closes when that has worked."""
        texts = self.texts.value()
        self._record = replace(
            self._record, lines=self.log.records(), findings=self.findings.records(), **texts
        )
        super().accept()

    def _save(self, office: Office, entries: Sequence[Any], saving: Saving) -> Saved:
        """Runs beside the window."""
        return save_word_record(office, entries[0], self._record, self._path, saving)


def _line(texts: dict[str, Any]) -> LineDraft:
    return LineDraft(at=texts["at"], text=texts["text"], kind=texts.get("kind") or "note")


def _finding(texts: dict[str, Any]) -> FindingDraft:
    return FindingDraft(**{name: texts[name] for name in ("text", "action", "owner", "due")})


def _notes(notes: Sequence[str], parent: QWidget) -> QFrame:
    """What a person should look at."""
    frame = QFrame(parent)
    frame.setProperty("ground", "banner")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
    for note in notes:
        layout.addWidget(label(note, wraps=True, parent=frame))
    return frame
