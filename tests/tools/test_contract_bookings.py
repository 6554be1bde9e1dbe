"""Every workshop books, moves and cancels alike."""

import pytest

from tests.tools.backends import Clock, Desk
from tools.errors import RefusalCode

WEDNESDAY = "2026-03-18"
NOTIFY = {"channel": "whatsapp", "confirmation": True, "reminder_before": 1440}
ALL_DAY = {"from": WEDNESDAY, "to": WEDNESDAY, "choose": "first"}
BACKWARDS = {"from": "2026-03-18", "to": "2026-03-17"}
NEW_CAR = {"make": "Skoda", "model": "Fabia"}


async def test_one_call_books_and_queues_both_messages(desk: Desk) -> None:
    done = await desk.ok(
        "book_appointment",
        key="t/1",
        services=["tagliando"],
        plate="AB123CD",
        vehicle_hint={"colour": "grigio", "body": "suv"},
        window=ALL_DAY,
        notify=NOTIFY,
    )
    booked = done["appointment"]
    assert (booked["start"], booked["end"]) == ("2026-03-18T10:30:00+01:00", "2026-03-18T12:00:00+01:00")
    assert booked["staff"]["name"] == "Luca Ferri"
    assert booked["customer"]["name"] == "Mario Rossi"
    assert booked["vehicle"]["plate"] == "AB123CD"
    assert [(m["template"], m["due_at"], m["status"]) for m in done["messages"]] == [
        ("appointment_confirmed", "2026-03-10T10:00:30+01:00", "queued"),
        ("appointment_reminder", "2026-03-17T10:30:00+01:00", "queued"),
    ]
    assert [a["id"] for a in await desk.day(WEDNESDAY) if a["vehicle"]["plate"] == "AB123CD"] == [booked["id"]]


async def test_a_booking_carries_other_times_as_chips(desk: Desk) -> None:
    done = await desk.ok("book_appointment", services=["tagliando"], plate="AB123CD", window=ALL_DAY)
    starts = [slot["start"] for slot in done["alternatives"]]
    assert len(starts) == 3
    assert all(start > done["appointment"]["start"] for start in starts)


async def test_a_hint_that_contradicts_the_record_writes_nothing(desk: Desk) -> None:
    before = await desk.day(WEDNESDAY)
    no = await desk.no(
        RefusalCode.VEHICLE_MISMATCH,
        "book_appointment",
        services=["tagliando"],
        plate="AB123CD",
        vehicle_hint={"colour": "rosso"},
        window=ALL_DAY,
    )
    assert no["mismatch"] == [{"field": "colour", "said": "rosso", "record": "grigio"}]
    assert await desk.day(WEDNESDAY) == before


async def test_an_unknown_plate_brings_the_nearest_known(desk: Desk) -> None:
    no = await desk.no(
        RefusalCode.NOT_FOUND, "book_appointment", services=["tagliando"], plate="AB128CD", window=ALL_DAY
    )
    assert [(car["plate"], car["make"], car["owner"]["name"]) for car in no["nearest"]] == [
        ("AB123CD", "Nissan", "Mario Rossi")
    ]
    far = await desk.no(RefusalCode.NOT_FOUND, "find_vehicle", plate="ZZ999ZZ")
    assert far["nearest"] == []


async def test_a_taken_start_is_refused_with_what_comes_next(desk: Desk) -> None:
    no = await desk.no(
        RefusalCode.SLOT_TAKEN,
        "book_appointment",
        services=["revisione"],
        plate="FH482LM",
        start="2026-03-18T10:00:00+01:00",
    )
    assert [slot["start"] for slot in no["alternatives"]] == [
        "2026-03-18T11:00:00+01:00",
        "2026-03-18T11:30:00+01:00",
        "2026-03-18T12:00:00+01:00",
    ]


async def test_a_busy_technician_offers_the_free_one_at_that_hour_first(desk: Desk) -> None:
    no = await desk.no(
        RefusalCode.SLOT_TAKEN,
        "book_appointment",
        services=["tagliando"],
        plate="FH482LM",
        start="2026-03-11T08:30:00+01:00",
        staff="Marco",
    )
    assert no["alternatives"][0]["staff"]["name"] == "Marco Galli"
    no = await desk.no(
        RefusalCode.SLOT_TAKEN,
        "book_appointment",
        services=["tagliando"],
        plate="FH482LM",
        start="2026-03-12T10:00:00+01:00",
        staff="Luca",
    )
    assert no["alternatives"][0] == {
        "start": "2026-03-12T10:00:00+01:00",
        "end": "2026-03-12T11:30:00+01:00",
        "staff": {"id": "stf_1", "name": "Marco Galli"},
    }


async def test_a_full_window_is_refused_with_what_comes_after(desk: Desk) -> None:
    for plate, hour in (("AB123CD", "08:30"), ("EV660PS", "10:30"), ("DK351RB", "14:30"), ("GB734TK", "16:30")):
        await desk.book(plate, "freni", f"2026-03-17T{hour}", staff="Marco")
    no = await desk.no(
        RefusalCode.SLOT_TAKEN,
        "book_appointment",
        services=["revisione"],
        plate="FH482LM",
        window={"from": "2026-03-17", "to": "2026-03-17"},
    )
    assert no["alternatives"][0]["start"] == "2026-03-18T11:00:00+01:00"


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        ("2026-03-15T10:00:00+01:00", None),
        ("2026-04-06T10:00:00+02:00", "Lunedì dell'Angelo"),
        ("2026-12-07T10:00:00+01:00", "Sant'Ambrogio"),
        ("2026-08-12T10:00:00+02:00", "Ferie"),
    ],
)
async def test_a_closed_day_is_refused_with_its_reason(desk: Desk, start: str, reason: str | None) -> None:
    no = await desk.no(
        RefusalCode.OUTSIDE_HOURS, "book_appointment", services=["revisione"], plate="FH482LM", start=start
    )
    assert no.get("reason") == reason
    assert no["hours"] == []
    assert len(no["alternatives"]) == 3
    assert no["alternatives"][0]["start"] > start


@pytest.mark.parametrize("start", ["2026-03-18T12:30", "2026-03-18T12:15", "2026-03-18T07:00", "2026-03-18T18:15"])
async def test_a_job_may_not_leave_the_opening_hours(desk: Desk, start: str) -> None:
    no = await desk.no(
        RefusalCode.OUTSIDE_HOURS, "book_appointment", services=["revisione"], plate="FH482LM", start=start
    )
    assert no["hours"] == [{"from": "08:30", "to": "12:30"}, {"from": "14:30", "to": "18:30"}]


async def test_a_long_job_runs_over_the_midday_break_but_not_overnight(desk: Desk) -> None:
    done = await desk.book("FH482LM", "distribuzione", "2026-03-16T08:30")
    assert done["appointment"]["end"] == "2026-03-16T16:30:00+01:00"
    await desk.no(
        RefusalCode.OUTSIDE_HOURS,
        "book_appointment",
        services=["distribuzione"],
        plate="GA907ZT",
        start="2026-03-19T11:30:00+01:00",
    )


async def test_what_is_past_is_refused(desk: Desk) -> None:
    no = await desk.no(
        RefusalCode.IN_THE_PAST, "book_appointment", services=["gomme"], plate="AB123CD", start="2026-03-10T09:30"
    )
    assert no["earliest"] == "2026-03-10T10:00:00+01:00"
    await desk.no(
        RefusalCode.IN_THE_PAST,
        "book_appointment",
        services=["gomme"],
        plate="AB123CD",
        window={"from": "2026-03-09", "to": "2026-03-09"},
    )


async def test_a_window_that_began_is_looked_at_from_now_on(desk: Desk) -> None:
    done = await desk.ok(
        "book_appointment", services=["gomme"], plate="AB123CD", window={"from": "2026-03-10", "to": "2026-03-10"}
    )
    assert done["appointment"]["start"] == "2026-03-10T10:00:00+01:00"


async def test_a_car_is_not_in_two_bays_at_once(desk: Desk) -> None:
    await desk.book("AB123CD", "tagliando", "2026-03-16T09:00")
    no = await desk.no(
        RefusalCode.ALREADY_BOOKED, "book_appointment", services=["gomme"], plate="AB123CD", start="2026-03-16T10:00"
    )
    assert no["appointment"]["start"] == "2026-03-16T09:00:00+01:00"
    later = await desk.ok(
        "book_appointment",
        services=["gomme"],
        plate="AB123CD",
        window={"from": "2026-03-16T09:00:00+01:00", "to": "2026-03-16"},
    )
    assert later["appointment"]["start"] == "2026-03-16T10:30:00+01:00"


async def test_who_cannot_do_it_is_named_with_who_can(desk: Desk) -> None:
    no = await desk.no(
        RefusalCode.UNQUALIFIED,
        "book_appointment",
        services=["revisione"],
        plate="AB123CD",
        start="2026-03-18T11:00",
        staff="Sara",
    )
    assert no["who"] == [{"id": "stf_1", "name": "Marco Galli"}]
    nobody = await desk.no(
        RefusalCode.UNQUALIFIED,
        "find_slots",
        services=["revisione", "carrozzeria"],
        from_=WEDNESDAY,
        to=WEDNESDAY,
    )
    assert nobody["who"] == []


async def test_several_services_take_their_minutes_together(desk: Desk) -> None:
    done = await desk.ok(
        "book_appointment", services=["tagliando", "freni"], plate="AB123CD", start="2026-03-16T08:30:00+01:00"
    )
    assert done["appointment"]["end"] == "2026-03-16T12:00:00+01:00"
    assert [s["id"] for s in done["appointment"]["services"]] == ["svc_1", "svc_4"]


async def test_a_new_car_and_a_new_customer_come_and_go_with_the_booking(desk: Desk) -> None:
    done = await desk.ok(
        "book_appointment",
        services=["gomme"],
        new_vehicle={"make": "Skoda", "model": "Fabia", "plate": "GX111AA"},
        new_customer={"name": "Piero Testa", "phone": "+393401112233"},
        start="2026-03-16T09:00",
        notify={"channel": "whatsapp", "confirmation": True},
    )
    assert done["appointment"]["customer"]["name"] == "Piero Testa"
    assert (await desk.ok("find_vehicle", plate="GX111AA"))["items"][0]["owner"]["name"] == "Piero Testa"
    undone = await desk.ok("undo", operation_id=done["operation_id"])
    assert undone["appointment"]["status"] == "cancelled"
    assert [m["status"] for m in undone["cancelled_messages"]] == ["cancelled"]
    await desk.no(RefusalCode.NOT_FOUND, "find_vehicle", plate="GX111AA")
    assert (await desk.ok("find_customer", name="Piero Testa"))["total"] == 0


async def test_a_new_customer_who_looks_known_needs_a_yes(desk: Desk) -> None:
    booking = {
        "services": ["gomme"],
        "plate": "AB123CD",
        "new_customer": {"name": "Marta Rossi", "phone": "+393352698653"},
        "start": "2026-03-16T09:00",
    }
    no = await desk.no(RefusalCode.NOT_CONFIRMED, "book_appointment", **booking)
    assert no["reasons"] == ["possible_duplicate"]
    assert [each["name"] for each in no["possible_duplicate"]] == ["Mario Rossi"]
    done = await desk.ok("book_appointment", accepted=("possible_duplicate",), **booking)
    assert done["appointment"]["customer"]["name"] == "Marta Rossi"


async def test_a_new_car_whose_plate_is_known_is_ambiguous(desk: Desk) -> None:
    no = await desk.no(
        RefusalCode.AMBIGUOUS,
        "book_appointment",
        services=["gomme"],
        new_vehicle={"make": "Nissan", "model": "Juke", "plate": "AB123CD"},
        customer_id="cus_1",
        start="2026-03-16T09:00",
    )
    assert [car["id"] for car in no["candidates"]] == ["veh_1"]


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"services": [], "plate": "AB123CD", "start": "2026-03-16T09:00"}, "services"),
        ({"services": ["gomme"], "start": "2026-03-16T09:00"}, "plate"),
        ({"services": ["gomme"], "plate": "AB123CD", "vehicle_id": "veh_1", "start": "2026-03-16T09:00"}, "plate"),
        ({"services": ["gomme"], "plate": "AB123CD"}, "start"),
        ({"services": ["gomme"], "plate": "AB123CD", "start": "2026-03-16T09:00", "window": ALL_DAY}, "start"),
        ({"services": ["gomme"], "plate": "AB123CD", "start": "mercoledì"}, "start"),
        ({"services": ["gomme"], "plate": "AB123CD", "start": "2026-03-29T02:30:00"}, "start"),
        ({"services": ["gomme"], "plate": "AB123CD", "start": "2026-03-29T02:30:00+01:00"}, "start"),
        ({"services": ["gomme"], "plate": "AB123CD", "start": "2026-02-30T09:00"}, "start"),
        (
            {"services": ["gomme"], "plate": "AB123CD", "window": {"from": "2026-03-18", "to": "2026-03-17"}},
            "window.to",
        ),
        ({"services": ["gomme"], "plate": "ab 123 cd", "start": "2026-03-16T09:00"}, "plate"),
        ({"services": ["gomme"], "plate": "AB123CD", "start": "2026-03-16T09:00", "colour": "x"}, "colour"),
        (
            {"services": ["gomme"], "new_vehicle": {"make": "A", "model": "B"}, "start": "2026-03-16T09:00"},
            "customer_id",
        ),
    ],
)
async def test_bad_arguments_are_refused_by_name(desk: Desk, arguments: dict[str, object], field: str) -> None:
    no = await desk.no(RefusalCode.INVALID_INPUT, "book_appointment", **arguments)
    assert no["field"] == field
    assert no["message"].startswith(field)


async def test_an_unknown_service_is_refused_with_the_known_ones(desk: Desk) -> None:
    no = await desk.no(
        RefusalCode.NOT_FOUND, "book_appointment", services=["teletrasporto"], plate="AB123CD", start="2026-03-16T09:00"
    )
    assert no["what"] == "service"
    assert "Tagliando" in [each["name"] for each in no["known"]]


# moving


async def test_moving_takes_the_messages_along(desk: Desk) -> None:
    done = await desk.book("AB123CD", "tagliando", "2026-03-18T11:00", notify=NOTIFY)
    moved = await desk.ok(
        "reschedule_appointment", appointment_id=done["appointment"]["id"], start="2026-03-20T09:00:00+01:00"
    )
    assert moved["appointment"]["start"] == "2026-03-20T09:00:00+01:00"
    assert moved["appointment"]["staff"] == done["appointment"]["staff"]
    assert [(m["template"], m["due_at"]) for m in moved["messages"]] == [
        ("appointment_confirmed", "2026-03-10T10:00:30+01:00"),
        ("appointment_reminder", "2026-03-19T09:00:00+01:00"),
    ]
    assert all("venerdì 20 marzo alle 09:00" in m["text"] for m in moved["messages"])


async def test_moving_close_cancels_a_reminder_that_would_be_past_and_says_so(desk: Desk) -> None:
    done = await desk.book("AB123CD", "gomme", "2026-03-18T11:00", notify=NOTIFY)
    moved = await desk.ok("reschedule_appointment", appointment_id=done["appointment"]["id"], start="2026-03-10T14:30")
    assert [m["template"] for m in moved["cancelled_messages"]] == ["appointment_reminder"]
    assert [(s["template"], s["reason"]) for s in moved["skipped"]] == [("appointment_reminder", "already_past")]


async def test_an_appointment_may_move_over_itself(desk: Desk) -> None:
    done = await desk.book("AB123CD", "tagliando", "2026-03-16T09:00")
    moved = await desk.ok("reschedule_appointment", appointment_id=done["appointment"]["id"], start="2026-03-16T09:30")
    assert moved["appointment"]["start"] == "2026-03-16T09:30:00+01:00"
    assert moved["version"] == 2


async def test_moving_after_the_confirmation_left_needs_a_yes_or_a_message(desk: Desk) -> None:
    done = await desk.book("AB123CD", "tagliando", "2026-03-18T11:00", notify=NOTIFY)
    desk.mark_sent(done["messages"][0]["id"])
    move = {"appointment_id": done["appointment"]["id"], "start": "2026-03-20T09:00"}
    no = await desk.no(RefusalCode.NOT_CONFIRMED, "reschedule_appointment", **move)
    assert no["reasons"] == ["message_already_left"]
    proposal = await desk.ok("reschedule_appointment", dry_run=True, **move)
    assert proposal["offers"] == ["appointment_moved"]
    told = await desk.ok("reschedule_appointment", dry_run=True, notify={"channel": "whatsapp"}, **move)
    assert "appointment_moved" in [m["template"] for m in told["messages"]]
    accepted = await desk.ok("reschedule_appointment", accepted=("message_already_left",), **move)
    assert accepted["offers"] == ["appointment_moved"]
    assert "appointment_moved" not in [m["template"] for m in accepted["messages"]]


async def test_a_confirmation_still_waiting_tells_the_new_time_by_itself(desk: Desk) -> None:
    done = await desk.book("AB123CD", "tagliando", "2026-03-18T11:00", notify=NOTIFY)
    moved = await desk.ok(
        "reschedule_appointment",
        appointment_id=done["appointment"]["id"],
        start="2026-03-20T09:00",
        notify={"channel": "whatsapp"},
    )
    assert sorted(m["template"] for m in moved["messages"]) == ["appointment_confirmed", "appointment_reminder"]


async def test_a_car_that_came_and_is_moved_is_expected_again(desk: Desk) -> None:
    moved = await desk.ok("reschedule_appointment", appointment_id="apt_2", start="2026-03-20T09:00")
    assert moved["appointment"]["status"] == "confirmed"


async def test_a_cancelled_appointment_is_not_moved(desk: Desk) -> None:
    await desk.ok("cancel_appointment", appointment_id="apt_18")
    no = await desk.no(RefusalCode.STALE, "reschedule_appointment", appointment_id="apt_18", start="2026-03-20T09:00")
    assert no["reason"] == "cancelled"


async def test_a_version_looked_at_before_is_stale(desk: Desk) -> None:
    await desk.ok("update_appointment", appointment_id="apt_18", notes="chiamare prima")
    no = await desk.no(
        RefusalCode.STALE, "reschedule_appointment", appointment_id="apt_18", start="2026-03-20T09:00", version=1
    )
    assert no["version"] == 2
    await desk.ok("reschedule_appointment", appointment_id="apt_18", start="2026-03-20T09:00", version=2)


# cancelling and changing


async def test_cancelling_takes_the_messages_with_it(desk: Desk) -> None:
    done = await desk.book("AB123CD", "tagliando", "2026-03-18T11:00", notify=NOTIFY)
    gone = await desk.ok("cancel_appointment", appointment_id=done["appointment"]["id"], reason="influenza")
    assert gone["appointment"]["status"] == "cancelled"
    assert gone["appointment"]["notes"] == "influenza"
    assert len(gone["cancelled_messages"]) == 2
    assert gone["messages"] == []
    await desk.book("FH482LM", "tagliando", "2026-03-18T11:00", staff=done["appointment"]["staff"]["id"])


async def test_cancelling_tells_the_customer_when_asked(desk: Desk) -> None:
    gone = await desk.ok("cancel_appointment", appointment_id="apt_18", notify={"channel": "email"})
    assert [(m["template"], m["to"]) for m in gone["messages"]] == [
        ("appointment_cancelled", "valentina.santoro@example.test")
    ]
    await desk.no(RefusalCode.STALE, "cancel_appointment", appointment_id="apt_18")


async def test_a_cancelled_appointment_is_not_listed_unless_asked_for(desk: Desk) -> None:
    await desk.ok("cancel_appointment", appointment_id="apt_18")
    assert "apt_18" not in [a["id"] for a in await desk.day(WEDNESDAY)]
    assert [a["id"] for a in await desk.day(WEDNESDAY, status="cancelled")] == ["apt_18"]


async def test_a_service_added_works_out_the_end_anew(desk: Desk) -> None:
    done = await desk.ok("update_appointment", appointment_id="apt_16", add_services=["freni"])
    assert done["appointment"]["end"] == "2026-03-17T12:30:00+01:00"
    no = await desk.no(RefusalCode.SLOT_TAKEN, "update_appointment", appointment_id="apt_18", add_services=["diagnosi"])
    assert len(no["alternatives"]) == 3


async def test_another_technician_takes_over_if_free_and_able(desk: Desk) -> None:
    done = await desk.ok("update_appointment", appointment_id="apt_16", staff="Marco")
    assert done["appointment"]["staff"]["name"] == "Marco Galli"
    await desk.no(RefusalCode.UNQUALIFIED, "update_appointment", appointment_id="apt_18", staff="Sara")
    await desk.no(RefusalCode.SLOT_TAKEN, "update_appointment", appointment_id="apt_18", staff="Luca")


async def test_ready_offers_the_message_and_notes_are_added(desk: Desk) -> None:
    done = await desk.ok("update_appointment", appointment_id="apt_1", status="ready", notes="lavata")
    assert done["offers"] == ["vehicle_ready"]
    again = await desk.ok("update_appointment", appointment_id="apt_1", notes="chiavi in cassetta")
    assert again["appointment"]["notes"] == "lavata; chiavi in cassetta"


async def test_a_no_show_comes_back_only_if_the_time_is_still_free(desk: Desk) -> None:
    await desk.ok("update_appointment", appointment_id="apt_18", status="no_show")
    await desk.book("AB123CD", "revisione", "2026-03-18T09:00")
    await desk.no(RefusalCode.SLOT_TAKEN, "update_appointment", appointment_id="apt_18", status="confirmed")


async def test_nothing_to_change_is_refused(desk: Desk) -> None:
    no = await desk.no(RefusalCode.INVALID_INPUT, "update_appointment", appointment_id="apt_18")
    assert no["field"] == "status"


async def test_a_dry_run_answers_like_the_write_and_changes_nothing(desk: Desk, clock: Clock) -> None:
    before = await desk.day(WEDNESDAY)
    booking = {"services": ["tagliando"], "plate": "AB123CD", "window": ALL_DAY, "notify": NOTIFY}
    proposal = await desk.ok("book_appointment", dry_run=True, **booking)
    assert "operation_id" not in proposal
    assert await desk.day(WEDNESDAY) == before
    assert (await desk.workshop.deliver()).waiting == 0
    done = await desk.ok("book_appointment", **booking)
    done.pop("operation_id")
    assert done == proposal
