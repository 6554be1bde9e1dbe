"""A number plate, drawn as it looks on the car."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.texts.wording import spaced
from desktop.theme import font

BLUE, GOLD, BLACK, WHITE = QColor("#0b3fa0"), QColor("#f5c518"), QColor("#111417"), QColor("#fdfdfb")
PROPORTION = 520 / 110  # width to height of an Italian front plate


class Plate(QLabel):
    """Its text is the plate, so that it can be read and found."""

    def __init__(self, plate: str = "", height: int = 38, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_plate(plate)

    def show_plate(self, plate: str) -> None:
        self.setText(spaced(plate))

    def sizeHint(self) -> QSize:
        return QSize(round(self._height * PROPORTION), self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: object) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            body = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
            round_corner = self._height * 0.13
            painter.setPen(QPen(BLACK, 1.5))
            painter.setBrush(WHITE)
            painter.drawRoundedRect(body, round_corner, round_corner)
            band = body.height() * 0.42
            self._bands(painter, body, band, round_corner)
            made = font(round(self._height * 0.62), QFont.Weight.Bold)
            made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, self._height * 0.02)
            painter.setFont(made)
            painter.setPen(BLACK)
            inside = body.adjusted(band, 0, -band, 0)
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, self.text())

    def _bands(self, painter: QPainter, body: QRectF, band: float, corner: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(BLUE)
        inner = body.adjusted(1, 1, -1, -1)
        for left in (inner.left(), inner.right() - band + 1):
            painter.save()
            painter.setClipRect(QRectF(left, inner.top(), band - 1, inner.height()))
            painter.drawRoundedRect(inner, corner - 1, corner - 1)
            painter.restore()
        middle = QPointF(inner.left() + (band - 1) / 2, inner.top() + inner.height() * 0.32)
        painter.setPen(QPen(GOLD, max(1.0, self._height * 0.045), Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, band * 0.27, band * 0.27)
        painter.setPen(WHITE)
        painter.setFont(font(max(7, round(self._height * 0.27)), QFont.Weight.Bold))
        low = QRectF(inner.left(), inner.top() + inner.height() * 0.55, band - 1, inner.height() * 0.4)
        painter.drawText(low, Qt.AlignmentFlag.AlignCenter, "I")
