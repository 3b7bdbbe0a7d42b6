"""One list with everything around it: actions, filters, table, detail panel, form. A page says what is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.listing import Condition, Listing, View
from drillapp.core.saving import Saved
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.parts.cells import Tones
from drillapp.ui.parts.detail import DetailPanel, Tab
from drillapp.ui.parts.fields import fields_of
from drillapp.ui.parts.filters import Chip, FilterBar
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.number_proposal import NumberProposal
from drillapp.ui.parts.source import ListingSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import button, restyle
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_WORDLESS = (frozenset[str](), frozenset({"ghost"}), frozenset({"ghost", ""}))
"""Roles of the actions shown by their icons alone, from a wide page to a narrow one."""


class Action(NamedTuple):
    """Something that can be done on a list."""

    label: str
    """English message id."""
    icon: str
    done: Callable[[ListPane], object]
    needs: int = 0
    """How many selected rows it needs: 0 none, 1 exactly one, 2 one or more."""
    role: str = ""
    """primary, ghost for the lesser ones, more for those that stand in a menu."""
    writes: bool = False
    """Whether it changes something, so that a read-only office forbids it."""


class RecordDialog(Protocol):
    """What a form is for the list: the usual one, or a dialog of the kind's own."""

    saved: Any

    def begin_new(self, values: Mapping[str, Any]) -> None:
        """Enter a new record, starting with likely values."""

    def setAttribute(self, attribute: Qt.WidgetAttribute, /, on: bool = ...) -> None:
        """As any widget's."""


class ListSpec(NamedTuple):
    """What a page says about one of its lists."""

    kind: str
    """A kind of record, or any other name for a list that only shows."""
    label: str
    """English message id of the list."""
    record_label: str = ""
    """English message id of one of its records, for the form's title."""
    chips: tuple[Chip, ...] = ()
    tones: Tones = MappingProxyType({})
    fields: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    """What the form shows otherwise than usual (parts.fields.fields_of)."""
    tabs: tuple[Tab, ...] = ()
    actions: tuple[Action, ...] = ()
    """Besides New, Edit, Retire, Print, Import, Export."""
    prints: tuple[Action, ...] = ()
    """What can be printed besides the list itself."""
    defaults: Callable[[Session], Mapping[str, Any]] | None = None
    """Likely values of a new record."""
    empty_label: str = ""
    """English message id: what to do when there is nothing yet."""
    listing: Listing | None = None
    """By default the kind's own list."""
    editable: bool = True
    """Whether records can be entered and changed by the form."""
    retires: bool = True
    """Whether records can be taken out of use; otherwise further records correct them."""
    retired_label: str = ""
    """English message id of the chip that shows those too; 'Retired too' unless said."""
    form: Callable[[ListPane, Any | None], RecordDialog | None] | None = None
    """The form for a record, or with None for a new one, where it is not the usual one."""
    opens: Callable[[ListPane], object] | None = None
    """What Enter and a double click do where there is no form to open."""
    numbered: bool = False
    """Whether a new record's number is proposed: the next of its unit."""
    new_label: str = ""
    """English message id of the action that enters a record; 'New' unless said."""
    panel: int = 340
    """Usual width of the detail panel, in pixels."""
    widens: bool = False
    """Whether the panel can take the whole page, for records with much to read."""
    asked: Mapping[str, Callable[[ListPane], object]] = MappingProxyType({})
    """What a link to a record may ask for besides the actions, by name."""

    @property
    def is_changeable(self) -> bool:
        """Whether records can be changed and taken out of use, not only corrected by further ones."""
        return self.editable and self.retires


class ListPane(QWidget):
    """The standard list."""

    def __init__(self, session: Session, spec: ListSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.spec = spec
        self.listing = spec.listing or KINDS[spec.kind].listing
        self._scoped = "unit_id" in self.listing.row.__struct_fields__
        self._shown: tuple[Any, ...] = ()
        retires = spec.retires and "retired_on" in self.listing.row.__struct_fields__
        self._choose_first = False
        self._asked = ""
        """What is to be done once the record that a link leads to is there."""
        self._panel_wanted = True
        self._new_key: int | None = None
        self.filters = FilterBar(spec.chips, self, retired=retires, retired_label=spec.retired_label)
        self.table = Table(ListingSource(self.listing), session, self.listing.kind, spec.tones, self)
        self.detail = DetailPanel(session, self.listing.columns, spec.tones, spec.tabs, self)
        self._buttons: list[tuple[Action, QPushButton]] = []
        self.toolbar = QWidget(self)
        """The actions; a page may put them beside its title."""
        self._lay_out()
        self._connect()
        self._refresh_actions(0)

    def reload(self) -> None:
        """Show the list for the scope, date and filters of now."""
        scope = self.session.scope.unit_id if self._scoped else None
        view = self.filters.narrow(View(unit_id=scope))
        asked = (view, self.session.as_of)
        if asked == self._shown:
            self.table.refresh()
            return
        self._shown = asked
        narrowed = self.filters.is_narrowed or scope is not None
        self.table.placeholder.empty_text = (
            _("Nothing fits") if self.filters.is_narrowed else _("Nothing here yet")
        )
        hint = "" if narrowed and self.filters.is_narrowed else self.spec.empty_label
        self.table.placeholder.empty_hint = _(hint) if hint else ""
        self.table.set_view(view)

    def show_target(self, target: Target) -> None:
        """Narrow the list as a figure or link wants it; begin what it asks for.

        Of one record that is the label of an action, `Edit`, a name of the spec's `asked`, or the label of a tab.
        """
        self._asked = target.action
        if target.record_id is not None:
            self._choose_first = True
            self.filters.set_conditions((Condition("id", "=", target.record_id),), _("Only this one"))
        elif target.action == "new":
            self.filters.clear()  # or the new record would not be in the list once it is saved
            self.enter_new(target.values)
        else:
            self.filters.choose(target.text, target.choices)

    def show_conditions(self, conditions: tuple[Condition, ...], words: str) -> None:
        """Narrow the list by conditions that no chip stands for."""
        self.filters.set_conditions(conditions, words)

    def enter_new(self, values: Mapping[str, Any] | None = None) -> None:
        """Open the form for a new record."""
        likely: dict[str, Any] = {"unit_code": self.session.scope.code or None}
        if self.spec.defaults is not None:
            likely |= self.spec.defaults(self.session)
        dialog = self._form(None)
        dialog.begin_new(likely | dict(values or {}))
        if self.spec.numbered and isinstance(dialog, FormDialog):
            NumberProposal(self.session, dialog.form, self.spec.kind)

    def edit(self) -> None:
        """Open the form for the record under the cursor."""
        row = self.table.current_row()
        if row is not None and self.spec.is_changeable and not self.session.is_read_only:
            dialog = self._form(row)
            if isinstance(dialog, FormDialog):
                dialog.begin_edit(row)

    def retire(self) -> None:
        """Take the selected records out of use, or put them back if the one under the cursor is out of use."""
        from drillapp.ui.parts.retire_dialog import RetireDialog

        row, keys = self.table.current_row(), self.table.selected_keys()
        if row is not None and keys:
            retired = row.retired_on is not None and row.retired_on <= self.session.as_of
            dialog = RetireDialog(self.session, self.spec.kind, keys, retired=retired, parent=self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def print_out(self) -> None:
        """Print the list, or ask what of it."""
        if not self.spec.prints:
            self.print_list()
            return
        whole = Action(label="The list as shown", icon="print", done=ListPane.print_list)
        self._pop_up([*self.spec.prints, whole], "print", len(self.table.selected_keys()))

    def show_more(self) -> None:
        """The actions that are asked for less often."""
        chosen = len(self.table.selected_keys())
        self._pop_up([action for action in self.spec.actions if action.role == "more"], "more", chosen)

    def print_list(self) -> None:
        """Show the list as it will be printed."""
        from drillapp.ui.parts.print_list import print_list  # brings the preview

        print_list(self.session, self.table, _(self.spec.label), self.filters.told)

    def bring_in(self) -> None:
        """Import a ledger of this kind."""
        from drillapp.ui.ledgers.bring_in import import_ledger_file

        import_ledger_file(self.session, self.spec.kind, self)

    def paste(self) -> None:
        """Bring in the cells on the clipboard as a ledger of this kind."""
        if self.spec.listing is None and not self.session.is_read_only:
            from drillapp.ui.ledgers.bring_in import paste_ledger

            paste_ledger(self.session, self.spec.kind, self)

    def take_out(self) -> None:
        """Export the list as shown; of a kind of ledger ask whether that or the ledger is wanted."""
        if self.spec.listing is not None:
            self.export_shown()
            return
        forms = (
            Action(label="The list as shown …", icon="list", done=ListPane.export_shown),
            Action(label="The ledger, to be brought in again …", icon="export", done=ListPane.export_ledger),
            Action(label="An empty form to be filled in …", icon="new", done=ListPane.export_form),
        )
        self._pop_up(forms, "export", 0)

    def export_shown(self) -> None:
        """Write the list as it is shown: its filter, columns and order."""
        from drillapp.ui.parts.exporting import export_shown

        export_shown(self.session, self.table, _(self.spec.label), self, self.filters.told)

    def export_ledger(self) -> None:
        """Write the ledger of this kind, of the scope."""
        from drillapp.ui.parts.exporting import export_ledger_file

        export_ledger_file(self.session, self.spec.kind, _(self.spec.label), self)

    def export_form(self) -> None:
        """Write an empty ledger for units to fill in."""
        from drillapp.ui.parts.exporting import export_form

        export_form(self.session, self.spec.kind, self)

    def _pop_up(self, actions: Sequence[Action], icon: str, selected: int) -> None:
        """A menu of actions below the button with this icon."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in actions:
            entry = menu.addAction(_(action.label), partial(action.done, self))
            entry.setEnabled(self._is_possible(action, selected))
        below = next(made for action, made in self._buttons if action.icon == icon)
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    def _is_possible(self, action: Action, selected: int) -> bool:
        enough = (action.needs == 0) or (selected == 1 if action.needs == 1 else selected > 0)
        return enough and not (action.writes and self.session.is_read_only)

    def _form(self, row: Any | None) -> Any:
        dialog: Any = self.spec.form(self, row) if self.spec.form is not None else None
        if dialog is None:
            title = _("New: {record}") if row is None else _("Edit: {record}")
            kind = KINDS[self.spec.kind]
            fields = fields_of(kind, self.spec.fields)
            dialog = FormDialog(
                self.session, title.format(record=_(self.spec.record_label)), kind, fields, self
            )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(self._on_saved)
        return dialog

    def _actions(self) -> tuple[Action, ...]:
        spec = self.spec
        new = Action(
            label=spec.new_label if spec.new_label else "New",
            icon="add",
            done=ListPane.enter_new,
            role="primary",
            writes=True,
        )
        edit = Action(label="Edit", icon="edit", done=ListPane.edit, needs=1, writes=True)
        retire = Action(label="Retire", icon="retire", done=ListPane.retire, needs=2, writes=True)
        prints = Action(label="Print …", icon="print", done=ListPane.print_out, role="ghost")
        brings = Action(label="Import …", icon="import", done=ListPane.bring_in, role="ghost", writes=True)
        takes = Action(label="Export …", icon="export", done=ListPane.take_out, role="ghost")
        actions = (
            *((new,) if spec.editable else ()),
            *((edit,) if spec.is_changeable else ()),
            *spec.actions,
            *((retire,) if spec.is_changeable else ()),
            prints,
            *((brings,) if spec.listing is None else ()),
            takes,
        )
        shown = [action for action in actions if action.role != "more"]
        if len(shown) < len(actions):
            shown.append(Action(label="More …", icon="more", done=ListPane.show_more))
        return tuple(sorted(shown, key=lambda action: action.role == "ghost"))

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(GRID)
        bar.addWidget(self.filters, 1)
        actions = QHBoxLayout(self.toolbar)
        actions.setContentsMargins(0, 0, 0, 0)
        actions.setSpacing(GRID)
        for action in self._actions():
            made = button(_(action.label), role=action.role, icon=action.icon, parent=self.toolbar)
            made.clicked.connect(lambda _checked=False, action=action: action.done(self))
            actions.addWidget(made)
            self._buttons.append((action, made))
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setCollapsible(0, False)
        self.splitter.setSizes([1040 - self.spec.panel, self.spec.panel])
        self.detail.wide.setVisible(self.spec.widens)
        head = QVBoxLayout()
        head.setContentsMargins(3 * GRID, 0, 3 * GRID, GRID)
        head.setSpacing(GRID)
        head.addWidget(self.toolbar, 0, Qt.AlignmentFlag.AlignLeft)
        head.addLayout(bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(head)
        layout.addWidget(self.splitter, 1)
        self.detail.hide()
        self.setFocusProxy(self.table.grid)

    def _connect(self) -> None:
        self.filters.changed.connect(self.reload)
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(self._on_opened)
        self.table.selection_changed.connect(self._refresh_actions)
        self.table.model.counted.connect(self._on_counted)
        self.detail.closed.connect(self._on_panel_closed)
        self.detail.widened.connect(self._on_widened)
        for keys, done in (
            ("Ctrl+F", self.filters.text.setFocus),
            ("Ctrl+N", self._on_new_asked),
            ("Ctrl+E", self.edit),
            ("Ctrl+I", self.bring_in),
            ("Ctrl+P", self.print_out),
            *((("F11", self.detail.wide.click),) if self.spec.widens else ()),
        ):
            shortcut(keys, self, done)
        # Only where the table has the keyboard: in a text field the same keys paste a text.
        shortcut("Ctrl+V", self.table.grid, self.paste, Qt.ShortcutContext.WidgetShortcut)

    def _refresh_actions(self, selected: int) -> None:
        for action, made in self._buttons:
            made.setEnabled(self._is_possible(action, selected))
            made.setToolTip(self._tip(action, made))

    def tighten(self, room: int) -> None:
        """Show the toolbar within so many pixels: the lesser actions, or all but the first, by their icons alone."""
        for roles in _WORDLESS:
            self._drop_words(roles)
            if sum(made.sizeHint().width() + GRID for _action, made in self._buttons) <= room:
                break
        self._refresh_actions(len(self.table.selected_keys()))

    def _drop_words(self, roles: frozenset[str]) -> None:
        for action, made in self._buttons:
            is_tight = action.role in roles
            made.setText("" if is_tight else _(action.label))
            restyle(made, "tight", "true" if is_tight else "false")

    def _tip(self, action: Action, made: QPushButton) -> str:
        if action.writes and self.session.is_read_only:
            return _("This office is open read-only here.")
        return _(action.label) if not made.text() else ""

    def _on_new_asked(self) -> None:
        if self.spec.editable and not self.session.is_read_only:
            self.enter_new()

    def _on_current(self, row: Any | None) -> None:
        self.detail.show_row(row if self._panel_wanted else None)

    def _on_opened(self, _row: Any) -> None:
        if self.spec.opens is not None:
            self.spec.opens(self)
        elif self._panel_wanted and self.detail.isVisible():
            self.edit()
        self._panel_wanted = True
        self._on_current(self.table.current_row())

    def _on_widened(self, wide: bool) -> None:
        self.table.setVisible(not wide)
        self.filters.setVisible(not wide)

    def _on_panel_closed(self) -> None:
        self._panel_wanted = False
        self.detail.wide.setChecked(False)
        self.detail.show_row(None)
        self.table.grid.setFocus()

    def _on_counted(self, count: int) -> None:
        self.filters.tell_count(count)
        if self._choose_first and count:
            self._choose_first = False
            self._panel_wanted = True
            self.table.grid.selectRow(0)
            QTimer.singleShot(0, self, self._begin_asked)  # selecting goes on after this
        self._go_to_new()

    def _begin_asked(self) -> None:
        """Do with the record under the cursor what the link asked for."""
        asked, self._asked = self._asked, ""
        if not asked or self.session.is_read_only:
            return
        actions = {action.label: action.done for action in self._actions()}
        done = actions.get(asked) or self.spec.asked.get(asked)
        if done is not None:
            done(self)
        else:
            self.detail.show_tab(asked)

    def _go_to_new(self) -> None:
        """Put the cursor on the record just entered, or say why it is not seen."""
        key, self._new_key = self._new_key, None
        if key is not None and not self.table.choose(key):
            self.session.said.emit(_("Saved, but outside what this list shows now"))

    def _on_saved(self, saved: Saved) -> None:
        self._new_key = saved.ids[0] if saved.created == 1 and saved.ids else None
        words = _("Saved") if saved.created or saved.updated else _("Nothing was changed")
        self.session.said.emit(words)
