"""Daily copies of the file, going back to one, and the check of what is in it."""

import os
import sqlite3
import uuid
from datetime import datetime
from pathlib import Path

from tools.embedded import database
from tools.embedded.policies import OCCUPYING
from tools.embedded.work import Work
from tools.errors import Unusable

KEPT = 7  # daily copies


def folder(path: Path) -> Path:
    return path.with_name(f"{path.name}.copies")


def copies(path: Path) -> list[Path]:
    """The daily copies of a workshop's file, oldest first."""
    return sorted(folder(path).glob(f"{path.stem}-????-??-??.sqlite"))


def daily_copy(connection: sqlite3.Connection, path: Path, today: str) -> Path | None:
    """Copy the file once a day, keeping seven; None when today's is there or there is nothing in it yet."""
    target = folder(path) / f"{path.stem}-{today}.sqlite"
    if target.exists() or connection.execute("SELECT 1 FROM meta WHERE key = 'workshop'").fetchone() is None:
        return None
    _copy(connection, target)
    for old in copies(path)[:-KEPT]:
        old.unlink(missing_ok=True)
    return target


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    """A whole copy or none: made beside, then given its name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY, 0o600))  # VACUUM INTO takes an empty file
        connection.execute("VACUUM INTO ?", (str(part),))
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def restore(connection: sqlite3.Connection, path: Path, copy: Path | None, now: datetime) -> Path:
    """Put a daily copy's content into the file, in one transaction; the state left is copied aside first.

    Other processes that have the file open see the change like any other write.
    """
    known = copies(path)
    if copy is None and not known:
        raise Unusable(f"{path}: no daily copy in {folder(path)}")
    chosen = copy or known[-1]
    if not chosen.is_file():
        raise Unusable(f"{chosen}: no such copy")
    source = database.connect(chosen)
    try:
        _copy(connection, folder(path) / f"{path.stem}-before-restore-{now:%Y-%m-%dT%H%M%S}.sqlite")
        source.backup(connection)
        # its words counted on differently from here: nobody may take them for those of the same number
        connection.execute("UPDATE meta SET value = ? WHERE key = 'identity'", (uuid.uuid4().hex,))
    finally:
        source.close()
    return chosen


def problems(work: Work) -> list[str]:
    """What is wrong with the file: pages, references, overlapping bookings, messages of nobody."""
    found = [f"integrity: {row[0]}" for row in work.rows("PRAGMA integrity_check") if row[0] != "ok"]
    found += [
        f"reference: {row[0]} row {row[1]} points to no {row[2]}" for row in work.rows("PRAGMA foreign_key_check")
    ]
    return found + _overlaps(work, "staff_id", "busy_until") + _overlaps(work, "vehicle_id", "end_at") + _orphans(work)


def _overlaps(work: Work, column: str, until: str) -> list[str]:
    """Pairs of bookings that hold the same technician or car at once."""
    held = ", ".join(f"'{status}'" for status in OCCUPYING)
    rows = work.all(
        f"SELECT a.id AS one, b.id AS other, a.{column} AS whose FROM appointments a JOIN appointments b"
        f" ON b.{column} = a.{column} AND b.start_at > a.start_at - 86400 AND b.start_at < a.{until}"
        f" AND b.{until} > a.start_at AND a.id < b.id"
        f" WHERE a.status IN ({held}) AND b.status IN ({held}) ORDER BY a.start_at"
    )
    return [f"overlap: {row['one']} and {row['other']} both hold {row['whose']}" for row in rows]


def _orphans(work: Work) -> list[str]:
    """Messages that wait for an appointment that is cancelled."""
    rows = work.all(
        "SELECT m.id, m.appointment_id FROM messages m JOIN appointments a ON a.id = m.appointment_id"
        " WHERE m.status = 'queued' AND a.status = 'cancelled' AND m.template <> 'appointment_cancelled'"
    )
    return [f"message: {row['id']} waits for {row['appointment_id']}, which is cancelled" for row in rows]
