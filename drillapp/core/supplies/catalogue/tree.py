"""The tree of categories: entered one by one, or as the standard's table, in any order of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec import UNSET, structs
from sqlalchemy import select

from drillapp.core.batch import Batch, Target
from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.database.rows import insert_rows, next_ids, update_rows
from drillapp.core.database.uid import new_uid
from drillapp.core.errors import Conflict, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import Abandoned, Saved, Saving, refuse_if_any
from drillapp.core.supplies.catalogue.entries import CategoryEntry
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.catalogue.references import PATH
from drillapp.core.supplies.catalogue.standard import above, code_problem, padded, proposed_classes
from drillapp.core.work import Work

_CATEGORIES = Target(
    kind="categories",
    table=table_of(Category),
    key=("name", "parent_id"),
    fields=("code", "name"),
    required=("name",),
)
_TOP = object()
"""Above the uppermost branches."""


class _Branch(NamedTuple):
    """A branch as it is stored or about to be."""

    id: int
    code: str | None
    name: str
    parent_id: int | None
    revision: int


def save_categories(office: Office, entries: Sequence[CategoryEntry], saving: Saving = Saving()) -> Saved:
    """Create or update branches by code, or by name and the branch above, which may stand anywhere in the entries.

    A branch without a code that has the name of an entry with one is taken for it. Raises InvalidInput for codes that
    are none of the standard, for unknown and ambiguous branches above, and for circles.
    """
    if not entries:
        return Saved()
    result = Saved()
    try:
        with office.write("save categories") as work:
            work.origin = saving.origin
            result = _Planting(office, work, entries, saving).plant()
            if saving.dry_run:
                raise Abandoned
    except Abandoned:
        return structs.replace(result, changes=Changes())
    return result


def propose_categories(office: Office, saving: Saving = Saving()) -> Saved:
    """Take over the branches that the program proposes; those that are there stay as they are."""
    proposed = [
        CategoryEntry(code=one.code or UNSET, name=one.name, parent=one.parent or UNSET)
        for one in proposed_classes()
    ]
    with office.read() as connection:
        statement = select(Category.name).where(Category.owner_id == office.id)
        there = set(connection.execute(statement).scalars())
    return save_categories(office, [one for one in proposed if one.name not in there], saving)


class _Planting:
    """Entries on their way into the tree."""

    def __init__(self, office: Office, work: Work, entries: Sequence[CategoryEntry], saving: Saving) -> None:
        self._work = work
        self._saving = saving
        self._batch = Batch(work.connection, office.id, office.as_of, _CATEGORIES, entries)
        self._branches: dict[int, _Branch] = {}
        self._by_name: dict[str, list[int]] = {}
        self._by_code: dict[str, int] = {}
        self._updated: dict[int, dict[str, tuple[Any, Any]]] = {}
        self._new: list[int] = []
        self._created: list[int] = []
        statement = select(Category.id, Category.code, Category.name, Category.parent_id, Category.revision)
        for row in work.connection.execute(
            statement.where(Category.owner_id == office.id).order_by(Category.id)
        ):
            self._know(_Branch(*row))

    def plant(self) -> Saved:
        """Check and write all entries, each after the one above it."""
        self._check()
        pending = sorted(
            (i for i in range(len(self._batch.entries)) if i not in self._batch.refused), key=self._depth
        )
        while pending:
            waiting = [i for i in pending if not self._place(i)]
            if len(waiting) == len(pending):
                for i in waiting:
                    told = _("There is no category '{value}'.")
                    self._batch.refuse(i, "parent", told.format(value=self._batch.given["parent"][i]))
                break
            pending = waiting
        refuse_if_any(self._batch.problems, self._saving.partial)
        return self._saved()

    def _check(self) -> None:
        batch = self._batch
        batch.given["code"] = [
            padded(code) if isinstance(code, str) and code else code for code in batch.given["code"]
        ]
        batch.check_texts()
        seen: dict[Any, int] = {}
        for i, code in enumerate(batch.given["code"]):
            if isinstance(code, str) and code and (problem := code_problem(code)):
                batch.refuse(i, "code", problem)
            key = code or (batch.given["name"][i], batch.given["parent"][i])
            if i not in batch.refused and seen.setdefault(key, i) != i:
                batch.refuse(i, "code" if code else "name", _("Stands there more than once."))

    def _depth(self, i: int) -> int:
        """Branches with codes come from the top; the others follow."""
        code = self._batch.given["code"][i]
        return len(above(code)) if code else 9

    def _place(self, i: int) -> bool:
        """Write an entry, or refuse it; False when the branch above it is still to come."""
        parent = self._parent(i)
        if parent is None:
            return False
        if i in self._batch.refused:
            return True
        key = self._known(i, parent)
        if key is None:
            self._create(i, None if parent in (_TOP, UNSET) else parent)
        else:
            self._change(i, self._branches[key], parent)
        return True

    def _parent(self, i: int) -> Any:
        """The key of the branch above, `_TOP`, or UNSET where nothing is said; None when it is not known yet."""
        said, code = self._batch.given["parent"][i], self._batch.given["code"][i]
        if said is None or said == "":
            return _TOP
        if said is UNSET:
            codes = above(code) if code else []
            return next((self._by_code[one] for one in codes if one in self._by_code), UNSET)
        keys = self._named(padded(said))
        if len(keys) > 1:
            told = _(
                "Several categories are called '{value}': write the code, or the category above, '/', and the name."
            )
            self._batch.refuse(i, "parent", told.format(value=said))
        return keys[0] if keys else None

    def _named(self, text: str) -> list[int]:
        """The branches that a text can mean."""
        if text in self._by_code:
            return [self._by_code[text]]
        if text in self._by_name:
            return self._by_name[text]
        upper, joined, name = text.rpartition(PATH)
        return [key for key in self._by_name.get(name, ()) if joined and self._name_above(key) == upper]

    def _name_above(self, key: int) -> str:
        parent = self._branches[key].parent_id
        return self._branches[parent].name if parent in self._branches else ""

    def _known(self, i: int, parent: Any) -> int | None:
        """The branch that an entry means, if there is one."""
        if self._saving.editing is not None:
            return self._edited(self._saving.editing.id, self._saving.editing.revision)
        code, name = self._batch.given["code"][i], self._batch.given["name"][i]
        if code and code in self._by_code:
            return self._by_code[code]
        alike = [key for key in self._by_name.get(name, ()) if not code or self._branches[key].code is None]
        if parent is UNSET or code:
            return alike[0] if len(alike) == 1 else None
        wanted = None if parent is _TOP else parent
        return next((key for key in alike if self._branches[key].parent_id == wanted), None)

    def _edited(self, key: int, revision: int) -> int:
        if key not in self._branches:
            raise NotFound(
                _("This record is not there any more."), _("Close the form and look at the list again.")
            )
        if self._branches[key].revision != revision:
            raise Conflict(
                _("Someone else changed this record since you opened it."),
                _("Open it again: your entries are still in the form."),
            )
        return key

    def _create(self, i: int, parent: int | None) -> None:
        table = table_of(Category)
        [key] = next_ids(self._work.connection, table, 1)
        code, name = self._batch.given["code"][i] or None, self._batch.given["name"][i]
        made = {"code": None if code is UNSET else code, "name": name, "parent_id": parent}
        marks = {"id": key, "uid": new_uid(), "owner_id": self._work.office_id, "revision": 1}
        insert_rows(self._work.connection, table, {name: [value] for name, value in (marks | made).items()})
        self._batch.ids[i] = key
        self._created.append(key)
        self._new.append(i)
        if self._work.origin is None:
            told = {name: (None, value) for name, value in made.items() if value is not None}
            self._work.changed("categories", key, told)
        self._know(_Branch(key, made["code"], name, parent, 1))

    def _change(self, i: int, branch: _Branch, parent: Any) -> None:
        batch = self._batch
        batch.ids[i] = branch.id
        code = batch.given["code"][i]
        new = branch._replace(
            name=batch.given["name"][i],
            code=branch.code if code is UNSET else code or None,
            parent_id=branch.parent_id if parent is UNSET else None if parent is _TOP else parent,
        )
        if self._is_above(branch.id, new.parent_id):
            batch.refuse(i, "parent", _("This category would be above itself."))
        if self._by_code.get(new.code or "", branch.id) != branch.id:
            batch.refuse(i, "code", _("Another record has this already."))
        fields = {
            name: (getattr(branch, name), getattr(new, name))
            for name in ("code", "name", "parent_id")
            if getattr(branch, name) != getattr(new, name)
        }
        if not fields or i in batch.refused:
            return
        row = {"id": branch.id} | {name: value for name, (_old, value) in fields.items()}
        update_rows(self._work.connection, table_of(Category), list(fields), [row])
        self._work.changed("categories", branch.id, fields)
        self._updated[i] = fields
        self._forget(branch)
        self._know(new._replace(revision=branch.revision + 1))

    def _is_above(self, key: int, parent: int | None) -> bool:
        while parent is not None and parent != key:
            parent = self._branches[parent].parent_id
        return parent is not None

    def _know(self, branch: _Branch) -> None:
        self._branches[branch.id] = branch
        self._by_name.setdefault(branch.name, []).append(branch.id)
        if branch.code:
            self._by_code[branch.code] = branch.id

    def _forget(self, branch: _Branch) -> None:
        self._by_name[branch.name].remove(branch.id)
        if branch.code:
            self._by_code.pop(branch.code, None)

    def _saved(self) -> Saved:
        if self._created and self._work.origin is not None:
            self._work.created("categories", self._created)
        touched = bool(self._created or self._updated)
        if touched:
            self._work.touched("categories", None)
            self._work.touched("items", None)
        accepted = len(self._batch.entries) - len(self._batch.refused)
        return Saved(
            created=len(self._created),
            updated=len(self._updated),
            unchanged=accepted - len(self._created) - len(self._updated),
            problems=tuple(sorted(self._batch.problems, key=lambda problem: problem.index)),
            changes=self._work.changes if touched else Changes(),
            ids=tuple(self._batch.ids),
            new=tuple(self._new),
            changed=self._updated,
        )
