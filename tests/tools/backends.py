"""The workshops the contract suite runs over. A second backend joins by one line in BACKENDS."""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tools.catalogue import data_of
from tools.connect import open_workshop
from tools.contract import ToolCall, ToolResult, Workshop
from tools.errors import RefusalCode

NOW = datetime.fromisoformat("2026-03-10T10:00:00+01:00")  # Tuesday; the day the demo is pinned to
Json = dict[str, Any]


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Desk:
    """One desk at a workshop: calls tools and says what it expects of the answer."""

    workshop: Workshop
    clock: Clock
    mark_sent: Callable[[str], None]
    """Make a message look as if it had left."""
    calls: int = field(default=0)

    async def call(
        self,
        name: str,
        /,
        *,
        key: str | None = None,
        dry_run: bool = False,
        accepted: tuple[str, ...] = (),
        **arguments: Any,
    ) -> ToolResult:
        """Keyword `from_` is the argument `from`."""
        self.calls += 1
        given = {each.rstrip("_"): value for each, value in arguments.items()}
        return await self.workshop.call(ToolCall(f"c{self.calls}", name, given, key, dry_run, accepted))

    async def ok(self, name: str, /, **arguments: Any) -> Json:
        """The data of a call that must succeed and keep to its output schema."""
        result = await self.call(name, **arguments)
        assert result.refusal is None, result.refusal
        assert result.data is not None
        problem = data_of(name).problem(result.data)
        assert problem is None, problem
        assert result.data.get("operation_id") == result.operation_id
        return dict(result.data)

    async def no(self, code: RefusalCode, name: str, /, **arguments: Any) -> Json:
        """The details of a call that must be refused with ``code``; the message is there too."""
        result = await self.call(name, **arguments)
        assert result.data is None, result.data
        assert result.refusal is not None
        assert result.refusal.code == code, result.refusal
        assert result.operation_id is None
        return dict(result.refusal.details) | {"message": result.refusal.message}

    async def day(self, date: str, **more: Any) -> list[Json]:
        items: list[Json] = (await self.ok("list_appointments", from_=date, to=date, **more))["items"]
        return items

    async def book(self, plate: str, service: str, start: str, **more: Any) -> Json:
        """A booking at a local time, as `2026-03-18T10:00`."""
        return await self.ok("book_appointment", plate=plate, services=[service], start=start, **more)


@asynccontextmanager
async def embedded(folder: Path, clock: Clock, demo_file: Path) -> AsyncIterator[Desk]:
    path = folder / "workshop.sqlite"
    shutil.copy(demo_file, path)
    workshop = await open_workshop(f"sqlite:///{path}", clock=clock)

    def mark_sent(message_id: str) -> None:
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE messages SET status = 'sent' WHERE id = ?", (message_id,))
        connection.close()

    try:
        yield Desk(workshop, clock, mark_sent)
    finally:
        await workshop.close()


Backend = Callable[[Path, Clock, Path], AbstractAsyncContextManager[Desk]]
BACKENDS: Mapping[str, Backend] = {
    "embedded": embedded,
}
