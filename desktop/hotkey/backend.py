"""What a platform's global talk key can do.

A backend watches one key (with modifiers) everywhere on the desktop and reports press and release. X11 is
built; Windows, macOS and the Wayland portal join by implementing the protocol and a line in `choose.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class HotkeyError(Exception):
    """The key cannot be watched; the message says which key and why."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    release: bool
    """It reports the release, so that holding works; else only toggling does."""
    swallows: bool
    """The key does not reach the application in front."""
    conflicts: bool
    """It notices when another program has the key."""


class HotkeyBackend(Protocol):
    capabilities: Capabilities

    def start(self, key: str, pressed: Callable[[float], None], released: Callable[[float], None]) -> None:
        """Watch ``key`` ("F9", "Ctrl+Alt+Space"). The callbacks come from the backend's thread, with time.monotonic().

        Raises HotkeyError naming the key when it is unknown or taken.
        """
        ...

    def listen_for_cancel(self, cancelled: Callable[[], None] | None) -> None:
        """Watch Escape too while talking; None stops it."""
        ...

    def stop(self) -> None:
        """Let the key go; idempotent."""
        ...


class NoHotkey:
    """Where the desktop allows no global key: the talk button remains."""

    capabilities = Capabilities(release=False, swallows=False, conflicts=False)

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def start(self, key: str, pressed: Callable[[float], None], released: Callable[[float], None]) -> None:
        raise HotkeyError(f"{key}: {self.reason}")

    def listen_for_cancel(self, cancelled: Callable[[], None] | None) -> None:
        return None

    def stop(self) -> None:
        return None
