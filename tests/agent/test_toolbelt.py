"""What is done at once, what waits, what is never offered, and what happens when nobody answers."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from agent.events import Event, Failed, Needs, Preview, PreviewClosed, ToolEnded
from agent.interpreter.reading import CallTool, Choice, Outcome
from agent.toolbelt import Fault, Toolbelt
from agent.turns import OpenTurn
from tests.agent.desk import NOW, config
from tools.connect import open_workshop
from tools.contract import Operation, ToolCall, ToolResult, ToolSpec, Workshop
from tools.errors import Unreachable

BOOK = {"services": ["svc_1"], "plate": "AB123CD", "start": "2026-03-18T17:00:00+01:00"}


def call(name: str, arguments: dict[str, Any], **given: Any) -> CallTool:
    return CallTool(name, arguments, intent=name, slots=(), language="en", **given)


class Watched:
    """A workshop whose calls are kept; the first ``slow`` writes are done and not answered in time."""

    def __init__(self, inner: Workshop, *, slow: int = 0, error: Exception | None = None) -> None:
        self.inner = inner
        self.calls: list[ToolCall] = []
        self.slow = slow
        self.error = error

    async def tools(self) -> Sequence[ToolSpec]:
        return await self.inner.tools()

    async def operations(self, turn_id: str) -> Sequence[Operation]:
        return await self.inner.operations(turn_id)

    async def call(self, call: ToolCall) -> ToolResult:
        self.calls.append(call)
        if self.error is not None:
            raise self.error
        result = await self.inner.call(call)
        if call.key is not None and not call.dry_run and self.slow:
            self.slow -= 1
            await asyncio.sleep(3600)
        return result


class Bench:
    def __init__(self, workshop: Watched, *, timeout: float = 5.0) -> None:
        self.workshop = workshop
        self.events: list[Event] = []
        watched: Any = workshop
        self.belt = Toolbelt(watched, emit=self.events.append, now=lambda: NOW, timeout=timeout)
        self.turn = OpenTurn(1, "turn-a", language="en")

    def of(self, kind: Any) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
async def bench(tmp_path: Path) -> Any:
    settings = config(tmp_path)
    workshop = await open_workshop(settings.workshop, clock=settings.clock)
    made = Bench(Watched(workshop))
    await made.belt.start()
    yield made
    made.belt.close()
    await workshop.close()


async def test_what_was_not_guessed_is_done_at_once(bench: Bench) -> None:
    outcome = await bench.belt.run(call("book_appointment", BOOK), bench.turn)
    assert outcome.data is not None
    assert not outcome.pending
    assert [(c.dry_run, c.key) for c in bench.workshop.calls if c.name == "book_appointment"] == [(False, "turn-a/1")]


async def test_what_was_guessed_is_tried_and_waits_for_one_yes(bench: Bench) -> None:
    outcome = await bench.belt.run(call("book_appointment", BOOK, reasons=("similar_name",)), bench.turn)
    assert (outcome.pending, outcome.reasons) == (True, ("similar_name",))
    (shown,) = bench.of(Preview)
    assert (shown.needs, shown.reasons, shown.operation_id) == (Needs.YES, ("similar_name",), None)
    assert shown.expires is not None
    told = await bench.belt.confirm(bench.turn, preview_id=shown.id)
    assert isinstance(told, Outcome)
    assert told.data is not None
    done = bench.workshop.calls[-2]
    assert (done.dry_run, done.accepted, done.key) == (False, ("similar_name",), "turn-a/1")
    assert bench.of(PreviewClosed) == [PreviewClosed(1, shown.id, "done")]


async def test_a_second_yes_does_nothing(bench: Bench) -> None:
    await bench.belt.run(call("book_appointment", BOOK, reasons=("similar_name",)), bench.turn)
    shown = bench.of(Preview)[0]
    await bench.belt.confirm(bench.turn, preview_id=shown.id)
    assert await bench.belt.confirm(bench.turn, preview_id=shown.id) == "There is nothing to confirm."


async def test_the_workshops_own_reasons_are_asked_about_too(bench: Bench) -> None:
    reading = {"plate": "AB123CD", "mileage": 1000}
    outcome = await bench.belt.run(call("record_work", reading), bench.turn)
    assert outcome.pending
    assert bench.belt.preview is not None
    assert bench.belt.preview.reasons == ("falling_odometer",)
    await bench.belt.confirm(bench.turn)
    assert bench.belt.preview.needs is Needs.NOTHING


async def test_tools_of_the_screen_are_never_offered_nor_run(bench: Bench) -> None:
    assert not {"send_campaign", "erase_customer"} & {spec.name for spec in bench.belt.offered}
    outcome = await bench.belt.run(call("erase_customer", {"customer_id": "cus_1"}), bench.turn)
    assert outcome.refusal_code == "forbidden"
    assert bench.workshop.calls == []


async def test_arguments_are_held_to_the_schema(bench: Bench) -> None:
    outcome = await bench.belt.run(call("book_appointment", BOOK | {"plate": "ab 123"}), bench.turn)
    assert outcome.refusal_code == "invalid_input"
    assert "ab 123" in outcome.refusal_details["message"]
    assert bench.workshop.calls == []


async def test_a_refused_change_leaves_what_was_done(bench: Bench) -> None:
    other = Choice("closed", BOOK | {"start": "2026-03-15T10:00:00+01:00"})  # a Sunday
    await bench.belt.run(call("book_appointment", BOOK, choices=(other,)), bench.turn)
    outcome = await bench.belt.choose(bench.turn, "1")
    assert isinstance(outcome, Outcome)
    assert outcome.refusal_code == "outside_hours"
    assert [c.name for c in bench.workshop.calls].count("undo") == 0


async def test_a_change_into_its_own_time_is_possible(bench: Bench) -> None:
    other = Choice("half an hour earlier", BOOK | {"start": "2026-03-18T16:30:00+01:00"})
    await bench.belt.run(call("book_appointment", BOOK, choices=(other,)), bench.turn)
    outcome = await bench.belt.choose(bench.turn, "1")
    assert isinstance(outcome, Outcome)
    assert outcome.data is not None
    assert outcome.data["appointment"]["start"] == "2026-03-18T16:30:00+01:00"


async def test_a_write_without_an_answer_is_asked_for_again_under_its_key(tmp_path: Path) -> None:
    settings = config(tmp_path)
    workshop = await open_workshop(settings.workshop, clock=settings.clock)
    bench = Bench(Watched(workshop, slow=1), timeout=0.3)
    await bench.belt.start()
    outcome = await bench.belt.run(call("book_appointment", BOOK), bench.turn)
    assert outcome.data is not None
    writes = [c.key for c in bench.workshop.calls if c.name == "book_appointment"]
    assert writes == ["turn-a/1", "turn-a/1"]
    assert len(await workshop.operations("turn-a")) == 1
    await workshop.close()


@pytest.mark.parametrize(
    ("error", "code", "retryable"), [(Unreachable("no route"), "unreachable", True), (TimeoutError(), "timeout", True)]
)
async def test_a_fault_is_told_to_the_operator(
    error: Exception, code: str, retryable: bool, bench: Bench, expect_log: Callable[[str], None]
) -> None:
    expect_log("tool list_services failed")
    bench.workshop.error = error
    with pytest.raises(Fault, match="does not answer"):
        await bench.belt.run(call("list_services", {}), bench.turn)
    (failed,) = bench.of(Failed)
    assert (failed.stage, failed.code, failed.retryable) == ("tool", code, retryable)
    assert bench.of(ToolEnded) == []
