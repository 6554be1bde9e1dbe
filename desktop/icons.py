"""Our drawings, tinted: assets/icons/*.svg hold black strokes that take the colour they are asked for."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QWidget

from desktop.theme import ASSETS, tokens

ICONS = ASSETS / "icons"
SHARP = 3.0  # device pixels per pixel an icon is drawn with, so that it is sharp on every screen


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """The drawing ``name`` in ``colour`` (`#rrggbb`), ``size`` pixels wide and high."""
    drawing = (ICONS / f"{name}.svg").read_bytes().replace(b'stroke="#000"', f'stroke="{colour}"'.encode())
    side = round(size * SHARP)
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, side, side))
    made.setDevicePixelRatio(SHARP)
    return made


def icon(name: str, token: str, size: int = 18, *, gap: int = 0) -> QIcon:
    """The drawing ``name`` in the colour of ``token``, paler where disabled; ``gap``: px left free on its right."""
    made = QIcon(_with_gap(pixmap(name, getattr(tokens(), token), size), size, gap))
    made.addPixmap(_with_gap(pixmap(name, tokens().faint, size), size, gap), QIcon.Mode.Disabled)
    return made


def _with_gap(drawing: QPixmap, size: int, gap: int) -> QPixmap:
    wider = QPixmap(round((size + gap) * SHARP), round(size * SHARP))
    wider.setDevicePixelRatio(SHARP)
    wider.fill(Qt.GlobalColor.transparent)
    with QPainter(wider) as painter:
        painter.drawPixmap(QRectF(0, 0, size, size).toRect(), drawing)
    return wider


class IconLabel(QLabel):
    """A drawing beside words; it carries no words itself."""

    def __init__(self, name: str, token: str = "muted", size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._token, self._size = name, token, size
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, token: str) -> None:
        self._name, self._token = name, token
        self.update()

    def paintEvent(self, event: object) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self.rect(), pixmap(self._name, getattr(tokens(), self._token), self._size))
