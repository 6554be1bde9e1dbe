"""What is the embedded workshop's own: its thread, its desks, its settings, its patience."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.tools.backends import NOW, Clock, Desk
from tools.connect import demo, open_kept
from tools.contract import ToolCall
from tools.embedded.workshop import EmbeddedWorkshop
from tools.errors import RefusalCode, Unreachable


def desk_at(workshop: EmbeddedWorkshop, clock: Clock | None = None) -> Desk:
    return Desk(workshop, clock or Clock(), lambda message_id: None)


async def seeded(path: Path, clock: Clock | None = None, **workshop: Any) -> EmbeddedWorkshop:
    """The demo with other settings."""
    opened = await EmbeddedWorkshop.open(path, clock=clock or Clock())
    data = demo()
    data["workshop"] |= workshop
    await opened.seed(data)
    return opened


async def test_a_writer_that_waits_in_vain_is_told_to_try_again(tmp_path: Path) -> None:
    workshop = await seeded(tmp_path / "w.sqlite")
    await workshop._run(lambda: workshop._open_connection.execute("PRAGMA busy_timeout = 20"))
    other = sqlite3.connect(tmp_path / "w.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    desk = desk_at(workshop)
    await desk.no(RefusalCode.BUSY_TRY_AGAIN, "cancel_appointment", appointment_id="apt_18")
    assert len(await desk.day("2026-03-18")) == 3, "reading goes on"
    other.execute("ROLLBACK")
    other.close()
    await desk.ok("cancel_appointment", appointment_id="apt_18")
    await workshop.close()


async def test_undo_without_an_id_is_of_this_desk_alone_and_outlives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "w.sqlite"
    await (await seeded(path)).close()
    counter = await EmbeddedWorkshop.open(path, clock=Clock(), desk="counter")
    office = await EmbeddedWorkshop.open(path, clock=Clock(), desk="office")
    mine = await desk_at(counter).book("AB123CD", "tagliando", "2026-03-24T09:00")
    theirs = await desk_at(office).book("FH482LM", "gomme", "2026-03-24T09:00")
    await counter.close()
    counter = await EmbeddedWorkshop.open(path, clock=Clock(), desk="counter")
    undone = await desk_at(counter).ok("undo")
    assert undone["undone"]["operation_id"] == mine["operation_id"]
    no = await desk_at(counter).no(RefusalCode.NOT_FOUND, "undo")
    assert no["reason"] == "nothing_to_undo"
    await desk_at(counter).ok("undo", operation_id=theirs["operation_id"])
    await counter.close()
    await office.close()


async def test_a_closed_workshop_says_so(tmp_path: Path) -> None:
    workshop = await seeded(tmp_path / "w.sqlite")
    await workshop.close()
    await workshop.close()
    with pytest.raises(Unreachable, match="closed"):
        await workshop.call(ToolCall("x", "list_services", {}))


async def test_a_clock_without_a_zone_is_a_mistake_of_the_program(tmp_path: Path) -> None:
    workshop = await seeded(tmp_path / "w.sqlite")
    workshop._clock = datetime.now
    with pytest.raises(ValueError, match="without a zone"):
        await workshop.call(ToolCall("x", "list_services", {}))
    await workshop.close()


async def test_lead_time_moves_the_earliest_start(tmp_path: Path) -> None:
    desk = desk_at(workshop := await seeded(tmp_path / "w.sqlite", lead_minutes=300))
    no = await desk.no(
        RefusalCode.IN_THE_PAST, "book_appointment", services=["gomme"], plate="AB123CD", start="2026-03-10T14:30"
    )
    assert no["earliest"] == "2026-03-10T15:00:00+01:00"
    today = {"from": "2026-03-10", "to": "2026-03-10"}
    done = await desk.ok("book_appointment", services=["gomme"], plate="AB123CD", window=today)
    assert done["appointment"]["start"] == "2026-03-10T15:00:00+01:00"
    await workshop.close()


async def test_a_buffer_keeps_the_technician_busy_after_the_job(tmp_path: Path) -> None:
    workshop = await EmbeddedWorkshop.open(tmp_path / "w.sqlite", clock=Clock())
    data = demo()
    data["services"][2]["buffer_minutes"] = 15
    await workshop.seed(data)
    desk = desk_at(workshop)
    await desk.book("AB123CD", "revisione", "2026-03-24T09:00")
    await desk.no(
        RefusalCode.SLOT_TAKEN, "book_appointment", services=["diagnosi"], plate="FH482LM", start="2026-03-24T09:40"
    )
    await desk.no(
        RefusalCode.SLOT_TAKEN, "book_appointment", services=["revisione"], plate="FH482LM", start="2026-03-24T08:30"
    )
    await desk.book("FH482LM", "diagnosi", "2026-03-24T09:45")
    assert (await workshop.export())["services"][2]["buffer_minutes"] == 15
    assert await workshop.check() == []
    await workshop.close()


async def test_what_another_process_seeds_is_seen_at_once(tmp_path: Path) -> None:
    path = tmp_path / "w.sqlite"
    workshop = await seeded(path)
    before = await workshop.vocabulary()
    other = await open_kept(f"sqlite:///{path}", clock=Clock())
    data = demo()
    data["workshop"] |= {"name": "Officina Ferri", "opening": {"tue": [["07:00", "09:00"]]}}
    await other.replace(data | {"appointments": []})
    assert before is not None
    after = await workshop.vocabulary(before.version)
    assert after is not None
    assert after.workshop == "Officina Ferri"
    hours = await desk_at(workshop).ok("opening_hours", from_="2026-03-16", to="2026-03-17")
    assert [day["open"] for day in hours["items"]] == [False, True]
    await other.close()
    await workshop.close()


async def test_restored_words_are_never_taken_for_later_ones_of_the_same_number(tmp_path: Path) -> None:
    workshop = await open_kept(f"sqlite:///{tmp_path}/w.sqlite", clock=Clock())
    desk = Desk(workshop, Clock(), lambda message_id: None)
    await desk.ok("save_vehicle", make="Skoda", model="Fabia", plate="GX111AA")
    known = await workshop.vocabulary()
    await workshop.restore()
    await desk.ok("save_vehicle", make="Skoda", model="Octavia", plate="GX222BB")
    assert known is not None
    fresh = await workshop.vocabulary(known.version)
    assert fresh is not None
    plates = {car.plate for car in fresh.vehicles}
    assert "GX222BB" in plates
    assert "GX111AA" not in plates
    near = await desk.no(RefusalCode.NOT_FOUND, "find_vehicle", plate="GX222BC")
    assert [car["plate"] for car in near["nearest"]] == ["GX222BB"]
    await workshop.close()


async def test_a_dry_run_leaves_no_trace_in_what_is_near(tmp_path: Path) -> None:
    desk = desk_at(workshop := await seeded(tmp_path / "w.sqlite"))
    await desk.ok("save_vehicle", dry_run=True, make="Skoda", model="Fabia", plate="GX111AA")
    no = await desk.no(RefusalCode.NOT_FOUND, "find_vehicle", plate="GX111AB")
    assert no["nearest"] == []
    await workshop.close()


async def test_a_booking_at_the_change_of_the_clocks_lasts_as_long_as_it_should(tmp_path: Path) -> None:
    # the clocks go forward on Sunday 29 March 2026, from two to three
    night = {"sun": [["01:00", "05:00"]]}
    workshop = await seeded(tmp_path / "w.sqlite", Clock(NOW + timedelta(days=18)), opening=night)
    desk = desk_at(workshop)
    done = await desk.book("AB123CD", "tagliando", "2026-03-29T01:00")
    assert done["appointment"]["end"] == "2026-03-29T03:30:00+02:00"
    slots = await desk.ok("find_slots", services=["revisione"], from_="2026-03-29", to="2026-03-29")
    assert [slot["start"][11:] for slot in slots["items"]] == [
        "03:30:00+02:00",
        "04:00:00+02:00",
        "04:30:00+02:00",
    ]
    await workshop.close()


async def test_an_empty_workshop_answers_as_empty(tmp_path: Path) -> None:
    workshop = await open_kept(f"sqlite:///{tmp_path}/w.sqlite", clock=Clock(), filled=False)
    desk = Desk(workshop, Clock(), lambda message_id: None)
    assert (await desk.ok("list_services"))["items"] == []
    assert await desk.day("2026-03-10") == []
    vocabulary = await workshop.vocabulary()
    assert vocabulary is not None
    assert vocabulary.vehicles == ()
    new = await desk.ok("save_customer", name="Piero Testa", phone="+393401112233")
    assert new["customer"]["id"] == "cus_1"
    await workshop.close()
