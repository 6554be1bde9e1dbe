"""What one call works with: the open transaction, the present instant, and a journal of what it changed.

Every row is written through here, so that undo has its before-image and nothing is forgotten.
"""

import json
import sqlite3
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from tools.embedded.hours import Calendar, Settings
from tools.embedded.instants import iso, local, seconds
from tools.embedded.refused import Refused
from tools.errors import RefusalCode

Row = sqlite3.Row | Mapping[str, Any]
Values = dict[str, Any]
T = TypeVar("T")

PREFIX = {
    "appointments": "apt",
    "customers": "cus",
    "vehicles": "veh",
    "jobs": "job",
    "blocked_time": "blk",
    "messages": "msg",
    "operations": "op",
    "campaigns": "cmp",
}
VERSIONED = frozenset({"appointments", "customers", "vehicles"})


@dataclass(slots=True)
class Change:
    """One row an operation touched; None: it was not there."""

    noun: str
    row_id: str
    before: Values | None
    after: Values | None


def fold(text: str) -> str:
    """Lower case, no accents, single blanks: what two spellings of the same name share."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().replace("’", "'").split())


def dumps(value: object) -> str:
    """JSON that is the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(slots=True)
class Work:
    """One call inside its transaction."""

    connection: sqlite3.Connection
    settings: Settings
    calendar: Calendar
    now: int
    """The present instant, seconds since 1970 UTC; the same for the whole call."""
    desk: str = "cli"
    dry_run: bool = False
    accepted: frozenset[str] = frozenset()
    operation_id: str = ""
    """Of this write; empty for a read."""
    changes: dict[tuple[str, str], Change] = field(default_factory=dict)
    memory: dict[str, tuple[str, Any]] = field(default_factory=dict)
    """What earlier calls worked out of the workshop's words, with the version of these."""

    # reading

    def all(self, sql: str, *values: Any) -> list[Row]:
        return self.connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: Any) -> Row | None:
        found: Row | None = self.connection.execute(sql, values).fetchone()
        return found

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows by position, for what SQLite itself answers."""
        return [tuple(row) for row in self.connection.execute(sql)]

    def number(self, sql: str, *values: Any) -> int:
        row = self.connection.execute(sql, values).fetchone()
        return int(row[0] or 0) if row else 0

    def iso(self, moment: int) -> str:
        return iso(moment, self.settings.zone)

    def local(self, moment: int) -> datetime:
        return local(moment, self.settings.zone)

    def remembered(self, name: str, work_out: Callable[[], T]) -> T:
        """Something that follows from the words alone, worked out once for each version of them."""
        if self.changes:
            return work_out()  # words of this transaction, which may yet be rolled back
        rows = self.rows("SELECT value FROM meta WHERE key IN ('identity', 'vocabulary') ORDER BY key")
        version = ".".join(row[0] for row in rows)
        known = self.memory.get(name)
        if known is None or known[0] != version:
            known = self.memory[name] = (version, work_out())
        found: T = known[1]
        return found

    # writing

    def new_id(self, noun: str) -> str:
        prefix = PREFIX[noun]
        sql = "INSERT INTO counters VALUES (?, 1) ON CONFLICT (kind) DO UPDATE SET last = last + 1 RETURNING last"
        while True:
            row_id = f"{prefix}_{self.number(sql, prefix)}"
            if self.one(f"SELECT 1 FROM {noun} WHERE id = ?", row_id) is None:
                return row_id

    def image(self, noun: str, row_id: str) -> Values | None:
        row = self.one(f"SELECT * FROM {noun} WHERE id = ?", row_id)
        return dict(row) if row is not None else None

    def insert(self, noun: str, **values: Any) -> str:
        """Add a row under a new id, which comes back."""
        row_id = self.new_id(noun)
        self._add(noun, {"id": row_id} | values)
        self._note(noun, row_id, None)
        return row_id

    def _add(self, noun: str, values: Values) -> None:
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        self.connection.execute(f"INSERT INTO {noun} ({names}) VALUES ({marks})", tuple(values.values()))

    def update(self, noun: str, row_id: str, **values: Any) -> None:
        """Change a row; its version counts on where it has one."""
        before = self.image(noun, row_id)
        sets = ", ".join(f"{name} = ?" for name in values)
        if noun in VERSIONED:
            sets += ", version = version + 1"
        self.connection.execute(f"UPDATE {noun} SET {sets} WHERE id = ?", (*values.values(), row_id))
        self._note(noun, row_id, before)

    def restore(self, noun: str, image: Values) -> None:
        """Put a row back that was deleted."""
        self._add(noun, image)
        self._note(noun, image["id"], None)

    def delete(self, noun: str, row_id: str) -> None:
        before = self.image(noun, row_id)
        self.connection.execute(f"DELETE FROM {noun} WHERE id = ?", (row_id,))
        self._note(noun, row_id, before)

    def _note(self, noun: str, row_id: str, before: Values | None) -> None:
        change = self.changes.setdefault((noun, row_id), Change(noun, row_id, before, None))
        change.after = self.image(noun, row_id)

    # a person's yes

    def needs_yes(self, reasons: Mapping[str, Any]) -> None:
        """Refuse `not_confirmed` unless each reason was accepted; a dry run shows what would be done.

        reasons: reason → what to show for it.
        """
        missing = {reason: shown for reason, shown in reasons.items() if reason not in self.accepted}
        if not missing or self.dry_run:
            return
        words = ", ".join(sorted(missing))
        raise Refused(RefusalCode.NOT_CONFIRMED, f"a yes is needed: {words}", reasons=sorted(missing), **missing)

    def expect_version(self, noun: str, row: Row, version: int | None) -> None:
        """Optimistic lock: `stale` when the row is no longer the one that was looked at."""
        if version is not None and row["version"] != version:
            raise Refused(
                RefusalCode.STALE,
                f"{row['id']} was changed meanwhile: version {row['version']}, not {version}",
                reason="changed_since",
                what=noun,
                version=row["version"],
            )


def to_seconds(moment: datetime) -> int:
    """The clock's instant, whole seconds."""
    if moment.tzinfo is None:
        raise ValueError(f"the clock says {moment.isoformat()} without a zone")
    return seconds(moment)


def loads(text: str) -> Any:
    return json.loads(text)


def marks(values: Sequence[object]) -> str:
    """Placeholders for an SQL list."""
    return ", ".join("?" * len(values))
