"""The agent inside the desktop's own process: no room, no server."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Generic, TypeVar

from agent import cascade
from agent.config import AgentConfig
from agent.errors import NotStarted
from agent.events import Command, Drafted, Event, Heard, Said, StateChanged, Talk
from agent.runtime import Runtime
from agent.session import Voice
from tools.connect import open_workshop
from tools.contract import Workshop
from tools.errors import WorkshopError

log = logging.getLogger(__name__)

EVENTS = 2000  # events that wait for a reader before any is dropped
VOICE_PIECES = 3000  # pieces of voice, 20 ms or more each: a minute

Item = TypeVar("Item")
Opener = Callable[[AgentConfig], Awaitable[Workshop]]


class EmbeddedSession:
    """agent.session.Session in process."""

    def __init__(self, config: AgentConfig, *, opener: Opener | None = None) -> None:
        """opener: what opens the workshop; tools.connect by default."""
        self._config = config
        self._opener = opener or _open
        self._events: _Queue[Event] = _Queue(EVENTS, "events", passing=_passing)
        self._voice: _Queue[Voice] = _Queue(VOICE_PIECES, "voice", passing=lambda piece: not piece.cut)
        self._runtime: Runtime | None = None
        self._workshop: Workshop | None = None
        self._cascade: cascade.Cascade | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    async def start(self) -> None:
        """Open workshop and models. Raises NotStarted saying what to do."""
        self._loop = asyncio.get_running_loop()
        try:
            self._cascade = cascade.build(self._config)
            self._workshop = await self._opener(self._config)
            self._runtime = Runtime(
                self._config, self._workshop, self._cascade, emit=self._events.put, give=self._voice.put
            )
            await self._runtime.start()
        except WorkshopError as error:
            await self.close()
            raise NotStarted(f"the workshop cannot be used: {error}") from error
        except BaseException:
            await self.close()
            raise

    async def send(self, command: Command) -> None:
        if self._runtime is None or self._closed:
            return
        if isinstance(command, Talk):
            await asyncio.sleep(0)  # speech handed over before this comes before it
        await self._runtime.send(command)

    def push_audio(self, pcm: bytes) -> None:
        """From any thread; never blocks."""
        loop, runtime = self._loop, self._runtime
        if loop is None or runtime is None or self._closed:
            return
        try:
            loop.call_soon_threadsafe(runtime.push_audio, pcm)
        except RuntimeError:  # the loop was closed meanwhile
            log.debug("speech after the end was dropped")

    def events(self) -> AsyncIterator[Event]:
        return self._events.read()

    def audio(self) -> AsyncIterator[Voice]:
        return self._voice.read()

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        if self._runtime is not None:
            await self._runtime.close()
        if self._cascade is not None:
            await self._cascade.aclose()
        if self._workshop is not None:
            await self._workshop.close()
        self._events.end()
        self._voice.end()


def import_plugins(config: AgentConfig) -> None:
    """Import what the config needs of LiveKit's plugins; on the main thread, before a session starts elsewhere."""
    cascade.import_plugins(config)


async def _open(config: AgentConfig) -> Workshop:
    return await open_workshop(config.workshop, clock=config.clock, desk=config.desk)


def _passing(event: Event) -> bool:
    """Whether an event may be dropped when nobody reads: interim ones, which the next one replaces."""
    if isinstance(event, Heard | Said):
        return not event.final
    return isinstance(event, Drafted | StateChanged)


class _Queue(Generic[Item]):
    """Bounded, one reader. Full, it drops the oldest that ``passing`` allows, else the oldest, and says so."""

    def __init__(self, size: int, name: str, *, passing: Callable[[Item], bool]) -> None:
        self._items: list[Item] = []
        self._size = size
        self._name = name
        self._passing = passing
        self._dropped = 0
        self._ended = False
        self._wake = asyncio.Event()

    def put(self, item: Item) -> None:
        if self._ended:
            return
        if len(self._items) >= self._size:
            oldest = next((n for n, waiting in enumerate(self._items) if self._passing(waiting)), 0)
            lost = self._items.pop(oldest)
            self._dropped += 1
            if self._dropped in (1, 10, 100) or self._dropped % 1000 == 0:
                log.warning("nobody reads the %s: %d dropped, now a %s", self._name, self._dropped, type(lost).__name__)
        self._items.append(item)
        self._wake.set()

    def end(self) -> None:
        self._ended = True
        self._wake.set()

    async def read(self) -> AsyncIterator[Item]:
        while True:
            while self._items:
                yield self._items.pop(0)
            if self._ended:
                return
            self._wake.clear()
            await self._wake.wait()
