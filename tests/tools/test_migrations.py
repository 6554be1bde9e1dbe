"""The file: made step by step, refused when newer or another's, never half done."""

import sqlite3
from pathlib import Path

import pytest

from tools.connect import open_workshop
from tools.embedded.database import connect, statements
from tools.embedded.migrations import MIGRATIONS
from tools.errors import Unreachable, Unusable


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def tables(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_a_new_file_gets_every_step(tmp_path: Path) -> None:
    connection = connect(tmp_path / "new.sqlite")
    assert version(connection) == len(MIGRATIONS)
    assert {"appointments", "messages", "operations", "changes"} <= tables(connection)
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    connection.close()


def test_an_older_file_is_brought_up_to_date_and_keeps_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    old = connect(path, migrations=MIGRATIONS[:1])
    old.execute("INSERT INTO staff VALUES ('stf_1', 1, 'Marco', '[]')")
    old.close()
    new = connect(path, migrations=(*MIGRATIONS, "CREATE TABLE lifts (id TEXT); INSERT INTO lifts VALUES ('l1');"))
    assert version(new) == len(MIGRATIONS) + 1
    assert new.execute("SELECT name FROM staff").fetchone()[0] == "Marco"
    assert new.execute("SELECT id FROM lifts").fetchone()[0] == "l1"
    new.close()


def test_a_step_that_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "half.sqlite"
    with pytest.raises(Unreachable, match="nonsense"):
        connect(path, migrations=(*MIGRATIONS, "CREATE TABLE lifts (id TEXT);\nINSERT INTO nonsense VALUES (1);"))
    connection = connect(path)
    assert version(connection) == len(MIGRATIONS)
    assert "lifts" not in tables(connection)
    connection.close()


def test_a_newer_file_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "newer.sqlite"
    connect(path, migrations=(*MIGRATIONS, "CREATE TABLE lifts (id TEXT);")).close()
    with pytest.raises(Unusable, match=r"newer\.sqlite: written by a newer program"):
        connect(path)


async def test_opening_a_newer_workshop_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "newer.sqlite"
    connect(path, migrations=(*MIGRATIONS, "CREATE TABLE lifts (id TEXT);")).close()
    with pytest.raises(Unusable, match=r"newer\.sqlite"):
        await open_workshop(f"sqlite:///{path}")


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (id)")
    other.close()
    with pytest.raises(Unusable, match="another program's"):
        connect(path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Gentile signora Bianchi,\n" * 100)
    with pytest.raises(Unusable, match=r"letter\.txt: not a workshop's file"):
        connect(path)


def test_a_folder_is_no_workshop(tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        connect(tmp_path)


def test_an_unfinished_step_is_noticed() -> None:
    with pytest.raises(ValueError, match="unfinished"):
        list(statements("CREATE TABLE a (id TEXT);\nCREATE TABLE b (id"))


def test_a_trigger_is_one_statement() -> None:
    script = "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET x = 1; UPDATE c SET y = 2; END;"
    assert list(statements(script)) == [script]
