"""One desk's conversation: from what was heard to what is done and said. It knows no LiveKit.

agent/interpreter/model.py shows it to LiveKit as an LLM, agent/functions.py as the tools that LLM calls.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, assert_never

from agent.arguments import Unreadable, resolved
from agent.events import By, Failed, Heard, Mode, Understood
from agent.events import Slot as SaidSlot
from agent.interpreter import replies
from agent.interpreter.reading import Act, AnswerPreview, CallTool, Context, NotUnderstood, Outcome, Say, Silence
from agent.texts import text
from agent.toolbelt import Fault, Told, Toolbelt
from agent.turn import Stage
from agent.turns import Emit, OpenTurn
from agent.vocabulary import Words
from tools.contract import Clock, Operation
from tools.domain import Vocabulary
from tools.errors import RefusalCode, Unreachable, WorkshopError

log = logging.getLogger(__name__)
Json = Mapping[str, Any]

ANSWER_PREVIEW = "answer_preview"  # the tool of an LLM for a yes, a no or a choice


@dataclass(frozen=True, slots=True)
class Speak:
    """Say this; the turn is answered."""

    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Have this tool called."""

    id: str
    name: str
    arguments: Json


@dataclass(frozen=True, slots=True)
class AskLLM:
    """Not understood here; without an LLM, or when it fails, say ``question``."""

    question: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing is said."""


Step = Speak | Run | AskLLM | Quiet


class Reader(Protocol):
    """What reads sentences: agent.interpreter.dialogue.Dialogue."""

    def hear(
        self, text: str, *, vocabulary: Vocabulary, now: Any, preview: Any = None, unsure: bool = False
    ) -> Act: ...

    def outcome(self, result: Outcome, *, vocabulary: Vocabulary, now: Any) -> Act: ...

    def note(self, result: Outcome) -> None: ...

    def draft(self, text: str, *, vocabulary: Vocabulary, now: Any) -> tuple[str, tuple[SaidSlot, ...]] | None: ...


class Conversation:
    """Steps of one turn after the other; `begin` opens each."""

    def __init__(
        self,
        *,
        dialogue: Reader,
        toolbelt: Toolbelt,
        words: Words,
        now: Clock,
        emit: Emit,
        speak_in: Callable[[str], None],
        language: str,
    ) -> None:
        self.toolbelt = toolbelt
        self.words = words
        self._dialogue = dialogue
        self._now = now
        self._emit = emit
        self._speak_in = speak_in
        self._language = language
        self._turn = OpenTurn(0, "", language=language)
        self.mode = Mode.PUSH_TO_TALK
        self.has_llm = False
        self._before: Awaitable[Sequence[Operation]] | None = None
        self._planned: dict[str, CallTool | AnswerPreview] = {}
        self._told: dict[str, tuple[Told | Fault, bool]] = {}
        """Call id → what came of it, and whether the interpreter asked for it."""

    @property
    def turn(self) -> OpenTurn:
        return self._turn

    @property
    def language(self) -> str:
        """Of the last turn that was understood."""
        return self._language

    def begin(self, turn: OpenTurn, *, before: Awaitable[Sequence[Operation]] | None = None) -> None:
        """Everything from here on belongs to ``turn``; ``before``: the writes an earlier sending of it has done."""
        turn.language = self._language
        self._note_unheard()
        self._turn, self._before = turn, before

    async def hear(self, said: str) -> Step:
        """Read the turn's sentence. Whatever goes wrong is told to the operator and answered."""
        self._note_unheard()
        try:
            return await self._heard(said)
        except Fault as fault:
            return Speak(fault.say)
        except WorkshopError as error:
            return Speak(self._fault("tool", error, "unreachable").say)
        except Exception as error:
            log.exception("the sentence could not be read")
            return Speak(self._fault("understanding", error, "fault").say)

    async def _heard(self, said: str) -> Step:
        before, self._before = self._before, None
        if before is not None and (done := await before):
            self._emit(Heard(self._turn.number, said, True, self._turn.language))
            return Speak(await self._answered_before(done))
        vocabulary = await self.words.fresh()
        turn = self._turn
        act = self._dialogue.hear(
            said, vocabulary=vocabulary, now=self._now(), preview=self.toolbelt.preview, unsure=turn.unsure
        )
        turn.mark(Stage.READING, once=True)
        language = turn.language if isinstance(act, Silence) else act.language
        self._emit(Heard(turn.number, said, True, language))
        return self._step(act, first=True)

    async def after(self, call_ids: Sequence[str]) -> Step | None:
        """What follows the calls that just ended; None: whoever asked for them, an LLM, goes on itself."""
        told = [self._told.pop(call_id) for call_id in call_ids if call_id in self._told]
        if not told:
            return None
        for came, _ in told:
            if isinstance(came, Fault):
                return Speak(came.say)
        came, ours = told[-1]
        assert not isinstance(came, Fault)
        if ours:
            if isinstance(came, str):
                return Speak(came)
            act = self._dialogue.outcome(came, vocabulary=await self.words.fresh(), now=self._now())
            return self._step(act)
        outcomes = [outcome for outcome, _ in told if isinstance(outcome, Outcome)]
        for outcome in outcomes:
            self._dialogue.note(outcome)
        if all(self._settled(outcome) for outcome, _ in told):
            return Speak(" ".join([await self.tell(outcome) for outcome, _ in told if not isinstance(outcome, Fault)]))
        return None

    async def execute(self, call_id: str, name: str, arguments: Json, *, interrupted: bool) -> str:
        """Run one tool call, the interpreter's or an LLM's; answers in JSON what an LLM needs to know."""
        planned = self._planned.pop(call_id, None)
        try:
            if interrupted:
                raise Fault("")  # the key was pressed again before anything was done
            told = await self._execute(planned, name, arguments)
        except Fault as fault:
            return self._failed(call_id, fault, planned is not None)
        except WorkshopError as error:
            return self._failed(call_id, self._fault("tool", error, "unreachable"), planned is not None)
        except Exception as error:
            log.exception("tool %s broke", name)
            return self._failed(call_id, self._fault("tool", error, "fault"), planned is not None)
        self._told[call_id] = (told, planned is not None)
        return json.dumps(_for_llm(told), ensure_ascii=False, default=str)

    def _failed(self, call_id: str, fault: Fault, ours: bool) -> str:
        self._told[call_id] = (fault, ours)
        return json.dumps({"failed": fault.say}, ensure_ascii=False)

    def _fault(self, stage: str, error: Exception, name: str) -> Fault:
        turn = self._turn
        turn.failed = True
        retryable = isinstance(error, Unreachable)
        self._emit(Failed(turn.number, stage, type(error).__name__.lower(), str(error), retryable))
        return Fault(text(name, turn.language))

    def heard_by_llm(self) -> None:
        """The first sign of life of the LLM that answers this turn."""
        self._turn.mark(Stage.READING, once=True)
        self._turn.by = By.LLM

    def llm_failed(self, error: Exception, question: str) -> Speak:
        """The LLM could not be reached: told to the operator, and the question put to the person."""
        log.error("the language model failed: %s", type(error).__name__)
        self._emit(Failed(self._turn.number, "understanding", "llm_unreachable", str(error), True))
        return Speak(text("llm_unreachable", self._turn.language, question=question))

    async def tell(self, told: Told) -> str:
        """The sentence for what came of a call or a click, in the language of the turn."""
        if isinstance(told, str):
            return told
        return replies.reply(told, language=self._turn.language, now=self._now(), vocabulary=await self.words.fresh())

    def note(self, told: Told) -> None:
        """Keep the dialogue up to date with a click."""
        if isinstance(told, Outcome):
            self._dialogue.note(told)

    def draft(self, said: str) -> tuple[str, tuple[SaidSlot, ...]] | None:
        """What is understood so far of a sentence still being spoken."""
        vocabulary = self.words.known
        return None if vocabulary is None else self._dialogue.draft(said, vocabulary=vocabulary, now=self._now())

    async def _execute(self, planned: CallTool | AnswerPreview | None, name: str, arguments: Json) -> Told:
        turn = self._turn
        match planned:
            case CallTool():
                return await self.toolbelt.run(planned, turn)
            case AnswerPreview():
                return await self._answer_preview(planned.answer)
            case None if name == ANSWER_PREVIEW:
                return await self._answer_preview(str(arguments.get("answer", "")))
            case None:
                return await self._execute_for_llm(name, arguments)

    async def _execute_for_llm(self, name: str, arguments: Json) -> Told:
        turn = self._turn
        vocabulary = await self.words.fresh()
        context = Context(language=turn.language, now=self._now(), vocabulary=vocabulary)
        spec = next((spec for spec in self.toolbelt.offered if spec.name == name), None)
        call = CallTool(name, arguments, intent=name, slots=(), language=turn.language)
        if spec is None:
            return Outcome(call, refusal_code=RefusalCode.FORBIDDEN, refusal_details={"tool": name})
        try:
            exact, reasons, slots = resolved(spec, arguments, context)
        except Unreadable as error:
            details = {"field": error.field, "message": str(error)}
            return Outcome(call, refusal_code=RefusalCode.INVALID_INPUT, refusal_details=details)
        self._understood(By.LLM, name, slots, turn.language)
        reasons = (*reasons, *(("heard_unsurely",) if turn.unsure and spec.writes else ()))
        return await self.toolbelt.run(CallTool(name, exact, name, slots, turn.language, reasons), turn)

    async def _answer_preview(self, answer: str) -> Told:
        if answer == "yes":
            return await self.toolbelt.confirm(self._turn)
        if answer == "no":
            return self.toolbelt.reject(self._turn)
        return await self.toolbelt.choose(self._turn, answer)

    def _step(self, act: Act, *, first: bool = False) -> Step:
        turn = self._turn
        match act:
            case CallTool():
                self._understood(By.INTERPRETER, act.intent, act.slots, act.language)
                return self._plan(act, act.name, act.arguments)
            case AnswerPreview():
                self._understood(By.INTERPRETER, ANSWER_PREVIEW, (), act.language)
                return self._plan(act, ANSWER_PREVIEW, {"answer": act.answer})
            case Say():
                if first:
                    self._understood(By.INTERPRETER, act.intent or "answer", act.slots, act.language)
                return Speak(act.text)
            case NotUnderstood():
                self._use(act.language)
                if self.mode is Mode.COUNTER and turn.spoken and not self.has_llm:
                    turn.dropped = True  # people talk at a counter: what is no command was not meant for it
                    return Quiet()
                return AskLLM(act.question)
            case Silence():
                turn.dropped = True
                return Quiet()
            case _:
                assert_never(act)

    def _plan(self, act: CallTool | AnswerPreview, name: str, arguments: Json) -> Run:
        call_id = f"act_{self._turn.call_id()}"
        self._planned[call_id] = act
        return Run(call_id, name, arguments)

    def _understood(self, by: By, intent: str, slots: tuple[SaidSlot, ...], language: str) -> None:
        self._turn.by = by
        self._use(language)
        self._emit(Understood(self._turn.number, by, intent, slots, language))

    def _use(self, language: str) -> None:
        """Answer in ``language`` from here on."""
        self._language = self._turn.language = language
        self._speak_in(language)

    def _settled(self, told: Told | Fault) -> bool:
        """Whether a call of the LLM's needs no second word from it: a write that is done or proposed."""
        if not isinstance(told, Outcome):
            return True
        writes = next((spec.writes for spec in self.toolbelt.offered if spec.name == told.call.name), False)
        return writes and told.refusal_code is None

    async def _answered_before(self, done: Sequence[Operation]) -> str:
        """The answer to a turn whose writes stand already: made from their results, nothing is interpreted."""
        said = []
        for operation in done:
            call = CallTool(operation.tool, operation.arguments, operation.tool, (), self._turn.language)
            if operation.undone_at is None:
                await self.toolbelt.show_again(call, operation.data, operation.id, self._turn)
            outcome = Outcome(call, data=operation.data)
            self._dialogue.note(outcome)
            said.append(await self.tell(outcome))
        return " ".join(said)

    def _note_unheard(self) -> None:
        """Outcomes nobody was told, because the key was pressed meanwhile, still count."""
        for came, _ in self._told.values():
            if isinstance(came, Outcome):
                self._dialogue.note(came)
        self._told.clear()


def _for_llm(told: Told) -> Json:
    """What an LLM is told of an outcome."""
    if isinstance(told, str):
        return {"said": told}
    if told.refusal_code is not None:
        return {"refused": {"code": told.refusal_code, "details": dict(told.refusal_details)}}
    if told.pending:
        return {"needs_yes": list(told.reasons), "proposal": told.data}
    return {"done": told.data}
