"""What the card says for every kind of preview, from the proposal's own data."""

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from agent.events import Call, Needs, Preview
from desktop import answers, dayplan, texts
from desktop.dayplan import Look
from desktop.memory import Memory
from desktop.summary import Summary, summarise
from desktop.texts import when, wording
from tests.desktop import scenes
from tests.desktop.scenes import NOW, appointment, customer, message, one, vehicle

pytestmark = pytest.mark.usefixtures("qapp")


def card(kind: str, proposal: dict[str, Any], tool: str = "book_appointment", **arguments: Any) -> Summary:
    preview = Preview(1, "pre_1", kind, Call("c", tool, arguments), proposal, (), Needs.YES)
    return summarise(preview, NOW)


def lines(summary: Summary) -> str:
    return " | ".join(f"{fact.text} {fact.note}".strip() for fact in (*summary.facts, *summary.messages))


def test_a_booking_in_italian(qapp: QApplication) -> None:
    texts.use(qapp, "it")
    summary = summarise(scenes.booking(), NOW)
    assert summary.text().splitlines() == [
        "Tagliando", "mercoledì 18 marzo", "10:30 – 12:00", "Nissan Qashqai, grigio", "AB 123 CD",
    ]  # fmt: skip
    assert "Promemoria via WhatsApp mar 17 mar, 10:30" in lines(summary)


def test_a_day_that_is_near_is_called_so() -> None:
    summary = card("booking", {"appointment": appointment("apt_3"), "messages": []})
    assert summary.day == "today, Tuesday 10 March"


def test_a_cancellation_is_struck_through_with_its_messages() -> None:
    gone = message("appointment_reminder", "2026-03-09T11:00:00", status="cancelled")
    summary = card(
        "cancellation", {"appointment": appointment("apt_3", status="cancelled"), "cancelled_messages": [gone]}
    )
    assert summary.gone
    assert [fact.gone for fact in summary.messages] == [True]


def test_an_update_says_how_it_stands() -> None:
    summary = card("update", {"appointment": appointment("apt_3", status="waiting_parts")})
    assert "Waiting for parts" in lines(summary)


def test_a_message_shows_its_text() -> None:
    summary = card("message", {"messages": [message("vehicle_ready", "2026-03-10T10:00:00")]}, "send_message")
    assert "Gentile Mario Rossi" in lines(summary)
    assert "Car ready by WhatsApp now" in lines(summary)


def test_a_record_names_car_and_kilometres() -> None:
    job = {"vehicle": "veh_1", "date": "2026-03-10", "mileage": 170000, "falling_odometer": True, "work": "brake pads"}
    summary = card("record", {"job": job, "vehicle": vehicle("veh_1")}, "record_work")
    assert summary.plate == "AB123CD"
    assert "170,000 km lower than the last reading" in lines(summary)
    assert "brake pads" in lines(summary)


def test_a_customer_new_or_changed() -> None:
    assert card("customer", {"customer": customer("cus_1"), "created": True}).day == "New customer"
    assert card("customer", {"customer": customer("cus_1"), "created": False}).day == "Customer changed"


def test_a_car_with_its_owner() -> None:
    summary = card("vehicle", {"vehicle": vehicle("veh_1"), "created": True}, "save_vehicle")
    assert (summary.title, summary.plate) == ("New car", "AB123CD")
    assert "Mario Rossi" in lines(summary)


def test_time_off_lists_what_is_in_the_way() -> None:
    blocked = {
        "id": "b",
        "staff": one("staff", "stf_1"),
        "from": "2026-03-10T08:00:00+01:00",
        "to": "2026-03-11T00:00:00+01:00",
    }
    summary = card("block", {"blocked": blocked, "appointments": [appointment("apt_3")]}, "block_time")
    assert summary.title == "Marco Galli is away"
    assert "11:00 MOT inspection" in lines(summary)


def test_what_was_taken_back() -> None:
    undone = {"operation_id": "op_7", "tool": "book_appointment"}
    summary = card("undo", {"undone": undone, "appointment": scenes.new_booking(status="cancelled")}, "undo")
    assert summary.title == "Taken back: Book appointment"
    assert summary.gone


def test_a_kind_nobody_has_heard_of_shows_the_call() -> None:
    summary = card("dance", {}, "dance_tango", plate="AB123CD")
    assert summary.title == "dance tango"
    assert lines(summary) == "plate AB 123 CD"


def test_a_move_says_where_it_came_from() -> None:
    memory, move = Memory(), list(scenes.move(scenes.EN))
    for event in move:
        if hasattr(event, "result"):
            memory.on_tool_ended(event)  # type: ignore[arg-type]
    preview = scenes.moving(3, Needs.YES)
    assert summarise(preview, NOW, memory.before(preview)).before == "Tue 10 Mar, 11:00"


def test_the_proposed_one_is_told_apart_from_the_day() -> None:
    plan = dayplan.of_preview(scenes.booking(needs=Needs.YES), ())
    assert plan is not None
    assert [entry.look for entry in plan.entries].count(Look.PROPOSED) == 1
    assert plan.focus() == next(entry for entry in plan.entries if entry.look is Look.PROPOSED)
    done = dayplan.of_preview(scenes.booking(), ())
    assert done is not None
    assert [entry.appointment.id for entry in done.entries if entry.appointment].count("apt_21") == 1


def test_a_day_holds_no_appointment_of_another_day() -> None:
    preview = scenes.booking(needs=Needs.YES)
    mixed = Preview(
        2, "p", "booking", preview.call, preview.proposal, (*scenes.day("2026-03-10"), *preview.day), Needs.YES
    )
    plan = dayplan.of_preview(mixed, ())
    assert plan is not None
    assert {entry.start.date() for entry in plan.entries} == {plan.day}


def test_boxes_of_one_technician_share_the_width_where_they_overlap() -> None:
    from tools.domain import Appointment

    first = Appointment.from_json(appointment("apt_1"))
    second = Appointment.from_json(appointment("apt_3", start="2026-03-10T09:00:00", end="2026-03-10T09:30:00"))
    third = Appointment.from_json(appointment("apt_4", start="2026-03-10T15:00:00", staff="stf_1"))
    plan = dayplan.of_appointments([first, second, third], ())
    assert plan is not None
    assert [(entry.lane, entry.lanes) for entry in plan.entries] == [(0, 2), (1, 2), (0, 1)]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"window": {"from": "2026-03-18", "to": "2026-03-18", "choose": "first"}}, "first free Wed 18 Mar"),
        ({"window": {"from": "2026-03-18", "to": "2026-03-20", "part": "morning"}},
         "first free Wed 18 Mar – Fri 20 Mar morning"),
        ({"start": "2026-03-18T10:30:00+01:00"}, "at Wed 18 Mar 10:30"),
        ({"vehicle_hint": {"colour": "grigio", "body": "suv"}}, "described as grey, SUV"),
        ({"notify": {"channel": "whatsapp", "confirmation": True, "reminder_before": 1440}},
         "WhatsApp confirmation, reminder 24 h before"),
        ({"mileage": 120000}, "km 120,000"),
        ({"from": "2026-03-11", "to": "2026-03-11", "limit": 200}, "Wed 11 Mar"),
    ],
)  # fmt: skip
def test_arguments_are_put_into_words(given: dict[str, Any], shown: str) -> None:
    assert wording.arguments(given, {}) == [shown]


def test_ids_are_called_by_the_names_that_were_answered() -> None:
    names = dict(wording.names_in({"appointment": scenes.new_booking()}, "en"))
    assert wording.arguments({"services": ["svc_1"], "vehicle_id": "veh_1"}, names) == [
        "service Service",
        "car Nissan Qashqai",
    ]


@pytest.mark.parametrize(("value", "shown"), [(0.0384, "38 ms"), (1.244, "1.24 s")])
def test_seconds_are_readable(value: float, shown: str) -> None:
    assert when.seconds(value) == shown


def test_a_look_up_is_answered_on_a_card() -> None:
    from agent.events import Result, ToolEnded

    call = Call("c", "find_vehicle", {"plate": "AB123CD"})
    found = answers.answer(ToolEnded(1, call, Result({"items": [vehicle("veh_1")], "total": 1}), 0.001))
    assert found is not None
    assert found.plate == "AB123CD"
    assert answers.answer(ToolEnded(1, scenes.BOOK, Result(scenes.DATA), 0.001)) is None
