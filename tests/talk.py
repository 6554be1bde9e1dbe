"""A conversation with the interpreter over a real workshop: typed turns, no LiveKit.

The same Conversation and Toolbelt as in the agent carry it; only the voice is missing.
"""

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from agent.conversation import AskLLM, Conversation, Quiet, Run, Speak
from agent.events import Event, ToolEnded, Understood
from agent.interpreter.dialogue import Dialogue
from agent.toolbelt import Toolbelt
from agent.turns import OpenTurn
from agent.vocabulary import Words
from tools.connect import open_workshop
from tools.contract import Clock, Workshop
from tools.domain import Vocabulary

NOW = datetime.fromisoformat("2026-03-10T10:00:00+01:00")


@dataclass(frozen=True, slots=True)
class Told:
    """What one turn came to."""

    text: str
    understood: bool
    calls: tuple[Mapping[str, Any], ...]
    """name, arguments, dry_run and refusal code of each call that ended."""

    def writes(self, reads: Sequence[str]) -> list[Mapping[str, Any]]:
        return [call for call in self.calls if call["name"] not in reads and not call["dry_run"]]


@dataclass(slots=True)
class Talk:
    """One desk, synchronous: `with Talk() as talk: talk.say("…")`."""

    language: Literal["it", "en", "auto"] = "auto"
    unsure: bool = False
    now: datetime = NOW
    url: str | None = None
    events: list[Event] = field(default_factory=list)
    dialogue: Dialogue = field(init=False)
    workshop: Workshop = field(init=False)
    toolbelt: Toolbelt = field(init=False)
    conversation: Conversation = field(init=False)
    _folder: tempfile.TemporaryDirectory[str] = field(init=False)
    _runner: asyncio.Runner = field(init=False)
    _number: int = 0

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory()
        self._runner = asyncio.Runner()
        self.dialogue = Dialogue(self.language)
        self._runner.run(self._open())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._close())
        self._runner.close()
        self._folder.cleanup()

    async def _open(self) -> None:
        clock: Clock = lambda: self.now  # noqa: E731
        url = self.url or f"sqlite:///{Path(self._folder.name) / 'workshop.sqlite'}"
        self.workshop = await open_workshop(url, clock=clock)
        self.toolbelt = Toolbelt(self.workshop, emit=self.events.append, now=clock, timeout=10.0)
        await self.toolbelt.start()
        self.conversation = Conversation(
            dialogue=self.dialogue,
            toolbelt=self.toolbelt,
            words=Words(self.workshop, changed=lambda vocabulary: None),
            now=clock,
            emit=self.events.append,
            speak_in=lambda language: None,
            language="it",
        )

    async def _close(self) -> None:
        self.toolbelt.close()
        await self.workshop.close()

    def say(self, text: str) -> Told:
        """One typed turn, to its end."""
        return self._runner.run(self._say(text))

    def vocabulary(self) -> Vocabulary:
        found = self._runner.run(self.workshop.vocabulary())
        assert found is not None
        return found

    def export(self) -> dict[str, Any]:
        """The whole state of the workshop."""
        state: dict[str, Any] = self._runner.run(self.workshop.export())  # type: ignore[attr-defined]
        return state

    async def _say(self, text: str) -> Told:
        self._number += 1
        turn = OpenTurn(self._number, f"turn-{self._number}", heard=text, unsure=self.unsure)
        before = len(self.events)
        self.conversation.begin(turn)
        step = await self.conversation.hear(text)
        understood = True
        while True:
            match step:
                case Run(id=call_id, name=name, arguments=arguments):
                    await self.conversation.execute(call_id, name, arguments, interrupted=False)
                    step = await self.conversation.after([call_id])
                    continue
                case Speak(text=reply):
                    pass
                case AskLLM(question=question):
                    reply, understood = question, False
                case Quiet() | None:
                    reply = ""
            return Told(
                reply,
                understood,
                tuple(_ended(event) for event in self.events[before:] if isinstance(event, ToolEnded)),
            )

    @property
    def intents(self) -> list[str]:
        return [event.intent for event in self.events if isinstance(event, Understood)]


def _ended(event: ToolEnded) -> Mapping[str, Any]:
    refusal = event.result.refusal
    return {
        "name": event.call.name,
        "arguments": event.call.arguments,
        "dry_run": event.call.dry_run,
        "refusal": refusal.code if refusal else None,
        "data": event.result.data,
    }
