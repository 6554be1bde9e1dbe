"""The talk key: one protocol, one backend per platform, one pure state machine."""

from desktop.hotkey.backend import Capabilities, HotkeyBackend, HotkeyError, NoHotkey
from desktop.hotkey.choose import backend_for
from desktop.hotkey.machine import Action, Mode, PushToTalk

__all__ = ["Action", "Capabilities", "HotkeyBackend", "HotkeyError", "Mode", "NoHotkey", "PushToTalk", "backend_for"]
