"""A turn that is sent again after its process died between the write and the answer."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from agent.events import Needs, ToolEnded, Understood
from tests.agent.desk import ITALIAN, desk, state

TURN = "0d4bd0cf-1f1f-4a5c-9f57-6f1f1a2b3c4d"


@pytest.mark.parametrize(("when", "done"), [("before", 0), ("after", 1)])
async def test_a_killed_process_books_once(when: str, done: int, tmp_path: Path) -> None:
    command = (sys.executable, "-m", "tests.agent.dying", str(tmp_path), TURN, when, ITALIAN)
    process = await asyncio.create_subprocess_exec(*command, cwd=Path(__file__).parents[2])
    assert await process.wait() == -signal.SIGKILL
    assert len((await state(tmp_path))["operations"]) == done

    async with desk(tmp_path) as counter:
        said = await counter.say(ITALIAN, turn_id=TURN)
        again = await counter.say(ITALIAN, turn_id=TURN)
        assert len(counter.of(ToolEnded)) == 1 - done
        assert len(counter.of(Understood)) == 1 - done
        assert counter.preview.needs is Needs.NOTHING
        assert counter.preview.operation_id is not None
    assert "mercoledì 18 marzo alle dieci e trenta" in said
    assert "mercoledì 18 marzo alle dieci e trenta" in again
    now = await state(tmp_path)
    assert [row["tool"] for row in now["operations"]] == ["book_appointment"]
    assert len(now["messages"]) == 2
