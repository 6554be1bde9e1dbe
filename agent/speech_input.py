"""Speech on its way in: utterances from the desk, and the one input they reach LiveKit by.

The same for an embedded desk, a stream over a room, and counter mode: chunks come in, an end closes them.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable

from livekit import rtc
from livekit.agents import io, vad

from agent.session import MIC_RATE

log = logging.getLogger(__name__)

BYTES_PER_SECOND = 2 * MIC_RATE
SHORTEST = 0.15  # seconds; a shorter press is a slip (livekit-server facts S5)
LONGEST = 60.0  # seconds of one utterance that are kept
TAIL = 0.4  # seconds of silence behind an utterance, so that the VAD (0.25 s) sees its end


class Utterance:
    """What is said between key-down and key-up. `push` and the two ends are safe from the loop's thread only."""

    def __init__(self, turn_id: str) -> None:
        self.turn_id = turn_id
        self.seconds = 0.0
        self.cancelled = False
        self.overflowed = False
        """More than LONGEST was said; the rest was dropped."""
        self._chunks: asyncio.Queue[bytes | None] = asyncio.Queue()  # bounded by LONGEST
        self._closed = False

    def push(self, pcm: bytes) -> None:
        """pcm: s16le mono at MIC_RATE."""
        if self._closed or not pcm:
            return
        if self.seconds >= LONGEST:
            self.overflowed = True
            return
        self.seconds += len(pcm) / BYTES_PER_SECOND
        self._chunks.put_nowait(pcm)

    def close(self) -> None:
        """The key is up."""
        if not self._closed:
            self._closed = True
            self._chunks.put_nowait(None)

    def cancel(self) -> None:
        """It was not meant."""
        self.cancelled = True
        self.close()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (chunk := await self._chunks.get()) is not None:
            yield chunk


class SpeechInput(io.AudioInput):
    """The AgentSession's ear: gives what is pushed, and tells when it ran empty."""

    def __init__(self) -> None:
        super().__init__(label="desk")
        self._frames: asyncio.Queue[rtc.AudioFrame] = asyncio.Queue()  # bounded by the utterance that fills it
        self._empty = asyncio.Event()
        self._empty.set()

    def push(self, pcm: bytes) -> None:
        self._empty.clear()
        self._frames.put_nowait(rtc.AudioFrame(pcm, MIC_RATE, 1, len(pcm) // 2))

    async def __anext__(self) -> rtc.AudioFrame:
        if self._frames.empty():
            self._empty.set()
        return await self._frames.get()

    async def ran_empty(self) -> None:
        """Returns once everything pushed so far was taken."""
        await self._empty.wait()
        await asyncio.sleep(0)

    def on_detached(self) -> None:
        """LiveKit only looks away; what is queued must not reach the next turn."""
        while not self._frames.empty():
            self._frames.get_nowait()
        self._empty.set()


class SpeechWatch:
    """Whether anybody spoke in one utterance: a VAD of its own, asked once, after the end."""

    def __init__(self, detector: vad.VAD, *, began: Callable[[], None] | None = None) -> None:
        """began: called at the first speech."""
        self._stream = detector.stream()
        self._began = began
        self._spoke = False
        self._task = asyncio.create_task(self._watch(), name="speech watch")

    def push(self, pcm: bytes) -> None:
        self._stream.push_frame(rtc.AudioFrame(pcm, MIC_RATE, 1, len(pcm) // 2))

    async def spoke(self) -> bool:
        """Close it and tell, everything pushed included."""
        self._stream.end_input()
        await self._task
        await self._stream.aclose()
        return self._spoke

    async def aclose(self) -> None:
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        await self._stream.aclose()

    async def _watch(self) -> None:
        async for event in self._stream:
            if event.type == vad.VADEventType.START_OF_SPEECH and not self._spoke:
                self._spoke = True
                if self._began is not None:
                    self._began()
