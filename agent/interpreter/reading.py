"""The interpreter's own words: tokens, what finders find, what a sentence is read as, what to do next.

Text is never changed: every token and every value keeps its character span in what was heard.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from agent.events import Slot
from tools.domain import Vocabulary

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Word:
    """One token; an apostrophe ends one ("l'otto" is "l'" and "otto")."""

    text: str
    """As it stands in the heard text."""
    norm: str
    """Lower case, accents kept, apostrophes straight."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """One value a finder proposes for a run of words."""

    kind: str
    """`when`, `plate`, `vehicle`, `person`, `service`, `staff`, `channel`, `template`, `mileage`, `phone`, `email`,
    `count`, `offset`, `duration`, `status`, `note`, `position` ("the second one")."""
    value: Any
    """A frozen dataclass or plain value of the finder's module."""
    first: int
    """Index of the first word."""
    last: int
    """Index of the last word, inclusive."""
    cost: float = 0.0
    """0 for an exact reading; overlaps are settled by the least total cost, uncovered words cost most."""
    guessed: bool = False
    reason: str | None = None
    """Why it is a guess, as shown to the person: `nearest_plate`, `similar_name`…"""


@dataclass(frozen=True, slots=True)
class Context:
    """What a finder may look at beside the words."""

    language: str
    """`it` or `en`."""
    now: datetime
    """Aware, in the workshop's zone."""
    vocabulary: Vocabulary


class Finder(Protocol):
    """Each kind of slot has one; every proposal stands alone, overlapping ones are allowed."""

    def __call__(self, words: Sequence[Word], context: Context) -> Sequence[Found]: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """Another reading that is offered as a chip."""

    label: str
    arguments: Json
    """What replaces the call's arguments when it is chosen."""


@dataclass(frozen=True, slots=True)
class CallTool:
    """Call one tool of the workshop; every argument is resolved (ISO instants, ids, E.164)."""

    name: str
    arguments: Json
    intent: str
    slots: tuple[Slot, ...]
    language: str
    reasons: tuple[str, ...] = ()
    """Not empty: something was guessed; a person says yes first."""
    choices: tuple[Choice, ...] = ()
    quiet: bool = False
    """A look-up on the way to the real call: nothing is said of it."""


@dataclass(frozen=True, slots=True)
class AnswerPreview:
    """The person answered the preview that waits."""

    answer: str
    """`yes`, `no`, or the id of a choice."""
    language: str


@dataclass(frozen=True, slots=True)
class Say:
    """Nothing (more) to call: say this."""

    text: str
    language: str
    intent: str = ""
    slots: tuple[Slot, ...] = ()
    question: bool = False
    """It asks for what is missing; the next turn may answer it."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """For the LLM if there is one; else `question` is said. `language` is the better guess."""

    language: str
    question: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Not meant for the assistant."""


Act = CallTool | AnswerPreview | Say | NotUnderstood | Silence


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a call, as the dialogue hears it back."""

    call: CallTool
    data: Json | None = None
    refusal_code: str | None = None
    refusal_details: Json = field(default_factory=dict)
    pending: bool = False
    """The call waits for a yes: `data` is the proposal of its dry run, `reasons` why."""
    reasons: tuple[str, ...] = ()
    dry_run: bool = False
