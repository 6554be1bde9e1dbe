"""The icon in the tray: the state at a glance, and the way back to the window.

Nothing relies on it: where the desktop has no tray the window stays, and a click elsewhere never depends on where the
icon is. A desktop's tray may come up after us, so whoever asks `available` asks again.
"""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from desktop.icons import ICONS
from desktop.texts import words
from desktop.theme import LIGHT

SIZES = (16, 22, 24, 32, 48, 64)  # px
STATES = ("starting", "idle", "listening", "thinking", "speaking", "error")


def tray_icon(state: str) -> QIcon:
    """The mark with a dot in the colour of ``state``; none while there is nothing to tell."""
    made = QIcon()
    drawing = QSvgRenderer(str(ICONS / "bancone.svg"))
    for size in SIZES:
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setOpacity(0.45 if state == "starting" else 1.0)
            drawing.render(painter, QRectF(0, 0, size, size))
            painter.setOpacity(1.0)
            if state in ("listening", "thinking", "speaking", "error"):
                side = size * 0.56
                dot = QRectF(size - side, size - side, side, side)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(Qt.GlobalColor.white)
                painter.drawEllipse(dot)
                painter.setBrush(LIGHT.colour(state))
                edge = max(1.0, size * 0.06)
                painter.drawEllipse(dot.adjusted(edge, edge, -edge, -edge))
        made.addPixmap(picture)
    return made


class Tray(QSystemTrayIcon):
    """`opened`, `talked` and `quit_chosen` are wishes; what becomes of them is decided by desktop/app.py."""

    opened = Signal()
    talked = Signal()
    """Start talking, or end it."""
    quit_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = {state: tray_icon(state) for state in STATES}
        self._menu = QMenu()
        self._open = self._menu.addAction(self.tr("Open Bancone"))
        self._talk = self._menu.addAction(self.tr("Start talking"))
        self._menu.addSeparator()
        self._quit = self._menu.addAction(self.tr("Quit Bancone"))
        self.setContextMenu(self._menu)
        self._open.triggered.connect(self.opened)
        self._talk.triggered.connect(self.talked)
        self._quit.triggered.connect(self.quit_chosen)
        self.activated.connect(self._on_activated)
        self.show_state("starting")

    @staticmethod
    def available() -> bool:
        """Whether the desktop has a tray now; `isVisible` says yes even where it has none."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show_state(self, state: str) -> None:
        self._state = known = state if state in STATES else "idle"
        self.setIcon(self._icons[known])
        self.setToolTip(f"Bancone · {words.state(known)}")
        talking = known == "listening"
        self._talk.setText(self.tr("Stop talking and send") if talking else self.tr("Start talking"))
        self._talk.setEnabled(known != "starting")

    def retranslate(self) -> None:
        """The menu in the language in force."""
        self._open.setText(self.tr("Open Bancone"))
        self._quit.setText(self.tr("Quit Bancone"))
        self.show_state(self._state)

    def retire(self) -> None:
        """Take it away; the menu goes with it."""
        self.hide()
        self.setContextMenu(None)  # type: ignore[arg-type]
        self._menu.deleteLater()

    def _on_activated(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.opened.emit()
