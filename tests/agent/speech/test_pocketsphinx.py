"""Hearing without a key: English commands come out as one would type them, most other talk comes out as nothing."""

import asyncio
import dataclasses
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from livekit import rtc
from livekit.agents import APIConnectionError, APIConnectOptions, stt

from agent.errors import Unhearable
from agent.speech.pocketsphinx import GrammarSTT
from tests.agent.speech.counter import demo_vocabulary
from tests.recordings import RATE, can_record, spoken, with_noise

pytestmark = pytest.mark.skipif(not can_record(), reason="espeak-ng and sox are not installed")

ONCE = APIConnectOptions(max_retry=0)
OTHER_TALK = Path(__file__).parents[2] / "data" / "other_talk_en.txt"
MAN, WOMAN = "en-us", "en-us+f3"
COMMANDS = {
    MAN: {
        (
            "Book a service for the grey SUV, plate A B 1 2 3 C D, the first available slot next Wednesday, "
            "and send a WhatsApp confirmation with a reminder the day before."
        ): (
            "book a service for the grey suv plate AB 123 CD the first available slot next wednesday "
            "and send a whatsapp confirmation with a reminder the day before"
        ),
        "Book an oil change for the red Clio tomorrow at nine.": "book an oil change for the red clio tomorrow at nine",
        "Is Marco free at eleven tomorrow?": "is marco free at eleven tomorrow",
        "Undo.": "undo",
        "Yes.": "yes",
        "No.": "no",
    },
    WOMAN: {
        "Move the appointment for plate F H 4 8 2 L M to Friday at ten.": (
            "move the appointment for plate FH 482 LM to friday at ten"
        ),
        "Find the car with plate delta kilo 3 5 1 romeo bravo.": "find the car with plate DK 351 RB",
        "What are the opening hours on Saturday?": "what are the opening hours on saturday",
        "Who is coming tomorrow?": "who is coming tomorrow",
    },
}


@pytest.fixture
async def recogniser() -> AsyncIterator[GrammarSTT]:
    made = GrammarSTT(demo_vocabulary())
    yield made
    await made.aclose()


def frames(pcm: bytes) -> list[rtc.AudioFrame]:
    """20 ms each, as the microphone gives them."""
    step = RATE // 50 * 2
    return [rtc.AudioFrame(pcm[n : n + step], RATE, 1, len(pcm[n : n + step]) // 2) for n in range(0, len(pcm), step)]


async def events(stream: stt.RecognizeStream, pcm: bytes) -> list[stt.SpeechEvent]:
    """All events of one utterance, the final one last."""
    for frame in frames(pcm):
        stream.push_frame(frame)
    stream.flush()
    found = [await anext(stream)]
    while found[-1].type != stt.SpeechEventType.FINAL_TRANSCRIPT:
        found.append(await anext(stream))
    return found


async def appear(recogniser: GrammarSTT, *, but: tuple[int, ...] = ()) -> tuple[int, ...]:
    """The helpers, once there are some and all of ``but`` are known to be gone."""
    async with asyncio.timeout(10):
        while not (running := recogniser.helpers()) or set(running) & set(but):
            await asyncio.sleep(0.01)
            recogniser.prewarm()
    return running


async def to_the_end(stream: stt.RecognizeStream) -> None:
    async for _ in stream:
        pass


async def finals(recogniser: GrammarSTT, *utterances: bytes) -> list[str]:
    """What each utterance was taken for, all heard by one stream."""
    async with recogniser.stream(conn_options=ONCE) as stream:
        return [(await events(stream, pcm))[-1].alternatives[0].text for pcm in utterances]


def content(text: str) -> list[str]:
    """The words that matter to the interpreter: little ones sound alike to any recogniser."""
    return [word for word in text.split() if word not in ("a", "an", "the", "in", "of", "for", "on")]


@pytest.mark.parametrize("voice", COMMANDS)
async def test_commands_are_heard_as_they_would_be_typed(recogniser: GrammarSTT, voice: str) -> None:
    said = COMMANDS[voice]
    heard = await finals(recogniser, *(spoken(text, voice=voice) for text in said))
    assert [content(text) for text in heard] == [content(text) for text in said.values()]


async def test_a_room_with_noise_changes_nothing(recogniser: GrammarSTT) -> None:
    said = spoken("cancel the appointment for plate F H 4 8 2 L M", voice=MAN)
    assert await finals(recogniser, with_noise(said, 0.003)) == ["cancel the appointment for plate FH 482 LM"]


async def test_most_other_talk_is_nothing(recogniser: GrammarSTT) -> None:
    """The whole list, in two voices, is measured by tests/bench/bench_hearing.py."""
    lines = OTHER_TALK.read_text(encoding="utf-8").splitlines()[::5]
    heard = await finals(recogniser, *(spoken(text, voice=(MAN, WOMAN)[n % 2]) for n, text in enumerate(lines)))
    assert sum(text != "" for text in heard) <= 1, heard


async def test_what_was_said_before_does_not_matter(recogniser: GrammarSTT) -> None:
    first = spoken("is marco free at eleven tomorrow", voice=MAN)
    other = spoken("who is coming tomorrow", voice=WOMAN)
    heard = await finals(recogniser, first, other, first, other, first)
    assert heard == [heard[0], heard[1]] * 2 + [heard[0]]


async def test_the_text_grows_while_somebody_speaks(recogniser: GrammarSTT) -> None:
    async with recogniser.stream(conn_options=ONCE) as stream:
        found = await events(stream, spoken("cancel the appointment for plate F H 4 8 2 L M", voice=MAN))
    growing = [event.alternatives[0].text for event in found if event.type == stt.SpeechEventType.INTERIM_TRANSCRIPT]
    assert any(text.startswith("cancel") for text in growing)


async def test_a_press_without_sound_is_answered_at_once(recogniser: GrammarSTT) -> None:
    assert await finals(recogniser, b"", b"") == ["", ""]


async def test_a_second_stream_may_begin_before_the_first_has_ended(recogniser: GrammarSTT) -> None:
    said = spoken("who is coming tomorrow", voice=MAN)
    async with recogniser.stream(conn_options=ONCE) as dropped:
        for frame in frames(said)[:60]:
            dropped.push_frame(frame)
        assert await finals(recogniser, said) == ["who is coming tomorrow"]


async def test_another_vocabulary_counts_from_the_next_utterance(recogniser: GrammarSTT) -> None:
    said = spoken("is giovanni free at eleven tomorrow", voice=MAN)
    before = await finals(recogniser, said)
    demo = demo_vocabulary()
    staff = (dataclasses.replace(demo.staff[0], name="Giovanni Galli", spoken=("Giovanni",)), *demo.staff[1:])
    recogniser.set_vocabulary(dataclasses.replace(demo, version="2", staff=staff))
    assert await finals(recogniser, said) == ["is giovanni free at eleven tomorrow"] != before


async def test_a_helper_that_dies_is_an_api_error_and_the_next_stream_works(recogniser: GrammarSTT) -> None:
    said = spoken("who is coming tomorrow", voice=MAN)
    async with recogniser.stream(conn_options=ONCE) as stream:
        for frame in frames(said)[:60]:
            stream.push_frame(frame)
        helpers = await appear(recogniser)
        for pid in helpers:
            os.kill(pid, signal.SIGKILL)
        stream.flush()
        with pytest.raises(APIConnectionError, match="hearing"):
            await to_the_end(stream)
        await appear(recogniser, but=helpers)
    assert await finals(recogniser, said) == ["who is coming tomorrow"]


async def test_closing_leaves_no_process() -> None:
    recogniser = GrammarSTT(demo_vocabulary())
    await recogniser.ready()
    helpers = recogniser.helpers()
    await recogniser.aclose()
    assert helpers
    for pid in helpers:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_italian_is_refused_with_what_to_do_instead() -> None:
    with pytest.raises(Unhearable, match="English only, not 'it'"):
        GrammarSTT(language="it")


def test_its_transcripts_are_guesses() -> None:
    assert GrammarSTT.guesses is True
