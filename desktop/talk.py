"""From a pressed key to an utterance: joins talk key, microphone gate, loudspeaker and session, in that order.

Whatever starts it (global key, button, tray), one press is: the voice falls silent, Talk(down) goes out, then the
pre-roll and what is said, then Talk(up) behind the tail's last chunk. All methods may be called from any thread.
"""

import threading
import time
import uuid
from collections.abc import Callable
from typing import Protocol

from agent.events import Command, Key, Talk
from desktop.hotkey.machine import Action, PushToTalk


class Outgoing(Protocol):
    """The bridge's way in."""

    def send(self, command: Command) -> bool: ...


class Ear(Protocol):
    """The microphone's gate."""

    def talk(self, key_down: float, press: str) -> bool: ...
    def release(self, key_up: float) -> None: ...
    def cancel(self) -> None: ...


class Mouth(Protocol):
    """The loudspeaker."""

    def hush(self) -> None: ...
    def resume(self) -> None: ...


class Talker:
    """One utterance at a time; who began it ends it, anybody may cancel it.

    refused: called with `microphone` or `session` when nobody can listen; talking: called with True when a press
    begins and False when it ends, to show it and to watch Escape meanwhile.
    """

    def __init__(
        self,
        machine: PushToTalk,
        *,
        session: Outgoing,
        ear: Ear,
        mouth: Mouth,
        refused: Callable[[str], None],
        talking: Callable[[bool], None],
    ) -> None:
        self._machine = machine
        self._session, self._ear, self._mouth = session, ear, mouth
        self._refused, self._talking = refused, talking
        self._lock = threading.RLock()
        self._press: str | None = None
        self._by_key = False
        self._closing: str | None = None

    @property
    def talking(self) -> bool:
        return self._press is not None

    # the global key, and what drives it

    def key_down(self, at: float) -> None:
        """at: time.monotonic() of the press."""
        with self._lock:
            self._do(self._machine.down(at), at)

    def key_up(self, at: float) -> None:
        with self._lock:
            self._do(self._machine.up(at), at)

    def tick(self, now: float) -> None:
        """To be called every second or so: ends what a jammed key began."""
        with self._lock:
            self._do(self._machine.tick(now), now)

    # the button in the window, the tray

    def take(self, command: Talk) -> None:
        """A Talk of the window's, which has its own idea of what its button means."""
        now = time.monotonic()
        with self._lock:
            if command.key is Key.DOWN:
                self._start(now, command.turn_id or str(uuid.uuid4()), by_key=False)
            elif command.key is Key.CANCEL:
                self.cancel()
            elif not self._by_key:
                self._finish(now)

    def cancel(self) -> None:
        """Escape, a locked screen: what is being said is dropped."""
        with self._lock:
            self._machine.cancel()
            self._drop()

    # the microphone

    def ended(self, press: str) -> None:
        """The last chunk of ``press`` was sent: its tail is over, or the microphone was lost under it.

        A request cut short is dropped: half of one may mean something else.
        """
        with self._lock:
            if press == self._press:
                self.cancel()
                self._refused("microphone")
            elif press == self._closing:
                self._closing = None
                self._session.send(Talk(Key.UP))

    def _do(self, action: Action | None, at: float) -> None:
        match action:
            case Action.START:
                if not self._start(at, str(uuid.uuid4()), by_key=True):
                    self._machine.cancel()
            case Action.SEND if self._by_key:
                self._finish(at)
            case Action.CANCEL if self._by_key:
                self._drop()

    def _start(self, at: float, press: str, *, by_key: bool) -> bool:
        if self._press is not None:
            return False
        if self._closing is not None:
            self._closing = None
            self._session.send(Talk(Key.UP))
        self._mouth.hush()
        if not self._session.send(Talk(Key.DOWN, press)):
            self._mouth.resume()
            self._refused("session")
            return False
        if not self._ear.talk(at, press):
            self._session.send(Talk(Key.CANCEL))
            self._mouth.resume()
            self._refused("microphone")
            return False
        self._press, self._by_key = press, by_key
        self._talking(True)
        return True

    def _finish(self, at: float) -> None:
        if self._press is not None:
            self._closing = self._press
            self._over()
            self._ear.release(at)

    def _drop(self) -> None:
        if self._press is not None:
            self._over()
            self._ear.cancel()
            self._session.send(Talk(Key.CANCEL))

    def _over(self) -> None:
        self._press, self._by_key = None, False
        self._mouth.resume()
        self._talking(False)
