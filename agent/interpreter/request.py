"""One reading being carried out: what was said, what the question before it asked, what is in focus."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from agent.events import Slot
from agent.interpreter.coverage import Reading
from agent.interpreter.grammar import Bound
from agent.interpreter.reading import CallTool, Context, Found, Outcome, Say
from agent.interpreter.slots import as_json
from agent.interpreter.texts import say
from tools.domain import Customer, Vehicle

Json = Mapping[str, Any]
Step = Generator[CallTool, Outcome, Say]
"""A plan under way: it yields calls, is sent what came of them, and returns what is said at its end."""


@dataclass(slots=True)
class Focus:
    """What is being talked about."""

    vehicle: Vehicle | None = None
    customer: Customer | None = None
    appointment: Json | None = None
    day: date | None = None
    staff: str | None = None
    sought: Json | None = None
    """The arguments of the last look for free times, while nothing else has been done since."""
    freed: str | None = None
    """The start of the appointment that was just cancelled or moved away."""
    listed: tuple[Json, ...] = ()
    """The list last shown: appointments, cars or customers, as the backend gave them."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, and what an answer completes."""

    missing: str
    """Kind of slot: `service`, `vehicle`, `when`, `appointment`…"""
    request: "Request"
    options: tuple[Json, ...] = ()
    """What can be chosen from, as shown."""


@dataclass(frozen=True, slots=True)
class Asked(Say):
    """A question with what it waits for."""

    open: Question | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A reading with all that completes it."""

    reading: Reading
    text: str
    """The heard text the reading's slots point into."""
    spans: tuple[tuple[int, int], ...]
    """Character span of each word."""
    folds: tuple[str, ...]
    context: Context
    focus: Focus
    unsure: bool = False
    answered: tuple[tuple[str, Found], ...] = ()
    """Slots an answer or an earlier part of the sentence gave: (source, found)."""
    chosen: Mapping[str, Any] = field(default_factory=dict)
    """Settled by a choice: `vehicle` (a Vehicle), `customer`, `appointment` (JSON)."""
    extra: tuple[Slot, ...] = ()
    """Slots worked out on the way: from focus, or an appointment that was looked up."""

    @property
    def language(self) -> str:
        return self.context.language

    @property
    def intent(self) -> str:
        return self.reading.intent

    def sets(self, name: str) -> Any:
        return self.reading.sets.get(name)

    def founds(self, *kinds: str) -> tuple[Found, ...]:
        """Values of these kinds, what was said first."""
        return self.reading.of(*kinds) + tuple(found for _, found in self.answered if found.kind in kinds)

    def bounds(self, *kinds: str) -> tuple[Bound, ...]:
        """The same with the role each stands in; what an answer gave stands in none."""
        said = tuple(bound for bound in self.reading.slots if bound.found.kind in kinds)
        return said + tuple(Bound("", found) for _, found in self.answered if found.kind in kinds)

    def first(self, *kinds: str) -> Found | None:
        return next(iter(self.founds(*kinds)), None)

    def dictated(self, found: Found) -> str:
        """A note exactly as it stands in the heard text."""
        inside = any(bound.found is found for bound in self.reading.slots) and found.last < len(self.spans)
        return self.text[self.spans[found.first][0] : self.spans[found.last][1]] if inside else str(found.value)

    def said(self, key: str, **values: Any) -> Say:
        """A plain answer."""
        return Say(say(self.language, key, **values), self.language, self.intent, self.slots())

    def ask(self, missing: str, key: str, *, options: Sequence[Json] = (), **values: Any) -> Asked:
        """A question whose answer completes this request."""
        text = say(self.language, key, **values)
        return Asked(text, self.language, self.intent, self.slots(), True, open=Question(missing, self, tuple(options)))

    def call(
        self, name: str, arguments: Json, *, reasons: Sequence[str] = (), quiet: bool = False, **more: Any
    ) -> CallTool:
        """The call with the slots it came from; a write of what was heard unsurely waits for a yes."""
        doubts = tuple(dict.fromkeys(reasons))
        if self.unsure and not quiet and self.reading.writes:
            doubts = tuple(dict.fromkeys((*doubts, "heard_unsurely")))
        return CallTool(
            name=name,
            arguments=dict(arguments),
            intent=self.intent,
            slots=self.slots(),
            language=self.language,
            reasons=doubts,
            quiet=quiet,
            **more,
        )

    def slots(self) -> tuple[Slot, ...]:
        """What was understood, as shown: each with the words it came from."""
        said = [self._slot(bound.found) for bound in self.reading.slots]
        given = [
            Slot(found.kind, as_json(found), "", guessed=found.guessed, source=source)
            for source, found in self.answered
        ]
        return (*said, *given, *self.extra)

    def _slot(self, found: Found) -> Slot:
        if found.last >= len(self.spans):
            return Slot(found.kind, as_json(found), "", guessed=found.guessed)
        start, end = self.spans[found.first][0], self.spans[found.last][1]
        return Slot(found.kind, as_json(found), self.text[start:end], start, end, guessed=found.guessed)

    def from_focus(self, kind: str, value: Any) -> "Request":
        """The same, noting that ``kind`` was taken from what is talked about."""
        return replace(self, extra=(*self.extra, Slot(kind, value, "", source="focus")))

    def choose(self, kind: str, value: Any) -> "Request":
        return replace(self, chosen={**self.chosen, kind: value})

    def answer(self, found: Sequence[Found], *, source: str = "question") -> "Request":
        return replace(self, answered=(*self.answered, *((source, one) for one in found)))

    def without(self, *kinds: str) -> "Request":
        """The same with the slots of these kinds gone, so that others can take their place."""
        kept = tuple(bound for bound in self.reading.slots if bound.found.kind not in kinds)
        answered = tuple(pair for pair in self.answered if pair[1].kind not in kinds)
        chosen = {kind: value for kind, value in self.chosen.items() if kind not in kinds}
        return replace(self, reading=replace(self.reading, slots=kept), answered=answered, chosen=chosen)

    def with_intent(
        self, intent: str, *, sets: Mapping[str, Any] | None = None, slots: Sequence[Bound] = ()
    ) -> "Request":
        reading = replace(
            self.reading, intent=intent, sets={**self.reading.sets, **(sets or {})}, slots=(*self.reading.slots, *slots)
        )
        return replace(self, reading=reading)
