"""Sound in tests: a held key with somebody speaking, and what comes out of the loudspeaker."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from agent.events import Key, Talk
from agent.session import MIC_CHUNK, VOICE_RATE, Session
from tests.agent.desk import Desk


async def press(counter: Desk, pcm: bytes) -> None:
    """Hold the key while ``pcm`` is spoken, and wait until what it led to has ended."""
    await counter.session.send(Talk(Key.DOWN, str(uuid.uuid4())))
    for start in range(0, len(pcm), MIC_CHUNK):
        counter.session.push_audio(pcm[start : start + MIC_CHUNK])
    await counter.do(Talk(Key.UP))


class HeardVoice:
    """What came out of the loudspeaker."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.cuts = 0
        self._sounds = asyncio.Event()

    async def begins(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do ``act`` and wait for the first sound after it."""
        cuts = self.cuts
        speaking = self.seconds > 0
        self._sounds.clear()
        await act()
        while speaking and self.cuts == cuts:
            await self._sounds.wait()
            self._sounds.clear()
        await self._sounds.wait()

    async def read(self, session: Session) -> None:
        async for piece in session.audio():
            if piece.cut:
                self.cuts += 1
            self.seconds += len(piece.pcm) / (2 * VOICE_RATE)
            self._sounds.set()


@asynccontextmanager
async def voice_of(session: Session) -> AsyncIterator[HeardVoice]:
    voice = HeardVoice()
    reader = asyncio.create_task(voice.read(session), name="loudspeaker")
    try:
        yield voice
    finally:
        await session.close()
        await reader
