"""How Bancone looks: colours, type and spacing, light and dark, over Qt's Fusion style.

The operating system's scheme is only an input (`auto`); palette and tokens are always ours. Widgets that paint ask
`tokens()` when they paint, so that a change of theme needs nothing but an update.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

import assets
from desktop.style import stylesheet

ASSETS = Path(assets.__file__).parent
FAMILY = "Inter"
TEXT_SIZE = 15  # px


class Theme(StrEnum):
    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by what they are for, as `#rrggbb`. `…_soft` is the ground that its colour stands on."""

    dark: bool
    ground: str
    card: str
    sunken: str
    border: str
    border_strong: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    idle: str
    idle_soft: str
    listening: str
    listening_soft: str
    thinking: str
    thinking_soft: str
    speaking: str
    speaking_soft: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str
    done: str
    done_soft: str

    def colour(self, name: str) -> QColor:
        """The token ``name`` to paint with."""
        value: str = getattr(self, name)
        return QColor(value)


LIGHT = Tokens(
    dark=False,
    ground="#eef1f4",
    card="#ffffff",
    sunken="#f4f6f8",
    border="#dde3e9",
    border_strong="#b9c3cd",
    text="#14202b",
    muted="#53616e",
    faint="#7c8894",
    accent="#0f6e6e",
    accent_hover="#0b5a5a",
    accent_soft="#dff0ef",
    on_accent="#ffffff",
    idle="#53616e",
    idle_soft="#e6ebef",
    listening="#b8330c",
    listening_soft="#fde8e0",
    thinking="#6147c9",
    thinking_soft="#ebe7fb",
    speaking="#1763b6",
    speaking_soft="#e0edfa",
    warning="#8a5200",
    warning_soft="#fff2d9",
    error="#b9232b",
    error_soft="#fde7e7",
    done="#17744a",
    done_soft="#def3e7",
)
DARK = Tokens(
    dark=True,
    ground="#0e141a",
    card="#17202a",
    sunken="#111921",
    border="#28343f",
    border_strong="#435261",
    text="#eef3f7",
    muted="#a7b4c0",
    faint="#7e8c99",
    accent="#45bdb4",
    accent_hover="#5fd0c7",
    accent_soft="#173a3b",
    on_accent="#04211f",
    idle="#a7b4c0",
    idle_soft="#24303b",
    listening="#ff8a63",
    listening_soft="#452519",
    thinking="#b3a3f7",
    thinking_soft="#2d2849",
    speaking="#72b4f4",
    speaking_soft="#1b334b",
    warning="#f3bf58",
    warning_soft="#392d15",
    error="#f68a8a",
    error_soft="#432124",
    done="#62cf95",
    done_soft="#17382a",
)

_current = LIGHT


def tokens() -> Tokens:
    """The colours in force."""
    return _current


def apply(application: QApplication, theme: Theme) -> None:
    """Put ``theme`` on the whole application; again whenever it changes."""
    global _current
    _current = _chosen(theme)
    _load_fonts()
    application.setStyle("Fusion")
    application.setFont(font())
    application.setPalette(_palette(_current))
    application.setStyleSheet(stylesheet(_current))


def font(size: int = TEXT_SIZE, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Our type at ``size`` pixels, figures all equally wide."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def _chosen(theme: Theme) -> Tokens:
    match theme:
        case Theme.LIGHT:
            return LIGHT
        case Theme.DARK:
            return DARK
        case Theme.AUTO:
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT


def _load_fonts() -> None:
    if FAMILY not in QFontDatabase.families():
        for file in sorted((ASSETS / "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(file))


def _palette(colours: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, name in (
        (role.Window, "ground"),
        (role.WindowText, "text"),
        (role.Base, "card"),
        (role.AlternateBase, "sunken"),
        (role.Text, "text"),
        (role.PlaceholderText, "faint"),
        (role.Button, "card"),
        (role.ButtonText, "text"),
        (role.BrightText, "error"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Link, "accent"),
        (role.ToolTipBase, "text"),
        (role.ToolTipText, "card"),
        (role.Mid, "border"),
        (role.Light, "card"),
        (role.Dark, "border_strong"),
        (role.Accent, "accent"),
    ):
        palette.setColor(which, colours.colour(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, colours.colour("faint"))
    return palette
