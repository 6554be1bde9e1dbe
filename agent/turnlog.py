"""The turns of this desk, kept for some weeks: what was heard and said, and where the time went.

The one place that keeps what people said (contract §7): a SQLite file only its owner may read. Without text it keeps
times only.
"""

import asyncio
import contextlib
import json
import logging
import os
import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from agent.turn import Turn

log = logging.getLogger(__name__)

_TABLE = """
CREATE TABLE IF NOT EXISTS turns (
    row INTEGER PRIMARY KEY,
    at TEXT NOT NULL,        -- ISO-8601, when it ended
    id TEXT NOT NULL,
    number INTEGER NOT NULL,
    understood_by TEXT,
    heard TEXT,
    said TEXT,
    spans TEXT NOT NULL      -- JSON: [{stage, at, seconds}]
);
CREATE INDEX IF NOT EXISTS turns_at ON turns (at);
"""


class TurnLog:
    """Writes on a thread of its own, so that a slow disk never stalls the voice."""

    def __init__(self, path: Path | None, *, log_text: bool, keep_days: int) -> None:
        """path: None keeps nothing."""
        self._path = path
        self._log_text = log_text
        self._keep = timedelta(days=keep_days)
        self._pruned = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="turn log") if path is not None else None

    def record(self, turn: Turn, *, at: datetime) -> None:
        """Keep one turn; a log that cannot be written is told in the program's log and stops nothing."""
        if self._thread is not None:
            self._thread.submit(self._write, turn, at)

    async def close(self) -> None:
        """Everything recorded is on disk on return."""
        if self._thread is not None:
            await asyncio.to_thread(self._thread.shutdown)

    def _write(self, turn: Turn, at: datetime) -> None:
        assert self._path is not None
        text = (turn.heard, turn.said) if self._log_text else (None, None)
        spans = json.dumps([{"stage": span.stage, "at": span.at, "seconds": span.seconds} for span in turn.spans])
        try:
            with _opened(self._path) as database:
                if not self._pruned:
                    database.execute("DELETE FROM turns WHERE at < ?", (_stamp(at - self._keep),))
                    self._pruned = True
                database.execute(
                    "INSERT INTO turns (at, id, number, understood_by, heard, said, spans) VALUES (?,?,?,?,?,?,?)",
                    (_stamp(at), turn.id, turn.number, turn.by, *text, spans),
                )
        except (sqlite3.Error, OSError) as error:
            log.error("the turn log %s cannot be written: %s", self._path.name, error)


def read(path: Path, *, limit: int | None = None) -> Iterator[Mapping[str, Any]]:
    """The turns kept, latest first; fields that are not there are absent."""
    if not path.exists():
        return
    with _opened(path) as database:
        rows = database.execute("SELECT * FROM turns ORDER BY row DESC LIMIT ?", (-1 if limit is None else limit,))
        names = [column[0] for column in rows.description]
        for row in rows:
            turn = {name: value for name, value in zip(names, row, strict=True) if value is not None and name != "row"}
            yield {**turn, "spans": json.loads(turn["spans"])}


def erase(path: Path, words: str) -> int:
    """Forget the text of every turn that holds ``words``; its times stay. Says how many there were."""
    if not path.exists() or not words.strip():
        return 0
    with _opened(path) as database:
        like = f"%{words}%"
        changed = database.execute(
            "UPDATE turns SET heard = NULL, said = NULL WHERE heard LIKE ? OR said LIKE ?", (like, like)
        )
        return changed.rowcount


def _stamp(moment: datetime) -> str:
    return moment.astimezone().isoformat(timespec="milliseconds")


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The log's database inside one transaction; made, for its owner alone, where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    database = sqlite3.connect(path, timeout=5.0)
    try:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA secure_delete=ON")  # what is forgotten is overwritten
        database.executescript(_TABLE)
        with database:
            yield database
    finally:
        database.close()
