"""The offline voice: it speaks both languages, starts at once, and stops when told."""

import asyncio
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
from livekit import rtc
from livekit.agents import APIConnectionError, APIConnectOptions

from agent.errors import Unspeakable
from agent.speech.espeak import SAMPLE_RATE, EspeakTTS, as_spoken

SENTENCE = "Fatto. Mercoledì 18 marzo alle otto e trenta, tagliando per la Audi Q5, targa AB 123 CD."
READ_TWICE = "il 18 marzo 2026 alle 8:30"
ONCE = APIConnectOptions(max_retry=0)


async def heard(voice: EspeakTTS, text: str) -> rtc.AudioFrame:
    async with voice.synthesize(text, conn_options=ONCE) as speech:
        return await speech.collect()


def children() -> list[str]:
    listed = subprocess.run(["ps", "-eo", "ppid,comm,args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if "espeak-ng" in line]


async def test_a_sentence_becomes_24_khz_mono_sound_without_a_silent_start() -> None:
    frame = await heard(EspeakTTS(language="it"), SENTENCE)
    samples = np.frombuffer(frame.data, np.int16)
    assert (frame.sample_rate, frame.num_channels) == (SAMPLE_RATE, 1)
    assert 4.0 < frame.duration < 12.0
    assert np.abs(samples[: SAMPLE_RATE // 50]).max() > 160, "the first 20 ms are silent"


async def test_the_first_sound_comes_long_before_the_last() -> None:
    voice = EspeakTTS(language="it")
    await heard(voice, "pronto")  # the program is in the page cache
    begun, first = time.perf_counter(), None
    async with voice.synthesize(SENTENCE * 20, conn_options=ONCE) as speech:
        async for _ in speech:
            first = first or time.perf_counter() - begun
    assert first is not None
    assert first < (time.perf_counter() - begun) / 2
    assert first < 0.5


async def test_the_language_is_set_from_call_to_call() -> None:
    voice = EspeakTTS(language="it")
    italian = await heard(voice, READ_TWICE)
    voice.update_options(language="en")
    english = await heard(voice, READ_TWICE)
    voice.update_options(language="it-IT")
    again = await heard(voice, READ_TWICE)
    assert again.duration == pytest.approx(italian.duration, abs=0.01)
    assert english.duration != pytest.approx(italian.duration, abs=0.05)


async def test_voice_and_speed_change_what_is_heard() -> None:
    plain = await heard(EspeakTTS(language="en"), "your car is ready")
    fast = await heard(EspeakTTS(language="en", speed=300), "your car is ready")
    woman = await heard(EspeakTTS(language="en", voice="f3"), "your car is ready")
    assert fast.duration < plain.duration * 0.8
    first, second = (np.frombuffer(one.data, np.int16)[:SAMPLE_RATE].astype(int) for one in (woman, plain))
    assert np.abs(first - second).mean() > 100, "the same voice; espeak-ng alone differs by a unit or two"


async def test_cancelling_kills_the_program() -> None:
    async with EspeakTTS(language="it").synthesize(SENTENCE * 400, conn_options=ONCE) as speech:
        await anext(speech)
        assert children()
    for _ in range(50):  # init reaps at its leisure; ours is waited for, so gone at once
        if not children():
            break
        await asyncio.sleep(0.02)
    assert children() == []


async def test_what_is_said_is_not_on_the_command_line() -> None:
    async with EspeakTTS(language="it").synthesize("segretissimo " * 2000, conn_options=ONCE) as speech:
        await anext(speech)
        assert children()
        assert not [line for line in children() if "segretissimo" in line]


def test_a_missing_program_says_what_to_install() -> None:
    with pytest.raises(Unspeakable, match="apt install espeak-ng"):
        EspeakTTS(program="/nowhere/espeak-ng")


@pytest.mark.parametrize(
    ("options", "told"),
    [({"language": "fr"}, "'fr'"), ({"voice": "f3 -w x;"}, "f3 -w x;"), ({"speed": 5}, "speed 5")],
)
def test_settings_that_cannot_be_are_named(options: dict[str, object], told: str) -> None:
    with pytest.raises(Unspeakable, match=told):
        EspeakTTS(**options)  # type: ignore[arg-type]


async def test_a_program_that_fails_is_a_fault_with_its_own_words(tmp_path: Path) -> None:
    program = tmp_path / "espeak-ng"
    program.write_text("#!/bin/sh\necho 'no such data' >&2\nexit 3\n")
    program.chmod(0o755)
    with pytest.raises(APIConnectionError, match="no such data"):
        await heard(EspeakTTS(program=str(program)), "ciao")


def test_a_plate_is_spelled() -> None:
    assert as_spoken("targa AB 123 CD, Audi") == "targa A B, 1 2 3, C D, Audi"
    assert as_spoken("GH789IJ") == "G H, 7 8 9, I J"
    assert as_spoken("alle 8:30 in via ROMA 123") == "alle 8:30 in via ROMA 123"
