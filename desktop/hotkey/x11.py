"""The talk key on X11: a passive grab, so the key is ours alone and the rest of the keyboard untouched."""

import logging
import os
import select
import threading
import time
from collections.abc import Callable

from Xlib import XK, X, display, error
from Xlib.protocol.event import KeyPress, KeyRelease

from desktop.hotkey.backend import Capabilities, HotkeyError

log = logging.getLogger(__name__)

MODIFIERS = {"ctrl": X.ControlMask, "alt": X.Mod1Mask, "shift": X.ShiftMask, "super": X.Mod4Mask, "meta": X.Mod4Mask}
LOCKS = (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask)  # Caps Lock and Num Lock must not matter
END_WITHIN = 2.0  # seconds


class X11Hotkey:
    """Watches the key from a thread of its own, on a connection of its own."""

    capabilities = Capabilities(release=True, swallows=True, conflicts=True)

    def __init__(self, display_name: str) -> None:
        self._name = display_name
        self._watch: _Watch | None = None

    def start(self, key: str, pressed: Callable[[float], None], released: Callable[[float], None]) -> None:
        self.stop()
        try:
            shown = display.Display(self._name)
        except (error.DisplayError, error.XError, OSError) as fault:
            raise HotkeyError(f"{key}: no X11 display {self._name!r}: {fault}") from fault
        try:
            code, modifiers = _parse(shown, key)
            if _grab(shown, code, modifiers):
                raise HotkeyError(f"{key}: another program already uses it; choose another key in the settings")
        except BaseException:
            shown.close()
            raise
        self._watch = _Watch(shown, code, pressed, released)
        self._watch.start()

    def listen_for_cancel(self, cancelled: Callable[[], None] | None) -> None:
        if self._watch is not None:
            self._watch.listen_for_cancel(cancelled)

    def stop(self) -> None:
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.end()


class _Watch(threading.Thread):
    """The connection's one user once the grab stands."""

    def __init__(
        self, shown: display.Display, code: int, pressed: Callable[[float], None], released: Callable[[float], None]
    ) -> None:
        super().__init__(name="hotkey", daemon=True)
        self._shown = shown
        self._code = code
        self._pressed, self._released = pressed, released
        self._escape = shown.keysym_to_keycode(XK.XK_Escape)
        self._cancelled: Callable[[], None] | None = None
        self._escape_grabbed = False
        self._down = False
        self._lock = threading.Lock()
        self._wake_read, self._wake_write = os.pipe()
        self._ending = False

    def listen_for_cancel(self, cancelled: Callable[[], None] | None) -> None:
        with self._lock:
            self._cancelled = cancelled
        self._poke()

    def end(self) -> None:
        with self._lock:
            self._ending = True
        self._poke()
        if threading.current_thread() is not self:
            self.join(END_WITHIN)
            if self.is_alive():
                log.error("the X11 display does not answer; the talk key's thread is left behind")

    def _poke(self) -> None:
        with self._lock:
            if self._wake_write >= 0:
                os.write(self._wake_write, b".")

    def run(self) -> None:
        try:
            while self._turn():
                pass
        except (error.ConnectionClosedError, OSError) as fault:
            log.error("the X11 display went away, the talk key is lost: %s", type(fault).__name__)
        finally:
            if self._down:
                self._down = False
                self._released(time.monotonic())
            self._close()

    def _turn(self) -> bool:
        """Wait, then handle what came; False when it was told to end."""
        ready, _, _ = select.select([self._shown.fileno(), self._wake_read], [], [])
        if self._wake_read in ready:
            os.read(self._wake_read, 64)
            with self._lock:
                ending, wanted = self._ending, self._cancelled is not None
            if ending:
                return False
            self._grab_escape(wanted)
        while self._shown.pending_events():
            event = self._shown.next_event()
            if isinstance(event, KeyPress | KeyRelease):
                self._on_key(event)
        return True

    def _on_key(self, event: KeyPress | KeyRelease) -> None:
        # while our key is held X sends us every other key too
        pressed = isinstance(event, KeyPress)
        if event.detail == self._code:
            if pressed and not self._down:
                self._down = True
                self._pressed(time.monotonic())
            elif not pressed and self._down and not self._held():
                self._down = False
                self._released(time.monotonic())
        elif event.detail == self._escape and pressed:
            with self._lock:
                cancelled = self._cancelled
            if cancelled is not None:
                cancelled()

    def _held(self) -> bool:
        """Whether the key is down now: auto-repeat sends releases of a key that nobody let go."""
        return bool(self._shown.query_keymap()[self._code // 8] & 1 << self._code % 8)

    def _grab_escape(self, wanted: bool) -> None:
        if wanted and not self._escape_grabbed and self._escape != self._code:
            if _grab(self._shown, self._escape, 0):
                log.debug("another program has the Escape key")
            self._escape_grabbed = True
        elif self._escape_grabbed and not wanted:
            root = self._shown.screen().root
            for lock in LOCKS:
                root.ungrab_key(self._escape, lock)
            self._shown.sync()
            self._escape_grabbed = False

    def _close(self) -> None:
        with self._lock:
            for end in (self._wake_read, self._wake_write):
                os.close(end)
            self._wake_read = self._wake_write = -1
        try:
            self._shown.close()
        except (error.ConnectionClosedError, OSError):
            log.debug("the X11 connection was already closed")


def _parse(shown: display.Display, key: str) -> tuple[int, int]:
    """The key's code and its modifiers' mask on this keyboard."""
    *modifiers, name = [part.strip() for part in key.split("+")]
    mask = 0
    for modifier in modifiers:
        if modifier.lower() not in MODIFIERS:
            raise HotkeyError(f"{key}: unknown modifier {modifier!r}; known: Ctrl, Alt, Shift, Super")
        mask |= MODIFIERS[modifier.lower()]
    spellings = (name, name.lower(), name.capitalize(), name.upper(), name.replace(" ", "_"))
    keysym = next((found for word in spellings if (found := XK.string_to_keysym(word))), 0)
    code = shown.keysym_to_keycode(keysym) if keysym else 0
    if not code:
        raise HotkeyError(f"{key}: no key named {name!r} on this keyboard")
    return code, mask


def _grab(shown: display.Display, code: int, modifiers: int) -> bool:
    """Grab the key under every lock state; True when another client holds it."""
    caught = []
    root = shown.screen().root
    for lock in LOCKS:
        catch = error.CatchError(error.BadAccess)
        root.grab_key(code, modifiers | lock, False, X.GrabModeAsync, X.GrabModeAsync, onerror=catch)
        caught.append(catch)
    shown.sync()
    return any(catch.get_error() is not None for catch in caught)
