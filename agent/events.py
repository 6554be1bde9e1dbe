"""The conversation's vocabulary: what the agent tells the desktop, what the desktop tells the agent.

Two closed unions of frozen dataclasses, plain Python. `agent/wire.py` alone turns them into JSON.
Every event carries `turn`, the number of the turn it belongs to (0 before the first).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from agent.turn import Turn

Json = Mapping[str, Any]


class State(StrEnum):
    IDLE = "idle"
    LISTENING = "listening"
    THINKING = "thinking"
    SPEAKING = "speaking"


class Mode(StrEnum):
    PUSH_TO_TALK = "push_to_talk"
    COUNTER = "counter"


class Needs(StrEnum):
    """What a preview waits for."""

    NOTHING = "nothing"
    YES = "yes"
    SCREEN = "screen"


class By(StrEnum):
    INTERPRETER = "interpreter"
    LLM = "llm"


@dataclass(frozen=True, slots=True)
class Slot:
    """One value that was understood."""

    kind: str
    """`when`, `plate`, `service`, `staff`…"""
    value: Any
    """JSON: the resolved value."""
    words: str
    """The words it came from; empty when it came from what is in focus."""
    start: int | None = None
    """Character span in the heard text."""
    end: int | None = None
    guessed: bool = False
    source: str = "said"
    """`said`, `question` (answers the one just asked), `focus` (what was talked about)."""


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call as shown on the screen."""

    id: str
    name: str
    arguments: Json
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    code: str
    message: str
    details: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """Exactly one of the two."""

    data: Json | None = None
    refusal: Refused | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A chip beside the preview."""

    id: str
    """`1`, `2`…, as said or clicked."""
    label: str
    arguments: Json
    """What replaces the arguments of the preview's call."""


# Events


@dataclass(frozen=True, slots=True)
class StateChanged:
    turn: int
    state: State
    mode: Mode


@dataclass(frozen=True, slots=True)
class Heard:
    turn: int
    text: str
    final: bool
    language: str
    """`it` or `en`."""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """What is understood so far, while the person still speaks."""

    turn: int
    intent: str
    slots: tuple[Slot, ...]
    matches: tuple[Json, ...] = ()
    """Known vehicles or customers the words fit."""


@dataclass(frozen=True, slots=True)
class Understood:
    turn: int
    by: By
    intent: str
    slots: tuple[Slot, ...]
    language: str


@dataclass(frozen=True, slots=True)
class ToolStarted:
    turn: int
    call: Call


@dataclass(frozen=True, slots=True)
class ToolEnded:
    turn: int
    call: Call
    result: Result
    seconds: float


@dataclass(frozen=True, slots=True)
class Preview:
    """What is proposed (`needs` yes or screen) or was done (`needs` nothing, with its operation_id)."""

    turn: int
    id: str
    kind: str
    """`booking`, `move`, `cancellation`, `message`, `campaign`, `record`, `undo`…: picks the panel's layout."""
    call: Call
    proposal: Json
    """The data of the dry run, or of the write."""
    day: tuple[Json, ...]
    """The appointments of the day concerned, shape `appointment`, by start."""
    needs: Needs
    reasons: tuple[str, ...] = ()
    """Why it needs a yes: `nearest_plate`, `heard_unsurely`, `falling_odometer`…"""
    choices: tuple[Choice, ...] = ()
    expires: datetime | None = None
    operation_id: str | None = None
    """Of what was done; what Undo takes."""


@dataclass(frozen=True, slots=True)
class PreviewClosed:
    """A preview that waited is no longer up: rejected, replaced, expired or done."""

    turn: int
    id: str
    outcome: str
    """`done`, `rejected`, `replaced`, `expired`."""


@dataclass(frozen=True, slots=True)
class Said:
    turn: int
    text: str
    """Interim: what was spoken so far; final: the whole, cut where it was interrupted."""
    final: bool
    language: str


@dataclass(frozen=True, slots=True)
class TurnEnded:
    turn: int
    summary: Turn


@dataclass(frozen=True, slots=True)
class Failed:
    """A fault, for the operator. A refusal is not one."""

    turn: int
    stage: str
    """`start`, `hearing`, `understanding`, `tool`, `speaking`, `connection`."""
    code: str
    message: str
    retryable: bool


Event = (
    StateChanged
    | Heard
    | Drafted
    | Understood
    | ToolStarted
    | ToolEnded
    | Preview
    | PreviewClosed
    | Said
    | TurnEnded
    | Failed
)


# Commands


class Key(StrEnum):
    DOWN = "down"
    UP = "up"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Talk:
    """The talk key. `turn_id` is a new UUID with every `down`."""

    key: Key
    turn_id: str | None = None


@dataclass(frozen=True, slots=True)
class Type:
    """A typed turn. `turn_id`: a UUID; the same one again is the same turn sent again."""

    text: str
    turn_id: str


@dataclass(frozen=True, slots=True)
class Confirm:
    preview: str
    count: int | None = None
    """The number of recipients repeated, where the preview needs the screen."""


@dataclass(frozen=True, slots=True)
class Choose:
    preview: str
    choice: str


@dataclass(frozen=True, slots=True)
class Reject:
    preview: str


@dataclass(frozen=True, slots=True)
class Undo:
    operation: str | None = None
    """None: the last write of this desk that still stands."""


@dataclass(frozen=True, slots=True)
class SetMode:
    mode: Mode


@dataclass(frozen=True, slots=True)
class Stop:
    """Fall silent at once; nothing that was done is undone."""


Command = Talk | Type | Confirm | Choose | Reject | Undo | SetMode | Stop
