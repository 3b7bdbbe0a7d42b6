"""The one style sheet of the window, written in the theme's tokens."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template


def stylesheet(tokens: Mapping[str, object]) -> str:
    """The style sheet with colours and sizes filled in; raises KeyError for an unknown token."""
    return Template("".join(_PARTS)).substitute(tokens)


_GROUND = """
QWidget { color: $text; font-size: ${body}px; }
QDialog { background: $surface; }
QWidget[ground="window"] { background: $window; }
QWidget[ground="surface"] { background: $surface; border: none; }
QFrame[ground="card"] { background: $surface; border: 1px solid $border; border-radius: 8px; }
QFrame[ground="card-marked"] { background: $surface; border: 1px solid $accent; border-radius: 8px; }
QFrame[ground="banner"] { background: $accent_soft; border-radius: 6px; }
QFrame[ground="banner-problem"] { background: $problem_soft; border-radius: 6px; }
QFrame[ground="answer"] { background: $sunken; border: 1px solid $border; border-radius: 8px; }
QFrame[ground="answer"][tone="green"] { background: $green_soft; border-color: $green; }
QFrame[ground="answer"][tone="problem"] { background: $problem_soft; border-color: $problem; }
QFrame[ground="line"] { background: $border; border: none; max-height: 1px; }
QLabel { background: transparent; }
QLabel[type="small"] { font-size: ${small}px; color: $muted; }
QLabel[type="muted"] { color: $muted; }
QLabel[type="heading"] { font-size: ${heading}px; font-weight: 600; }
QLabel[type="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[type="problem"] { font-size: ${small}px; color: $problem; }
QLabel[type="warning"] { font-size: ${small}px; color: $text; background: $sunken; border-left: 3px solid $problem;
  padding: 3px 8px; }
QLabel[type="section"] { font-weight: 600; padding-top: 8px; border-bottom: 1px solid $border; padding-bottom: 4px; }
QLabel[type="strong"] { font-weight: 600; }
QLabel[type="label"] { font-size: ${small}px; font-weight: 500; color: $muted; }
QToolTip { background: $raised; color: $text; border: 1px solid $border_strong; padding: 5px 8px;
  border-radius: 4px; font-size: ${small}px; }
"""

_BUTTONS = """
QPushButton { background: $surface; border: 1px solid $border_strong; border-radius: 6px;
  padding: 5px 14px; min-height: 20px; font-weight: 500; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $border; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $faint; background: $sunken; border-color: $border; }
QPushButton[role="primary"] { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:pressed {
  background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border-color: $text; }
QPushButton[role="primary"]:disabled { background: $border; border-color: $border; color: $faint; }
QPushButton[role="ghost"] { background: transparent; border-color: transparent; color: $muted; }
QPushButton[role="ghost"]:hover { background: $hover; color: $text; }
QPushButton[role="ghost"]:focus { border-color: $accent; }
QPushButton[tight="true"] { padding: 5px 7px; }
QPushButton[role="ghost"]:disabled { color: $border_strong; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; padding: 2px 4px;
  color: $accent_text; text-align: left; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border-color: $accent; }
QPushButton[role="danger"] { color: $problem; border-color: $problem; background: transparent; }
QPushButton[role="danger"]:hover { background: $problem_soft; }
QPushButton[role="chip"] { background: transparent; border: 1px solid $border_strong; color: $muted;
  border-radius: 13px; padding: 2px 11px; min-height: 20px; font-size: ${small}px; }
QPushButton[role="chip"]:hover { background: $hover; color: $text; }
QPushButton[role="chip"]:focus { border-color: $accent; }
QPushButton[role="chip"]:checked { background: $accent_soft; border-color: $accent; color: $accent_text; }
QPushButton::menu-indicator { image: none; width: 0; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px;
  color: $muted; }
QToolButton:hover { background: $hover; color: $text; }
QToolButton:pressed, QToolButton:checked { background: $accent_soft; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $border_strong; }
QToolButton::menu-indicator { image: none; width: 0; }
"""

_FRAME = """
QWidget#navigation { background: $window; border-right: 1px solid $border; }
QPushButton[role="destination"] { background: transparent; border: 1px solid transparent; border-radius: 6px;
  padding: 7px 10px; min-height: 22px; text-align: left; color: $muted; font-weight: 500; }
QPushButton[role="destination"]:hover { background: $hover; color: $text; }
QPushButton[role="destination"]:focus { border-color: $accent; }
QPushButton[role="destination"]:checked { background: $accent_soft; color: $accent_text; }
QWidget#topbar { background: $surface; border-bottom: 1px solid $border; }
QWidget#statusbar { background: $window; border-top: 1px solid $border; }
QWidget#statusbar QLabel, QWidget#statusbar QPushButton { font-size: ${small}px; color: $muted; }
QWidget#statusbar QPushButton { padding: 1px 8px; min-height: 18px; }
QPushButton[role="field"] { background: $sunken; border: 1px solid $border; text-align: left; padding: 5px 10px;
  font-weight: 400; }
QPushButton[role="field"]:hover { background: $hover; }
QPushButton[role="field"]:focus { border-color: $accent; }
QPushButton[role="field"][marked="true"] { background: $accent; border-color: $accent; color: $on_accent;
  font-weight: 600; }
QPushButton[role="search"] { background: $sunken; border: 1px solid $border; color: $faint; text-align: left;
  padding: 5px 10px; font-weight: 400; }
QPushButton[role="search"]:hover { background: $hover; }
QPushButton[role="search"]:focus { border-color: $accent; }
QFrame#popup { background: $raised; border: 1px solid $border_strong; border-radius: 8px; }
"""

_INPUTS = """
QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox {
  background: $surface; border: 1px solid $border_strong; border-radius: 6px; padding: 5px 9px;
  min-height: 20px; selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit[role="long"] { min-height: 84px; }
QPlainTextEdit[role="scan"] { font-size: ${heading}px; min-height: 26px; max-height: 26px; }
QTextBrowser[role="side"] { background: $sunken; border: 1px solid $border; border-radius: 6px; padding: 6px; }
QTextEdit[role="written"] { background: $surface; border: 1px solid $border_strong; border-radius: 6px;
  selection-background-color: $accent; selection-color: $on_accent; }
QTextEdit[role="written"]:focus { border: 1px solid $accent; }
QTextEdit[role="read"] { background: $surface; border: none; selection-background-color: $accent;
  selection-color: $on_accent; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border-color: $faint; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QComboBox:on, QAbstractSpinBox:focus {
  border: 1px solid $accent; }
QLineEdit:disabled, QLineEdit:read-only, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
  background: $sunken; color: $muted; border-color: $border; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"], QAbstractSpinBox[wrong="true"],
QPushButton[wrong="true"] { border: 1px solid $problem; }
QLineEdit QToolButton { padding: 0 2px; border: none; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("$icons/control-down.svg"); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border_strong; border-radius: 6px;
  padding: 4px; outline: none; selection-background-color: $accent_soft; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; border-radius: 4px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px; background: transparent; }
QAbstractSpinBox::up-arrow { image: url("$icons/control-up.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$icons/control-down.svg"); width: 12px; height: 12px; }
QCheckBox, QRadioButton { spacing: 8px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid $border_strong;
  border-radius: 4px; background: $surface; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox:focus, QRadioButton:focus { color: $accent_text; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked { background: $accent; border-color: $accent;
  image: url("$icons/control-check.svg"); }
QRadioButton::indicator:checked { image: url("$icons/control-dot.svg"); }
QCheckBox::indicator:indeterminate { background: $accent; border-color: $accent;
  image: url("$icons/control-partial.svg"); }
QCheckBox::indicator:disabled { background: $sunken; border-color: $border; }
QCalendarWidget QWidget { background: $raised; }
QCalendarWidget QAbstractItemView { background: $raised; selection-background-color: $accent;
  selection-color: $on_accent; outline: none; border: none; }
QCalendarWidget QToolButton { color: $text; font-weight: 600; padding: 4px 10px; }
QCalendarWidget QToolButton#qt_calendar_prevmonth { qproperty-icon: url("$icons/control-left.svg"); }
QCalendarWidget QToolButton#qt_calendar_nextmonth { qproperty-icon: url("$icons/control-right.svg"); }
QCalendarWidget QSpinBox { min-width: 56px; }
"""

_VIEWS = """
QAbstractItemView { background: $surface; border: none; outline: none; alternate-background-color: $sunken; }
QTableView { gridline-color: $border; selection-background-color: $accent_soft; selection-color: $text; }
QHeaderView { background: $sunken; border: none; }
QHeaderView::section { background: $sunken; color: $muted; border: none; border-bottom: 1px solid $border;
  padding: 0 10px; min-height: 34px; font-size: ${small}px; font-weight: 600; text-align: left; }
QHeaderView::section:first { padding-left: 24px; }
QTableCornerButton::section { background: $sunken; border: none; border-bottom: 1px solid $border; }
QTableWidget::item { padding: 0 8px; }
QTableWidget QHeaderView::section:first { padding-left: 10px; }
QHeaderView::section:hover { background: $hover; color: $text; }
QHeaderView::up-arrow { image: url("$icons/control-up.svg"); width: 14px; height: 14px;
  subcontrol-position: center right; right: 4px; }
QHeaderView::down-arrow { image: url("$icons/control-down.svg"); width: 14px; height: 14px;
  subcontrol-position: center right; right: 4px; }
QTreeView::item, QListView::item { min-height: 32px; padding: 0 6px; border-radius: 5px; border: none; }
QListView[role="steps"] { border: 1px solid $border_strong; border-radius: 6px; }
QListView[role="steps"]:focus { border-color: $accent; }
QListView[role="steps"]::item { min-height: 0; padding: 0; }
QListView[role="pages"]::item { min-height: 156px; }
QTreeView::item:hover, QListView::item:hover { background: $hover; }
QTreeView::item:selected, QListView::item:selected { background: $accent_soft; color: $text; }
QTreeView::indicator, QListView::indicator { width: 14px; height: 14px; border: 1px solid $border_strong; border-radius: 4px;
  background: $surface; }
QTreeView::indicator:checked, QListView::indicator:checked { background: $accent; border-color: $accent;
  image: url("$icons/control-check.svg"); }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url("$icons/control-right.svg"); }
QTreeView::branch:has-children:open { image: url("$icons/control-down.svg"); }
QScrollArea, QScrollArea > QWidget > QWidget[ground="none"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border_strong; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }
"""

_PANELS = """
QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabWidget::tab-bar { left: 0; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; padding: 8px 4px; margin-right: 18px; border: none;
  border-bottom: 2px solid transparent; font-weight: 500; }
DetailPanel QTabBar::tab { margin-right: 10px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent_text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent_text; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QMenu { background: $raised; border: 1px solid $border_strong; border-radius: 8px; padding: 5px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; min-width: 120px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 16px; height: 16px; margin-left: 8px; border: 1px solid $border_strong;
  border-radius: 4px; background: $surface; }
QMenu::indicator:checked { background: $accent; border-color: $accent; image: url("$icons/control-check.svg"); }
QProgressBar { background: $border; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
"""

_PARTS = (_GROUND, _BUTTONS, _FRAME, _INPUTS, _VIEWS, _PANELS)
