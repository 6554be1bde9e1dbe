"""The smallest program with Bancone's senses: a window, a held key, a microphone, a loudspeaker.

The rig is tried on it. ``tiny_counter.py WAV``: while F9 is held it says so on its label and records; on release it
writes the recording to WAV, shows how many samples that were, and sounds a tone.
"""

from __future__ import annotations

import sys
import threading
import wave

import numpy as np
import sounddevice
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSystemTrayIcon, QVBoxLayout, QWidget
from Xlib import XK, X
from Xlib.display import Display

RATE = 48_000
LOCKS = (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask)


class HeldKey(QObject):
    """F9, wherever the focus is."""

    down = Signal()
    up = Signal()

    def listen(self) -> None:
        display = Display()
        code = display.keysym_to_keycode(XK.string_to_keysym("F9"))
        for mask in LOCKS:
            display.screen().root.grab_key(code, mask, False, X.GrabModeAsync, X.GrabModeAsync)
        display.sync()
        held = False
        while True:
            event = display.next_event()
            # auto-repeat sends releases too: what counts is whether the key is down now
            now = bool(display.query_keymap()[code // 8] & 1 << code % 8)
            if event.type in (X.KeyPress, X.KeyRelease) and now != held:
                held = now
                (self.down if held else self.up).emit()


def main() -> None:
    application = QApplication(sys.argv)
    application.setApplicationName("tiny-counter")
    window, label, button = QWidget(), QLabel("starting"), QPushButton("Confirm")
    window.setWindowTitle("Tiny counter")
    label.setObjectName("state")
    button.setObjectName("confirm")
    layout = QVBoxLayout(window)
    layout.addWidget(label)
    layout.addWidget(button)
    picture = QPixmap(32, 32)
    picture.fill("green")
    tray = QSystemTrayIcon(QIcon(picture))
    tray.show()

    taken: list[bytes] = []
    microphone = sounddevice.RawInputStream(
        device="reception_mic",
        samplerate=RATE,
        channels=1,
        dtype="int16",
        blocksize=RATE // 50,
        latency="low",
        callback=lambda data, *_: taken.append(bytes(data)),
    )

    def on_down() -> None:
        microphone.start()
        label.setText("listening")

    def on_up() -> None:
        microphone.abort()
        with wave.open(sys.argv[1], "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes(b"".join(taken))
        label.setText(f"heard {len(b''.join(taken)) // 2}")
        tone = (8000 * np.sin(2 * np.pi * 440 * np.arange(RATE // 2) / RATE)).astype("int16")
        sounddevice.play(tone, RATE, device="reception_speaker")

    key = HeldKey()
    key.down.connect(on_down)
    key.up.connect(on_up)
    button.clicked.connect(lambda: label.setText(f"confirmed, tray {QSystemTrayIcon.isSystemTrayAvailable()}"))
    threading.Thread(target=key.listen, daemon=True).start()
    window.show()
    label.setText("ready")
    application.exec()


if __name__ == "__main__":
    main()
