"""Hearing without a key: English commands come out as one would type them, other talk comes out as nothing."""

from pathlib import Path

import pytest
from livekit import rtc
from livekit.agents import APIConnectOptions, stt

from agent.speech.pocketsphinx import GrammarSTT
from tests.agent.speech.counter import demo_vocabulary
from tests.recordings import ENGLISH_VOICES, RATE, can_record, spoken

pytestmark = pytest.mark.skipif(not can_record(), reason="espeak-ng and sox are not installed")

ONCE = APIConnectOptions(max_retry=0)
COMMANDS = {
    "who is coming tomorrow": "who is coming tomorrow",
    "what are the opening hours on saturday": "what are the opening hours on saturday",
    "cancel the appointment for plate F H 4 8 2 L M": "cancel the appointment for plate FH 482 LM",
    "book a service for the grey qashqai next wednesday morning": (
        "book a service for the grey qashqai next wednesday morning"
    ),
}
OTHER_TALK = Path(__file__).parents[2] / "data" / "other_talk_en.txt"


def frames(pcm: bytes) -> list[rtc.AudioFrame]:
    """20 ms each, as the microphone gives them."""
    step = RATE // 50 * 2
    return [rtc.AudioFrame(pcm[n : n + step], RATE, 1, len(pcm[n : n + step]) // 2) for n in range(0, len(pcm), step)]


async def finals(recogniser: GrammarSTT, *utterances: bytes) -> list[str]:
    """What each utterance was taken for, all heard by one stream."""
    heard: list[str] = []
    async with recogniser.stream(conn_options=ONCE) as stream:
        for pcm in utterances:
            for frame in frames(pcm):
                stream.push_frame(frame)
            stream.flush()
            async for event in stream:
                if event.type == stt.SpeechEventType.FINAL_TRANSCRIPT:
                    heard.append(event.alternatives[0].text)
                    break
    return heard


@pytest.mark.parametrize("voice", ENGLISH_VOICES)
@pytest.mark.parametrize("said", COMMANDS)
async def test_a_command_is_heard_as_it_would_be_typed(said: str, voice: str) -> None:
    recogniser = GrammarSTT(demo_vocabulary())
    try:
        assert await finals(recogniser, spoken(said, voice=voice)) == [COMMANDS[said]]
    finally:
        await recogniser.aclose()
