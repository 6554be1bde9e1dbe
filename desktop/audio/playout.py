"""The loudspeaker: plays the agent's voice, and falls silent at once when told."""

import logging
import threading
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import numpy
import soxr

from agent.session import VOICE_RATE, Voice
from desktop.audio import devices
from desktop.audio.devices import RATE, AudioError

log = logging.getLogger(__name__)

BLOCK = 480  # frames, 10 ms
FADE = 240  # frames, 5 ms: cutting a wave in the middle clicks
MOST = RATE * 2 * 60  # bytes; a minute of voice. More is dropped: nobody listens that long
STALLED = 1.0  # seconds without a callback
REOPEN = 2.0  # seconds between attempts to get a lost loudspeaker back
END_WITHIN = 2.0  # seconds


class SpeakerState(StrEnum):
    OFF = "off"
    READY = "ready"
    LOST = "lost"


class Speaker:
    """Plays what is pushed, in order. All but `open` and `close` may be called from any thread and never block.

    changed: the state, with the name of a device that was asked for and is not there; from the loudspeaker's thread.
    """

    def __init__(
        self, *, device: str, changed: Callable[[SpeakerState, str | None], None], volume: float = 1.0
    ) -> None:
        self.device = device
        self.volume = volume
        self._changed = changed
        self._queue = bytearray()
        self._queue_lock = threading.Lock()
        self._push_lock = threading.Lock()
        self._resample = self._fresh()
        self._hushed = False
        self._state = SpeakerState.OFF
        self._needed = 0.0
        self._stop = False
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> SpeakerState:
        return self._state

    @property
    def playing(self) -> bool:
        """Something is still to be heard."""
        with self._queue_lock:
            return bool(self._queue)

    def open(self) -> None:
        """Open the device, and again when it was lost. Returns at once."""
        if self._thread is None:
            self._stop = False
            self._thread = threading.Thread(target=self._run, name="loudspeaker", daemon=True)
            self._thread.start()

    def play(self, voice: Voice) -> None:
        with self._push_lock:
            if voice.cut:
                self._cut()
            if voice.pcm and not self._hushed and self._state is not SpeakerState.LOST:
                self._push(voice.pcm)

    def hush(self) -> None:
        """Fall silent now and play nothing until `resume`: the person speaks."""
        with self._push_lock:
            self._hushed = True
            self._cut()

    def resume(self) -> None:
        with self._push_lock:
            self._hushed = False

    def close(self) -> None:
        """Let the device go; idempotent."""
        self._stop = True
        self._wake.set()
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join(END_WITHIN)
            if thread.is_alive():
                log.error("the sound system does not let the loudspeaker go; it is left behind")

    def _push(self, pcm: bytes) -> None:
        samples = numpy.frombuffer(pcm, dtype=numpy.int16)
        if self.volume != 1.0:
            samples = numpy.clip(samples * self.volume, -32768, 32767).astype(numpy.int16)
        wave = self._resample.resample_chunk(samples).tobytes()
        with self._queue_lock:
            if len(self._queue) + len(wave) <= MOST:
                self._queue += wave
                return
        log.warning("the voice is a minute behind; a piece of it is dropped")

    def _cut(self) -> None:
        with self._queue_lock:
            kept = numpy.frombuffer(bytes(self._queue[: FADE * 2]), dtype=numpy.int16)
            self._queue[:] = (kept * numpy.linspace(1.0, 0.0, len(kept))).astype(numpy.int16).tobytes()
        self._resample = self._fresh()

    @staticmethod
    def _fresh() -> soxr.ResampleStream:
        return soxr.ResampleStream(VOICE_RATE, RATE, 1, dtype="int16", quality="LQ")

    # the loudspeaker's thread

    def _run(self) -> None:
        while not self._woken_to_stop():
            try:
                found = devices.opened("output", self.device, block=BLOCK, callback=self._on_need, ended=self._wake.set)
            except AudioError as error:
                self._lose()
                log.info("no loudspeaker: %s", error)
            else:
                self._tell(SpeakerState.READY, found.missing)
                self._watch()
                devices.close(found.stream)
                self._lose()
            # a device that dies again and again must not keep a processor busy
            if not self._woken_to_stop():
                self._wake.wait(REOPEN)
        self._tell(SpeakerState.OFF)

    def _woken_to_stop(self) -> bool:
        # cleared first: a `close` between the two is then seen by one of them
        self._wake.clear()
        return self._stop

    def _watch(self) -> None:
        """Until it is told to stop, died, or takes nothing more: PortAudio does not tell of a suspended sink."""
        self._needed = time.monotonic()
        while not self._wake.wait(STALLED):
            if self.playing and time.monotonic() - self._needed > STALLED:
                return

    def _lose(self) -> None:
        """What is queued is not said later, out of the blue."""
        if not self._stop:
            self._tell(SpeakerState.LOST)
            with self._queue_lock:
                self._queue.clear()

    def _on_need(self, out: Any, frames: int, when: object, status: object) -> None:
        """PortAudio's thread."""
        wanted = frames * 2
        self._needed = time.monotonic()
        with self._queue_lock:
            piece = bytes(self._queue[:wanted])
            del self._queue[:wanted]
        memoryview(out)[:] = piece + bytes(wanted - len(piece))

    def _tell(self, state: SpeakerState, missing: str | None = None) -> None:
        if state is not self._state:
            self._state = state
            self._changed(state, missing)
