"""Microphone and loudspeaker of this desk: imported and opened beside the window, told of in the main thread.

Where there is no sound system everything can still be typed and read.
"""

import importlib
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from agent.session import Voice
from desktop.cues import cue

if TYPE_CHECKING:
    from desktop.audio import Microphone, MicrophoneState, Speaker, SpeakerState

log = logging.getLogger(__name__)


class Sound(QObject):
    """An ear and a mouth (desktop/talk.py) that are there before their devices are."""

    level = Signal(float)
    """dBFS, 30 times a second."""
    microphone = Signal(str, str)
    """`off`, `armed`, `muted`, `lost`; the name of a device that was asked for and is not there."""
    loudspeaker = Signal(str, str)
    """`off`, `ready`, `lost`; the same."""
    _imported = Signal()

    def __init__(
        self,
        *,
        microphone: str,
        speaker: str,
        volume: float,
        send: Callable[[bytes], None],
        ended: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        """microphone, speaker: device names, empty for the system's. send, ended: see desktop.audio.Microphone."""
        super().__init__(parent)
        self._names, self._volume = (microphone, speaker), volume
        self._send, self._ended = send, ended
        self._microphone: Microphone | None = None
        self._speaker: Speaker | None = None
        self._import: threading.Thread | None = None
        self._over = False
        self._imported.connect(self._on_imported)

    def open(self) -> None:
        """Begin; `microphone` tells when it can be talked to. Returns at once."""
        self._import = threading.Thread(target=self._import_audio, name="import-audio", daemon=True)
        self._import.start()

    def close(self) -> None:
        """Let the devices go; idempotent."""
        self._over = True
        if self._import is not None:
            self._import.join()
        if self._microphone is not None:
            self._microphone.close()
        if self._speaker is not None:
            self._speaker.close()

    # the ear

    def talk(self, key_down: float, press: str) -> bool:
        return self._microphone is not None and self._microphone.talk(key_down, press)

    def release(self, key_up: float) -> None:
        if self._microphone is not None:
            self._microphone.release(key_up)

    def cancel(self) -> None:
        if self._microphone is not None:
            self._microphone.cancel()

    # the mouth

    def play(self, voice: Voice) -> None:
        if self._speaker is not None:
            self._speaker.play(voice)

    def hush(self) -> None:
        if self._speaker is not None:
            self._speaker.hush()

    def resume(self) -> None:
        if self._speaker is not None:
            self._speaker.resume()

    def cue(self, name: str) -> None:
        """A short sound; not over a voice."""
        if self._speaker is not None and not self._speaker.playing:
            self._speaker.play(cue(name))

    def _import_audio(self) -> None:
        try:
            importlib.import_module("desktop.audio")
        except (ImportError, OSError):
            log.exception("no sound system")
        self._imported.emit()

    def _on_imported(self) -> None:
        if self._over:
            return
        try:
            from desktop.audio import Microphone, Speaker
        except (ImportError, OSError):
            self.microphone.emit("lost", "")
            return
        self._speaker = Speaker(device=self._names[1], volume=self._volume, changed=self._on_speaker)
        self._microphone = Microphone(
            device=self._names[0],
            send=self._send,
            ended=self._ended,
            metered=self.level.emit,
            changed=self._on_microphone,
        )
        self._speaker.open()
        self._microphone.open()

    def _on_microphone(self, state: "MicrophoneState", missing: str | None) -> None:
        self.microphone.emit(str(state), missing or "")

    def _on_speaker(self, state: "SpeakerState", missing: str | None) -> None:
        self.loudspeaker.emit(str(state), missing or "")
