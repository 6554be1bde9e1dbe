"""When a key means talking, and what one press does to everything it joins."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.events import Command, Key, Talk
from desktop.hotkey.machine import MAX_TALK, SHORTEST, TAP, Action, Mode, PushToTalk
from desktop.talk import Talker


def test_holding_talks() -> None:
    key = PushToTalk(Mode.HOLD)
    assert key.down(1.0) is Action.START
    assert key.up(3.0) is Action.SEND


def test_a_slip_of_the_hand_costs_nothing() -> None:
    key = PushToTalk(Mode.HOLD)
    key.down(1.0)
    assert key.up(1.0 + SHORTEST / 2) is Action.CANCEL


def test_key_repeat_is_one_press() -> None:
    key = PushToTalk(Mode.HOLD)
    assert [key.down(1.0), key.down(1.3), key.down(1.4)] == [Action.START, None, None]


def test_toggling_starts_with_one_press_and_ends_with_the_next() -> None:
    key = PushToTalk(Mode.TOGGLE)
    assert [key.down(1.0), key.up(1.1), key.down(4.0), key.up(4.1)] == [Action.START, None, Action.SEND, None]


@pytest.mark.parametrize(("held", "ends"), [(TAP / 2, None), (TAP * 2, Action.SEND)])
def test_auto_goes_by_how_long_it_is_held(held: float, ends: Action | None) -> None:
    key = PushToTalk(Mode.AUTO)
    key.down(1.0)
    assert key.up(1.0 + held) is ends
    assert key.latched is (ends is None)


def test_a_jammed_key_is_let_go() -> None:
    key = PushToTalk(Mode.HOLD)
    key.down(1.0)
    assert key.tick(1.0 + MAX_TALK - 1) is None
    assert key.tick(1.0 + MAX_TALK) is Action.SEND
    assert key.up(500.0) is None


EDGES = st.lists(
    st.tuples(st.sampled_from(["down", "up", "cancel", "tick"]), st.floats(0.0, 200.0, allow_nan=False)), max_size=60
)


@settings(max_examples=400, deadline=None)
@given(mode=st.sampled_from(list(Mode)), edges=EDGES)
def test_a_start_is_always_ended_before_the_next(mode: Mode, edges: list[tuple[str, float]]) -> None:
    key, now, talking = PushToTalk(mode), 0.0, False
    for edge, pause in edges:
        now += pause
        action = key.cancel() if edge == "cancel" else getattr(key, edge)(now)
        if action is Action.START:
            assert not talking
            talking = True
        elif action is not None:
            assert talking
            talking = False
        assert key.talking is talking
    assert (key.cancel() is Action.CANCEL) is talking


# What a press joins


@dataclass
class Counter:
    """Session, microphone and loudspeaker, each writing down what it is told."""

    log: list[str] = field(default_factory=list)
    takes: bool = True
    hears: bool = True
    press: str = ""

    def send(self, command: Command) -> bool:
        assert isinstance(command, Talk)
        if self.takes:
            self.log.append(str(command.key))
        return self.takes

    def talk(self, key_down: float, press: str) -> bool:
        if self.hears:
            self.press = press
            self.log.append(f"open {key_down:g}")
        return self.hears

    def release(self, key_up: float) -> None:
        self.log.append(f"tail {key_up:g}")

    def cancel(self) -> None:
        self.log.append("shut")

    def hush(self) -> None:
        self.log.append("hush")

    def resume(self) -> None:
        self.log.append("resume")

    def talker(self, mode: Mode = Mode.HOLD) -> Talker:
        return Talker(
            PushToTalk(mode),
            session=self,
            ear=self,
            mouth=self,
            refused=lambda what: self.log.append(f"refused {what}"),
            talking=lambda on: self.log.append(f"talking {on}"),
        )


def test_the_session_knows_of_the_press_before_speech_and_of_its_end_behind_the_tail() -> None:
    counter = Counter()
    talker = counter.talker()
    talker.key_down(1.0)
    talker.key_up(3.0)
    assert "up" not in counter.log
    talker.ended(counter.press)
    assert counter.log == [
        "hush", "down", "open 1", "talking True", "resume", "talking False", "tail 3", "up"
    ]  # fmt: skip


def test_escape_drops_what_is_being_said() -> None:
    counter = Counter()
    talker = counter.talker()
    talker.key_down(1.0)
    talker.cancel()
    talker.key_up(3.0)
    assert counter.log[-2:] == ["shut", "cancel"]


def test_without_a_session_nothing_is_opened_and_it_is_said() -> None:
    counter = Counter(takes=False)
    talker = counter.talker()
    talker.key_down(1.0)
    talker.key_up(3.0)
    assert counter.log == ["hush", "resume", "refused session"]


def test_without_a_microphone_the_press_is_taken_back_and_it_is_said() -> None:
    counter = Counter(hears=False)
    talker = counter.talker()
    talker.key_down(1.0)
    talker.key_up(3.0)
    assert counter.log == ["hush", "down", "cancel", "resume", "refused microphone"]


def test_a_microphone_lost_under_a_held_key_drops_the_half_sentence() -> None:
    counter = Counter()
    talker = counter.talker()
    talker.key_down(1.0)
    talker.ended(counter.press)
    talker.key_up(3.0)
    assert counter.log[-2:] == ["cancel", "refused microphone"]
    assert "up" not in counter.log


def test_a_press_within_the_tail_of_the_last_ends_that_one_first() -> None:
    counter = Counter()
    talker = counter.talker()
    talker.key_down(1.0)
    first = counter.press
    talker.key_up(3.0)
    talker.key_down(3.1)
    talker.ended(first)  # told late by the microphone's thread
    assert [word for word in counter.log if word in ("down", "up")] == ["down", "up", "down"]
    assert talker.talking


def test_the_button_does_not_end_what_the_key_began() -> None:
    counter = Counter()
    talker = counter.talker()
    talker.key_down(1.0)
    talker.take(Talk(Key.DOWN, "from the window"))
    talker.take(Talk(Key.UP))
    assert talker.talking
    talker.key_up(3.0)
    assert not talker.talking


def test_the_button_keeps_the_turn_id_it_was_given() -> None:
    counter = Counter()
    talker = counter.talker()
    talker.take(Talk(Key.DOWN, "its own"))
    assert counter.press == "its own"
    talker.take(Talk(Key.UP))
    talker.ended("its own")
    assert counter.log[-1] == "up"


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["key_down", "key_up", "button_down", "button_up", "cancel", "tick", "ended", "lost"]),
        st.floats(0.0, 150.0, allow_nan=False),
    ),
    max_size=60,
)


@settings(max_examples=300, deadline=None)
@given(mode=st.sampled_from(list(Mode)), steps=STEPS)
def test_whatever_is_pressed_downs_and_ends_take_turns(mode: Mode, steps: list[tuple[str, float]]) -> None:
    counter = Counter()
    talker = counter.talker(mode)
    now = 0.0
    for step, pause in steps:
        now += pause
        match step:
            case "key_down":
                talker.key_down(now)
            case "key_up":
                talker.key_up(now)
            case "button_down":
                talker.take(Talk(Key.DOWN))
            case "button_up":
                talker.take(Talk(Key.UP))
            case "cancel":
                talker.cancel()
            case "tick":
                talker.tick(now)
            case "ended":
                talker.ended(counter.press)
            case "lost":
                counter.hears = not counter.hears
    talker.cancel()
    talker.ended(counter.press)
    said = [word for word in counter.log if word in ("down", "up", "cancel")]
    assert said[::2] == ["down"] * len(said[::2])
    assert "down" not in said[1::2]
    assert len(said) % 2 == 0
    hushes = [word for word in counter.log if word in ("hush", "resume")]
    assert hushes == ["hush", "resume"] * (len(hushes) // 2)
