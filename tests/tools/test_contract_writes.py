"""Every workshop keeps the protocol of a write: keys, yes, undo; and records what was done to a car."""

import pytest

from tests.tools.backends import Clock, Desk
from tools.errors import RefusalCode

NOTIFY = {"channel": "whatsapp", "confirmation": True, "reminder_before": 1440}
BOOKING = {"services": ["tagliando"], "plate": "AB123CD", "start": "2026-03-18T11:00:00+01:00", "notify": NOTIFY}


async def test_the_same_key_gives_the_same_answer_and_writes_once(desk: Desk) -> None:
    first = await desk.ok("book_appointment", key="turn/1", **BOOKING)
    again = await desk.ok("book_appointment", key="turn/1", **BOOKING)
    assert again == first
    assert len([a for a in await desk.day("2026-03-18") if a["vehicle"]["plate"] == "AB123CD"]) == 1
    assert (await desk.workshop.deliver()).waiting == 2


async def test_the_same_key_for_something_else_is_refused(desk: Desk) -> None:
    await desk.ok("book_appointment", key="turn/1", **BOOKING)
    other = BOOKING | {"start": "2026-03-19T11:00:00+01:00"}
    no = await desk.no(RefusalCode.IDEMPOTENCY_MISMATCH, "book_appointment", key="turn/1", **other)
    assert no["tool"] == "book_appointment"
    await desk.no(RefusalCode.IDEMPOTENCY_MISMATCH, "cancel_appointment", key="turn/1", appointment_id="apt_18")


async def test_a_refused_call_leaves_its_key_free(desk: Desk) -> None:
    await desk.no(
        RefusalCode.VEHICLE_MISMATCH, "book_appointment", key="turn/1", vehicle_hint={"make": "Fiat"}, **BOOKING
    )
    await desk.ok("book_appointment", key="turn/1", **BOOKING)


async def test_a_turn_sent_again_finds_what_it_did(desk: Desk) -> None:
    done = await desk.ok("book_appointment", key="turn-a/1", **BOOKING)
    await desk.ok("update_appointment", key="turn-a/2", appointment_id="apt_18", notes="x")
    await desk.ok("update_appointment", key="turn-ab/1", appointment_id="apt_18", notes="y")
    operations = await desk.workshop.operations("turn-a")
    assert [(o.tool, o.key, o.by) for o in operations] == [
        ("book_appointment", "turn-a/1", "cli"),
        ("update_appointment", "turn-a/2", "cli"),
    ]
    assert operations[0].data == done
    assert operations[0].arguments == BOOKING
    assert await desk.workshop.operations("turn") == []


async def test_an_unknown_tool_is_refused_not_raised(desk: Desk) -> None:
    no = await desk.no(RefusalCode.NOT_FOUND, "fly")
    assert "'fly'" in no["message"]


@pytest.mark.parametrize("name", ["plan_campaign", "send_campaign", "erase_customer", "query_customers"])
async def test_what_is_not_offered_is_refused_plainly(desk: Desk, name: str) -> None:
    assert name not in [spec.name for spec in await desk.workshop.tools()]
    no = await desk.no(RefusalCode.NOT_FOUND, name)
    assert "does not offer" in no["message"]


# undo


async def test_undo_takes_back_the_booking_and_its_messages(desk: Desk) -> None:
    done = await desk.ok("book_appointment", **BOOKING)
    undone = await desk.ok("undo")
    assert undone["undone"]["operation_id"] == done["operation_id"]
    assert undone["appointment"]["status"] == "cancelled"
    assert len(undone["cancelled_messages"]) == 2
    assert (await desk.workshop.deliver()).waiting == 0
    await desk.ok("book_appointment", **BOOKING)


async def test_undo_goes_back_step_by_step_and_then_has_nothing(desk: Desk) -> None:
    booked = await desk.ok("book_appointment", **BOOKING)
    apt = booked["appointment"]["id"]
    await desk.ok("reschedule_appointment", appointment_id=apt, start="2026-03-20T09:00")
    back = await desk.ok("undo")
    assert back["appointment"]["start"] == BOOKING["start"]
    assert (await desk.ok("undo"))["appointment"]["status"] == "cancelled"
    no = await desk.no(RefusalCode.NOT_FOUND, "undo")
    assert no["reason"] == "nothing_to_undo"


async def test_undoing_a_move_puts_the_messages_back_too(desk: Desk) -> None:
    booked = await desk.ok("book_appointment", **BOOKING)
    apt = booked["appointment"]["id"]
    await desk.ok("reschedule_appointment", appointment_id=apt, start="2026-03-20T09:00")
    await desk.ok("undo")
    moved = await desk.ok("reschedule_appointment", dry_run=True, appointment_id=apt, start="2026-03-18T14:30")
    assert len(moved["messages"]) == 2


async def test_undo_is_refused_when_something_was_built_on_it(desk: Desk) -> None:
    booked = await desk.ok("book_appointment", **BOOKING)
    await desk.ok("update_appointment", appointment_id=booked["appointment"]["id"], notes="porta anche le gomme")
    no = await desk.no(RefusalCode.STALE, "undo", operation_id=booked["operation_id"])
    assert no["reason"] == "changed_since"
    assert no["opposite"] == {
        "name": "cancel_appointment",
        "arguments": {"appointment_id": booked["appointment"]["id"]},
    }


async def test_undo_is_refused_when_work_was_recorded_for_it(desk: Desk) -> None:
    booked = await desk.ok("book_appointment", **BOOKING)
    await desk.ok("record_work", appointment_id=booked["appointment"]["id"], work="olio")
    no = await desk.no(RefusalCode.STALE, "undo", operation_id=booked["operation_id"])
    assert no["reason"] == "changed_since"


async def test_undo_is_refused_when_a_message_has_left(desk: Desk) -> None:
    booked = await desk.ok("book_appointment", **BOOKING)
    desk.mark_sent(booked["messages"][0]["id"])
    no = await desk.no(RefusalCode.STALE, "undo")
    assert no["reason"] == "message_left"
    assert [a["status"] for a in await desk.day("2026-03-18") if a["id"] == booked["appointment"]["id"]] == [
        "confirmed"
    ]


async def test_undo_of_a_cancellation_needs_the_time_still_free(desk: Desk) -> None:
    gone = await desk.ok("cancel_appointment", appointment_id="apt_18")
    await desk.book("AB123CD", "revisione", "2026-03-18T09:00")
    no = await desk.no(RefusalCode.STALE, "undo", operation_id=gone["operation_id"])
    assert no["reason"] == "slot_taken"
    await desk.ok("undo")
    back = await desk.ok("undo", operation_id=gone["operation_id"])
    assert back["appointment"]["status"] == "confirmed"


async def test_undo_happens_once_and_is_itself_not_undone(desk: Desk) -> None:
    booked = await desk.ok("book_appointment", **BOOKING)
    undone = await desk.ok("undo", key="turn/9")
    assert await desk.ok("undo", key="turn/9") == undone
    no = await desk.no(RefusalCode.STALE, "undo", operation_id=booked["operation_id"])
    assert no["reason"] == "already_undone"
    no = await desk.no(RefusalCode.STALE, "undo", operation_id=undone["operation_id"])
    assert no["reason"] == "is_an_undo"
    assert (await desk.workshop.operations("turn"))[0].tool == "undo"


async def test_undo_of_a_saved_customer_and_a_recorded_reading(desk: Desk) -> None:
    await desk.ok("save_customer", customer_id="cus_1", phone="+393330000000")
    await desk.ok("record_work", plate="AB123CD", mileage=180_000)
    await desk.ok("undo")
    history = await desk.ok("vehicle_history", plate="AB123CD")
    assert history["vehicle"]["mileage"] == 176_862
    assert len(history["jobs"]) == 1
    await desk.ok("undo")
    assert (await desk.ok("find_customer", plate="AB123CD"))["items"][0]["phone"] == "+393352698653"


async def test_undo_withdraws_a_message_that_still_waits(desk: Desk) -> None:
    await desk.ok("send_message", appointment_id="apt_1", channel="whatsapp", template="vehicle_ready")
    await desk.ok("schedule_reminder", appointment_id="apt_18", channel="whatsapp", before=1440)
    assert (await desk.workshop.deliver()).waiting == 2
    undone = await desk.ok("undo")
    assert [m["template"] for m in undone["cancelled_messages"]] == ["appointment_reminder"]
    await desk.ok("undo")
    assert (await desk.workshop.deliver()).waiting == 0


async def test_a_reminder_asked_for_since_goes_with_the_booking(desk: Desk) -> None:
    booked = await desk.book("AB123CD", "tagliando", "2026-03-18T11:00")
    await desk.ok("schedule_reminder", appointment_id=booked["appointment"]["id"], channel="whatsapp", before=1440)
    undone = await desk.ok("undo", operation_id=booked["operation_id"])
    assert [m["template"] for m in undone["cancelled_messages"]] == ["appointment_reminder"]
    assert (await desk.workshop.deliver()).waiting == 0


# records


async def test_a_reading_is_recorded_and_shown(desk: Desk) -> None:
    done = await desk.ok("record_work", plate="AB123CD", mileage=178_000, services=["tagliando"], work="Olio e filtri")
    assert done["job"]["date"] == "2026-03-10"
    assert done["vehicle"]["mileage"] == 178_000
    history = await desk.ok("vehicle_history", plate="AB123CD")
    assert history["readings"][0] == {"date": "2026-03-10", "mileage": 178_000}
    tagliando = next(due for due in history["due"] if due["service"]["name_it"] == "Tagliando")
    assert (tagliando["on_record"], tagliando["at_mileage"]) == (True, 193_000)


async def test_a_falling_odometer_needs_a_yes_and_is_noted(desk: Desk) -> None:
    no = await desk.no(RefusalCode.NOT_CONFIRMED, "record_work", plate="AB123CD", mileage=17_600)
    assert no["reasons"] == ["falling_odometer"]
    assert no["falling_odometer"] == {"said": 17_600, "last": {"mileage": 176_862, "date": "2025-12-04"}}
    done = await desk.ok("record_work", accepted=("falling_odometer",), plate="AB123CD", mileage=17_600)
    assert done["job"]["falling_odometer"] is True


async def test_work_is_recorded_for_an_appointments_car(desk: Desk) -> None:
    done = await desk.ok("record_work", appointment_id="apt_1", notes="cigolio davanti")
    assert done["vehicle"]["plate"] == "GA907ZT"
    no = await desk.no(
        RefusalCode.INVALID_INPUT, "record_work", appointment_id="apt_1", plate="AB123CD", notes="cigolio"
    )
    assert no["field"] == "appointment_id"
    await desk.no(RefusalCode.INVALID_INPUT, "record_work", plate="AB123CD")


async def test_blocking_time_over_appointments_needs_a_yes_and_leaves_them(desk: Desk) -> None:
    block = {"staff": "Marco", "from_": "2026-03-18", "to": "2026-03-18", "reason": "corso"}
    no = await desk.no(RefusalCode.NOT_CONFIRMED, "block_time", **block)
    assert [a["id"] for a in no["appointments_in_the_way"]] == ["apt_18", "apt_19"]
    done = await desk.ok("block_time", accepted=("appointments_in_the_way",), **block)
    assert (done["blocked"]["from"], done["blocked"]["to"]) == (
        "2026-03-18T00:00:00+01:00",
        "2026-03-19T00:00:00+01:00",
    )
    assert [a["id"] for a in await desk.day("2026-03-18", staff="Marco")] == ["apt_18", "apt_19"]
    await desk.no(
        RefusalCode.SLOT_TAKEN, "book_appointment", services=["revisione"], plate="AB123CD", start="2026-03-18T11:00"
    )
    await desk.ok("undo")
    await desk.book("AB123CD", "revisione", "2026-03-18T11:00")


# saving


async def test_a_customer_is_saved_once(desk: Desk) -> None:
    new = await desk.ok("save_customer", name="Piero Testa", phone="+393401112233")
    assert new["created"] is True
    assert new["customer"]["last_name"] == "Testa"
    no = await desk.no(RefusalCode.NOT_CONFIRMED, "save_customer", name="piero  testà")
    assert no["reasons"] == ["possible_duplicate"]
    changed = await desk.ok("save_customer", customer_id=new["customer"]["id"], email="p.testa@example.test")
    assert (changed["created"], changed["version"]) == (False, 2)
    assert changed["customer"]["phone"] == "+393401112233"
    await desk.no(RefusalCode.NOT_FOUND, "save_customer", customer_id="cus_999", email="x@example.test")
    await desk.no(RefusalCode.INVALID_INPUT, "save_customer", phone="+393401112233")


async def test_a_car_is_saved_once(desk: Desk) -> None:
    new = await desk.ok("save_vehicle", make="Skoda", model="Fabia", plate="GX111AA", customer_id="cus_1")
    assert new["vehicle"]["owner"]["name"] == "Mario Rossi"
    await desk.no(RefusalCode.AMBIGUOUS, "save_vehicle", make="Skoda", model="Fabia", plate="GX111AA")
    changed = await desk.ok(
        "save_vehicle", vehicle_id=new["vehicle"]["id"], colour="verde", first_registered="2022-05-01"
    )
    assert changed["vehicle"]["colour"] == "verde"
    no = await desk.no(RefusalCode.INVALID_INPUT, "save_vehicle", vehicle_id="veh_1", first_registered="maggio")
    assert no["field"] == "first_registered"
    await desk.no(RefusalCode.AMBIGUOUS, "save_vehicle", vehicle_id="veh_1", plate="GX111AA")


async def test_the_vocabulary_changes_its_version_with_its_words(desk: Desk, clock: Clock) -> None:
    first = await desk.workshop.vocabulary()
    assert first is not None
    assert await desk.workshop.vocabulary(first.version) is None
    await desk.ok("update_appointment", appointment_id="apt_18", notes="x")
    assert await desk.workshop.vocabulary(first.version) is None
    await desk.ok("save_vehicle", make="Skoda", model="Fabia", plate="GX111AA", customer_id="cus_1")
    second = await desk.workshop.vocabulary(first.version)
    assert second is not None
    assert "GX111AA" in [car.plate for car in second.vehicles]
    await desk.ok("undo")
    third = await desk.workshop.vocabulary(second.version)
    assert third is not None
    assert "GX111AA" not in [car.plate for car in third.vehicles]
