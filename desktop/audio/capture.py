"""The microphone: armed all the time, heard only through the gate.

The sound card's thread only hands the bytes over; a thread of ours resamples, meters and gates, and notices
when no sound arrives any more. Levels and states are reported from that thread.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from enum import StrEnum

import numpy
import sounddevice
import soxr

from agent.session import MIC_CHUNK, MIC_RATE
from desktop.audio.devices import AudioError, pick
from desktop.audio.gate import Gate, level

log = logging.getLogger(__name__)

RATE = 48_000  # Hz; what sound cards do natively
BLOCK = 960  # frames, 20 ms
STALLED = 0.5  # seconds without a block
MUTED = 2.0  # seconds of nothing but zeros: a muted device, a quiet room is never exactly zero
REOPEN = 2.0  # seconds between attempts to get a lost microphone back
METER = 1 / 30  # seconds between level reports


class MicrophoneState(StrEnum):
    OFF = "off"
    ARMED = "armed"
    MUTED = "muted"
    LOST = "lost"


class Microphone:
    """Records until closed; `talk`, `release` and `cancel` move the gate and may be called from any thread.

    send: takes 20 ms chunks (s16le mono 16 kHz) while the gate is open; ended: the utterance's last chunk was
    sent; metered: dBFS, 30 times a second; changed: the state, with the name of a device that was asked for but
    is not there. All four are called from the microphone's thread.
    """

    def __init__(
        self,
        *,
        device: str,
        send: Callable[[bytes], None],
        ended: Callable[[], None],
        metered: Callable[[float], None],
        changed: Callable[[MicrophoneState, str | None], None],
    ) -> None:
        self.device = device
        self._send, self._ended, self._metered, self._changed = send, ended, metered, changed
        self._gate = Gate()
        self._gate_lock = threading.Lock()
        self._blocks: queue.SimpleQueue[tuple[float, bytes] | None] = queue.SimpleQueue()
        self._stream: sounddevice.RawInputStream | None = None
        self._thread: threading.Thread | None = None
        self._state = MicrophoneState.OFF
        self._stop = threading.Event()

    @property
    def state(self) -> MicrophoneState:
        return self._state

    def open(self) -> None:
        """Arm the microphone. Raises AudioError when there is none; it is then tried again by itself."""
        if self._thread is None:
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, name="microphone", daemon=True)
            self._thread.start()
        self._open_stream()

    def talk(self, key_down: float) -> None:
        """Open the gate; ``key_down`` is time.monotonic() of the press."""
        with self._gate_lock:
            for chunk in self._gate.let_in(key_down):
                self._send(chunk)

    def release(self, key_up: float) -> None:
        with self._gate_lock:
            self._gate.let_out(key_up)

    def cancel(self) -> None:
        with self._gate_lock:
            self._gate.shut()

    def close(self) -> None:
        """Let the device go; idempotent."""
        self._stop.set()
        self._close_stream()
        self._blocks.put(None)
        if self._thread is not None:
            self._thread.join(2.0)
            self._thread = None
        self._tell(MicrophoneState.OFF)

    def _open_stream(self) -> None:
        device, missing = pick("input", self.device)
        try:
            self._stream = sounddevice.RawInputStream(
                samplerate=RATE,
                blocksize=BLOCK,
                device=device.index,
                channels=1,
                dtype="int16",
                latency="low",
                callback=self._on_block,
            )
            self._stream.start()
        except sounddevice.PortAudioError as error:
            self._stream = None
            raise AudioError(f"microphone {device.name!r} cannot be opened: {error}") from error
        self._tell(MicrophoneState.ARMED, missing)

    def _close_stream(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            # A suspended source never ends a stop(): PortAudio would wait for it for good.
            stream.abort()
            stream.close()

    def _on_block(self, data: object, frames: int, when: object, status: object) -> None:
        self._blocks.put((time.monotonic(), bytes(data)))  # type: ignore[call-overload]

    def _run(self) -> None:
        resample = soxr.ResampleStream(RATE, MIC_RATE, 1, dtype="int16", quality="LQ")
        rest = b""
        last_sound = last_meter = time.monotonic()
        while not self._stop.is_set():
            try:
                item = self._blocks.get(timeout=STALLED)
            except queue.Empty:
                self._recover()
                continue
            if item is None:
                return
            at, block = item
            if block.count(0) != len(block):
                last_sound = at
            self._tell(MicrophoneState.MUTED if at - last_sound > MUTED else MicrophoneState.ARMED)
            rest += resample.resample_chunk(numpy.frombuffer(block, dtype=numpy.int16)).tobytes()
            while len(rest) >= MIC_CHUNK:
                chunk, rest = rest[:MIC_CHUNK], rest[MIC_CHUNK:]
                self._pass_on(at, chunk)
            if at - last_meter >= METER:
                last_meter = at
                self._metered(level(block))

    def _pass_on(self, at: float, chunk: bytes) -> None:
        with self._gate_lock:
            heard, ended = self._gate.feed(at, chunk)
            if heard is not None:
                self._send(heard)
        if ended:
            self._ended()

    def _recover(self) -> None:
        """No block came: let the stream go and open the device again, or the default one."""
        if self._stop.is_set():
            return
        self._tell(MicrophoneState.LOST)
        with self._gate_lock:
            was_open, _ = self._gate.open, self._gate.shut()
        if was_open:
            self._ended()
        self._close_stream()
        try:
            self._open_stream()
        except AudioError as error:
            log.info("the microphone is not back yet: %s", type(error).__name__)
            self._stop.wait(REOPEN)

    def _tell(self, state: MicrophoneState, missing: str | None = None) -> None:
        if state is not self._state or missing:
            self._state = state
            self._changed(state, missing)
