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
REPEAT = 2  # ms; a release and a press of one key within this are the keyboard's auto-repeat


class X11Hotkey:
    """Watches the key from a thread of its own, on a connection of its own."""

    capabilities = Capabilities(release=True, swallows=True, conflicts=True)

    def __init__(self, display_name: str) -> None:
        self._name = display_name
        self._thread: threading.Thread | None = None
        self._display: display.Display | None = None
        self._wake_read, self._wake_write = -1, -1
        self._lock = threading.Lock()
        self._cancelled: Callable[[], None] | None = None
        self._escape = 0

    def start(self, key: str, pressed: Callable[[float], None], released: Callable[[float], None]) -> None:
        self.stop()
        try:
            self._display = display.Display(self._name)
        except (error.DisplayError, OSError) as fault:
            raise HotkeyError(f"{key}: no X11 display {self._name!r}: {fault}") from fault
        code, modifiers = self._parse(key)
        self._escape = self._display.keysym_to_keycode(XK.XK_Escape)
        if self._grab(code, modifiers):
            self._display.close()
            self._display = None
            raise HotkeyError(f"{key}: another program already uses it; choose another key in the settings")
        self._wake_read, self._wake_write = os.pipe()
        self._thread = threading.Thread(target=self._watch, args=(code, pressed, released), name="hotkey", daemon=True)
        self._thread.start()

    def listen_for_cancel(self, cancelled: Callable[[], None] | None) -> None:
        with self._lock:
            self._cancelled = cancelled
        self._poke(b"c")

    def stop(self) -> None:
        if self._thread is None:
            return
        self._poke(b"q")
        self._thread.join(2.0)
        self._thread = None
        for end in (self._wake_read, self._wake_write):
            os.close(end)
        self._wake_read = self._wake_write = -1

    def _poke(self, byte: bytes) -> None:
        if self._wake_write >= 0:
            os.write(self._wake_write, byte)

    def _parse(self, key: str) -> tuple[int, int]:
        assert self._display is not None
        *modifiers, name = [part.strip() for part in key.split("+")]
        mask = 0
        for modifier in modifiers:
            if modifier.lower() not in MODIFIERS:
                raise HotkeyError(f"{key}: unknown modifier {modifier!r}; known: Ctrl, Alt, Shift, Super")
            mask |= MODIFIERS[modifier.lower()]
        keysym = XK.string_to_keysym(name) or XK.string_to_keysym(name.lower()) or XK.string_to_keysym(name.capitalize())
        code = self._display.keysym_to_keycode(keysym) if keysym else 0
        if not code:
            raise HotkeyError(f"{key}: no key named {name!r} on this keyboard")
        return code, mask

    def _grab(self, code: int, modifiers: int) -> bool:
        """Grab the key under every lock state; True when another client holds it."""
        assert self._display is not None
        taken: list[object] = []
        root = self._display.screen().root
        for lock in LOCKS:
            catch = error.CatchError(error.BadAccess)
            root.grab_key(code, modifiers | lock, False, X.GrabModeAsync, X.GrabModeAsync, onerror=catch)
            taken.append(catch)
        self._display.sync()
        return any(catch.get_error() for catch in taken if isinstance(catch, error.CatchError))

    def _watch(self, code: int, pressed: Callable[[float], None], released: Callable[[float], None]) -> None:
        shown = self._display
        assert shown is not None
        down = False
        escape_grabbed = False
        try:
            while True:
                ready, _, _ = select.select([shown.fileno(), self._wake_read], [], [])
                if self._wake_read in ready:
                    if b"q" in os.read(self._wake_read, 64):
                        return
                    escape_grabbed = self._follow_cancel(escape_grabbed)
                while shown.pending_events():
                    event = shown.next_event()
                    if not isinstance(event, (KeyPress, KeyRelease)):
                        continue
                    if event.detail == self._escape and event.detail != code:
                        self._on_escape(event)
                    elif isinstance(event, KeyPress) and not down:
                        down = True
                        pressed(time.monotonic())
                    elif isinstance(event, KeyRelease) and down and not self._repeats(event):
                        down = False
                        released(time.monotonic())
        except (error.ConnectionClosedError, OSError):
            log.error("the X11 display went away; the talk key is lost")
        finally:
            self._close(shown)

    def _repeats(self, release: KeyRelease) -> bool:
        """True when the press that auto-repeat sends right behind the release is already here; both are dropped."""
        shown = self._display
        assert shown is not None
        if not shown.pending_events():
            select.select([shown.fileno()], [], [], REPEAT / 1000)
        if not shown.pending_events():
            return False
        following = shown.next_event()
        same = isinstance(following, KeyPress) and following.detail == release.detail
        if same and following.time - release.time <= REPEAT:
            return True
        shown.event_queue.insert(0, following)
        return False

    def _on_escape(self, event: KeyPress | KeyRelease) -> None:
        with self._lock:
            cancelled = self._cancelled
        if isinstance(event, KeyPress) and cancelled is not None:
            cancelled()

    def _follow_cancel(self, grabbed: bool) -> bool:
        assert self._display is not None
        with self._lock:
            wanted = self._cancelled is not None
        root = self._display.screen().root
        if wanted and not grabbed:
            self._grab(self._escape, 0)
        if grabbed and not wanted:
            for lock in LOCKS:
                root.ungrab_key(self._escape, lock)
            self._display.sync()
        return wanted

    def _close(self, shown: display.Display) -> None:
        try:
            shown.close()
        except (error.ConnectionClosedError, OSError):
            log.debug("the X11 connection was already closed")
