"""The pill that shows, over every other window, that the microphone is open and what is being heard.

It takes no focus: keys still reach the program in front. Wayland lets no client place itself or stay on top; there
the window and the tray icon show the state alone.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.icons import pixmap
from desktop.texts import words
from desktop.theme import font, tokens
from desktop.widgets.meter import Levels

WIDTH, HEIGHT, MARGIN = 460, 64, 56  # px; MARGIN from the lower edge of the screen
SHOWN = ("listening", "thinking")


class Overlay(QWidget):
    """Shows itself while there is something to see and its owner allows it."""

    def __init__(self, key: str) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
            | Qt.WindowType.WindowTransparentForInput,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle("Bancone")
        self.setObjectName("pillola")
        self.setFixedSize(WIDTH, HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._key = key
        self._state, self._heard = "idle", ""
        self._levels = Levels(13)

    @staticmethod
    def possible() -> bool:
        """Whether this desktop lets a window place itself on top."""
        return not QGuiApplication.platformName().startswith("wayland")

    def show_state(self, state: str) -> None:
        if state == "listening" and self._state != "listening":
            self._heard = ""
            self._levels.clear()
        self._state = state
        self.setAccessibleName(words.state(state))
        self.update()

    def show_level(self, level: float) -> None:
        """level: dBFS."""
        self._levels.add(level)
        if self.isVisible():
            self.update()

    def show_heard(self, text: str) -> None:
        self._heard = " ".join(text.split())
        self.update()

    def appear(self, wanted: bool) -> None:
        """Be seen if ``wanted`` and there is something to see."""
        if wanted and self._state in SHOWN and self.possible():
            self._place()
            self.show()
        else:
            self.hide()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens()
        ink = colours.colour(self._state if self._state in SHOWN else "idle")
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            body = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            painter.setPen(QPen(colours.colour("border_strong"), 1.5))
            painter.setBrush(colours.colour("card"))
            painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            circle = QRectF(body.left() + 9, body.top() + 9, body.height() - 18, body.height() - 18)
            painter.drawEllipse(circle)
            mark = circle.adjusted(9, 9, -9, -9).toRect()
            painter.drawPixmap(mark, pixmap("mic" if self._state == "listening" else "hourglass", colours.card, 24))
            self._levels.paint(painter, QRectF(body.right() - 92, body.top() + 12, 72, body.height() - 24), ink)
            words_area = QRectF(
                circle.right() + 14, body.top(), body.right() - 106 - circle.right() - 14, body.height()
            )
            self._paint_words(painter, words_area)

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(tokens().colour("text"))
        painter.setFont(font(16, QFont.Weight.DemiBold if not self._heard else QFont.Weight.Medium))
        text = self._heard or words.state(self._state)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideLeft, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)

    def _place(self) -> None:
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.move(screen.center().x() - WIDTH // 2, screen.bottom() - HEIGHT - MARGIN)
