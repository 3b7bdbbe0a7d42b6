"""Files of a drill: dropped here or chosen, shown small, opened, called what they are, taken away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QWidget

from drillapp.core import enumerations
from drillapp.core.attachments.store import MOST_MEGABYTES, content_of
from drillapp.core.changes import Changes
from drillapp.core.drills.record.files import AddedFiles, add_files, change_file, remove_file
from drillapp.core.drills.record.rows import DrillRecord, FileRow
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui import icons
from drillapp.ui.drills.record.part_tab import PartTab
from drillapp.ui.parts.dropped import dropped_files, welcome_files
from drillapp.ui.parts.editors import ChoiceEditor
from drillapp.ui.parts.empty_words import EmptyWords
from drillapp.ui.parts.opening import open_kept, save_kept
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.session import Session

_SMALL = QSize(148, 104)
_FILE = int(Qt.ItemDataRole.UserRole)


class FilesTab(PartTab):
    """Pictures with their names below; each change is saved at once."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAcceptDrops(True)
        self._pictures: dict[str, QImage] = {}
        self.kind = ChoiceEditor("drill_file", self)
        self.kind.setAccessibleName(_("Kind of file"))
        self.kind.setItemText(0, _("as it is"))
        self.add = button(_("Add …"), icon="add", parent=self)
        self.add.clicked.connect(self._on_add)
        self.list = QListWidget(self)
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setIconSize(_SMALL)
        self.list.setGridSize(QSize(180, 168))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setWordWrap(True)
        self.list.setAcceptDrops(False)
        self.list.setAccessibleName(_("Files of the drill"))
        EmptyWords(self.list, _("No files yet: photographs, scans of signed sheets, documents."))
        self.list.itemActivated.connect(lambda item: self.open_file(item.data(_FILE)))
        self.list.currentItemChanged.connect(lambda _item, _old: self._on_current())
        self.is_kind = ChoiceEditor("drill_file", self, required=True)
        self.is_kind.setAccessibleName(_("What the chosen file is"))
        self.is_kind.edited.connect(self._on_kind)
        self.open = button(_("Open"), parent=self)
        self.open.clicked.connect(self._on_open)
        self.keep = button(_("Save as …"), icon="save", parent=self)
        self.keep.clicked.connect(self._on_save)
        self.remove = button(_("Take away"), icon="close", parent=self)
        self.remove.clicked.connect(self._on_remove)
        for made in (self.add, self.open, self.keep, self.remove):
            made.setAutoDefault(False)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        limit = _("up to {most} MB each").format(most=MOST_MEGABYTES)
        said = (label(_("Drop files here, as"), "small", parent=self), label(limit, "small", parent=self))
        self.body.addLayout(row(said[0], self.kind, self.add, said[1], 1))
        self.body.addWidget(self.problem)
        self.body.addWidget(self.list, 1)
        self.chosen = label(_("The chosen file is"), "small", parent=self)
        self.body.addLayout(row(self.chosen, self.is_kind, self.open, self.keep, self.remove, 1))
        self._on_current()

    def fill(self, record: DrillRecord) -> None:
        current = self.file()
        self.list.clear()
        for file in record.files:
            item = QListWidgetItem(_words(file), self.list)
            item.setData(_FILE, file)
            item.setToolTip(_words(file))
            item.setIcon(self._icon(file))
            if current is not None and file.id == current.id:
                self.list.setCurrentItem(item)
        self._on_current()
        self._ask_pictures([file for file in record.files if file.digest not in self._pictures])

    def file(self) -> FileRow | None:
        """The file under the cursor."""
        item = self.list.currentItem()
        file: FileRow | None = None if item is None else item.data(_FILE)
        return file

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.session.is_read_only:
            welcome_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_paths(dropped_files(event))

    def add_paths(self, paths: list[Path]) -> None:
        """Keep these files with the drill."""
        if self.record is None or not paths:
            return
        drill_id, kind = self.record.drill.id, self.kind.value()
        self.session.tasks.run_write(
            lambda office, progress: add_files(office, drill_id, paths, kind, progress),
            self._on_added,
            owner=self,
            title=_("Adding files"),
        )

    def open_file(self, file: FileRow) -> None:
        """Show a file with the program that the system has for it."""
        open_kept(self.session, file.name, file.digest, self)

    def _on_add(self) -> None:
        names, _filter = QFileDialog.getOpenFileNames(self, _("Add files"))
        self.add_paths([Path(name) for name in names])

    def _on_added(self, added: AddedFiles) -> None:
        told = "\n".join(f"{one.name}: {one.message}" for one in added.refused)
        self.problem.setText(told)
        self.problem.setVisible(bool(told))
        if added.ids:
            self.session.said.emit(_("{count} files added").format(count=len(added.ids)))
        self.edited.emit()

    def _on_current(self) -> None:
        file = self.file()
        for widget in (self.chosen, self.is_kind, self.open, self.keep, self.remove):
            widget.setVisible(file is not None)
        if file is not None:
            self.is_kind.set_value(file.kind)

    def _on_kind(self) -> None:
        file, kind = self.file(), self.is_kind.value()
        if file is not None and kind is not None:
            self._run(lambda office: change_file(office, file.id, kind=kind, name=file.name))

    def _on_open(self) -> None:
        file = self.file()
        if file is not None:
            self.open_file(file)

    def _on_save(self) -> None:
        file = self.file()
        if file is not None:
            save_kept(self.session, file.name, file.digest, self)

    def _on_remove(self) -> None:
        file = self.file()
        if file is not None:
            self._run(lambda office: remove_file(office, file.id))

    def _run(self, change: Callable[[Office], Changes]) -> None:
        self.session.tasks.run_write(
            lambda office, _progress: change(office),
            lambda _changes: self.edited.emit(),
            owner=self,
        )

    def _icon(self, file: FileRow) -> QIcon:
        picture = self._pictures.get(file.digest)
        if picture is None or picture.isNull():
            return QIcon(icons.pixmap("plans", "muted", 64, self.devicePixelRatioF()))
        return QIcon(QPixmap.fromImage(picture))

    def _ask_pictures(self, files: list[FileRow]) -> None:
        """Read photographs one by one, so that the first are seen soon."""
        pictures = [file for file in files if file.media_type.startswith("image/")]
        for file in pictures:
            self._ask_picture(file.digest)

    def _ask_picture(self, digest: str) -> None:
        self.session.tasks.run_read(
            lambda office, _progress: thumbnail(content_of(office, digest)),
            lambda image: self._on_picture(digest, image),
            owner=self,
        )

    def _on_picture(self, digest: str, image: QImage) -> None:
        self._pictures[digest] = image
        for place in range(self.list.count()):
            item = self.list.item(place)
            if item is not None and item.data(_FILE).digest == digest:
                item.setIcon(self._icon(item.data(_FILE)))


def thumbnail(content: bytes) -> QImage:
    """A picture made small while it is read, so that a large one takes little room; null for what is none."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(_SMALL * 2, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _words(file: FileRow) -> str:
    kind = enumerations.label("drill_file", file.kind)
    size = f"{file.size / 1_000_000:.1f} MB" if file.size >= 1_000_000 else f"{max(1, file.size // 1000)} KB"
    return f"{file.name}\n{kind} · {size}"
