"""Many writers, sudden deaths, random days: never a double booking, never half a write."""

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tools.backends import NOW
from tools.connect import demo, open_kept
from tools.contract import ToolCall

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]
WRITERS = 16
KILLS = 200
NOTIFY = {"channel": "whatsapp", "confirmation": True, "reminder_before": 1440}


def racers(how: str, path: Path, requests: list[Json], **more: Any) -> Any:
    asked = {"url": f"sqlite:///{path}", "now": NOW.isoformat(), "requests": requests, **more}
    done = subprocess.run(
        [sys.executable, "-m", "tests.tools.racers", how],
        cwd=ROOT,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def path(tmp_path: Path, demo_file: Path) -> Path:
    copy = tmp_path / "w.sqlite"
    shutil.copy(demo_file, copy)
    return copy


def booking(plate: str, service: str, start: str, **more: Any) -> Json:
    return {
        "tool": "book_appointment",
        "arguments": {"plate": plate, "services": [service], "start": start, "notify": NOTIFY, **more},
    }


async def export(path: Path) -> Json:
    workshop = await open_kept(f"sqlite:///{path}", clock=lambda: NOW)
    try:
        assert await workshop.check() == []
        return await workshop.export()
    finally:
        await workshop.close()


async def test_of_sixteen_cars_at_one_hour_exactly_one_is_booked(path: Path) -> None:
    plates = [car["plate"] for car in demo()["vehicles"]][:WRITERS]
    answers = racers("race", path, [booking(plate, "revisione", "2026-03-24T10:00") for plate in plates])
    assert Counter(answer.get("refusal", "booked") for answer in answers) == {"booked": 1, "slot_taken": WRITERS - 1}
    refused = [answer["details"]["alternatives"] for answer in answers if "refusal" in answer]
    assert {len(alternatives) for alternatives in refused} == {3}
    assert {alternatives[0]["start"] for alternatives in refused} == {"2026-03-24T10:30:00+01:00"}
    state = await export(path)
    assert len([a for a in state["appointments"] if a["start"] == "2026-03-24T10:00:00"]) == 1
    assert len(state["messages"]) == 2


async def test_of_sixteen_writers_with_one_car_and_three_technicians_one_books(path: Path) -> None:
    # each technician does one of these, so that every writer would find hands free
    services = {"stf_1": "revisione", "stf_2": "gomme", "stf_3": "clima"}
    wishes = [
        booking("AB123CD", services[staff], "2026-03-24T10:00", staff=staff)
        for staff, _ in zip(sorted(services) * WRITERS, range(WRITERS), strict=False)
    ]
    answers = racers("race", path, wishes)
    told = Counter(answer.get("refusal", "booked") for answer in answers)
    assert told["booked"] == 1
    assert set(told) <= {"booked", "already_booked", "slot_taken"}
    assert told["already_booked"] > 0
    state = await export(path)
    assert len([a for a in state["appointments"] if a["start"].startswith("2026-03-24")]) == 1


async def test_sixteen_sendings_of_one_turn_book_once_and_answer_alike(path: Path) -> None:
    wish = booking("AB123CD", "tagliando", "2026-03-24T10:00") | {"key": "turn/1"}
    answers = racers("race", path, [wish] * WRITERS)
    assert {json.dumps(answer, sort_keys=True) for answer in answers} == {json.dumps(answers[0], sort_keys=True)}
    state = await export(path)
    assert len(state["operations"]) == 1
    assert len(state["appointments"]) == 21


async def test_sixteen_processes_make_one_new_file_together(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite"
    wishes = [{"tool": "list_appointments", "arguments": {"from": "2026-03-10", "to": "2026-03-10"}}] * WRITERS
    answers = racers("race", path, wishes)
    assert {answer["data"]["total"] for answer in answers} == {5}
    assert not any(name.endswith(".new") for name in os.listdir(tmp_path))


def days_and_hours(count: int) -> list[str]:
    """Starts of half an hour each, on Mondays to Fridays, none of them taken."""
    hours = [f"{hour:02}:{half}" for hour in (9, 10, 11, 15, 16, 17) for half in ("00", "30")]
    days = [f"2026-{month:02}-{day:02}" for month in (5, 6, 7) for day in range(4, 31)]
    open_days = [day for day in days if day != "2026-06-02" and date.fromisoformat(day).weekday() < 5]
    return [f"{day}T{hour}" for day in open_days for hour in hours][:count]


@pytest.mark.timeout(100)
async def test_a_process_killed_in_the_middle_leaves_all_or_nothing(path: Path) -> None:
    plates = [car["plate"] for car in demo()["vehicles"]]
    requests = [
        booking(plates[number % len(plates)], "revisione", start) | {"key": f"turn-{number}/1"}
        for number, start in enumerate(days_and_hours(KILLS + 1))
    ]
    assert len(requests) == KILLS + 1
    told = racers("kill", path, requests, seed=3)
    whole = _whole_writes(path)
    print(f"\n{told['killed']} of {KILLS} killed within {told['statements']} statements; {len(whole) - 1} were whole")
    assert told["killed"] > KILLS * 0.55  # those at a statement always die, of the others most
    assert told["statements"] <= KILLS // 2, "each statement had its turn"
    assert 1 < len(whole) < KILLS, "some died before the commit, some after"
    # the same turns sent again: one appointment each, whatever had happened before
    workshop = await open_kept(f"sqlite:///{path}", clock=lambda: NOW)
    for request in requests:
        result = await workshop.call(ToolCall("x", request["tool"], request["arguments"], request["key"]))
        assert result.data is not None, result.refusal
        assert (result.operation_id in whole) == (request["key"] in whole.values())
    await workshop.close()
    state = await export(path)
    assert len(state["appointments"]) == 20 + KILLS + 1
    assert len(state["messages"]) == 2 * (KILLS + 1)


def _whole_writes(path: Path) -> dict[str, str]:
    """Operation id → key of what was written; nothing of any other is there."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        operations = dict(connection.execute("SELECT id, key FROM operations").fetchall())
        changed: Counter[str] = Counter()
        for operation, noun in connection.execute("SELECT operation_id, noun FROM changes"):
            changed[f"{operation} {noun}"] += 1
        booked = connection.execute("SELECT count(*) FROM appointments").fetchone()[0] - 20
        queued = Counter(row[0] for row in connection.execute("SELECT operation_id FROM messages"))
    finally:
        connection.close()
    assert booked == len(operations)
    assert queued == dict.fromkeys(operations, 2)
    expected = {f"{each} appointments": 1 for each in operations} | {f"{each} messages": 2 for each in operations}
    assert changed == expected
    return operations


# random days

PLATES = [car["plate"] for car in demo()["vehicles"]][:4]
STARTS = [f"2026-03-24T{hour:02}:{minute:02}" for hour in (8, 9, 10, 11, 14, 15, 16, 17) for minute in (0, 20, 30)]
STEPS = st.one_of(
    st.tuples(
        st.just("book"),
        st.sampled_from(PLATES),
        st.sampled_from(["svc_1", "svc_2", "svc_3", "svc_5"]),
        st.sampled_from(STARTS),
    ),
    st.tuples(st.just("move"), st.integers(0, 7), st.sampled_from(STARTS)),
    st.tuples(st.just("cancel"), st.integers(0, 7)),
    st.tuples(st.just("no_show"), st.integers(0, 7)),
    st.tuples(st.just("confirmed"), st.integers(0, 7)),
    st.tuples(st.just("undo")),
)


def call_of(step: tuple[Any, ...], booked: list[str]) -> tuple[str, Json] | None:
    kind, *rest = step
    if kind == "book":
        return "book_appointment", {"plate": rest[0], "services": [rest[1]], "start": rest[2], "notify": NOTIFY}
    if kind == "undo":
        return "undo", {}
    if not booked:
        return None
    which = {"appointment_id": booked[rest[0] % len(booked)]}
    if kind == "move":
        return "reschedule_appointment", which | {"start": rest[1]}
    return ("cancel_appointment", which) if kind == "cancel" else ("update_appointment", which | {"status": kind})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=4, max_size=25))
def test_whatever_is_asked_nobody_is_in_two_places_and_undo_goes_all_the_way_back(
    demo_file: Path, steps: list[tuple[Any, ...]]
) -> None:
    asyncio.run(_play(demo_file, steps))


async def _play(demo_file: Path, steps: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.sqlite"
        shutil.copy(demo_file, path)
        workshop = await open_kept(f"sqlite:///{path}", clock=lambda: NOW)
        booked: list[str] = []
        try:
            for step in steps:
                if call := call_of(step, booked):
                    result = await workshop.call(ToolCall("x", *call))
                    if result.data is not None and call[0] == "book_appointment":
                        booked.append(result.data["appointment"]["id"])
                assert await workshop.check() == []
            while (await workshop.call(ToolCall("x", "undo", {}))).data is not None:
                assert await workshop.check() == []
            state = await workshop.export()
        finally:
            await workshop.close()
    before = demo()["appointments"]
    assert [{k: v for k, v in a.items() if k != "version"} for a in state["appointments"][: len(before)]] == before
    assert {a["status"] for a in state["appointments"][len(before) :]} <= {"cancelled"}
    assert {m["status"] for m in state["messages"]} <= {"cancelled"}
