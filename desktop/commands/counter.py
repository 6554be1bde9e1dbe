"""A person at the counter, played by a command: sends turns, waits for each to end, prints what comes back."""

import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Self

from agent.events import (
    Choose,
    Command,
    Confirm,
    Event,
    Failed,
    Needs,
    Preview,
    PreviewClosed,
    Reject,
    State,
    StateChanged,
)
from agent.session import Session


class Counter:
    """One session and its only reader."""

    def __init__(self, session: Session, show: Callable[[Event], None]) -> None:
        self.preview: Preview | None = None
        """The last one shown, waiting or done."""
        self.failed = False
        self._session = session
        self._show = show
        self._idle = asyncio.Semaphore(0)
        self._reader: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Raises agent.errors.AgentError when the session cannot start."""
        await self._session.start()
        self._reader = asyncio.create_task(self._read(), name="events")
        await self._idle.acquire()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()
        if self._reader is not None:
            await self._reader

    async def do(self, command: Command) -> None:
        """Send it and wait until what it set off has ended."""
        await self._session.send(command)
        await self._idle.acquire()

    async def yes(self) -> None:
        """Confirm what is shown, its count repeated; with nothing up the agent says so."""
        waiting = self._waiting()
        await self.do(Confirm(waiting.id, waiting.proposal.get("sendable")) if waiting else Confirm(""))

    async def no(self) -> None:
        waiting = self._waiting()
        await self.do(Reject(waiting.id if waiting else ""))

    async def choose(self, choice: str) -> None:
        await self.do(Choose(self.preview.id if self.preview else "", choice))

    @property
    def asks(self) -> bool:
        """Whether something waits for a yes that may also be said."""
        return self.preview is not None and self.preview.needs is Needs.YES

    def _waiting(self) -> Preview | None:
        return self.preview if self.preview is not None and self.preview.needs is not Needs.NOTHING else None

    async def _read(self) -> None:
        async for event in self._session.events():
            with suppress(BrokenPipeError):
                self._show(event)
                sys.stdout.flush()
            if isinstance(event, Preview):
                self.preview = event
            elif isinstance(event, PreviewClosed) and self.preview is not None and self.preview.id == event.id:
                self.preview = None
            elif isinstance(event, Failed):
                self.failed = True
                print(f"bancone: {event.stage}: {event.message}", file=sys.stderr)
            elif isinstance(event, StateChanged) and event.state is State.IDLE:
                self._idle.release()
