"""The embedded workshop: one SQLite file, one thread of its own, one transaction for each call.

A waiting write never stalls the voice: every method hands its work to that thread and awaits it.
"""

import asyncio
import hashlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from tools.catalogue import arguments_of, catalogue
from tools.contract import Clock, Delivery, Operation, Refusal, ToolCall, ToolResult, ToolSpec
from tools.domain import Vocabulary
from tools.embedded import availability, backup, bookings, customers, database, delivery, messages, seed, undo, vehicles
from tools.embedded import vocabulary as words
from tools.embedded.export import export
from tools.embedded.hours import Calendar, Settings
from tools.embedded.refused import Refused
from tools.embedded.work import Work, dumps, loads, to_seconds
from tools.errors import RefusalCode, Unreachable, WorkshopError

Json = dict[str, Any]
T = TypeVar("T")
log = logging.getLogger(__name__)

TOOLS: Mapping[str, Callable[[Work, Json], Json]] = {
    "find_customer": customers.find_customer,
    "find_vehicle": vehicles.find_vehicle,
    "vehicle_history": vehicles.vehicle_history,
    "list_services": availability.list_services,
    "opening_hours": availability.opening_hours,
    "list_appointments": bookings.list_appointments,
    "find_slots": availability.find_slots,
    "book_appointment": bookings.book_appointment,
    "reschedule_appointment": bookings.reschedule_appointment,
    "cancel_appointment": bookings.cancel_appointment,
    "update_appointment": bookings.update_appointment,
    "save_customer": customers.save_customer,
    "save_vehicle": vehicles.save_vehicle,
    "record_work": vehicles.record_work,
    "send_message": messages.send_message,
    "schedule_reminder": messages.schedule_reminder,
    "block_time": availability.block_time,
    "undo": undo.undo,
}


def system_clock() -> datetime:
    return datetime.now(UTC)


class EmbeddedWorkshop:
    """A `Workshop` over one SQLite file. Open it with `open`, end it with `close`."""

    def __init__(self, path: Path, clock: Clock, desk: str) -> None:
        self.path = path
        self._clock = clock
        self._desk = desk
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="bancone-workshop")
        self._connection: sqlite3.Connection | None = None
        self._settings: tuple[str, Settings, Calendar] | None = None
        self._words: Vocabulary | None = None
        self._memory: dict[str, tuple[str, Any]] = {}

    @classmethod
    async def open(cls, path: Path, *, clock: Clock | None = None, desk: str = "cli", copied: bool = True) -> Self:
        """Open or make the file. copied: make today's copy where there is none yet."""
        workshop = cls(path, clock or system_clock, desk)
        try:
            await workshop._run(lambda: workshop._open(copied=copied))
        except BaseException:
            await workshop.close()
            raise
        # The tables of month and weekday names take 0.1 s to load: before the first call rather than in it.
        workshop._thread.submit(messages.warm_up)
        return workshop

    async def tools(self) -> Sequence[ToolSpec]:
        return tuple(spec for name, spec in catalogue().items() if name in TOOLS)

    async def call(self, call: ToolCall) -> ToolResult:
        return await self._run(lambda: self._call(call))

    async def vocabulary(self, version: str | None = None) -> Vocabulary | None:
        return await self._run(lambda: self._vocabulary(version))

    async def operations(self, turn_id: str) -> Sequence[Operation]:
        return await self._run(lambda: self._operations(turn_id))

    async def deliver(self) -> Delivery:
        return await self._run(self._deliver)

    async def close(self) -> None:
        """End the thread and the connection; a second time does nothing."""
        try:
            await self._run(self._close)
        except Unreachable:
            return
        self._thread.shutdown(wait=True)

    # administration (contract §5)

    async def seed(self, data: Json) -> None:
        """Fill an empty workshop; raises Unusable when it is not empty or the data cannot be used."""
        await self._run(lambda: self._seed(data, replace=False))

    async def replace(self, data: Json) -> None:
        """Empty the workshop and fill it again, in one transaction."""
        await self._run(lambda: self._seed(data, replace=True))

    async def export(self) -> Json:
        return await self._run(lambda: self._read(export))

    async def is_empty(self) -> bool:
        return await self._run(lambda: self._read(seed.is_empty))

    async def check(self) -> Sequence[str]:
        """What is wrong with the file, one line each; empty when nothing is."""
        return await self._run(lambda: self._read(backup.problems))

    async def restore(self, copy: Path | None = None) -> Path:
        """Go back to a daily copy, the latest when none is named; the copy it was."""
        return await self._run(lambda: self._restore(copy))

    # on the thread

    async def _run(self, work: Callable[[], T]) -> T:
        try:
            future = self._thread.submit(work)
        except RuntimeError as error:
            raise Unreachable(f"{self.path}: the workshop is closed") from error
        return await asyncio.wrap_future(future)

    def _open(self, *, copied: bool) -> None:
        self._connection = database.connect(self.path)
        if copied:
            self._copy_daily()

    def _copy_daily(self) -> None:
        """Today's copy, once. A full disk must not keep the shop from working."""
        try:
            backup.daily_copy(self._open_connection, self.path, self._clock().date().isoformat())
        except (OSError, sqlite3.Error) as error:
            log.warning("no copy of today: %s", error)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def _open_connection(self) -> sqlite3.Connection:
        if self._connection is None:
            raise Unreachable(f"{self.path}: the workshop is closed")
        return self._connection

    @contextmanager
    def _working(self, *, write: bool, dry_run: bool = False, accepted: Sequence[str] = ()) -> Iterator[Work]:
        """A transaction and what a call works with in it."""
        connection = self._open_connection
        with database.transaction(connection, write=write, keep=not dry_run):
            settings, calendar = self._facts(connection)
            yield Work(
                connection=connection,
                settings=settings,
                calendar=calendar,
                now=to_seconds(self._clock()),
                desk=self._desk,
                dry_run=dry_run,
                accepted=frozenset(accepted),
                memory=self._memory,
            )

    def _facts(self, connection: sqlite3.Connection) -> tuple[Settings, Calendar]:
        """The settings, read anew when another process changed them."""
        row = connection.execute("SELECT value FROM meta WHERE key = 'workshop'").fetchone()
        text = row[0] if row else "{}"
        if self._settings is None or self._settings[0] != text:
            settings = Settings.from_json(loads(text))
            self._settings = (text, settings, Calendar(settings))
        return self._settings[1], self._settings[2]

    def _read(self, work: Callable[[Work], T]) -> T:
        try:
            with self._working(write=False) as open_work:
                return work(open_work)
        except sqlite3.Error as error:
            raise Unreachable(f"{self.path}: {error}") from error

    def _call(self, call: ToolCall) -> ToolResult:
        began = time.perf_counter()
        try:
            data = self._answer(call)
        except Refused as no:
            return ToolResult(refusal=no.refusal, took=time.perf_counter() - began)
        except sqlite3.OperationalError as error:
            if not database.is_busy(error):
                raise Unreachable(f"{self.path}: {error}") from error
            busy = Refusal(
                RefusalCode.BUSY_TRY_AGAIN, f"somebody else is writing: nothing done after {database.BUSY:.0f} s"
            )
            return ToolResult(refusal=busy, took=time.perf_counter() - began)
        except sqlite3.DatabaseError as error:
            raise WorkshopError(f"{self.path}: {call.name}: {error}") from error
        return ToolResult(data=data, operation_id=data.get("operation_id"), took=time.perf_counter() - began)

    def _answer(self, call: ToolCall) -> Json:
        spec = catalogue().get(call.name)
        if spec is None:
            raise Refused(RefusalCode.NOT_FOUND, f"unknown tool {call.name!r}", what="tool", value=call.name)
        if call.name not in TOOLS:
            raise Refused(
                RefusalCode.NOT_FOUND, f"this workshop does not offer {call.name!r}", what="tool", value=call.name
            )
        if problem := arguments_of(call.name).problem(call.arguments):
            raise Refused(RefusalCode.INVALID_INPUT, problem.message, field=problem.field, value=problem.value)
        arguments = dict(call.arguments)
        if not spec.writes:
            with self._working(write=False) as work:
                return TOOLS[call.name](work, arguments)
        return self._write(call, arguments)

    def _write(self, call: ToolCall, arguments: Json) -> Json:
        payload = hashlib.sha256(f"{call.name} {dumps(arguments)}".encode()).hexdigest()
        with self._working(write=True, dry_run=call.dry_run, accepted=call.accepted) as work:
            if call.key is not None and not call.dry_run and (done := _done_before(work, call, payload)):
                return done
            if not call.dry_run:
                work.operation_id = work.new_id("operations")
            data = TOOLS[call.name](work, arguments)
            if not call.dry_run:
                data = {"operation_id": work.operation_id} | data
                undo.record(work, tool=call.name, key=call.key, payload=payload, arguments=arguments, data=data)
        return data

    def _vocabulary(self, known: str | None) -> Vocabulary | None:
        def read(work: Work) -> Vocabulary | None:
            current = words.version(work)
            if current == known:
                return None
            if self._words is None or self._words.version != current:
                self._words = words.vocabulary(work)
            return self._words

        return self._read(read)

    def _operations(self, turn_id: str) -> Sequence[Operation]:
        # '0' follows '/': every key that begins with the turn's id and a slash, from the index
        sql = "SELECT * FROM operations WHERE key >= ? AND key < ? ORDER BY number"
        return self._read(
            lambda work: [
                Operation(
                    id=row["id"],
                    tool=row["tool"],
                    key=row["key"],
                    at=datetime.fromisoformat(row["at"]),
                    by=row["desk"],
                    arguments=loads(row["arguments"]),
                    data=loads(row["data"]) or {},
                    undone_at=datetime.fromisoformat(row["undone_at"]) if row["undone_at"] else None,
                )
                for row in work.all(sql, f"{turn_id}/", f"{turn_id}0")
            ]
        )

    def _deliver(self) -> Delivery:
        self._copy_daily()
        return self._read(delivery.deliver)

    def _seed(self, data: Json, *, replace: bool) -> None:
        try:
            with self._working(write=True) as work:
                self._memory.clear()
                if replace:
                    seed.clear(work)
                seed.fill(work, data)
        except sqlite3.Error as error:
            raise Unreachable(f"{self.path}: {error}") from error

    def _restore(self, copy: Path | None) -> Path:
        self._words = None
        self._memory.clear()
        return backup.restore(self._open_connection, self.path, copy, self._clock())


def _done_before(work: Work, call: ToolCall, payload: str) -> Json | None:
    """The answer already given for this key; `idempotency_mismatch` when it was for something else."""
    row = work.one("SELECT id, tool, payload, data FROM operations WHERE key = ?", call.key)
    if row is None:
        return None
    if row["payload"] != payload:
        raise Refused(
            RefusalCode.IDEMPOTENCY_MISMATCH,
            f"key {call.key!r} was already used for {row['tool']} ({row['id']}) with other arguments",
            key=call.key,
            operation_id=row["id"],
            tool=row["tool"],
        )
    done: Json = loads(row["data"])
    return done
