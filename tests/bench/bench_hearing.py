"""How well and how fast the offline recogniser hears, and how soon the offline voice speaks.

Spoken by espeak-ng, so a measure of change rather than of people: `make bench ARGS=hearing`.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from livekit import rtc
from livekit.agents import stt
from rapidfuzz.distance import Levenshtein

from agent.interpreter.dialogue import Dialogue
from agent.interpreter.reading import NotUnderstood, Silence
from agent.speech.espeak import EspeakTTS
from agent.speech.pocketsphinx import GrammarSTT
from tests.agent.speech.counter import demo_vocabulary
from tests.recordings import RATE, spoken

VOICES = ("en-us", "en-us+f3", "en", "en+f3")
NOW = datetime(2026, 3, 10, 10, tzinfo=ZoneInfo("Europe/Rome"))
OTHER_TALK = Path(__file__).parents[1] / "data" / "other_talk_en.txt"
OTHER_VOICES = ("en-us", "en+f3")
COMMANDS = {
    "book a service for the grey qashqai plate A B 1 2 3 C D next wednesday morning": (
        "book a service for the grey qashqai plate AB 123 CD next wednesday morning"
    ),
    "who is coming tomorrow": "",
    "what appointments do we have on friday": "",
    "move rossi's appointment to thursday at ten": "",
    "cancel the appointment for plate F H 4 8 2 L M": "cancel the appointment for plate FH 482 LM",
    "is marco free at eleven tomorrow": "",
    "undo": "",
    "yes": "",
    "book a tyre change for the red clio on monday at half past eight": "",
    "book brakes for plate G A 9 0 7 Z T on friday at nine thirty": "book brakes for plate GA 907 ZT on friday at 9:30",
    "when is the M O T due for the panda": "when is the mot due for the panda",
    "what are the opening hours on saturday": "",
    "show me the history of the golf": "",
    "find the car with plate delta kilo 3 5 1 romeo bravo": "find the car with plate DK 351 RB",
    "schedule brakes for the white yaris on friday morning": "",
}


async def heard(stream: stt.RecognizeStream, pcm: bytes) -> tuple[str, float]:
    """The transcript, and seconds from the end of speech to it; the sound comes in as fast as it is spoken."""
    step = RATE // 20 * 2
    begun = time.perf_counter()
    for number, place in enumerate(range(0, len(pcm), step)):
        piece = pcm[place : place + step]
        stream.push_frame(rtc.AudioFrame(piece, RATE, 1, len(piece) // 2))
        await asyncio.sleep(max(0.0, begun + (number + 1) / 20 - time.perf_counter()))
    ended = time.perf_counter()
    stream.flush()
    async for event in stream:
        if event.type == stt.SpeechEventType.FINAL_TRANSCRIPT:
            return event.alternatives[0].text, time.perf_counter() - ended
    raise RuntimeError("the stream ended without a transcript")


def shown(seconds: Sequence[float]) -> str:
    late = sorted(seconds)[round(0.95 * (len(seconds) - 1))]
    return f"p50 {statistics.median(seconds) * 1000:.0f} ms, p95 {late * 1000:.0f} ms"


async def hearing() -> None:
    vocabulary = demo_vocabulary()
    recogniser = GrammarSTT(vocabulary)
    begun = time.perf_counter()
    await recogniser.ready()
    print(f"ready to hear                     {time.perf_counter() - begun:.1f} s after the start, in its own process")
    waits: list[float] = []
    async with recogniser.stream() as stream:
        for voice in VOICES:
            wrong = words = whole = 0
            for said, typed in COMMANDS.items():
                text, wait = await heard(stream, spoken(said, voice=voice))
                want = (typed or said).split()
                errors = Levenshtein.distance(want, text.split())
                wrong, words, whole = wrong + errors, words + len(want), whole + (errors == 0)
                waits.append(wait)
            print(f"commands, {voice:10}              {1 - wrong / words:.0%} of words, {whole}/{len(COMMANDS)} whole")
        print(f"end of speech -> transcript       {shown(waits)}")
        await other_talk(stream)
    await recogniser.aclose()


async def other_talk(stream: stt.RecognizeStream) -> None:
    vocabulary = demo_vocabulary()
    lines = OTHER_TALK.read_text(encoding="utf-8").splitlines()
    for voice in OTHER_VOICES:
        texts = [(await heard(stream, spoken(line, voice=voice)))[0] for line in lines]
        acts = [Dialogue("en").hear(text, vocabulary=vocabulary, now=NOW, unsure=True) for text in texts if text]
        taken = sum(not isinstance(act, NotUnderstood | Silence) for act in acts)
        print(
            f"other talk, {voice:10}            {len(lines) - len(acts)}/{len(lines)} heard as nothing, "
            f"{taken} taken for a command"
        )


async def speaking() -> None:
    for language, text in (
        ("it", "Fatto. Mercoledì 18 marzo alle otto e trenta, tagliando per la Nissan Qashqai, targa AB 123 CD."),
        ("en", "Done. Wednesday 18 March at half past eight, service for the Nissan Qashqai, plate AB 123 CD."),
    ):
        voice = EspeakTTS(language=language)
        firsts = []
        for _ in range(20):
            begun = time.perf_counter()
            async with voice.synthesize(text) as speech:
                await anext(speech)
                firsts.append(time.perf_counter() - begun)
        print(f"text -> first sound, {language}           {shown(firsts)}")


async def main() -> int:
    await speaking()
    await hearing()
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
