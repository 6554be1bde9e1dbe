"""The turn under way: its number, its id, and its marks on the way to a finished Turn."""

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from agent.events import By, Event
from agent.turn import Span, Stage, Turn

Emit = Callable[[Event], None]
Monotonic = Callable[[], float]


@dataclass(slots=True)
class OpenTurn:
    """One exchange while it lasts."""

    number: int
    id: str
    """UUID made by the desk."""
    spoken: bool = False
    """By voice; False: typed or clicked."""
    unsure: bool = False
    """Heard by a recogniser that guesses."""
    heard: str = ""
    said: list[str] = field(default_factory=list)
    language: str = "it"
    by: By | None = None
    failed: bool = False
    dropped: bool = False
    """Not meant for the assistant, or nothing in it: it leaves no answer."""
    spans: list[Span] = field(default_factory=list)
    clock: Monotonic = time.monotonic
    started: float = 0.0
    done: asyncio.Event = field(default_factory=asyncio.Event)
    _writes: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _calls: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.started = self.clock()

    def mark(self, stage: Stage, *, seconds: float = 0.0, once: bool = False) -> None:
        """Note that ``stage`` was reached now; ``once``: only the first time counts."""
        if once and any(span.stage is stage for span in self.spans):
            return
        self.spans.append(Span(stage, round(self.clock() - self.started, 4), round(seconds, 4)))

    def write_key(self) -> str:
        """The idempotency key of the turn's next write."""
        return f"{self.id}/{next(self._writes)}"

    def call_id(self) -> str:
        return f"call_{self.number}_{next(self._calls)}"

    def finished(self) -> Turn:
        return Turn(
            number=self.number,
            id=self.id,
            heard=self.heard,
            said=" ".join(self.said),
            by=None if self.by is None else self.by.value,
            spans=tuple(self.spans),
        )
