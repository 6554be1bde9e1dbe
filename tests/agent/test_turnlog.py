"""The log of turns: what it keeps, who may read it, how long."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from agent import turnlog
from agent.turn import Span, Stage, Turn
from tests.agent.desk import desk

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
TURN = Turn(1, "uuid", "la Clio di Neri", "eccola", "interpreter", (Span(Stage.TOOL_END, 0.5, 0.01),))


async def kept(path: Path, *turns: tuple[Turn, datetime], log_text: bool = True) -> list[dict[str, object]]:
    log = turnlog.TurnLog(path, log_text=log_text, keep_days=30)
    for turn, at in turns:
        log.record(turn, at=at)
    await log.close()
    return [dict(turn) for turn in turnlog.read(path)]


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


async def test_a_turn_is_kept_with_its_stages(tmp_path: Path) -> None:
    (turn,) = await kept(tmp_path / "log" / "turns.sqlite3", (TURN, NOW))
    assert (turn["heard"], turn["said"], turn["understood_by"]) == ("la Clio di Neri", "eccola", "interpreter")
    assert turn["spans"] == [{"stage": "tool_end", "at": 0.5, "seconds": 0.01}]


async def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "turns.sqlite3"
    await kept(path, (TURN, NOW))
    assert modes(tmp_path) == {0o600}


async def test_without_text_it_keeps_times_only(tmp_path: Path) -> None:
    path = tmp_path / "turns.sqlite3"
    (turn,) = await kept(path, (TURN, NOW), log_text=False)
    assert not {"heard", "said"} & set(turn)
    assert turn["spans"]
    assert b"Neri" not in path.read_bytes()


async def test_it_forgets_after_thirty_days(tmp_path: Path) -> None:
    path = tmp_path / "turns.sqlite3"
    await kept(path, (TURN, NOW))
    assert len(await kept(path, (TURN, NOW + timedelta(days=29)))) == 2
    assert len(await kept(path, (TURN, NOW + timedelta(days=31)))) == 2


async def test_a_name_can_be_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "turns.sqlite3"
    await kept(path, (TURN, NOW))
    assert turnlog.erase(path, "Neri") == 1
    (turn,) = turnlog.read(path)
    assert "heard" not in turn
    assert turn["spans"]
    assert b"Neri" not in path.read_bytes()


async def test_a_session_keeps_its_turns(tmp_path: Path) -> None:
    path = tmp_path / "turns.sqlite3"
    async with desk(tmp_path, turn_log=path) as counter:
        await counter.say("che appuntamenti ci sono domani?")
    (turn,) = turnlog.read(path)
    assert turn["heard"] == "che appuntamenti ci sono domani?"
    assert {"key_up", "transcript", "reading", "tool_start", "tool_end", "answer_end"} <= {
        span["stage"] for span in turn["spans"]
    }
