"""Every workshop queues messages alike: in the customer's language, to those who may get them, never twice."""

from datetime import datetime

import pytest

from tests.tools.backends import Clock, Desk
from tools.errors import RefusalCode


async def test_messages_speak_the_customers_language(desk: Desk) -> None:
    done = await desk.book(
        "DT134EC", "tagliando", "2026-03-18T11:00", notify={"channel": "whatsapp", "confirmation": True}
    )
    assert done["messages"][0]["text"] == (
        "Dear John Smith, your appointment for Service (DT134EC) is confirmed: "
        "Wednesday 18 March at 11:00. Officina Galli"
    )


async def test_several_services_are_named_in_the_message(desk: Desk) -> None:
    done = await desk.ok(
        "book_appointment",
        services=["tagliando", "freni"],
        plate="AB123CD",
        start="2026-03-16T08:30",
        notify={"channel": "email", "confirmation": True},
    )
    assert "Tagliando e Freni (AB123CD)" in done["messages"][0]["text"]
    assert done["messages"][0]["to"] == "mario.rossi@example.test"


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-18T08:30", "2026-03-17T09:00:00+01:00"),
        ("2026-03-18T11:00", "2026-03-17T11:00:00+01:00"),
        ("2026-03-30T08:30", "2026-03-29T09:00:00+02:00"),
    ],
)
async def test_the_day_before_is_moved_into_decent_hours(desk: Desk, start: str, due: str) -> None:
    await desk.ok("cancel_appointment", appointment_id="apt_18")
    done = await desk.book("AB123CD", "revisione", start, notify={"channel": "whatsapp", "reminder_before": 1440})
    assert [m["due_at"] for m in done["messages"]] == [due]


async def test_a_reminder_already_past_is_not_queued_and_the_answer_says_so(desk: Desk) -> None:
    done = await desk.book(
        "AB123CD",
        "revisione",
        "2026-03-10T14:30",
        notify={"channel": "whatsapp", "confirmation": True, "reminder_before": 1440},
    )
    assert [m["template"] for m in done["messages"]] == ["appointment_confirmed"]
    assert done["skipped"] == [
        {
            "template": "appointment_reminder",
            "channel": "whatsapp",
            "reason": "already_past",
            "due_at": "2026-03-09T14:30:00+01:00",
        }
    ]


async def test_a_booking_stands_though_its_message_has_nowhere_to_go(desk: Desk) -> None:
    done = await desk.book("GB734TK", "gomme", "2026-03-18T11:00", notify={"channel": "email", "confirmation": True})
    assert done["messages"] == []
    assert [s["reason"] for s in done["skipped"]] == ["no_address"]


async def test_a_stop_on_that_channel_stops_utility_messages_and_only_there(desk: Desk) -> None:
    await desk.ok("save_customer", customer_id="cus_1", consents={"stopped": ["whatsapp"]})
    notify = {"channel": "whatsapp", "confirmation": True}
    done = await desk.book("AB123CD", "gomme", "2026-03-18T11:00", notify=notify)
    assert [s["reason"] for s in done["skipped"]] == ["stopped"]
    sent = await desk.ok(
        "send_message",
        appointment_id=done["appointment"]["id"],
        channel="email",
        template="appointment_confirmed",
    )
    assert len(sent["messages"]) == 1
    no = await desk.no(
        RefusalCode.NO_CONSENT,
        "send_message",
        appointment_id=done["appointment"]["id"],
        channel="whatsapp",
        template="appointment_confirmed",
    )
    assert no["reason"] == "stopped"


async def test_opted_out_does_not_stop_what_is_about_the_own_car(desk: Desk) -> None:
    done = await desk.book("CM095HX", "gomme", "2026-03-18T11:00", notify={"channel": "email", "confirmation": True})
    assert len(done["messages"]) == 1


@pytest.mark.parametrize(
    ("customer", "channel", "reason"),
    [
        ("cus_7", "email", "opted_out"),
        ("cus_1", "whatsapp", "no_consent"),
        ("cus_25", "email", "not_informed"),
        ("cus_6", "email", "no_address"),
    ],
)
async def test_marketing_needs_its_ground(desk: Desk, customer: str, channel: str, reason: str) -> None:
    no = await desk.no(
        RefusalCode.NO_CONSENT,
        "send_message",
        customer_id=customer,
        channel=channel,
        template="time_for_tyres",
    )
    assert no["reason"] == reason


async def test_a_reminder_asked_for_twice_waits_once(desk: Desk) -> None:
    reminder = {"appointment_id": "apt_18", "channel": "whatsapp", "before": 120}
    first = await desk.ok("schedule_reminder", **reminder)
    again = await desk.ok("schedule_reminder", **reminder)
    assert [m["id"] for m in first["messages"]] == [m["id"] for m in again["messages"]]
    assert first["messages"][0]["due_at"] == "2026-03-18T06:30:00+01:00"
    assert (await desk.workshop.deliver()).waiting == 1


async def test_no_reminder_for_what_has_begun(desk: Desk) -> None:
    no = await desk.no(RefusalCode.STALE, "schedule_reminder", appointment_id="apt_1", channel="whatsapp", before=60)
    assert no["reason"] == "not_future"


async def test_a_template_goes_only_where_it_may_and_says_what_it_lacks(desk: Desk) -> None:
    await desk.no(RefusalCode.NOT_FOUND, "send_message", customer_id="cus_1", channel="email", template="saluti")
    no = await desk.no(
        RefusalCode.INVALID_INPUT,
        "send_message",
        customer_id="cus_1",
        channel="email",
        template="appointment_confirmed",
    )
    assert no["field"] == "variables.date"
    told = await desk.ok("send_message", appointment_id="apt_1", channel="whatsapp", template="vehicle_ready")
    assert told["messages"][0]["text"] == "La sua Volkswagen Golf (GA907ZT) è pronta. Officina Galli"


async def test_what_waits_is_counted_and_nothing_leaves(desk: Desk, clock: Clock) -> None:
    await desk.book("AB123CD", "gomme", "2026-03-18T11:00", notify={"channel": "whatsapp", "confirmation": True})
    delivery = await desk.workshop.deliver()
    assert (delivery.sent, delivery.waiting, delivery.oldest_overdue) == (0, 1, None)
    clock.pass_by(minutes=1)
    overdue = (await desk.workshop.deliver()).oldest_overdue
    assert overdue == datetime.fromisoformat("2026-03-10T10:00:30+01:00")
