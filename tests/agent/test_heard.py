"""Hearing without a key, down to the database: commands do what they do when typed, other talk does nothing."""

from pathlib import Path

import pytest

from agent.events import Key, Talk, Understood
from agent.session import MIC_CHUNK
from tests.agent.desk import ENGLISH, Desk, desk, state
from tests.recordings import can_record, spoken

pytestmark = pytest.mark.skipif(not can_record(), reason="espeak-ng and sox are not installed")

VOICES = ("en-us", "en-gb+f3")
SPOKEN = ENGLISH.replace("AB 123 CD", "A B 1 2 3 C D").replace("first available", "the first available") + "."
OTHER_TALK = (Path(__file__).parents[1] / "data/other_talk_en.txt").read_text(encoding="utf-8").splitlines()
MOST_TAKEN = 0.5  # share of other talk that may be taken for a command; it still waits for a yes


async def hear(counter: Desk, pcm: bytes, turn_id: str) -> None:
    await counter.session.send(Talk(Key.DOWN, turn_id))
    for start in range(0, len(pcm), MIC_CHUNK):
        counter.session.push_audio(pcm[start : start + MIC_CHUNK])
    await counter.do(Talk(Key.UP))


async def test_a_spoken_booking_is_the_typed_one_after_a_yes(tmp_path: Path) -> None:
    (tmp_path / "typed").mkdir()
    (tmp_path / "heard").mkdir()
    async with desk(tmp_path / "typed", language="en") as counter:
        await counter.say(ENGLISH)
        typed = counter.done("book_appointment")[0].call.arguments
    async with desk(tmp_path / "heard", hear=True, stt="grammar", language="en") as counter:
        await hear(counter, spoken(SPOKEN, voice=VOICES[0]), "turn-1")
        assert counter.preview.call.name == "book_appointment"
        assert counter.preview.call.arguments == typed
        assert counter.preview.reasons == ("heard_unsurely",)
        assert counter.done("book_appointment") == []
        await counter.counter.yes()
        assert len(counter.done("book_appointment")) == 1
    left, right = await state(tmp_path / "typed"), await state(tmp_path / "heard")
    for kind in ("appointments", "messages", "vehicles", "customers", "jobs"):
        assert left.get(kind) == right.get(kind), kind


async def test_a_spoken_look_up_is_the_typed_one(tmp_path: Path) -> None:
    async with desk(tmp_path, hear=True, stt="grammar", language="en") as counter:
        typed = await counter.say("who is coming tomorrow")
        await hear(counter, spoken("who is coming tomorrow", voice=VOICES[1]), "turn-2")
        assert (
            counter.done("list_appointments")[0].call.arguments == counter.done("list_appointments")[1].call.arguments
        )
        assert counter.said().endswith(typed)


@pytest.mark.timeout(600)
async def test_of_fifty_recordings_of_other_talk_none_writes(tmp_path: Path) -> None:
    async with desk(tmp_path, hear=True, stt="grammar", language="en") as counter:
        before = await state(tmp_path)
        for number, line in enumerate(OTHER_TALK):
            await hear(counter, spoken(line, voice=VOICES[number % 2]), f"turn-{number}")
        taken = counter.of(Understood)
    assert await state(tmp_path) == before
    share = len(taken) / len(OTHER_TALK)
    print(f"other talk taken for a command: {share:.0%} of {len(OTHER_TALK)}: {[one.intent for one in taken]}")
    assert share <= MOST_TAKEN
