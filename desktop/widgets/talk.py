"""The talk button: hold it, or tap it once to start and once to end. It shows what is going on and how loud."""

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.icons import pixmap
from desktop.theme import font, tokens
from desktop.widgets.meter import Levels

HEIGHT = 76  # px
CORNER = 20  # px

translate = QCoreApplication.translate


class TalkButton(QAbstractButton):
    """`pressed` and `released` come from the base; what they mean is decided by the window."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._state, self._ear = "starting", "off"
        self._levels = Levels(17)
        self.setObjectName("parla")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(translate("TalkButton", "Talk"))
        self.setAccessibleDescription(
            translate(
                "TalkButton", "Hold to talk, or press once to start and once more to end. Everywhere: {key}"
            ).format(key=key)
        )

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, HEIGHT)

    def show_state(self, state: str) -> None:
        """state: `starting`, `idle`, `listening`, `thinking`, `speaking`, `error`."""
        self._state = state
        self._settle()

    def show_ear(self, state: str) -> None:
        """state: of the microphone: `off`, `armed`, `muted`, `lost`."""
        self._ear = state
        self._settle()

    def _settle(self) -> None:
        self.setEnabled(self._state != "starting" and self._ear in ("armed", "muted"))
        self.update()

    def show_level(self, level: float) -> None:
        """level: dBFS, at most 30 times a second."""
        self._levels.add(level)
        self.update()

    def words(self) -> tuple[str, str]:
        """The two lines on the button."""
        if self._ear == "lost" and self._state != "starting":
            return translate("TalkButton", "No microphone"), translate("TalkButton", "type below until it is back")
        match self._state:
            case "listening":
                return translate("TalkButton", "I am listening"), translate("TalkButton", "let go to send")
            case "thinking":
                return translate("TalkButton", "One moment"), translate("TalkButton", "hold to say more")
            case "speaking":
                return translate("TalkButton", "Interrupt"), translate("TalkButton", "I am answering: hold and talk")
            case "starting":
                return translate("TalkButton", "Starting…"), translate("TalkButton", "you can type in a moment")
            case _:
                return translate("TalkButton", "Hold to talk"), translate("TalkButton", "or tap to start and stop")

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, ink = self._colours()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            body = QRectF(self.rect()).adjusted(3, 3, -3, -3)
            if self.hasFocus():
                painter.setPen(QPen(tokens().colour("text"), 2))
                painter.drawRoundedRect(body.adjusted(-2, -2, 2, 2), CORNER + 2, CORNER + 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(body, CORNER, CORNER)
            self._paint_mark(painter, body, ink)
            self._paint_words(painter, body, ink)
            if self._state == "listening":
                self._levels.paint(painter, QRectF(body.right() - 106, body.top() + 14, 90, body.height() - 28), ink)
            else:
                self._paint_key(painter, body, ink)

    def _colours(self) -> tuple[QColor, QColor]:
        """Ground and ink."""
        colours = tokens()
        if not self.isEnabled():
            return colours.colour("idle_soft"), colours.colour("muted")
        match self._state:
            case "listening":
                return colours.colour("listening"), QColor("#ffffff" if not colours.dark else "#2b0f05")
            case "thinking" | "speaking":
                return colours.colour(f"{self._state}_soft"), colours.colour(self._state)
            case _:
                ground = colours.colour("accent_hover" if self.isDown() or self.underMouse() else "accent")
                return ground, colours.colour("on_accent")

    def _paint_mark(self, painter: QPainter, body: QRectF, ink: QColor) -> None:
        circle = QRectF(body.left() + 14, body.center().y() - 22, 44, 44)
        veil = QColor(ink)
        veil.setAlphaF(0.16)
        painter.setBrush(veil)
        if self._state == "listening":
            grown = 1.0 + 9.0 * self._levels.latest
            painter.drawEllipse(circle.adjusted(-grown, -grown, grown, grown))
        painter.drawEllipse(circle)
        drawing = "speaker" if self._state == "speaking" else "mic"
        painter.drawPixmap(circle.adjusted(9, 9, -9, -9).toRect(), pixmap(drawing, ink.name(), 26))

    def _paint_words(self, painter: QPainter, body: QRectF, ink: QColor) -> None:
        first, second = self.words()
        area = body.adjusted(72, 0, -114 if self._state == "listening" else -70, 0)
        half = area.height() / 2
        painter.setPen(ink)
        painter.setFont(font(18, QFont.Weight.DemiBold))
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        painter.drawText(area.adjusted(0, 0, 0, -half + 4), bottom, self._short(painter, first, area.width()))
        painter.setFont(font(13, QFont.Weight.Medium))
        painter.setOpacity(0.85)
        painter.drawText(area.adjusted(0, half + 5, 0, 0), top, self._short(painter, second, area.width()))
        painter.setOpacity(1.0)

    @staticmethod
    def _short(painter: QPainter, text: str, width: float) -> str:
        return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))

    def _paint_key(self, painter: QPainter, body: QRectF, ink: QColor) -> None:
        painter.setFont(font(14, QFont.Weight.DemiBold))
        width = max(36.0, painter.fontMetrics().horizontalAdvance(self._key) + 18.0)
        cap = QRectF(body.right() - width - 16, body.center().y() - 15, width, 30)
        edge = QColor(ink)
        edge.setAlphaF(0.5)
        painter.setPen(QPen(edge, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, 8, 8)
        painter.setPen(ink)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
