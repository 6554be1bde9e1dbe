"""The day in the middle: the agenda of the day that is talked about."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from desktop.dayplan import DayPlan, Look
from desktop.icons import IconLabel
from desktop.widgets.agenda import Agenda, day_title
from desktop.widgets.basics import column, label, row, set_state


class DayPanel(QFrame):
    """Empty until a day is talked about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._title = label(self.tr("Agenda"), "heading")
        self._mark = label(role="badge")
        self._mark.hide()
        self.agenda = Agenda()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty_page())
        self._pages.addWidget(self.agenda)
        head = row(gap=10)
        head.setContentsMargins(18, 14, 16, 6)
        head.addWidget(IconLabel("calendar", "accent", 22))
        head.addWidget(self._title, 1)
        head.addWidget(self._mark)
        layout = column(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.addLayout(head)
        layout.addWidget(self._pages, 1)

    def show_plan(self, plan: DayPlan, now: datetime) -> None:
        title = day_title(plan, now)
        self._title.setText(title[:1].upper() + title[1:])
        self.agenda.show_plan(plan, now)
        self._pages.setCurrentWidget(self.agenda)
        self._show_mark(plan)

    def _show_mark(self, plan: DayPlan) -> None:
        focus = plan.focus()
        texts = {
            Look.PROPOSED: (self.tr("proposed"), "waiting"),
            Look.DONE: (self.tr("done"), "done"),
            Look.GONE: (self.tr("cancelled"), "failed"),
        }
        text, state = texts.get(focus.look, ("", "")) if focus else ("", "")
        self._mark.setText(text)
        self._mark.setVisible(bool(text))
        set_state(self._mark, state)

    def _empty_page(self) -> QWidget:
        page = QWidget()
        layout = column(page, gap=12, margin=28)
        layout.addStretch(1)
        layout.addWidget(IconLabel("calendar", "border_strong", 64), 0, Qt.AlignmentFlag.AlignHCenter)
        text = label(
            self.tr(
                "The day you talk about appears here, technician by technician. Ask for one: “Who is coming in today?”"
            ),
            "muted",
            wrap=True,
        )
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(text)
        layout.addStretch(2)
        return page
