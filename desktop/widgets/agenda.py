"""The day's agenda: hours downwards, one column per technician, one real widget per appointment.

Tab enters it once; the arrow keys go from appointment to appointment.
"""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from desktop.dayplan import DayPlan, Entry, Look
from desktop.texts import when
from desktop.theme import font, tokens
from desktop.widgets.appointment import AppointmentBox
from desktop.widgets.basics import column

AXIS = 54  # px for the hours
HOUR = 66  # px at least
HEAD = 44  # px for the names
GUTTER = 6  # px between columns

translate = QCoreApplication.translate


class Heads(QWidget):
    """The technicians' names over their columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self.setFixedHeight(HEAD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_names(self, names: list[str]) -> None:
        self._names = names
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, name in enumerate(self._names):
                area = QRectF(_column(number, len(self._names), self.width() - 10, 0, HEAD))
                circle = QRectF(area.left() + 2, area.top() + 6, 28, 28)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours.colour("idle_soft"))
                painter.drawEllipse(circle)
                painter.setPen(colours.colour("muted"))
                painter.setFont(font(12, QFont.Weight.Bold))
                initials = "".join(part[0] for part in name.split()[:2])
                painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, initials)
                painter.setPen(colours.colour("text"))
                painter.setFont(font(14, QFont.Weight.DemiBold))
                words = area.adjusted(38, 6, 0, -10)
                shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(words.width()))
                painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)


class Day(QWidget):
    """The grid and the boxes in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: DayPlan | None = None
        self._now: datetime | None = None
        self._boxes: list[AppointmentBox] = []
        self._hour = HOUR
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(translate("Agenda", "The day's appointments"))

    @property
    def boxes(self) -> list[AppointmentBox]:
        return self._boxes

    def show_plan(self, plan: DayPlan, now: datetime) -> None:
        self._plan, self._now = plan, now
        for box in self._boxes:
            box.hide()
            box.setParent(None)
            box.deleteLater()
        order = sorted(plan.entries, key=lambda e: (e.look in (Look.PROPOSED, Look.DONE), e.start))
        self._boxes = [AppointmentBox(entry, self) for entry in order]
        for box in self._boxes:
            box.focused.connect(self._on_focused)
            QWidget.setTabOrder(self, box)
            box.show()
        self._place()

    def stretch(self, height: int) -> None:
        """Use ``height`` where there is more than the least."""
        if self._plan is None:
            return
        first, last = self._plan.hours
        self._hour = max(HOUR, (height - 16) // (last - first))
        self.setMinimumHeight((last - first) * self._hour + 16)
        self._place()

    def box_of(self, entry: Entry) -> AppointmentBox | None:
        return next((box for box in self._boxes if box.entry.key == entry.key), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._plan is None:
            return
        colours = tokens()
        first, last = self._plan.hours
        with QPainter(self) as painter:
            painter.setFont(font(12, QFont.Weight.Medium))
            for hour in range(first, last + 1):
                y = self._y(hour * 60)
                painter.setPen(colours.colour("muted"))
                painter.drawText(QRect(0, y - 9, AXIS - 10, 18), _right(), f"{hour:02d}:00")
                painter.setPen(QPen(colours.colour("border"), 1))
                painter.drawLine(AXIS, y, self.width(), y)
            for number in range(1, len(self._plan.staff)):
                left = _column(number, len(self._plan.staff), self.width(), 0, 1).left() - GUTTER // 2
                painter.drawLine(left, 0, left, self.height())
            self._paint_now(painter)

    def _paint_now(self, painter: QPainter) -> None:
        if self._plan is None or self._now is None or self._now.date() != self._plan.day:
            return
        y = self._y(self._now.hour * 60 + self._now.minute)
        colour = tokens().colour("error")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 2))
        painter.drawLine(AXIS, y, self.width(), y)
        painter.setBrush(colour)
        painter.drawEllipse(AXIS - 4, y - 4, 8, 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._plan is not None and self._boxes:
            focus = self._plan.focus()
            box = self.box_of(focus) if focus else None
            (box or self._boxes[0]).setFocus(event.reason())

    def _on_focused(self, inside: bool) -> None:
        # one stop for Tab, in either direction: the day itself, or the box in it that has the focus
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if inside else Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        now = self.focusWidget()
        if step is None or not isinstance(now, AppointmentBox) or now not in self._boxes:
            super().keyPressEvent(event)
            return
        by_time = sorted(self._boxes, key=lambda box: (box.entry.start, box.x()))
        by_time[(by_time.index(now) + step) % len(by_time)].setFocus(Qt.FocusReason.TabFocusReason)

    def _y(self, minutes: int) -> int:
        first = self._plan.hours[0] if self._plan else 0
        return 8 + round((minutes - first * 60) * self._hour / 60)

    def _place(self) -> None:
        if self._plan is None:
            return
        ids = [person.id for person in self._plan.staff]
        for box in self._boxes:
            entry = box.entry
            top = self._y(entry.start.hour * 60 + entry.start.minute)
            length = round((entry.end - entry.start).total_seconds() / 60)
            bottom = self._y(entry.start.hour * 60 + entry.start.minute + length)
            area = _column(ids.index(entry.staff.id), len(ids), self.width(), top, bottom - top)
            width = area.width() // entry.lanes
            box.setGeometry(area.left() + entry.lane * width, top + 1, width - 2, max(22, bottom - top - 2))


class Agenda(QWidget):
    """Names, and the day that scrolls under them to what it is shown for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heads, self._day = Heads(), Day()
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._day)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().installEventFilter(self)
        self._plan: DayPlan | None = None
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._to_focus)
        layout = column(self)
        layout.addWidget(self._heads)
        layout.addWidget(self._scroll)

    @property
    def boxes(self) -> list[AppointmentBox]:
        return self._day.boxes

    def show_plan(self, plan: DayPlan, now: datetime) -> None:
        self._plan = plan
        self._heads.show_names([person.name for person in plan.staff])
        self._day.show_plan(plan, now)
        self._day.stretch(self._scroll.viewport().height())
        self._settle.start()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._day.stretch(self._scroll.viewport().height())
            self._settle.start()
        return False

    def _to_focus(self) -> None:
        """Bring the box it is about to about the middle; the first one where it is about none."""
        if self._plan is None:
            return
        focus = self._plan.focus() or min(self._plan.entries, key=lambda e: e.start, default=None)
        box = self._day.box_of(focus) if focus else None
        if box is not None:
            middle = box.y() + box.height() // 2 - self._scroll.viewport().height() // 2
            self._scroll.verticalScrollBar().setValue(middle)


def day_title(plan: DayPlan, now: datetime) -> str:
    """ "domani, mercoledì 11 marzo"."""
    near = when.near_day(plan.day, now)
    return f"{near}, {when.day(plan.day)}" if near else when.day(plan.day)


def _column(number: int, count: int, width: int, top: int, height: int) -> QRect:
    room = width - AXIS
    left = AXIS + room * number // count
    right = AXIS + room * (number + 1) // count
    return QRect(left + GUTTER // 2, top, right - left - GUTTER, height)


def _right() -> int:
    return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
