"""What a workshop is: its tools, one call, one answer.

Two of them exist: the embedded SQLite workshop and the WordPress site. Both take the same calls and
give the same answers; tests/tools runs one suite over both.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from tools.domain import Vocabulary
from tools.errors import RefusalCode

Json = Mapping[str, Any]
Clock = Callable[[], datetime]
"""Says the present instant, time-zone aware. A pinned clock stands still."""


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """One tool as it is offered to the interpreter, the LLM and the site."""

    name: str
    description: str
    input: Json
    """JSON Schema of the arguments (subset of contract §3)."""
    output: Json
    """JSON Schema of `ToolResult.data`."""
    risk: int
    """0 read, 1 and 2 done at once unless something was guessed, 3 only by a person on the screen."""

    @property
    def writes(self) -> bool:
        return self.risk > 0 or self.name == "plan_campaign"


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One call. Key, dry run, what was accepted and who confirmed travel beside the arguments."""

    id: str
    name: str
    arguments: Json
    key: str | None = None
    """Idempotency key `turn_id/n`, the nth write of the turn; None for reads."""
    dry_run: bool = False
    """Work everything out, change nothing: the proposal comes back as data."""
    accepted: tuple[str, ...] = ()
    """Reasons a person has said yes to (contract §1, "The yes")."""
    confirmed_by: str | None = None
    """Who confirmed on the screen; only tools of risk 3 look at it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A no that can be said to a person. `message` is English; replies are made from code and details."""

    code: RefusalCode
    message: str
    details: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToolResult:
    """`data` or `refusal`, never both."""

    data: Json | None = None
    refusal: Refusal | None = None
    operation_id: str | None = None
    """Of a write that was done; what `undo` takes."""
    took: float = 0.0
    """Seconds inside the workshop."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One write that was done, as `operations(turn_id)` and the export tell it."""

    id: str
    tool: str
    key: str | None
    at: datetime
    by: str
    """The desk: its id from the settings, `cli` for the terminal."""
    arguments: Json
    data: Json
    """What the call answered."""
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one `deliver()` did with the outbox."""

    sent: int = 0
    failed: int = 0
    waiting: int = 0
    """Still queued and not yet due, or to be tried again."""
    oldest_overdue: datetime | None = None


class Workshop(Protocol):
    """The workshop's tools and words. Every method may raise WorkshopError."""

    async def tools(self) -> Sequence[ToolSpec]: ...

    async def call(self, call: ToolCall) -> ToolResult:
        """Run one tool. An unknown name or bad arguments come back as a refusal, never as an exception."""
        ...

    async def vocabulary(self, version: str | None = None) -> Vocabulary | None:
        """The workshop's own words, or None when ``version`` is still the current one."""
        ...

    async def operations(self, turn_id: str) -> Sequence[Operation]:
        """The writes already done for this turn, oldest first; empty when the turn is new."""
        ...

    async def deliver(self) -> Delivery:
        """Send what is due from the outbox."""
        ...

    async def close(self) -> None: ...
