"""The microphone: armed all the time, heard only through the gate.

The sound card's thread only hands the bytes over. A thread of ours opens the device, resamples, meters and gates,
notices when no sound arrives any more, and gets the device back.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import numpy
import soxr

from agent.session import MIC_CHUNK, MIC_RATE
from desktop.audio import devices
from desktop.audio.devices import RATE, AudioError
from desktop.audio.gate import CHUNK, Gate, level

log = logging.getLogger(__name__)

BLOCK = 960  # frames, 20 ms
STALLED = 0.5  # seconds without a block; PortAudio does not tell of a suspended source
MUTED = 2.0  # seconds of nothing but zeros: a muted device, a quiet room is never exactly zero
REOPEN = 2.0  # seconds between attempts to get a lost microphone back
METER = 1 / 30  # seconds between level reports
END_WITHIN = 2.0  # seconds


class MicrophoneState(StrEnum):
    OFF = "off"
    ARMED = "armed"
    MUTED = "muted"
    LOST = "lost"


class Microphone:
    """Records until closed. `talk`, `release` and `cancel` move the gate and may be called from any thread.

    send: takes 20 ms chunks (s16le mono 16 kHz) while the gate is open; ended: the last chunk of that press was
    sent; metered: dBFS, 30 times a second; changed: the state, with the name of a device that was asked for and is
    not there. `send` comes with the gate held and must not call back; the others come from the microphone's thread.
    """

    def __init__(
        self,
        *,
        device: str,
        send: Callable[[bytes], None],
        ended: Callable[[str], None],
        metered: Callable[[float], None],
        changed: Callable[[MicrophoneState, str | None], None],
    ) -> None:
        self.device = device
        self._send, self._ended, self._metered, self._changed = send, ended, metered, changed
        self._gate = Gate()
        self._gate_lock = threading.Lock()
        self._press = ""
        self._blocks: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        self._stream: Any = None
        self._thread: threading.Thread | None = None
        self._state = MicrophoneState.OFF
        self._missing: str | None = None
        self._stop = threading.Event()

    @property
    def state(self) -> MicrophoneState:
        return self._state

    def open(self) -> None:
        """Arm it, and keep it armed: a missing or dead device is tried again by itself. Returns at once."""
        if self._thread is None:
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, name="microphone", daemon=True)
            self._thread.start()

    def talk(self, key_down: float, press: str) -> bool:
        """Open the gate for the press of that name; ``key_down`` is its time.monotonic().

        False when no sound comes: nothing is opened then.
        """
        with self._gate_lock:
            if self._state not in (MicrophoneState.ARMED, MicrophoneState.MUTED):
                return False
            self._press = press
            for chunk in self._gate.let_in(key_down):
                self._send(chunk)
        return True

    def release(self, key_up: float) -> None:
        """Close the gate after the tail; `ended` follows."""
        with self._gate_lock:
            self._gate.let_out(key_up)

    def cancel(self) -> None:
        """Close it at once, without `ended`."""
        with self._gate_lock:
            self._gate.shut()

    def close(self) -> None:
        """Let the device go; idempotent."""
        self._stop.set()
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join(END_WITHIN)
            if thread.is_alive():
                log.error("the sound system does not let the microphone go; it is left behind")

    # the microphone's thread

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                if self._open_stream():
                    self._listen()
                    self._lose()
                else:
                    self._stop.wait(REOPEN)
        finally:
            self._close_stream()
            self._tell(MicrophoneState.OFF)

    def _open_stream(self) -> bool:
        try:
            found = devices.opened("input", self.device, block=BLOCK, callback=self._on_block)
        except AudioError as error:
            self._tell(MicrophoneState.LOST)
            log.info("no microphone: %s", error)
            return False
        self._stream, self._missing = found.stream, found.missing
        return True

    def _close_stream(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            devices.close(stream)

    def _listen(self) -> None:
        """Until no sound comes any more. A server that died calls back no more, which is all there is to notice."""
        resample = soxr.ResampleStream(RATE, MIC_RATE, 1, dtype="int16", quality="LQ")
        rest = b""
        last_sound = last_meter = time.monotonic()
        while not self._stop.is_set():
            try:
                at, block = self._blocks.get(timeout=STALLED)
            except queue.Empty:
                return
            if block.count(0) != len(block):
                last_sound = at
            self._tell(MicrophoneState.MUTED if at - last_sound > MUTED else MicrophoneState.ARMED, self._missing)
            rest += resample.resample_chunk(numpy.frombuffer(block, dtype=numpy.int16)).tobytes()
            while len(rest) >= MIC_CHUNK:
                # what is left over was recorded after this chunk
                behind = (len(rest) - MIC_CHUNK) / MIC_CHUNK * CHUNK
                self._pass_on(at - behind, rest[:MIC_CHUNK])
                rest = rest[MIC_CHUNK:]
            if at - last_meter >= METER:
                last_meter = at
                self._metered(level(block))

    def _on_block(self, data: Any, frames: int, when: object, status: object) -> None:
        """PortAudio's thread: nothing but handing over."""
        self._blocks.put((time.monotonic(), bytes(data)))

    def _pass_on(self, at: float, chunk: bytes) -> None:
        with self._gate_lock:
            heard, ended = self._gate.feed(at, chunk)
            press = self._press
            if heard is not None:
                self._send(heard)
        if ended:
            self._ended(press)

    def _lose(self) -> None:
        """No sound comes: end what was being said, let the stream go and what is left of it."""
        if self._stop.is_set():
            return
        self._tell(MicrophoneState.LOST)
        with self._gate_lock:
            was_open, press = self._gate.shut(), self._press
        if was_open:
            self._ended(press)
        self._close_stream()
        while not self._blocks.empty():
            self._blocks.get_nowait()

    def _tell(self, state: MicrophoneState, missing: str | None = None) -> None:
        if state is not self._state:
            self._state = state
            self._changed(state, missing)
