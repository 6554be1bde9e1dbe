"""With a key: OpenAI's models over loopback, the interpreter still first."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from agent.events import By, Failed, Heard, Key, Needs, Said, Talk, TurnEnded, Understood
from agent.turn import Stage
from tests.agent.desk import ITALIAN, Desk, desk, state
from tests.agent.voices import press, voice_of
from tests.openai_server import Answers, FakeOpenAI
from tests.recordings import spoken

ODD = "senti un po', per il Qashqai di Rossi mettimi dentro la solita roba quando torna mercoledì"
BOOK: dict[str, Any] = {
    "services": ["tagliando"],
    "plate": "ab 123 cd",
    "window": {"from": "mercoledì prossimo", "to": "mercoledì prossimo"},
}


def keyed(server: FakeOpenAI, **given: Any) -> dict[str, Any]:
    return {"llm": "openai", "api_key": "sk-test", "base_url": server.url, "stt": "none", "tts": "none", **given}


async def test_what_the_interpreter_knows_costs_no_llm(tmp_path: Path) -> None:
    async with FakeOpenAI() as server, desk(tmp_path, **keyed(server)) as counter:
        await counter.say(ITALIAN)
        assert server.asked == []
        assert counter.of(Understood)[0].by is By.INTERPRETER


async def test_what_it_does_not_know_is_booked_by_the_llm_in_one_round(tmp_path: Path) -> None:
    async with FakeOpenAI(chat=[Answers(calls=[("book_appointment", BOOK)])]) as server:
        async with desk(tmp_path, **keyed(server)) as counter:
            said = await counter.say(ODD)
            called = counter.done("book_appointment")[0].call
            understood = counter.of(Understood)[0]
        assert len(server.asked) == 1
    assert called.arguments["window"] == {"from": "2026-03-18", "to": "2026-03-18"}
    assert called.arguments["plate"] == "AB123CD"
    assert (understood.by, understood.intent) == (By.LLM, "book_appointment")
    assert {slot.words for slot in understood.slots} >= {"ab 123 cd", "tagliando"}
    assert "mercoledì 18 marzo" in said
    assert "AB 123 CD" in said
    assert len((await state(tmp_path))["operations"]) == 1


async def test_the_llm_gets_our_tools_and_never_those_of_the_screen(tmp_path: Path) -> None:
    async with FakeOpenAI(chat=[Answers(text="Buongiorno.")]) as server, desk(tmp_path, **keyed(server)) as counter:
        assert await counter.say(ODD) == "Buongiorno."
        asked = server.asked[0]
    tools = {tool["function"]["name"]: tool["function"]["parameters"] for tool in asked["tools"]}
    assert {"book_appointment", "vehicle_history", "answer_preview"} <= set(tools)
    assert not {"send_campaign", "erase_customer"} & set(tools)
    assert "own words" in tools["book_appointment"]["properties"]["start"]["description"]
    assert "x-bancone" not in str(tools)
    assert asked["model"] == "gpt-4o"
    assert "Officina Galli" in asked["messages"][0]["content"]
    assert asked["messages"][-1]["content"] == ODD


async def test_a_date_the_llm_worked_out_is_refused_and_it_tries_again(tmp_path: Path) -> None:
    wrong = BOOK | {"window": {"from": "2026-03-18", "to": "2026-03-18"}}
    answers = [Answers(calls=[("book_appointment", wrong)]), Answers(calls=[("book_appointment", BOOK)])]
    async with FakeOpenAI(chat=answers) as server, desk(tmp_path, **keyed(server)) as counter:
        await counter.say(ODD)
        assert "worked out" in str(server.asked[1]["messages"][-1])
        assert len(counter.done("book_appointment")) == 1


async def test_a_look_up_goes_back_to_the_llm_for_the_answer(tmp_path: Path) -> None:
    look = {"from": "domani", "to": "domani"}
    answers = [Answers(calls=[("list_appointments", look)]), Answers(text="Domani ce ne sono cinque.")]
    async with FakeOpenAI(chat=answers) as server, desk(tmp_path, **keyed(server)) as counter:
        assert await counter.say(ODD) == "Domani ce ne sono cinque."
        assert counter.done("list_appointments")[0].call.arguments["from"] == "2026-03-11"
        assert len(server.asked) == 2


async def test_a_plate_the_llm_misheard_waits_for_a_yes(tmp_path: Path) -> None:
    near = BOOK | {"plate": "AB 128 CD"}
    answers = [Answers(calls=[("book_appointment", near)]), Answers(calls=[("answer_preview", {"answer": "yes"})])]
    async with FakeOpenAI(chat=answers) as server, desk(tmp_path, **keyed(server)) as counter:
        await counter.say(ODD)
        assert counter.preview.needs is Needs.YES
        assert (await state(tmp_path))["operations"] == []
        await counter.say("ma certo che va bene, figurati, procedi pure tranquillamente amico mio")
        assert counter.preview.needs is Needs.NOTHING
    assert len((await state(tmp_path))["operations"]) == 1


async def test_without_a_line_the_question_is_asked_instead(tmp_path: Path, expect_log: Callable[[str], None]) -> None:
    expect_log("failed to generate LLM completion")
    expect_log("the language model failed")
    async with FakeOpenAI(failing=frozenset({"chat"})) as server, desk(tmp_path, **keyed(server)) as counter:
        said = await counter.say(ODD)
        assert said.startswith("Ora non ho la rete")
        assert counter.of(Failed)[0].code == "llm_unreachable"


async def test_a_spoken_turn_goes_through_all_of_openai(tmp_path: Path) -> None:
    speech = spoken("Book a service for the grey S U V", voice="en-us")
    async with FakeOpenAI(transcripts=[ITALIAN]) as server:
        given = keyed(server, stt="openai", tts="openai", speak=True, hear=True)
        async with desk(tmp_path, **given) as counter, voice_of(counter.session) as voice:
            await press(counter, speech)
            turn = counter.of(TurnEnded)[0].summary
        assert "Tagliando" in server.prompts[0]
        assert len(server.heard) == 1
        assert "mercoledì 18 marzo" in " ".join(server.spoken)
    assert counter.heard() == [ITALIAN]
    assert voice.seconds > 0.3
    order = (Stage.KEY_UP, Stage.TRANSCRIPT, Stage.READING, Stage.PREVIEW, Stage.FIRST_BYTE, Stage.FIRST_SOUND)
    moments = [turn.at(stage) for stage in order]
    assert moments == sorted(moment for moment in moments if moment is not None)
    assert len((await state(tmp_path))["operations"]) == 1


async def test_an_empty_press_costs_nothing(tmp_path: Path) -> None:
    async with FakeOpenAI(transcripts=["never"]) as server:
        async with desk(tmp_path, **keyed(server, stt="openai", hear=True)) as counter:
            await press(counter, bytes(32_000))  # a second of silence
            await press(counter, bytes(1_280))  # a slip of the finger
        assert server.heard == []
    assert counter.of(TurnEnded) == []
    assert counter.of(Heard) == []
    assert counter.of(Failed) == []


async def test_a_cancelled_press_is_no_turn(tmp_path: Path) -> None:
    speech = spoken("Book a service", voice="en-us")
    async with FakeOpenAI(transcripts=["never"]) as server:
        async with desk(tmp_path, **keyed(server, stt="openai", hear=True)) as counter:
            await counter.session.send(Talk(Key.DOWN, "a"))
            counter.session.push_audio(speech)
            await counter.do(Talk(Key.CANCEL))
        assert server.heard == []
    assert counter.of(TurnEnded) == []


async def test_speech_that_cannot_be_recognised_is_told(tmp_path: Path, expect_log: Callable[[str], None]) -> None:
    expect_log("failed to recognize speech")
    expect_log("speech was not recognised")
    speech = spoken("Book a service", voice="en-us")
    broken = FakeOpenAI(failing=frozenset({"transcriptions"}))
    async with broken as server, desk(tmp_path, **keyed(server, stt="openai", hear=True)) as counter:
        await press(counter, speech)
    assert counter.of(Failed)[0].code == "stt_unreachable"


async def test_a_press_cuts_the_voice_and_is_heard_whole(tmp_path: Path) -> None:
    speech = spoken("What appointments are there tomorrow", voice="en-us")
    sentences = ["che appuntamenti ci sono domani?", "che appuntamenti ci sono venerdì?"]
    async with FakeOpenAI(transcripts=[*sentences], seconds=20.0) as server:
        given = keyed(server, stt="openai", tts="openai", speak=True, hear=True)
        async with desk(tmp_path, **given) as counter, voice_of(counter.session) as voice:
            await voice.begins(lambda: press_without_waiting(counter, speech))
            await voice.begins(lambda: press_without_waiting(counter, speech))
            assert voice.cuts == 1
            assert counter.heard() == sentences
    assert [event.turn for event in counter.of(TurnEnded)][:1] == [1]
    cut = [event for event in counter.of(Said) if event.turn == 1 and event.final]
    assert all(len(event.text) < 120 for event in cut)  # kept as far as it was heard


async def press_without_waiting(counter: Desk, pcm: bytes) -> None:
    await counter.session.send(Talk(Key.DOWN, f"turn-{len(counter.events)}"))
    counter.session.push_audio(pcm)
    await asyncio.sleep(0)
    await counter.session.send(Talk(Key.UP))
