"""A PDF as it will be printed: pages, zoom, print, save."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPaintEvent, QPalette, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QWidget,
)

from drillapp.core.i18n import _
from drillapp.ui import theme
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.file_dialogs import ask_save
from drillapp.ui.parts.words import icon_button, label
from drillapp.ui.session import Session

_LOCK = threading.Lock()
"""PDFium is not made for two threads at once."""
_POINT = 96 / 72
_GAP = 16
_STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_PRINT_DPI = 300
_THUMB = 104


class PdfPages(QWidget):
    """The pages one below the other; each is drawn beside the window when it comes into sight."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._content = b""
        self.sizes: list[tuple[float, float]] = []
        self._tops: list[int] = []
        self._images: dict[int, QImage] = {}
        self._asked: set[int] = set()
        self.zoom = 1.0
        self.setAccessibleName(_("Pages"))

    def show_pdf(self, content: bytes, sizes: list[tuple[float, float]]) -> None:
        """Show a document whose page sizes, in points, are known."""
        self._content, self.sizes = content, sizes
        self.set_zoom(self.zoom)

    def set_zoom(self, zoom: float) -> None:
        """Show the pages larger or smaller; 1 is their real size."""
        self.zoom = zoom
        self._images.clear()
        self._asked.clear()
        self._tops, top = [], _GAP
        for _width, height in self.sizes:
            self._tops.append(top)
            top += round(height * _POINT * zoom) + _GAP
        widest = max((width for width, _height in self.sizes), default=0)
        self.setMinimumSize(round(widest * _POINT * zoom) + 2 * _GAP, top)
        self.update()

    def top(self, page: int) -> int:
        """Where a page begins, in pixels from the top."""
        return self._tops[page]

    def page_at(self, y: int) -> int:
        """The page at a height."""
        return max((i for i, top in enumerate(self._tops) if top <= y + _GAP), default=0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for page in range(len(self.sizes)):
            rect = self._rect(page)
            if not rect.intersects(event.rect()):
                continue
            painter.fillRect(rect, Qt.GlobalColor.white)
            image = self._images.get(page)
            if image is None:
                self._ask(page)
            else:
                painter.drawImage(rect, image)
            painter.setPen(theme.colour("border_strong"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.end()

    def _rect(self, page: int) -> QRect:
        width, height = (round(side * _POINT * self.zoom) for side in self.sizes[page])
        return QRect((self.width() - width) // 2, self._tops[page], width, height)

    def _ask(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        content, zoom = self._content, self.zoom
        scale = _POINT * zoom * self.devicePixelRatioF()
        self._session.tasks.run_read(
            lambda _office, _progress: render_page(content, page, scale),
            lambda image: self._on_image(page, zoom, image),
            owner=self,
        )

    def _on_image(self, page: int, zoom: float, image: QImage) -> None:
        if zoom == self.zoom:
            self._images[page] = image
            self.update(self._rect(page))


class PdfPreview(Dialog):
    """A window with the document; what is seen is what is printed and saved."""

    printed = Signal()

    def __init__(
        self, session: Session, content: bytes, title: str, file_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent, width=960)
        self._session = session
        self._content = content
        self._file_name = file_name
        self.pages = PdfPages(session, self)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setWidget(self.pages)
        self.pages.setAutoFillBackground(True)
        self.pages.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self._list = QListWidget(self)
        self._list.setIconSize(QSize(_THUMB, round(_THUMB * 1.42)))
        self._list.setProperty("role", "pages")
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFixedWidth(_THUMB + 56)
        self._list.setAccessibleName(_("Page list"))
        self._where = label("", "muted", parent=self)
        self.body.addLayout(self._tools(title))
        middle = QHBoxLayout()
        middle.addWidget(self._list)
        middle.addWidget(self._area, 1)
        self.body.addLayout(middle, 1)
        self.save = self.add_closing(_("Save as …"))
        self.save.clicked.disconnect()
        self.save.clicked.connect(self._on_save)
        self.print = self.add_closing(_("Print …"), role="primary")
        self.print.clicked.disconnect()
        self.print.clicked.connect(self._on_print)
        self.add_closing(_("Close"))
        self._area.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._list.currentRowChanged.connect(self._on_page_chosen)
        QShortcut(QKeySequence.StandardKey.Print, self, self._on_print)
        QShortcut(QKeySequence.StandardKey.Save, self, self._on_save)
        QShortcut(QKeySequence.StandardKey.ZoomIn, self, lambda: self._step(1))
        QShortcut(QKeySequence.StandardKey.ZoomOut, self, lambda: self._step(-1))
        self.resize(1040, 760)
        session.tasks.run_read(lambda _office, _progress: page_sizes(content), self._on_sizes, owner=self)

    def _tools(self, title: str) -> QHBoxLayout:
        tools = QHBoxLayout()
        tools.addWidget(label(title, "heading", parent=self))
        tools.addStretch(1)
        tools.addWidget(self._where)
        for name, tip, done in (
            ("zoom-out", _("Smaller"), lambda: self._step(-1)),
            ("zoom-in", _("Larger"), lambda: self._step(1)),
            ("fit", _("Whole width"), self._fit),
        ):
            made = icon_button(name, tip, parent=self)
            made.clicked.connect(lambda _checked=False, done=done: done())
            tools.addWidget(made)
        return tools

    def _on_sizes(self, sizes: list[tuple[float, float]]) -> None:
        self.pages.show_pdf(self._content, sizes)
        self._fit()
        for number in range(1, len(sizes) + 1):
            item = QListWidgetItem(str(number))
            self._list.addItem(item)
        self._next_thumbnail(0)
        self._on_scrolled()

    def _next_thumbnail(self, page: int) -> None:
        if page >= self._list.count():
            return
        content, ratio = self._content, self.devicePixelRatioF()
        self._session.tasks.run_read(
            lambda _office, _progress: render_page(content, page, _THUMB / 595 * ratio),
            lambda image: self._on_thumbnail(page, image),
            owner=self,
        )

    def _on_thumbnail(self, page: int, image: QImage) -> None:
        from PySide6.QtGui import QIcon, QPixmap

        self._list.item(page).setIcon(QIcon(QPixmap.fromImage(image)))
        self._next_thumbnail(page + 1)

    def _step(self, direction: int) -> None:
        zooms = sorted(_STEPS, reverse=direction < 0)
        chosen = next(
            (zoom for zoom in zooms if (zoom - self.pages.zoom) * direction > 0.01), self.pages.zoom
        )
        self._zoom(chosen)

    def _fit(self) -> None:
        widest = max((width for width, _height in self.pages.sizes), default=595.0)
        room = self._area.width() - self._area.verticalScrollBar().sizeHint().width() - 2 * _GAP - 4
        self._zoom(room / (widest * _POINT))

    def _zoom(self, zoom: float) -> None:
        page = self.pages.page_at(self._area.verticalScrollBar().value())
        self.pages.set_zoom(zoom)
        QTimer.singleShot(0, self, lambda: self._on_page_chosen(page))
        self._on_scrolled()

    def _on_scrolled(self) -> None:
        count = len(self.pages.sizes)
        page = self.pages.page_at(self._area.verticalScrollBar().value()) + 1
        words = _("Page {page} of {count} · {zoom} %")
        self._where.setText(words.format(page=page, count=count, zoom=round(self.pages.zoom * 100)))

    def _on_page_chosen(self, page: int) -> None:
        if 0 <= page < len(self.pages.sizes):
            self._area.verticalScrollBar().setValue(self.pages.top(page) - _GAP)

    def _on_save(self) -> None:
        question, content = _("Save the document"), self._content
        path = ask_save(self._session, self, question, self._file_name, "PDF (*.pdf)", "reports")
        if path is not None:
            self._session.tasks.run_read(
                lambda _office, _progress: path.write_bytes(content),
                lambda _size: self._session.said.emit(_("Saved: {file}").format(file=path.name)),
                owner=self._session,
            )

    def _on_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.windowTitle())
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, len(self.pages.sizes))
        if dialog.exec():
            print_pdf(self._content, printer)
            self.printed.emit()


def page_sizes(content: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    import pypdfium2

    with _LOCK, pypdfium2.PdfDocument(content) as document:
        return [document.get_page_size(page) for page in range(len(document))]


def render_page(content: bytes, page: int, scale: float) -> QImage:
    """A page as a picture; at scale 1 a point is a pixel."""
    import pypdfium2

    with _LOCK, pypdfium2.PdfDocument(content) as document:
        bitmap = document[page].render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        image = QImage(
            bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
        )
        return image.copy()


def print_pdf(content: bytes, printer: Any) -> None:
    """Send the pages that the printer was asked for to it, each filling its sheet."""
    from PySide6.QtCore import QSizeF
    from PySide6.QtGui import QPageSize
    from PySide6.QtPrintSupport import QPrinter

    sizes = page_sizes(content)
    first, last = printer.fromPage() or 1, printer.toPage() or len(sizes)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QSizeF(*sizes[first - 1]), QPageSize.Unit.Point))
    painter = QPainter(printer)
    for page in range(first - 1, min(last, len(sizes))):
        if page > first - 1:
            printer.newPage()
        image = render_page(content, page, _PRINT_DPI / 72)
        painter.drawImage(printer.pageLayout().fullRectPixels(printer.resolution()), image)
    painter.end()
    assert printer.printerState() != QPrinter.PrinterState.Error
