"""The embedded session with the offline ear and voice: recordings in, calls and sound out, nothing left behind."""

import asyncio
import gc
import threading
from pathlib import Path

import pytest

from agent import runtime
from agent.embedded import EmbeddedSession
from agent.errors import NotStarted
from agent.events import Failed, Heard, Key, Mode, Needs, SetMode, State, StateChanged, Stop, Talk, TurnEnded
from agent.session import MIC_CHUNK
from agent.turn import Stage
from tests.agent.desk import config, desk, state
from tests.agent.voices import press, voice_of
from tests.recordings import spoken

LOOK_UP = "What appointments are there tomorrow"


async def test_a_spoken_look_up_calls_what_typing_calls(tmp_path: Path) -> None:
    pcm = spoken(LOOK_UP, voice="en-us")
    async with desk(tmp_path, hear=True, stt="grammar", language="en") as counter:
        await press(counter, pcm)
        await counter.say(LOOK_UP)
        heard, typed = (event.call for event in counter.done("list_appointments"))
        assert (heard.name, heard.arguments) == (typed.name, typed.arguments)
        assert counter.of(Failed) == []


async def test_what_is_heard_unsurely_is_written_after_one_yes(tmp_path: Path) -> None:
    pcm = spoken("cancel the appointment for plate F H 4 8 2 L M", voice="en-us")
    async with desk(tmp_path, hear=True, stt="grammar", language="en") as counter:
        await press(counter, pcm)
        assert counter.heard() == ["cancel the appointment for plate FH 482 LM"]
        assert (await state(tmp_path))["operations"] == []
        assert counter.preview.reasons == ("heard_unsurely",)
        await counter.counter.yes()
        assert counter.preview.needs is Needs.NOTHING
        assert [row["tool"] for row in (await state(tmp_path))["operations"]] == ["cancel_appointment"]


async def test_speech_that_is_no_command_is_not_taken_for_one(tmp_path: Path) -> None:
    pcm = spoken("my sister in law makes the best lasagne in the whole valley", voice="en-gb+f3")
    async with desk(tmp_path, hear=True, stt="grammar", language="en") as counter:
        await press(counter, pcm)
        assert (await state(tmp_path))["operations"] == []
        assert len(counter.of(TurnEnded)) == 1
        assert counter.said() != ""


async def test_the_answer_is_heard_and_its_stages_are_in_order(tmp_path: Path) -> None:
    async with desk(tmp_path, speak=True, tts="espeak") as counter, voice_of(counter.session) as voice:
        await counter.say("is Marco free tomorrow at eleven?")
        turn = counter.of(TurnEnded)[0].summary
        states = [event.state for event in counter.of(StateChanged)]
    assert voice.seconds > 0.5
    stages = (Stage.READING, Stage.TOOL_START, Stage.TOOL_END, Stage.FIRST_BYTE, Stage.FIRST_SOUND, Stage.ANSWER_END)
    moments = [turn.at(stage) for stage in stages]
    assert None not in moments
    assert moments == sorted(moment for moment in moments if moment is not None)
    assert states == [State.IDLE, State.THINKING, State.SPEAKING, State.IDLE]


async def test_stop_falls_silent(tmp_path: Path) -> None:
    async with desk(tmp_path, speak=True, tts="espeak") as counter, voice_of(counter.session) as voice:
        asking = asyncio.create_task(counter.say("che appuntamenti ci sono domani?"))
        await voice.begins(lambda: asyncio.sleep(0))
        await counter.session.send(Stop())
        await asyncio.wait_for(asking, 3.0)
        assert voice.cuts == 1


async def test_speech_comes_from_any_thread(tmp_path: Path) -> None:
    pcm = spoken(LOOK_UP, voice="en-us")
    async with desk(tmp_path, hear=True, stt="grammar", language="en") as counter:
        await counter.session.send(Talk(Key.DOWN, "a"))

        def microphone() -> None:
            for start in range(0, len(pcm), MIC_CHUNK):
                counter.session.push_audio(pcm[start : start + MIC_CHUNK])

        thread = threading.Thread(target=microphone)
        thread.start()
        await asyncio.to_thread(thread.join)
        await counter.do(Talk(Key.UP))
        assert counter.heard() != []


async def test_speech_with_the_key_up_is_dropped(tmp_path: Path) -> None:
    pcm = spoken(LOOK_UP, voice="en-us")
    async with desk(tmp_path, hear=True, stt="grammar", language="en") as counter:
        counter.session.push_audio(pcm)
        await press(counter, bytes(16_000))
    assert counter.of(Heard) == []


async def test_without_a_recogniser_the_key_says_so_and_typing_works(tmp_path: Path) -> None:
    async with desk(tmp_path, hear=True, stt="auto", language="it") as counter:
        await counter.session.send(Talk(Key.DOWN, "a"))
        await counter.session.send(Talk(Key.UP))
        assert await counter.say("che appuntamenti ci sono domani?")
        (failed,) = counter.of(Failed)
    assert failed.code == "no_recogniser"
    assert "English only" in failed.message


async def test_the_mode_is_switched_live(tmp_path: Path) -> None:
    async with desk(tmp_path) as counter:
        await counter.do(SetMode(Mode.COUNTER))
        await counter.say("che appuntamenti ci sono domani?")
        assert counter.of(StateChanged)[-1].mode is Mode.COUNTER


async def test_a_session_is_renewed_and_remembers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "TURNS_PER_SESSION", 2)
    async with desk(tmp_path) as counter:
        first = id(counter.session._runtime._line)  # type: ignore[union-attr]
        for text in ("prenota un tagliando per AB 123 CD mercoledì 18 alle 17", "che ore fai?", "e domani?"):
            await counter.say(text)
        await counter.say("spostalo a giovedì alla stessa ora")
        assert id(counter.session._runtime._line) != first  # type: ignore[union-attr]
        assert counter.of(Failed) == []
        assert len(counter.of(TurnEnded)) == 4


async def test_closing_is_idempotent_and_leaves_no_task(tmp_path: Path) -> None:
    before = asyncio.all_tasks()
    for speak in (False, True):
        session = EmbeddedSession(config(tmp_path, speak=speak, tts="espeak", hear=True, stt="grammar", language="en"))
        await session.start()
        await session.close()
        await session.close()
        assert [event async for event in session.events()] != []
    gc.collect()
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before


async def test_closing_in_the_middle_of_an_answer_leaves_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path, speak=True, tts="espeak") as counter, voice_of(counter.session) as voice:
        asking = asyncio.create_task(counter.say("che appuntamenti ci sono domani?"))
        await voice.begins(lambda: asyncio.sleep(0))
        await counter.session.close()
        asking.cancel()


async def test_a_workshop_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    session = EmbeddedSession(config(tmp_path / "no" / "\0such"))
    with pytest.raises((NotStarted, ValueError)):
        await session.start()
    await session.close()
