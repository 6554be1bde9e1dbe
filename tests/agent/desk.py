"""A desk in tests: an embedded session on a workshop of its own, everything it emits kept."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from agent.config import AgentConfig
from agent.embedded import EmbeddedSession, Opener
from agent.events import Command, Event, Heard, Preview, Said, ToolEnded, Type
from desktop.commands.counter import Counter

NOW = datetime.fromisoformat("2026-03-10T10:00:00+01:00")  # a Tuesday
ITALIAN = (
    "Prenota un tagliando per il SUV grigio, targa AB 123 CD, primo posto libero mercoledì prossimo, "
    "e manda conferma WhatsApp con promemoria il giorno prima"
)
ENGLISH = (
    "Book a service for the grey SUV, plate AB 123 CD, first available slot next Wednesday, "
    "and send a WhatsApp confirmation with a reminder the day before"
)

Kind = TypeVar("Kind")


class Desk:
    """Says things, and looks at what came back."""

    def __init__(self, session: EmbeddedSession) -> None:
        self.session = session
        self.events: list[Event] = []
        self.counter = Counter(session, self.events.append)

    async def say(self, text: str, *, turn_id: str | None = None) -> str:
        """A typed turn; what was answered."""
        before = len(self.events)
        await self.counter.do(Type(text, turn_id or str(uuid.uuid4())))
        return self.said(before)

    async def do(self, command: Command) -> str:
        before = len(self.events)
        await self.counter.do(command)
        return self.said(before)

    def said(self, since: int = 0) -> str:
        return " ".join(e.text for e in self.events[since:] if isinstance(e, Said) and e.final)

    def of(self, kind: type[Kind]) -> list[Kind]:
        return [event for event in self.events if isinstance(event, kind)]

    def heard(self) -> list[str]:
        return [event.text for event in self.of(Heard) if event.final]

    def done(self, name: str) -> list[ToolEnded]:
        """The calls of a tool that were meant, tried ones left out."""
        return [e for e in self.of(ToolEnded) if e.call.name == name and not e.call.dry_run]

    @property
    def preview(self) -> Preview:
        return self.of(Preview)[-1]


def config(folder: Path, **given: Any) -> AgentConfig:
    values: dict[str, Any] = {"speak": False, "hear": False, "clock": lambda: NOW}
    return AgentConfig(workshop=f"sqlite:///{folder / 'workshop.sqlite'}", **(values | given))


@asynccontextmanager
async def desk(folder: Path, *, opener: Opener | None = None, **given: Any) -> AsyncIterator[Desk]:
    made = Desk(EmbeddedSession(config(folder, **given), opener=opener))
    async with made.counter:
        yield made


async def state(folder: Path) -> dict[str, Any]:
    """The workshop as it stands, in the shape of its export."""
    from tools.connect import open_workshop

    workshop: Any = await open_workshop(f"sqlite:///{folder / 'workshop.sqlite'}", clock=lambda: NOW)
    try:
        exported: dict[str, Any] = await workshop.export()
        return exported
    finally:
        await workshop.close()
