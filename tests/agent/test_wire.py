"""JSON and back: one of each, and what is refused."""

import json
from datetime import datetime
from typing import get_args

import pytest

from agent import wire
from agent.errors import BadWire
from agent.events import (
    By,
    Call,
    Choice,
    Choose,
    Command,
    Confirm,
    Drafted,
    Event,
    Failed,
    Heard,
    Key,
    Mode,
    Needs,
    Preview,
    PreviewClosed,
    Refused,
    Reject,
    Result,
    Said,
    SetMode,
    Slot,
    State,
    StateChanged,
    Stop,
    Talk,
    ToolEnded,
    ToolStarted,
    TurnEnded,
    Type,
    Understood,
    Undo,
)
from agent.turn import Span, Stage, Turn

SLOT = Slot("plate", "AB123CD", "AB 123 CD", 3, 12, guessed=True)
CALL = Call("call_1", "book_appointment", {"plate": "AB123CD", "notify": {"channel": "whatsapp"}})
ONE_OF_EACH: list[Event | Command] = [
    StateChanged(1, State.LISTENING, Mode.COUNTER),
    Heard(1, "prenota…", False, "it"),
    Heard(1, "prenota un tagliando", True, "it", 0.5),
    Drafted(1, "book", (SLOT,), ({"plate": "AB123CD"},)),
    Understood(1, By.LLM, "book", (SLOT,), "en"),
    ToolStarted(1, CALL),
    ToolEnded(1, CALL, Result(data={"items": []}), 0.25),
    ToolEnded(1, CALL, Result(refusal=Refused("slot_taken", "taken", {"alternatives": []})), 0.25),
    Preview(
        turn=1,
        id="p",
        kind="booking",
        call=CALL,
        proposal={"appointment": {"id": "apt_1"}},
        day=({"id": "apt_1"},),
        needs=Needs.YES,
        reasons=("nearest_plate",),
        choices=(Choice("1", "domani", {"start": "2026-03-11"}),),
        expires=datetime.fromisoformat("2026-03-10T10:00:00+01:00"),
    ),
    PreviewClosed(1, "p", "rejected"),
    Said(1, "Fatto", True, "it"),
    TurnEnded(1, Turn(1, "uuid", "ciao", "ciao", None, (Span(Stage.KEY_UP, 0.5),))),
    Failed(1, "tool", "unreachable", "no answer", True),
    Talk(Key.DOWN, "uuid"),
    Talk(Key.UP),
    Type("ciao", "uuid"),
    Confirm("p", 12),
    Choose("p", "1"),
    Reject("p"),
    Undo(),
    Undo("op_1"),
    SetMode(Mode.COUNTER),
    Stop(),
]


def test_one_of_each_is_there() -> None:
    assert {type(message) for message in ONE_OF_EACH} == set(get_args(Event)) | set(get_args(Command))


@pytest.mark.parametrize("message", ONE_OF_EACH, ids=lambda message: type(message).__name__)
def test_what_is_written_is_read_back_the_same(message: Event | Command) -> None:
    assert wire.decode(wire.dump(message)) == message


@pytest.mark.parametrize("message", ONE_OF_EACH, ids=lambda message: type(message).__name__)
def test_nothing_is_null_on_the_wire(message: Event | Command) -> None:
    assert "null" not in wire.dump(message)


def test_a_line_begins_with_type_and_turn() -> None:
    line = wire.dump(ToolEnded(3, CALL, Result(data={}), 0.1))
    assert list(json.loads(line)) == ["type", "turn", "call", "result", "seconds"]
    assert line.startswith('{"type":"tool_ended","turn":3,')


def test_a_call_is_id_name_and_arguments() -> None:
    assert set(wire.encode(ToolStarted(1, CALL))["call"]) == {"id", "name", "arguments"}


def test_a_trial_says_so() -> None:
    assert wire.encode(ToolStarted(1, Call("c", "undo", {}, dry_run=True)))["call"]["dry_run"] is True


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('{"type":"fly"}', "'fly'"),
        ('{"turn":1}', "None"),
        ("[]", "list"),
        ("{", "not JSON"),
        ('{"type":"confirm","preview":"p","force":true}', "force"),
        ('{"type":"type","text":"ciao"}', "turn_id"),
        ('{"type":"talk","key":"sideways"}', "key"),
    ],
)
def test_what_is_no_message_is_refused_by_name(line: str, names: str) -> None:
    with pytest.raises(BadWire, match=names):
        wire.decode(line)


def test_an_event_is_no_command() -> None:
    with pytest.raises(BadWire, match="unknown command 'said'"):
        wire.decode_command(wire.dump(Said(1, "ciao", True, "it")))
