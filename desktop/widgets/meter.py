"""A moving picture of how loud it is: the last moments of the microphone as bars."""

from collections import deque

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

QUIET, LOUD = -55.0, -12.0  # dBFS: an empty bar, a full one


class Levels:
    """The last bars; painted by whoever shows them."""

    def __init__(self, bars: int) -> None:
        self._bars = deque([0.0] * bars, maxlen=bars)

    def add(self, level: float) -> None:
        """level: dBFS."""
        self._bars.append(min(1.0, max(0.0, (level - QUIET) / (LOUD - QUIET))))

    def clear(self) -> None:
        self._bars.extend([0.0] * len(self._bars))

    @property
    def latest(self) -> float:
        """0…1."""
        return self._bars[-1]

    def paint(self, painter: QPainter, area: QRectF, colour: QColor) -> None:
        """Bars growing from the middle of ``area``, the newest on the right."""
        step = area.width() / len(self._bars)
        width = max(2.0, step * 0.55)
        painter.setPen(colour)
        painter.setBrush(colour)
        for number, level in enumerate(self._bars):
            height = max(width, level * area.height())
            left = area.left() + number * step + (step - width) / 2
            bar = QRectF(left, area.center().y() - height / 2, width, height)
            painter.drawRoundedRect(bar, width / 2, width / 2)
