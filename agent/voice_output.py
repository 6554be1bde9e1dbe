"""The agent's voice on its way out: LiveKit's audio output, paced by the clock and handed over in small pieces."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable

from livekit import rtc
from livekit.agents import io

from agent.session import VOICE_RATE, Voice

LEAD = 0.25  # seconds handed over ahead of time: bridges a late loop, and what a pause still lets through
BYTES_PER_SECOND = 2 * VOICE_RATE


class VoiceOutput(io.AudioOutput):
    """Hands the voice to ``give`` as it is to be heard, and reports to LiveKit what has been heard."""

    def __init__(self, give: Callable[[Voice], None], *, sounds: Callable[[], None]) -> None:
        """sounds: called when the first piece of an answer is handed over."""
        super().__init__(label="voice", capabilities=io.AudioOutputCapabilities(pause=True), sample_rate=VOICE_RATE)
        self._give = give
        self._sounds = sounds
        self._queue: deque[bytes] = deque()  # one answer; LiveKit sends the next when this one has played
        self._open = False  # a segment is under way
        self._ended = False  # and nothing more will come for it
        self._handed = 0.0  # seconds of it given so far
        self._played_before = 0.0  # seconds of it played before the last pause
        self._since: float | None = None  # when it began, or went on after a pause
        self._paused = False
        self._wake = asyncio.Event()
        self._task = asyncio.create_task(self._pace(), name="voice output")

    async def aclose(self) -> None:
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        await super().capture_frame(frame)
        if not self._open:
            self._open, self._ended = True, False
            self._handed, self._played_before, self._since = 0.0, 0.0, None
        self._queue.append(bytes(frame.data))
        self._wake.set()

    def flush(self) -> None:
        super().flush()
        self._ended = True
        self._wake.set()

    def clear_buffer(self) -> None:
        """Interrupted: what is queued goes, here and at the loudspeaker."""
        self._queue.clear()
        if not self._open:
            return
        self._give(Voice(b"", cut=True))
        self._finish(interrupted=True)

    def pause(self) -> None:
        super().pause()
        if not self._paused:
            self._played_before, self._since, self._paused = self._played(), None, True

    def resume(self) -> None:
        super().resume()
        if self._paused:
            self._paused = False
            if self._handed:
                self._since = time.monotonic()
            self._wake.set()

    def _played(self) -> float:
        running = 0.0 if self._since is None else time.monotonic() - self._since
        return min(self._handed, self._played_before + running)

    def _finish(self, *, interrupted: bool) -> None:
        position = self._played()
        self._open = False
        self.on_playback_finished(playback_position=position, interrupted=interrupted)

    async def _pace(self) -> None:
        while True:
            await self._wait()
            if self._paused or not self._open:
                continue
            while self._queue and self._handed - self._played() < LEAD:
                self._hand_over(self._queue.popleft())
            if self._ended and not self._queue and self._played() >= self._handed:
                self._finish(interrupted=False)

    async def _wait(self) -> None:
        """Until something changed, or it is time for the next piece or for the end."""
        patience = None
        if self._open and not self._paused and self._handed and (self._queue or self._ended):
            ahead = self._handed - self._played()
            patience = max(0.005, ahead - LEAD / 2 if self._queue else ahead)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), patience)
        self._wake.clear()

    def _hand_over(self, pcm: bytes) -> None:
        if self._since is None:
            self._since = time.monotonic()
            if not self._handed:
                self._sounds()
                self.on_playback_started(created_at=time.time())
        self._handed += len(pcm) / BYTES_PER_SECOND
        self._give(Voice(pcm))
