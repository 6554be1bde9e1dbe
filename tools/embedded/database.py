"""The SQLite file: opened, brought up to date, one transaction at a time.

WAL, foreign keys on, five seconds of patience for another writer. A file that a newer program wrote is
refused by name rather than guessed at.
"""

import os
import re
import sqlite3
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.embedded.migrations import MIGRATIONS
from tools.errors import Unreachable, Unusable

APPLICATION_ID = 0x42414E43  # "BANC", PRAGMA application_id
BUSY = 5.0  # seconds a call waits for another writer


def connect(path: Path, *, migrations: Sequence[str] = MIGRATIONS) -> sqlite3.Connection:
    """Open ``path``, creating the file where it is missing, and bring its tables up to date.

    Raises Unusable for a file that is no workshop or is newer than this program, Unreachable for one that
    cannot be opened. The connection belongs to the thread that opened it.
    """
    try:
        # names and numbers of customers: for the person at this desk only; SQLite gives its side files the same mode
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
    except (OSError, sqlite3.OperationalError) as error:
        raise Unreachable(f"{path}: {error}") from error
    try:
        connection.row_factory = sqlite3.Row
        _check_owner(connection, path, known=len(migrations))
        _prepare(connection)
        _migrate(connection, path, migrations)
    except sqlite3.OperationalError as error:
        connection.close()
        raise Unreachable(f"{path}: {error}") from error
    except sqlite3.DatabaseError as error:
        connection.close()
        raise Unusable(f"{path}: not a workshop's file: {error}") from error
    except BaseException:
        connection.close()
        raise
    return connection


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _check_owner(connection: sqlite3.Connection, path: Path, *, known: int) -> None:
    owner, version = _pragma(connection, "application_id"), _pragma(connection, "user_version")
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if owner != APPLICATION_ID and (tables or version or owner):
        raise Unusable(f"{path}: another program's database, not a workshop's")
    if version > known:
        raise Unusable(f"{path}: written by a newer program (version {version}, this one knows {known}); update it")


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    until = time.monotonic() + BUSY
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            # SQLite does not wait for the lock that this one statement needs
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[str]) -> None:
    while _pragma(connection, "user_version") < len(migrations):
        with transaction(connection):
            version = _pragma(connection, "user_version")  # another process may just have done it
            if version >= len(migrations):
                _check_owner(connection, path, known=len(migrations))
                return
            for statement in statements(migrations[version]):
                connection.execute(statement)
            if version == 0:
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute("INSERT INTO meta VALUES ('identity', ?)", (uuid.uuid4().hex,))
            connection.execute(f"PRAGMA user_version = {version + 1}")


def statements(script: str) -> Iterator[str]:
    """The single statements of a script; `executescript` would commit the transaction around it."""
    statement = ""
    for piece in re.split(r"(?<=;)", script):
        statement += piece
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError(f"unfinished statement: {statement.strip()[:60]}")


@contextmanager
def transaction(connection: sqlite3.Connection, *, write: bool = True, keep: bool = True) -> Iterator[None]:
    """One transaction: committed at the end, rolled back by an exception or when not to be kept."""
    connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # SQLite itself rolls back when the disk is full
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT" if keep else "ROLLBACK")


def is_busy(error: sqlite3.OperationalError) -> bool:
    """Another process kept the file locked for longer than BUSY."""
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def put_in_place(built: Path, path: Path) -> bool:
    """Give a finished file its name unless somebody was faster; says whether it was this one."""
    try:
        os.link(built, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if path.exists():
            return False
        os.replace(built, path)
        return True
    return True
