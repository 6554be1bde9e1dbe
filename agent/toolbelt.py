"""The workshop's tools in the agent's hand: what is done at once, what waits for a yes, what came of it.

It knows neither LiveKit nor how a sentence was understood: calls come in resolved, outcomes go out to be told.
"""

import asyncio
import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from agent import previews
from agent.events import Call, Failed, Needs, Preview, PreviewClosed, Refused, Result, ToolEnded, ToolStarted
from agent.interpreter.reading import CallTool, Choice, Outcome
from agent.texts import text
from agent.turn import Stage
from agent.turns import Emit, OpenTurn
from tools.catalogue import arguments_of
from tools.contract import Clock, Refusal, ToolCall, ToolResult, ToolSpec, Workshop
from tools.errors import RefusalCode, Unreachable, WorkshopError

log = logging.getLogger(__name__)
Json = Mapping[str, Any]

YES_WAITS = 180.0  # seconds a preview waits for its yes
AMBIGUOUS = "ambiguous"
NEAREST = "nearest_plate"
WAYS_OUT = {AMBIGUOUS, NEAREST, "slot_taken", "outside_hours", "already_booked"}  # reasons a refusal leaves
OWN_PLACE = frozenset({RefusalCode.SLOT_TAKEN, RefusalCode.ALREADY_BOOKED})  # may be the old booking itself

Told = Outcome | str
"""What came of it: an outcome the replies are made from, or the sentence itself."""


class Fault(Exception):
    """A call failed for no reason a person gave; `say` is the sentence for them, Failed was emitted."""

    def __init__(self, say: str) -> None:
        super().__init__(say)
        self.say = say


@dataclass(frozen=True, slots=True)
class Shown:
    """The preview that is up, and what stands behind it."""

    preview: Preview
    call: CallTool
    key: str | None
    """The idempotency key the proposal will be written under."""


class Toolbelt:
    """One desk's tools. A single preview is up at a time."""

    def __init__(self, workshop: Workshop, *, emit: Emit, now: Clock, timeout: float) -> None:
        self._workshop = workshop
        self._emit = emit
        self._now = now
        self._timeout = timeout
        self._specs: dict[str, ToolSpec] = {}
        self._shown: Shown | None = None
        self._expiry: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Fetch what the workshop can do."""
        self._specs = {spec.name: spec for spec in await self._workshop.tools()}

    def close(self) -> None:
        self._stop_expiry()

    @property
    def offered(self) -> list[ToolSpec]:
        """What the interpreter and the LLM may call: never what only a person on the screen may do."""
        return [spec for spec in self._specs.values() if spec.risk < 3]

    @property
    def preview(self) -> Preview | None:
        """The one waiting for an answer, else the last one done."""
        return self._shown.preview if self._shown else None

    def waiting(self, preview_id: str | None = None) -> Shown | None:
        """The preview that waits for a yes, if it is ``preview_id`` (None: whichever)."""
        shown = self._shown
        if shown is None or shown.preview.needs is Needs.NOTHING or preview_id not in (None, shown.preview.id):
            return None
        return shown

    async def run(self, call: CallTool, turn: OpenTurn) -> Outcome:
        """Do a resolved call, or propose it when something in it was guessed."""
        spec = self._specs.get(call.name)
        if spec is None or spec.risk >= 3:
            return Outcome(call, refusal_code=RefusalCode.FORBIDDEN, refusal_details={"tool": call.name})
        if problem := arguments_of(call.name).problem(dict(call.arguments)):
            details = {"field": problem.field, "message": problem.message}
            return Outcome(call, refusal_code=RefusalCode.INVALID_INPUT, refusal_details=details)
        if not spec.writes:
            return await self._read(call, turn)
        if call.reasons:
            return await self._propose(call, turn, key=turn.write_key())
        return await self._write(call, turn, key=turn.write_key())

    async def confirm(self, turn: OpenTurn, *, preview_id: str | None = None, count: int | None = None) -> Told:
        """The yes. By voice it goes under a key of the turn that said it, by click under the proposal's own."""
        shown = self.waiting(preview_id)
        if shown is None:
            return text("nothing_to_confirm", turn.language)
        if shown.preview.needs is Needs.SCREEN and count != shown.preview.proposal.get("sendable"):
            return text("needs_count", turn.language)
        if len(shown.preview.choices) > 1 and {AMBIGUOUS, NEAREST} & set(shown.preview.reasons):
            labels = ", ".join(f"{choice.id}: {choice.label}" for choice in shown.preview.choices)
            return text("which", turn.language, choices=labels)
        key = turn.write_key() if turn.heard else shown.key
        # The ways out of a refusal are no longer offered once one was taken; another reading of the words still is.
        choices = () if WAYS_OUT & set(shown.preview.reasons) else shown.call.choices
        return await self._write(replace(shown.call, choices=choices), turn, key=key, accepted=shown.preview.reasons)

    async def choose(self, turn: OpenTurn, choice_id: str, *, preview_id: str | None = None) -> Told:
        """Take one of the choices beside the preview that is up: instead of what waits, or of what was done."""
        shown = self._shown
        found = None
        if shown is not None and preview_id in (None, shown.preview.id):
            found = next((choice for choice in shown.preview.choices if choice.id == choice_id), None)
        if shown is None or found is None:
            return text("no_such_choice", turn.language, choice=choice_id)
        call = replace(shown.call, arguments=found.arguments, choices=())
        if shown.preview.needs is Needs.NOTHING:
            return await self._instead(shown, call, turn)
        return await self._write(call, turn, key=turn.write_key(), accepted=shown.preview.reasons)

    def reject(self, turn: OpenTurn, *, preview_id: str | None = None) -> str:
        """The no: nothing is done, the preview goes."""
        if self.waiting(preview_id) is None:
            return text("nothing_to_reject", turn.language)
        self._close_waiting("rejected", turn.number)
        return text("rejected", turn.language)

    async def undo(self, turn: OpenTurn, operation: str | None = None) -> Outcome:
        """Take back a write: the one named, or the desk's last that still stands."""
        arguments = {} if operation is None else {"operation_id": operation}
        return await self.run(CallTool("undo", arguments, intent="undo", slots=(), language=turn.language), turn)

    async def show_again(self, call: CallTool, data: Json, operation_id: str, turn: OpenTurn) -> None:
        """Put up what an earlier sending of this very turn has done."""
        await self._show(call, data, turn, needs=Needs.NOTHING, operation_id=operation_id)

    async def _read(self, call: CallTool, turn: OpenTurn) -> Outcome:
        result = await self._call(call, turn)
        return _outcome(call, result)

    async def _write(
        self, call: CallTool, turn: OpenTurn, *, key: str | None, accepted: tuple[str, ...] = ()
    ) -> Outcome:
        result = await self._call(call, turn, key=key, accepted=accepted)
        if result.refusal is not None:
            if result.refusal.code == RefusalCode.NOT_CONFIRMED:
                more = tuple(result.refusal.details.get("reasons", ()))
                return await self._propose(replace(call, reasons=_union(accepted, more)), turn, key=key)
            return await self._refused(call, result, turn, key=key)
        self._close_waiting("done", turn.number)
        await self._show(call, result.data or {}, turn, needs=Needs.NOTHING, operation_id=result.operation_id)
        return _outcome(call, result)

    async def _propose(self, call: CallTool, turn: OpenTurn, *, key: str | None) -> Outcome:
        """Work the call out without doing it, show it, and wait for one yes."""
        result = await self._call(call, turn, accepted=call.reasons, dry_run=True)
        if result.refusal is not None and result.refusal.code == RefusalCode.NOT_CONFIRMED:
            more = tuple(result.refusal.details.get("reasons", ()))
            call = replace(call, reasons=_union(call.reasons, more))
            result = await self._call(call, turn, accepted=call.reasons, dry_run=True)
        if result.refusal is not None:
            return await self._refused(call, result, turn, key=key)
        await self._show(call, result.data or {}, turn, needs=Needs.YES, key=key)
        return replace(_outcome(call, result), pending=True, reasons=call.reasons, dry_run=True)

    async def _refused(self, call: CallTool, result: ToolResult, turn: OpenTurn, *, key: str | None) -> Outcome:
        """Tell the refusal; where there are ways out the first is put up as a proposal, all of them as choices."""
        assert result.refusal is not None
        outcome = _outcome(call, result)
        reason, choices = _ways_out(call, result.refusal)
        if not choices:
            return outcome
        first = replace(
            call, arguments=choices[0].arguments, choices=tuple(choices), reasons=_union(call.reasons, (reason,))
        )
        proposal = await self._call(first, turn, accepted=first.reasons, dry_run=True)
        if proposal.data is not None:
            await self._show(first, proposal.data, turn, needs=Needs.YES, key=turn.write_key())
        return outcome

    async def _instead(self, old: Shown, call: CallTool, turn: OpenTurn) -> Told:
        """Do ``call`` in the place of what was done: never without either of them."""
        trial = await self._call(call, turn, dry_run=True)
        if trial.refusal is not None and trial.refusal.code not in OWN_PLACE:
            return _outcome(call, trial)
        back = CallTool(
            "undo", {"operation_id": old.preview.operation_id}, intent="undo", slots=(), language=call.language
        )
        undone = await self._call(back, turn, key=turn.write_key())
        if undone.refusal is not None:
            return _outcome(back, undone)
        outcome = await self._write(call, turn, key=turn.write_key())
        if outcome.refusal_code is not None:
            await self._write(old.call, turn, key=turn.write_key(), accepted=old.call.reasons)
        return outcome

    async def _call(
        self,
        call: CallTool,
        turn: OpenTurn,
        *,
        key: str | None = None,
        accepted: tuple[str, ...] = (),
        dry_run: bool = False,
    ) -> ToolResult:
        """One call with its events. Raises Fault when the workshop does not answer."""
        shown = Call(turn.call_id(), call.name, call.arguments, dry_run)
        self._emit(ToolStarted(turn.number, shown))
        turn.mark(Stage.TOOL_START)
        begun = turn.clock()
        request = ToolCall(
            id=shown.id, name=call.name, arguments=call.arguments, key=key, dry_run=dry_run, accepted=accepted
        )
        try:
            result = await self._answer(request)
        except (WorkshopError, TimeoutError) as error:
            raise self._fault(error, request, turn) from error
        turn.mark(Stage.TOOL_END, seconds=result.took)
        no = result.refusal
        refused = None if no is None else Refused(no.code, no.message, no.details)
        seconds = round(turn.clock() - begun, 4)
        self._emit(ToolEnded(turn.number, shown, Result(result.data, refused), seconds))
        return result

    async def _answer(self, request: ToolCall) -> ToolResult:
        try:
            return await asyncio.wait_for(self._workshop.call(request), self._timeout)
        except TimeoutError:
            if request.key is None:
                raise
            # The same key again: done is answered as done, not done is done now.
            return await asyncio.wait_for(self._workshop.call(request), self._timeout)

    def _fault(self, error: Exception, request: ToolCall, turn: OpenTurn) -> Fault:
        timed_out = isinstance(error, TimeoutError)
        code = "timeout" if timed_out else type(error).__name__.lower()
        message = f"{request.name}: no answer within {self._timeout:g} s" if timed_out else f"{request.name}: {error}"
        log.error("tool %s failed: %s", request.name, code)
        turn.failed = True
        self._emit(Failed(turn.number, "tool", code, message, timed_out or isinstance(error, Unreachable)))
        unknown = timed_out and request.key is not None
        return Fault(text("unknown_state" if unknown else "unreachable", turn.language))

    async def _show(
        self,
        call: CallTool,
        data: Json,
        turn: OpenTurn,
        *,
        needs: Needs,
        key: str | None = None,
        operation_id: str | None = None,
    ) -> None:
        self._close_waiting("replaced", turn.number)
        choices = list(call.choices)
        if needs is Needs.NOTHING:
            choices += previews.time_choices(call.arguments, data.get("alternatives", ()), call.language)
        preview = Preview(
            turn=turn.number,
            id=uuid.uuid4().hex,
            kind=previews.KINDS.get(call.name, "other"),
            call=Call(f"call_{turn.number}", call.name, call.arguments, needs is not Needs.NOTHING),
            proposal=data,
            day=await self._day(data),
            needs=needs,
            reasons=call.reasons if needs is not Needs.NOTHING else (),
            choices=previews.numbered(choices),
            expires=self._now() + timedelta(seconds=YES_WAITS) if needs is not Needs.NOTHING else None,
            operation_id=operation_id,
        )
        self._shown = Shown(preview, call, key)
        if needs is not Needs.NOTHING:
            loop = asyncio.get_running_loop()
            self._expiry = loop.call_later(YES_WAITS, self._close_waiting, "expired", turn.number)
        turn.mark(Stage.PREVIEW, once=True)
        self._emit(preview)

    async def _day(self, data: Json) -> tuple[Json, ...]:
        """The appointments of the day a result is about, by start, without those called off."""
        day = previews.day_of(data)
        if day is None:
            return ()
        request = ToolCall("day", "list_appointments", {"from": day, "to": day, "limit": 200})
        try:
            result = await asyncio.wait_for(self._workshop.call(request), self._timeout)
        except (WorkshopError, TimeoutError) as error:
            log.warning("the day's appointments are missing from a preview: %s", type(error).__name__)
            return ()
        items = (result.data or {}).get("items", ())
        return tuple(item for item in items if item.get("status") not in ("cancelled", "no_show"))

    def _close_waiting(self, outcome: str, turn: int) -> None:
        """Take down the preview that waits, if one does."""
        shown = self.waiting()
        self._stop_expiry()
        if shown is not None:
            self._shown = None
            self._emit(PreviewClosed(turn, shown.preview.id, outcome))

    def _stop_expiry(self) -> None:
        if self._expiry is not None:
            self._expiry.cancel()
            self._expiry = None


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _ways_out(call: CallTool, refusal: Refusal) -> tuple[str, list[Choice]]:
    """What could be done instead of what was refused, and why it needs a yes."""
    details = refusal.details
    match refusal.code:
        case RefusalCode.SLOT_TAKEN | RefusalCode.OUTSIDE_HOURS | RefusalCode.ALREADY_BOOKED:
            times = details.get("alternatives", ())
            return refusal.code, previews.time_choices(call.arguments, times, call.language)
        case RefusalCode.NOT_FOUND:
            return NEAREST, previews.candidate_choices(call.arguments, details.get("nearest", ()))
        case RefusalCode.AMBIGUOUS:
            return AMBIGUOUS, previews.candidate_choices(call.arguments, details.get("candidates", ()))
        case _:
            return "", []


def _outcome(call: CallTool, result: ToolResult) -> Outcome:
    if result.refusal is not None:
        return Outcome(call, refusal_code=result.refusal.code, refusal_details=result.refusal.details)
    return Outcome(call, data=result.data)
