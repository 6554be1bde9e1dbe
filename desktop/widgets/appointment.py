"""One appointment as a box in the agenda."""

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.dayplan import Entry, Look
from desktop.summary import services_of
from desktop.texts import when, words
from desktop.texts.wording import spaced
from desktop.theme import font, tokens

CORNER = 7  # px
BAR = 4  # px, the coloured edge

translate = QCoreApplication.translate

STATUS_COLOURS = {
    "arrived": "speaking",
    "in_progress": "thinking",
    "waiting_parts": "warning",
    "ready": "done",
    "done": "done",
    "no_show": "error",
}


class AppointmentBox(QWidget):
    """Focusable by the arrow keys of the agenda; its accessible name says all it holds."""

    focused = Signal(bool)

    def __init__(self, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setObjectName("appuntamento")
        self.setAccessibleName(self._whole())
        self.setToolTip(self._whole())

    def _whole(self) -> str:
        entry = self.entry
        parts = [when.span(entry.start, entry.end), self._title(), self._subtitle(), entry.staff.name, self._mark()]
        return ", ".join(part for part in parts if part)

    def _title(self) -> str:
        if self.entry.appointment is None:
            return self.entry.words or translate("Agenda", "Away")
        return services_of(self.entry.appointment)

    def _subtitle(self) -> str:
        item = self.entry.appointment
        if item is None:
            return ""
        parts = []
        if item.vehicle:
            parts = [item.vehicle.model, spaced(item.vehicle.plate) if item.vehicle.plate else ""]
        if item.customer:
            parts.append(item.customer.name)
        return " · ".join(part for part in parts if part)

    def _mark(self) -> str:
        match self.entry.look:
            case Look.PROPOSED:
                return translate("Agenda", "proposed")
            case Look.DONE:
                return translate("Agenda", "done now")
            case Look.GONE:
                return translate("Agenda", "cancelled")
            case Look.LEFT:
                return translate("Agenda", "time it had before")
            case Look.AWAY:
                return ""
            case Look.BOOKED:
                return words.status(self.entry.appointment.status) if self.entry.appointment else ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, ink, edge, style = self._look()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            body = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setPen(QPen(edge, 2 if style is not Qt.PenStyle.SolidLine else 1, style))
            painter.setBrush(ground)
            painter.drawRoundedRect(body, CORNER, CORNER)
            if self.entry.look is Look.BOOKED:
                self._paint_bar(painter, body)
            if self.hasFocus():
                painter.setPen(QPen(tokens().colour("text"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(body, CORNER, CORNER)
            self._paint_words(painter, body.adjusted(11, 4, -6, -3), ink)

    def _look(self) -> tuple[QColor, QColor, QColor, Qt.PenStyle]:
        """Ground, ink, edge and how the edge is drawn."""
        colours = tokens()
        match self.entry.look:
            case Look.PROPOSED:
                accent = colours.colour("accent")
                return colours.colour("accent_soft"), colours.colour("text"), accent, Qt.PenStyle.DashLine
            case Look.DONE:
                accent = colours.colour("accent")
                return accent, colours.colour("on_accent"), accent, Qt.PenStyle.SolidLine
            case Look.GONE | Look.LEFT:
                faint = colours.colour("faint")
                return QColor(0, 0, 0, 0), colours.colour("muted"), faint, Qt.PenStyle.DotLine
            case Look.AWAY:
                warning = colours.colour("warning")
                return colours.colour("warning_soft"), warning, warning, Qt.PenStyle.DashLine
            case Look.BOOKED:
                return colours.colour("sunken"), colours.colour("text"), colours.colour("border"), Qt.PenStyle.SolidLine

    def _paint_bar(self, painter: QPainter, body: QRectF) -> None:
        status = self.entry.appointment.status if self.entry.appointment else ""
        painter.save()
        painter.setClipRect(QRectF(body.left(), body.top(), BAR, body.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens().colour(STATUS_COLOURS.get(status, "border_strong")))
        painter.drawRoundedRect(body, CORNER, CORNER)
        painter.restore()

    def _paint_words(self, painter: QPainter, area: QRectF, ink: QColor) -> None:
        struck = self.entry.look in (Look.GONE, Look.LEFT)
        bold, plain = font(13, QFont.Weight.DemiBold), font(12, QFont.Weight.Medium)
        bold.setStrikeOut(struck)
        lines = [(bold, self._title()), (plain, self._subtitle()), (plain, when.span(self.entry.start, self.entry.end))]
        if area.height() < 30:
            lines = [(bold, f"{when.clock(self.entry.start)}  {self._title()}")]
        elif area.height() < 48:
            lines = lines[:2]
        painter.setPen(ink)
        top = area.top()
        for line_font, text in lines:
            painter.setFont(line_font)
            height = painter.fontMetrics().height() + 1
            line = QRectF(area.left(), top, area.width(), height)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
            top += height
