"""The style sheet over Fusion, filled with a theme's colours.

Roles are dynamic properties: `role` on frames and labels (card, title, muted, eyebrow…), `kind` on buttons
(primary, quiet, danger, chip…), `state` where a colour says how things stand.
"""

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.theme import Tokens

SHEET = Template("""
QMainWindow, QDialog, QWidget[role="ground"] { background: $ground; }
QLabel { color: $text; background: transparent; }
QToolTip { background: $text; color: $card; border: 0; padding: 6px 9px; font-size: 13px; }

QFrame[role="card"] { background: $card; border: 1px solid $border; border-radius: 14px; }
QFrame[role="sunken"] { background: $sunken; border: 0; border-radius: 10px; }
QFrame[role="line"] { background: $border; border: 0; max-height: 1px; min-height: 1px; }
QFrame[role="reasons"] { background: $warning_soft; border: 0; border-radius: 10px; }
QFrame[role="reasons"] QLabel { color: $warning; font-size: 14px; }
QFrame[role="banner"] { background: $error_soft; border: 1px solid $error; border-radius: 12px; }
QFrame[role="banner"][state="warning"] { background: $warning_soft; border-color: $warning; }

QLabel[role="brand"] { font-size: 19px; font-weight: 700; }
QLabel[role="heading"] { font-size: 16px; font-weight: 600; }
QLabel[role="title"] { font-size: 20px; font-weight: 700; }
QLabel[role="strong"] { font-size: 15px; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: 13px; }
QLabel[role="error"] { color: $error; font-weight: 600; }
QLabel[role="number"] { color: $muted; font-size: 13px; font-weight: 500; }
QLabel[role="figure"] { font-size: 26px; font-weight: 700; }
QLabel[role="keycap"] { background: $card; color: $text; border: 1px solid $border_strong; border-bottom-width: 2px;
  border-radius: 6px; padding: 1px 7px; font-size: 13px; font-weight: 600; }
QLabel[role="step"] { background: $accent_soft; color: $accent; border-radius: 13px; font-weight: 700;
  font-size: 14px; }

QLabel[role="badge"] { border-radius: 11px; padding: 3px 10px; font-size: 13px; font-weight: 600;
  background: $idle_soft; color: $idle; }
QLabel[role="badge"][state="waiting"] { background: $warning_soft; color: $warning; }
QLabel[role="badge"][state="done"] { background: $done_soft; color: $done; }
QLabel[role="badge"][state="drafted"] { background: $listening_soft; color: $listening; }
QLabel[role="badge"][state="failed"] { background: $error_soft; color: $error; }

QFrame[role="state"] { border: 0; border-radius: 17px; background: $idle_soft; }
QFrame[role="state"] QLabel { color: $idle; font-size: 16px; font-weight: 600; }
QFrame[role="state"][state="listening"] { background: $listening_soft; }
QFrame[role="state"][state="listening"] QLabel { color: $listening; }
QFrame[role="state"][state="thinking"] { background: $thinking_soft; }
QFrame[role="state"][state="thinking"] QLabel { color: $thinking; }
QFrame[role="state"][state="speaking"] { background: $speaking_soft; }
QFrame[role="state"][state="speaking"] QLabel { color: $speaking; }
QFrame[role="state"][state="error"] { background: $error_soft; }
QFrame[role="state"][state="error"] QLabel { color: $error; }

QPushButton { background: $card; color: $text; border: 1px solid $border_strong; border-radius: 10px;
  padding: 8px 14px; font-size: 15px; font-weight: 600; }
QPushButton:hover { background: $sunken; border-color: $muted; }
QPushButton:pressed { background: $border; }
QPushButton:focus { border: 2px solid $accent; padding: 7px 13px; }
QPushButton:disabled { color: $faint; border-color: $border; background: $sunken; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; padding: 12px 18px;
  font-size: 17px; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; padding: 11px 17px; }
QPushButton[kind="primary"]:disabled { background: $idle_soft; color: $faint; border-color: $idle_soft; }
QPushButton[kind="large"] { padding: 12px 18px; font-size: 16px; }
QPushButton[kind="large"]:focus { padding: 11px 17px; }
QPushButton[kind="quiet"] { background: transparent; border: 2px solid transparent; color: $muted; padding: 5px 9px; }
QPushButton[kind="quiet"]:hover { background: $sunken; color: $text; }
QPushButton[kind="quiet"]:focus { border-color: $accent; }
QPushButton[kind="quiet"]:checked { color: $accent; background: $accent_soft; }
QPushButton[kind="chip"] { background: $accent_soft; color: $accent; border: 2px solid transparent; border-radius: 13px;
  padding: 4px 12px; font-size: 14px; text-align: left; min-height: 20px; }
QPushButton[kind="chip"]:hover { border-color: $accent; }
QPushButton[kind="chip"]:focus { border: 2px solid $text; }
QPushButton[kind="chip"]:disabled { background: $sunken; color: $faint; }
QPushButton[kind="example"] { background: $sunken; border: 2px solid transparent; border-radius: 12px;
  padding: 10px 14px;
  text-align: left; font-weight: 500; color: $text; }
QPushButton[kind="example"]:hover { border-color: $border_strong; }
QPushButton[kind="example"]:focus { border-color: $accent; }
QPushButton[kind="row"] { background: transparent; border: 2px solid transparent; border-radius: 8px; padding: 2px;
  text-align: left; }
QPushButton[kind="row"]:hover { background: $sunken; }
QPushButton[kind="row"]:focus { border-color: $accent; }
QPushButton::menu-indicator { image: none; width: 0; }

QLineEdit { background: $sunken; color: $text; border: 1px solid $border_strong; border-radius: 12px; padding: 9px 14px;
  font-size: 16px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus { border: 2px solid $accent; padding: 8px 13px; background: $card; }
QLineEdit:disabled { color: $faint; }
QTextEdit, QPlainTextEdit { background: transparent; color: $text; border: 2px solid transparent; border-radius: 10px;
  selection-background-color: $accent; selection-color: $on_accent; }
QTextEdit:focus { border-color: $accent; }
QPlainTextEdit[role="json"] { background: $sunken; font-size: 12px; border-radius: 8px; padding: 4px; }
QPlainTextEdit[role="json"]:focus { border-color: $accent; }

QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollArea:focus { border: 2px solid $accent; border-radius: 10px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $border_strong; border-radius: 3px; min-height: 32px; }
QScrollBar::handle:vertical:hover { background: $muted; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle:horizontal { background: $border_strong; border-radius: 3px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $card; color: $text; border: 1px solid $border_strong; padding: 6px; }
QMenu::item { padding: 8px 26px 8px 30px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenu::indicator { width: 14px; height: 14px; left: 9px; }
QMenu::separator { height: 1px; background: $border; margin: 5px 8px; }
QSplitter::handle { background: transparent; }
QProgressBar { background: $sunken; border: 0; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $warning; border-radius: 2px; }
""")


def stylesheet(colours: "Tokens") -> str:
    """The sheet in ``colours``."""
    return SHEET.substitute({name: getattr(colours, name) for name in colours.__slots__})
