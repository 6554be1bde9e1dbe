"""Labels, buttons and layouts with our roles; the style sheet gives them their looks."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.icons import icon

GAP = 8  # px between parts of a line
ICON, ICON_GAP = 18, 6  # px of a button's drawing, and between it and the words


def label(text: str = "", role: str = "body", *, wrap: bool = False) -> QLabel:
    """Plain text in ``role``; never interpreted as HTML."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def frame(role: str, parent: QWidget | None = None) -> QFrame:
    made = QFrame(parent)
    made.setProperty("role", role)
    return made


def set_state(widget: QWidget, state: str) -> None:
    """Give ``widget`` and what is in it the colours of ``state``."""
    if widget.property("state") == state:
        return
    widget.setProperty("state", state)
    for one in (widget, *widget.findChildren(QLabel)):
        one.style().unpolish(one)
        one.style().polish(one)


def empty(layout: QLayout) -> None:
    """Take everything out of ``layout`` and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)


class Button(QPushButton):
    """A button with a drawing that follows the theme."""

    def __init__(self, text: str = "", kind: str = "plain", drawing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", kind)
        self._drawing = drawing
        self._draw()

    def set_drawing(self, name: str) -> None:
        self._drawing = name
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._draw()

    def _draw(self) -> None:
        if self._drawing:
            tokens = {"primary": "on_accent", "chip": "accent", "quiet": "muted", "row": "muted"}
            gap = ICON_GAP if self.text() else 0
            self.setIconSize(QSize(ICON + gap, ICON))
            self.setIcon(icon(self._drawing, tokens.get(str(self.property("kind")), "text"), ICON, gap=gap))


class Elided(QLabel):
    """One line that ends in … where there is no room; its text stays whole for those who read it otherwise."""

    def __init__(self, text: str = "", role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: object) -> None:
        with QPainter(self) as painter:
            shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(self.rect(), int(self.alignment()), shown)


def column(widget: QWidget, *, gap: int = 0, margin: int = 0) -> QVBoxLayout:
    """The layout of ``widget``, one under the other."""
    made = QVBoxLayout(widget)
    made.setSpacing(gap)
    made.setContentsMargins(margin, margin, margin, margin)
    return made


def row(*, gap: int = GAP) -> QHBoxLayout:
    """A layout side by side, without margins."""
    made = QHBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(0, 0, 0, 0)
    return made
