"""The foot of the conversation: the talk button, and a line to type in."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.hotkey.machine import Action, Mode, PushToTalk
from desktop.widgets.basics import Button, column, row
from desktop.widgets.talk import TalkButton

TICK = 1000  # ms between looks at how long one has been talking


class Composer(QWidget):
    """`talked` says what the button means; `typed` gives a line that was entered."""

    talked = Signal(object)
    """Action: start, send, cancel."""
    typed = Signal(str)

    def __init__(self, key: str, parent: QWidget | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._machine = PushToTalk(Mode.AUTO)
        self._starting = True
        self.talk = TalkButton(key)
        self.line = Line()
        self.line.setObjectName("scrivi")
        self.line.setAccessibleName(self.tr("Type a request"))
        self.line.setPlaceholderText(self.tr("Or type here…"))
        self.line.setMaxLength(1000)
        self.send = Button(kind="plain", drawing="send")
        self.send.setAccessibleName(self.tr("Send what is typed"))
        self.send.setToolTip(self.tr("Send (Enter)"))
        self.send.setFixedSize(48, 44)
        self._tick = QTimer(self, interval=TICK)
        layout = column(self, gap=10)
        layout.addWidget(self.talk)
        foot = row(gap=8)
        foot.addWidget(self.line, 1)
        foot.addWidget(self.send)
        layout.addLayout(foot)
        self._connect()
        self._settle()

    def _connect(self) -> None:
        self.talk.pressed.connect(lambda: self._do(self._machine.down(self._clock())))
        self.talk.released.connect(lambda: self._do(self._machine.up(self._clock())))
        self._tick.timeout.connect(lambda: self._do(self._machine.tick(self._clock())))
        self.send.clicked.connect(self.submit)
        self.line.textChanged.connect(self._settle)

    @property
    def talking(self) -> bool:
        """The button started it and it has not ended."""
        return self._machine.talking

    def reset(self) -> None:
        """What the button began has ended elsewhere."""
        self._machine.cancel()
        self._tick.stop()

    def cancel(self) -> None:
        """Drop what is being said through the button."""
        self._do(self._machine.cancel())

    def submit(self) -> bool:
        """Enter the line; False when there is nothing on it."""
        text = self.line.text().strip()
        if not text or not self.send.isEnabled():
            return False
        self.line.clear()
        self.typed.emit(text)
        return True

    def offer(self, text: str) -> None:
        """Put an example on the line, ready to be sent or changed."""
        self.line.setText(text)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_state(self, state: str) -> None:
        self._starting = state == "starting"
        self.talk.show_state(state)
        self._settle()

    def show_ear(self, state: str) -> None:
        self.talk.show_ear(state)

    def _settle(self) -> None:
        self.send.setEnabled(bool(self.line.text().strip()) and not self._starting)

    def _do(self, action: Action | None) -> None:
        if self._machine.talking:
            self._tick.start()
        else:
            self._tick.stop()
        if action is not None:
            self.talked.emit(action)


class Line(QLineEdit):
    """While it is empty, Ctrl+Z is the window's: it takes back what was done, not what was typed."""

    def event(self, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.text()
        ):
            event.ignore()
            return False
        return super().event(event)
