"""The loudspeaker: plays the agent's voice, and falls silent at once when told."""

import logging
import threading

import numpy
import sounddevice
import soxr

from agent.session import VOICE_RATE, Voice
from desktop.audio.devices import AudioError, pick

log = logging.getLogger(__name__)

RATE = 48_000  # Hz
BLOCK = 480  # frames, 10 ms
FADE = 240  # frames, 5 ms: cutting a wave in the middle clicks
MOST = RATE * 2 * 60  # bytes; a minute of voice. More is dropped: nobody listens that long


class Speaker:
    """Plays what is pushed, in order. `play` may be called from any thread and never blocks."""

    def __init__(self, *, device: str, volume: float = 1.0) -> None:
        self.device = device
        self.volume = volume
        self._queue = bytearray()
        self._lock = threading.Lock()
        self._resample = self._fresh()
        self._stream: sounddevice.RawOutputStream | None = None

    def open(self) -> str | None:
        """Open the device; the name of the one asked for comes back when another had to be taken.

        Raises AudioError when there is none.
        """
        device, missing = pick("output", self.device)
        try:
            self._stream = sounddevice.RawOutputStream(
                samplerate=RATE,
                blocksize=BLOCK,
                device=device.index,
                channels=1,
                dtype="int16",
                latency="low",
                callback=self._on_need,
            )
            self._stream.start()
        except sounddevice.PortAudioError as error:
            self._stream = None
            raise AudioError(f"loudspeaker {device.name!r} cannot be opened: {error}") from error
        return missing

    def play(self, voice: Voice) -> None:
        with self._lock:
            if voice.cut:
                self._cut()
            if voice.pcm:
                self._push(voice.pcm)

    @property
    def playing(self) -> bool:
        with self._lock:
            return bool(self._queue)

    def close(self) -> None:
        """Let the device go; idempotent."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.abort()
            stream.close()

    def _push(self, pcm: bytes) -> None:
        samples = numpy.frombuffer(pcm, dtype=numpy.int16)
        if self.volume != 1.0:
            samples = numpy.clip(samples * self.volume, -32768, 32767).astype(numpy.int16)
        wave = self._resample.resample_chunk(samples).tobytes()
        if len(self._queue) + len(wave) > MOST:
            log.warning("the voice is a minute behind; the rest is dropped")
            return
        self._queue += wave

    def _cut(self) -> None:
        kept = numpy.frombuffer(bytes(self._queue[: FADE * 2]), dtype=numpy.int16)
        faded = (kept * numpy.linspace(1.0, 0.0, len(kept))).astype(numpy.int16) if len(kept) else kept
        self._queue[:] = faded.tobytes()
        self._resample = self._fresh()

    @staticmethod
    def _fresh() -> soxr.ResampleStream:
        return soxr.ResampleStream(VOICE_RATE, RATE, 1, dtype="int16", quality="LQ")

    def _on_need(self, out: object, frames: int, when: object, status: object) -> None:
        wanted = frames * 2
        with self._lock:
            piece = bytes(self._queue[:wanted])
            del self._queue[:wanted]
        view = memoryview(out)  # type: ignore[arg-type]
        view[:] = piece + b"\0" * (wanted - len(piece))
