"""The gate: what of the microphone leaves it."""

from __future__ import annotations

import random
from array import array
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.audio.gate import CHUNK, MEMORY, PRE_ROLL, SILENCE, TAIL, Gate, level

LOUD = array("h", [8000, -8000] * 160).tobytes()
QUIET = bytes(640)


def numbered(number: int, *, loud: bool = True) -> bytes:
    """A chunk that can be told from every other."""
    return array("h", [number, *([9000 if loud else 0] * 319)]).tobytes()


@dataclass
class Recorder:
    """Feeds a gate chunks on the clock and keeps what came out, by number."""

    gate: Gate = field(default_factory=Gate)
    sent: list[int] = field(default_factory=list)
    times: dict[int, float] = field(default_factory=dict)
    ends: list[float] = field(default_factory=list)
    number: int = 0

    def hear(self, chunks: int, *, loud: bool = True) -> None:
        for _ in range(chunks):
            self.number += 1
            at = self.number * CHUNK
            self.times[self.number] = at
            heard, ended = self.gate.feed(at, numbered(self.number, loud=loud))
            if heard is not None:
                self.sent.append(array("h", heard)[0])
            if ended:
                self.ends.append(at)

    def talk(self) -> float:
        """Key-down now."""
        now = self.number * CHUNK
        self.sent += [array("h", chunk)[0] for chunk in self.gate.let_in(now)]
        return now


def test_a_closed_gate_sends_nothing() -> None:
    tape = Recorder()
    tape.hear(500)
    assert tape.sent == []


def test_the_moment_before_the_key_is_sent_too() -> None:
    tape = Recorder()
    tape.hear(100)
    down = tape.talk()
    tape.hear(1)
    assert down - tape.times[tape.sent[0]] == pytest.approx(PRE_ROLL, abs=CHUNK)
    assert tape.sent == list(range(tape.sent[0], 102))


def test_a_press_heard_of_late_still_gets_its_pre_roll() -> None:
    tape = Recorder()
    tape.hear(100)
    down = tape.number * CHUNK
    tape.hear(20)  # the session was not ready for 0.4 s
    tape.sent += [array("h", chunk)[0] for chunk in tape.gate.let_in(down)]
    assert tape.times[tape.sent[0]] <= down - PRE_ROLL + CHUNK
    assert tape.sent[-1] == 120


def test_quiet_after_the_key_ends_the_tail_early() -> None:
    tape = Recorder()
    tape.talk()
    tape.hear(10)
    up = tape.number * CHUNK
    tape.gate.let_out(up)
    tape.hear(20, loud=False)
    assert len(tape.ends) == 1
    assert tape.ends[0] - up < TAIL / 2
    assert not tape.gate.open


def test_speech_after_the_key_gets_the_whole_tail_and_no_more() -> None:
    tape = Recorder()
    tape.talk()
    tape.hear(10)
    up = tape.number * CHUNK
    tape.gate.let_out(up)
    tape.hear(40)
    assert [round(at - up, 2) for at in tape.ends] == [TAIL]


def test_quiet_before_the_key_was_let_go_does_not_count() -> None:
    tape = Recorder()
    tape.talk()
    tape.hear(50, loud=False)
    tape.gate.let_out(tape.number * CHUNK)
    tape.hear(2)
    assert tape.gate.open


def test_what_is_cancelled_is_forgotten() -> None:
    tape = Recorder()
    tape.talk()
    tape.hear(10)
    assert tape.gate.shut()
    assert not tape.gate.shut()
    tape.sent.clear()
    tape.talk()
    assert tape.sent == []


def test_loudness_is_in_dbfs() -> None:
    assert level(QUIET) == SILENCE == level(b"")
    assert round(level(LOUD), 1) == -12.2


@settings(max_examples=300, deadline=None)
@given(
    before=st.integers(0, 120),
    late=st.integers(0, round((MEMORY - PRE_ROLL) / CHUNK) - 1),
    held=st.integers(0, 200),
    after=st.integers(20, 60),
    noise=st.integers(0, 2**32),
)
def test_every_chunk_from_the_pre_roll_to_the_tail_is_sent_once_and_in_order(
    before: int, late: int, held: int, after: int, noise: int
) -> None:
    draw = random.Random(noise)
    tape = Recorder()
    tape.hear(before)
    down = tape.number * CHUNK
    tape.hear(late)
    tape.sent += [array("h", chunk)[0] for chunk in tape.gate.let_in(down)]
    for _ in range(held):
        tape.hear(1, loud=draw.random() < 0.5)
    up = tape.number * CHUNK
    tape.gate.let_out(up)
    for _ in range(after):
        tape.hear(1, loud=draw.random() < 0.5)
    assert len(tape.ends) == 1
    assert tape.ends[0] <= up + TAIL + CHUNK + 1e-9  # a chunk is the clock's grain, floating point is finer
    assert tape.sent == [number for number, at in tape.times.items() if at >= down - PRE_ROLL and at <= tape.ends[0]]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["hear", "quiet", "down", "up", "shut"]), max_size=200))
def test_whatever_is_pressed_nothing_is_sent_twice_or_out_of_order(steps: list[str]) -> None:
    tape = Recorder()
    for step in steps:
        match step:
            case "hear":
                tape.hear(3)
            case "quiet":
                tape.hear(3, loud=False)
            case "down":
                tape.talk()
            case "up":
                tape.gate.let_out(tape.number * CHUNK)
            case "shut":
                tape.gate.shut()
        closed_before = len(tape.sent)
        if not tape.gate.open:
            tape.hear(1)
            assert len(tape.sent) == closed_before
    assert tape.sent == sorted(set(tape.sent))
