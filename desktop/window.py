"""The one window: the conversation on the left, the day in the middle, what is proposed or done on the right.

It takes events and emits commands and knows nothing else. Enter confirms what waits, Esc drops or rejects,
Ctrl+Z takes back; all of it works from wherever the focus is.
"""

import time
import uuid
from collections import deque
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QMainWindow, QSplitter, QStackedWidget, QWidget

from agent.events import (
    Choose,
    Confirm,
    Drafted,
    Event,
    Failed,
    Heard,
    Key,
    Preview,
    PreviewClosed,
    Reject,
    Said,
    State,
    StateChanged,
    Stop,
    Talk,
    ToolEnded,
    ToolStarted,
    TurnEnded,
    Type,
    Understood,
    Undo,
)
from desktop import answers, dayplan
from desktop.hotkey.machine import Action
from desktop.memory import Memory
from desktop.panels.composer import Composer
from desktop.panels.day import DayPanel
from desktop.panels.header import Header
from desktop.panels.preview import PreviewPanel
from desktop.panels.timings import TimingsPanel
from desktop.panels.toolcalls import ToolCallsPanel
from desktop.panels.transcript import Transcript
from desktop.panels.welcome import Welcome
from desktop.summary import summarise
from desktop.texts import words
from desktop.theme import Theme
from desktop.widgets.banner import Banner
from desktop.widgets.basics import Button, column, row
from tools.contract import Clock
from tools.domain import Appointment

WIDTH, HEIGHT = 1180, 760  # px
HISTORY = 600  # events kept for a window that is built anew in another language
TWICE = 0.4  # seconds; a second Enter this soon belongs to the line just sent, not to a preview that came up meanwhile


class MainWindow(QMainWindow):
    """`on_event` for what the agent tells; `command` for what the person wants."""

    command = Signal(object)
    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    retried = Signal()
    quit_chosen = Signal()

    def __init__(self, *, key: str, clock: Clock, theme: Theme = Theme.AUTO) -> None:
        """key: the talk key as it is printed; clock: the workshop's present."""
        super().__init__()
        self.setWindowTitle("Bancone")
        self.setObjectName("bancone")
        self.resize(WIDTH, HEIGHT)
        self.setMinimumSize(1000, 640)
        self.keeps_running = False
        """Closing only hides: there is a tray icon to come back from."""
        self._clock = clock
        self._memory = Memory()
        self._state = "starting"
        self._sent = float("-inf")
        self._trouble = ""
        self.history: deque[tuple[Event, datetime]] = deque(maxlen=HISTORY)
        self.header = Header(clock, theme)
        self.banner = Banner()
        self.transcript = Transcript()
        self.welcome = Welcome(key)
        self.composer = Composer(key)
        self.day = DayPanel()
        self.preview = PreviewPanel(key)
        self.calls, self.timings = ToolCallsPanel(), TimingsPanel()
        self._lay_out()
        self._connect()
        self.show_state("starting")

    def _lay_out(self) -> None:
        ground = QWidget()
        whole = column(ground, gap=12, margin=16)
        whole.addWidget(self.header)
        whole.addWidget(self.banner)
        middle = QSplitter(Qt.Orientation.Vertical)
        middle.addWidget(self.day)
        middle.addWidget(self._strip())
        middle.setStretchFactor(0, 1)
        middle.setSizes([440, 196])
        middle.setHandleWidth(12)
        middle.setChildrenCollapsible(False)
        columns = row(gap=12)
        columns.addWidget(self._conversation(), 38)
        columns.addWidget(middle, 45)
        columns.addWidget(self.preview, 33)
        whole.addLayout(columns, 1)
        self.preview.setMinimumWidth(300)
        self.setCentralWidget(ground)
        self.composer.line.setFocus()

    def _conversation(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setMinimumWidth(320)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self.transcript)
        layout = column(card, gap=10)
        layout.setContentsMargins(12, 12, 12, 14)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.composer)
        return card

    def _strip(self) -> QFrame:
        """Calls and timings, one at a time."""
        card = QFrame()
        card.setProperty("role", "card")
        card.setMinimumHeight(150)
        stack = QStackedWidget()
        head = row(gap=4)
        for number, (text, drawing, panel) in enumerate(
            ((self.tr("What was done"), "list", self.calls), (self.tr("Timings"), "bolt", self.timings))
        ):
            stack.addWidget(panel)
            tab = Button(text, "quiet", drawing)
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.setChecked(number == 0)
            tab.clicked.connect(lambda _=False, shown=panel: stack.setCurrentWidget(shown))
            head.addWidget(tab)
        head.addStretch(1)
        layout = column(card, gap=4)
        layout.setContentsMargins(12, 8, 8, 10)
        layout.addLayout(head)
        layout.addWidget(stack, 1)
        return card

    def _connect(self) -> None:
        self.composer.talked.connect(self._on_talked)
        self.composer.typed.connect(self._on_typed)
        self.welcome.tried.connect(self.composer.offer)
        self.preview.confirmed.connect(lambda preview, count: self.command.emit(Confirm(preview, count)))
        self.preview.rejected.connect(lambda preview: self.command.emit(Reject(preview)))
        self.preview.chosen.connect(lambda preview, choice: self.command.emit(Choose(preview, choice)))
        self.preview.undone.connect(lambda operation: self.command.emit(Undo(operation)))
        self.header.language_chosen.connect(self.language_chosen)
        self.header.theme_chosen.connect(self.theme_chosen)
        self.banner.retried.connect(self.retried)
        self.header.quit_chosen.connect(self.quit_chosen)
        for keys, slot in (
            (Qt.Key.Key_Return, self._on_enter),
            (Qt.Key.Key_Enter, self._on_enter),
            (Qt.Key.Key_Escape, self._on_escape),
            (QKeySequence.StandardKey.Undo, self._on_undo),
        ):
            QShortcut(QKeySequence(keys), self, autoRepeat=False).activated.connect(slot)

    # Events

    def on_event(self, event: Event, at: datetime | None = None) -> None:
        """Show it. ``at``: when it came, for an event of the past; now if None."""
        at = at or self._clock()
        self.history.append((event, at))
        match event:
            case StateChanged():
                self.show_state(event.state)
            case Heard():
                self.transcript.on_heard(event, at)
                self._pages.setCurrentWidget(self.transcript)
            case Said():
                self.transcript.on_said(event, at)
                self._pages.setCurrentWidget(self.transcript)
            case Drafted():
                self.preview.on_drafted(event)
            case Understood():
                self.calls.on_understood(event)
            case ToolStarted():
                self.calls.on_tool_started(event)
            case ToolEnded():
                self._on_tool_ended(event, at)
            case Preview():
                self._on_preview(event, at)
            case PreviewClosed():
                self.preview.on_preview_closed(event)
            case TurnEnded():
                self.transcript.on_turn_ended(event.turn)
                self.timings.on_turn_ended(event)
            case Failed():
                self._on_failed(event)

    def show_state(self, state: str) -> None:
        """state: a State, or `starting`."""
        self._state = str(state)
        self.header.show_state(self._state)
        self.composer.show_state(self._state)

    def show_ear(self, state: str) -> None:
        """state: of the microphone: `off`, `armed`, `muted`, `lost`."""
        self.composer.show_ear(state)

    def show_level(self, level: float) -> None:
        """level: dBFS."""
        self.composer.talk.show_level(level)

    def trouble_over(self, *stages: str) -> None:
        """Put the banner away if it is about one of ``stages``."""
        if self._trouble in stages:
            self.banner.put_away()

    def show_trouble(self, stage: str, detail: str, *, grave: bool = True) -> None:
        """A fault that is no event of the agent's: the microphone, the talk key, this window."""
        self._trouble = stage
        title, advice = words.failure(stage)
        self.banner.show_trouble(title, advice, detail, grave=grave)

    def _on_tool_ended(self, event: ToolEnded, at: datetime) -> None:
        self.calls.on_tool_ended(event)
        self._memory.on_tool_ended(event)
        found = answers.answer(event)
        if found is None:
            return
        self.preview.show_answer(found)
        if event.call.name == "list_appointments" and event.result.data and not self.preview.waiting:
            items = [Appointment.from_json(item) for item in event.result.data["items"]]
            plan = dayplan.of_appointments(items, self._memory.staff)
            if plan is not None:
                self.day.show_plan(plan, at)

    def _on_preview(self, event: Preview, at: datetime) -> None:
        before = self._memory.before(event)
        self._memory.on_preview(event)
        self.preview.on_preview(event, summarise(event, at, before), at)
        plan = dayplan.of_preview(event, self._memory.staff, before)
        if plan is not None:
            self.day.show_plan(plan, at)

    def _on_failed(self, event: Failed) -> None:
        self.show_trouble(event.stage, event.message, grave=not event.retryable)
        if not event.retryable:
            self.header.show_state("error")

    # Commands

    def _on_talked(self, action: Action) -> None:
        match action:
            case Action.START:
                self.command.emit(Talk(Key.DOWN, str(uuid.uuid4())))
            case Action.SEND:
                self.command.emit(Talk(Key.UP))
            case Action.CANCEL:
                self.command.emit(Talk(Key.CANCEL))

    def _on_typed(self, text: str) -> None:
        self._sent = time.monotonic()
        self.command.emit(Type(text, str(uuid.uuid4())))

    def _on_enter(self) -> None:
        focus = QApplication.focusWidget()
        if focus is self.composer.line and self.composer.submit():
            return
        if isinstance(focus, QAbstractButton) and focus is not self.composer.talk and focus.isVisible():
            focus.click()
        elif time.monotonic() - self._sent >= TWICE:
            self.preview.give_yes()

    def _on_escape(self) -> None:
        if self.composer.talking:
            self.composer.cancel()
        elif self._state == State.LISTENING:
            self.command.emit(Talk(Key.CANCEL))
        elif self.preview.waiting:
            self.preview.give_no()
        elif self._state == State.SPEAKING:
            self.command.emit(Stop())
        elif not self.banner.isHidden():
            self.banner.put_away()
        else:
            self.composer.line.clear()

    def _on_undo(self) -> None:
        if self.preview.undo.isVisible():
            self.preview.undo.click()
        else:
            self.command.emit(Undo())

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.keeps_running:
            event.ignore()
            self.hide()
        else:
            self.quit_chosen.emit()
            super().closeEvent(event)
