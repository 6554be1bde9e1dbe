"""The rig itself: that a person in front of it sees, presses, speaks and hears."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.rig.counter import Counter
from tests.rig.processes import RigError, wait_for

APP = "tiny-counter"


@pytest.fixture
def recorded(counter: Counter, tmp_path: Path) -> Iterator[Path]:
    """Where the tiny program, running and ready, writes what it hears."""
    path = tmp_path / "heard.wav"
    process = counter.python("tiny", str(Path(__file__).with_name("tiny_counter.py")), str(path))
    counter.screen.window("Tiny counter")
    counter.eyes.find(APP, lambda node: node.name == "ready", "the tiny program's ready")
    yield path
    counter.processes.stop(process)


def test_a_held_key_is_seen_speech_is_heard_and_the_answer_sounds(counter: Counter, recorded: Path) -> None:
    said = counter.sound.speak("Book a service for next Wednesday")
    with counter.sound.recording() as tape:
        with counter.screen.holding("F9"):
            counter.eyes.find(APP, lambda node: node.name == "listening", "listening while the key is held", 2)
            counter.sound.play(said)
        counter.eyes.find(APP, lambda node: node.name.startswith("heard"), "what was heard", 5)
        wait_for(lambda: tape.audible() > 0.4, "the tone in the loudspeaker", 5)
    with wave.open(str(said)) as file:
        original = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    with wave.open(str(recorded)) as file:
        heard = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    # nothing is resampled: where the two lie best upon each other they are the same to the sample
    size = 2 ** (len(original) + len(heard)).bit_length()
    likeness = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(original, size)), size)
    start = int(np.argmax(likeness))
    assert np.array_equal(heard[start : start + len(original)], original)


def test_a_button_is_pressed_through_accessibility_and_the_tray_is_there(counter: Counter, recorded: Path) -> None:
    counter.eyes.act(APP, counter.eyes.by_id(APP, "confirm"))
    counter.eyes.find(APP, lambda node: node.name == "confirmed, tray True", "the button's effect", 3)


def test_silence_is_not_taken_for_sound(counter: Counter) -> None:
    with counter.sound.recording("vmic") as tape:
        wait_for(lambda: len(tape.samples()) > 24_000, "half a second of silence", 5)
    assert tape.audible() == 0


def test_what_is_not_on_the_screen_is_said_so_with_what_is(counter: Counter, recorded: Path) -> None:
    with pytest.raises(RigError, match=r"(?s)a booking: not within 0.2 s.*label state: 'ready'"):
        counter.eyes.find(APP, lambda node: node.name == "booked", "a booking", 0.2)


def test_a_photograph_shows_the_window(counter: Counter, recorded: Path, tmp_path: Path) -> None:
    picture = counter.screen.photograph(tmp_path / "screen.png")
    assert picture.stat().st_size > 2000


def test_nothing_of_a_counter_outlives_it() -> None:
    place = Counter()
    marks = [process.pid for _, process in place.processes._running]
    place.close()
    assert not place.folder.exists()
    left = [pid for pid in marks if Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes()]
    assert left == []
