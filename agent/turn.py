"""One exchange, and where its time went."""

from dataclasses import dataclass, field
from enum import StrEnum


class Stage(StrEnum):
    """What is measured in a turn, in the order it happens."""

    KEY_UP = "key_up"
    """The talk key was released (typed turns: the line was entered)."""
    TRANSCRIPT = "transcript"
    """The final transcript is there."""
    READING = "reading"
    """The interpreter read it, or the LLM's first token came."""
    TOOL_START = "tool_start"
    TOOL_END = "tool_end"
    PREVIEW = "preview"
    """The proposal, or what was done, went to the screen."""
    FIRST_BYTE = "first_byte"
    """First audio byte of the TTS."""
    FIRST_SOUND = "first_sound"
    """First audio handed to the loudspeaker."""
    ANSWER_END = "answer_end"


@dataclass(frozen=True, slots=True)
class Span:
    """A moment of a turn; a tool's span has a length."""

    stage: Stage
    at: float
    """Seconds since key-down; since the line was entered for a typed turn."""
    seconds: float = 0.0
    """How long it took, where that is known (a tool: its time in the workshop)."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A finished exchange."""

    number: int
    """1, 2, 3… within the session; `turn` on the wire."""
    id: str
    """UUID made by the desk; idempotency keys and resends hang on it."""
    heard: str
    said: str
    by: str | None = None
    """`interpreter`, `llm`, or None when nothing was understood."""
    spans: tuple[Span, ...] = field(default=())

    def at(self, stage: Stage) -> float | None:
        """When ``stage`` was first reached, seconds since key-down; None if it was not."""
        return next((span.at for span in self.spans if span.stage is stage), None)

    def after_key_up(self, stage: Stage) -> float | None:
        """Seconds from key-up to the first ``stage``; None if either is missing."""
        released, reached = self.at(Stage.KEY_UP), self.at(stage)
        return None if released is None or reached is None else reached - released
