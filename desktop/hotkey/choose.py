"""Which backend this desktop takes."""

import sys

from desktop.hotkey.backend import HotkeyBackend, NoHotkey


def backend_for(display: str | None) -> HotkeyBackend:
    """The backend for this platform; ``display``: the X11 display from the settings, None when there is none."""
    if sys.platform.startswith("linux") and display:
        from desktop.hotkey.x11 import X11Hotkey

        return X11Hotkey(display)
    return NoHotkey("this desktop has no global key Bancone can use yet; use the talk button in the window")
