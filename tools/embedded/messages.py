"""Messages: worded in the customer's language, put into the outbox, moved and withdrawn with their appointment.

A message is a row before anything leaves; nothing here sends.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from babel.dates import format_date

from tools.embedded import policies, shapes
from tools.embedded.instants import seconds
from tools.embedded.refused import Refused, invalid, not_found
from tools.embedded.work import Row, Work, dumps, loads
from tools.errors import RefusalCode

Json = dict[str, Any]

CONFIRMED = "appointment_confirmed"
REMINDER = "appointment_reminder"
MOVED = "appointment_moved"
CANCELLED = "appointment_cancelled"
READY = "vehicle_ready"
TOLD = (CONFIRMED, REMINDER, MOVED)  # templates after which the customer knows a time
LEFT = ("sent", "delivered", "read", "unknown")  # statuses of a message that is, or may be, out
KEPT = 2 * 86_400  # seconds a message without an appointment is worth sending
_FIELD = re.compile(r"\{([a-z_]+)\}")
_LOCALE = {"it": "it_IT", "en": "en_GB"}
_AND = {"it": " e ", "en": " and "}
_UNSUBSCRIBE = {"it": "Per non riceverne altri: rispondi STOP.", "en": "Reply STOP to get no more of these."}


def warm_up() -> None:
    """Load the names of days and months in both languages."""
    for locale in _LOCALE.values():
        format_date(date(2000, 1, 1), "EEEE d MMMM", locale=locale)


def template_called(work: Work, template_id: str, channel: str) -> Json:
    """The template, or `not_found`; `invalid_input` when it does not go over that channel."""
    row = work.one("SELECT body FROM templates WHERE id = ?", template_id)
    if row is None:
        known = [each["id"] for each in work.all("SELECT id FROM templates ORDER BY position")]
        raise not_found("template", template_id, known=known)
    body: Json = loads(row["body"])
    if channel not in body["channels"]:
        raise invalid("channel", channel, f"is not one {template_id} goes over: {', '.join(body['channels'])}")
    return body


def variables(work: Work, language: str, *, customer: Row, appointment: Row | None) -> dict[str, str]:
    """What the record itself says for a template's fields."""
    said = {
        "customer": shapes.full_name(customer),
        "workshop": work.settings.name,
        "unsubscribe": _UNSUBSCRIBE[language],
    }
    if appointment is None:
        return said
    start, known = work.local(appointment["start_at"]), shapes.services_by_id(work)
    names = [known[each][f"name_{language}"] for each in loads(appointment["services"])]
    said |= {
        "service": _AND[language].join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "",
        "weekday": format_date(start, "EEEE", locale=_LOCALE[language]),
        "date": format_date(start, "d MMMM", locale=_LOCALE[language]),
        "time": f"{start:%H:%M}",
    }
    if appointment["v_id"]:
        said |= {
            "plate": appointment["v_plate"] or f"{appointment['v_make']} {appointment['v_model']}",
            "model": f"{appointment['v_make']} {appointment['v_model']}",
        }
    return said


def filled(text: str, values: dict[str, str], template_id: str) -> str:
    missing = sorted({name for name in _FIELD.findall(text) if name not in values})
    if missing:
        raise invalid(f"variables.{missing[0]}", None, f"is missing: {template_id} says it and no record does")
    return _FIELD.sub(lambda match: values[match[1]], text).strip()


def worded(
    work: Work, template: Json, *, customer: Row, appointment: Row | None, said: Json | None = None
) -> dict[str, Any]:
    """Subject, text and WhatsApp parameters in the customer's language."""
    language = policies.message_language(customer["language"])
    values = variables(work, language, customer=customer, appointment=appointment) | (said or {})
    params = template.get("whatsapp", {}).get("params", [])
    subject = template.get(f"subject_{language}")
    return {
        "language": language,
        "subject": None if subject is None else filled(subject, values, template["id"]),
        "text": filled(template[language], values, template["id"]),
        "parameters": dumps([filled(f"{{{name}}}", values, template["id"]) for name in params]),
    }


def address(customer: Row, channel: str) -> str | None:
    found: str | None = customer["phone"] if channel == "whatsapp" else customer["email"]
    return found


def _customer(work: Work, row_id: str | None) -> Row | None:
    return work.one("SELECT * FROM customers WHERE id = ?", row_id) if row_id else None


def why_not(work: Work, template: Json, customer: Row, channel: str) -> str | None:
    """Why this customer may not get this on that channel; None when they may."""
    consents, where = loads(customer["consents"]), address(customer, channel)
    if template["purpose"] != "marketing":
        return policies.why_not_utility(consents, channel, where)
    own = work.one("SELECT 1 FROM jobs j JOIN vehicles v ON v.id = j.vehicle_id WHERE v.owner_id = ?", customer["id"])
    return policies.why_not_marketing(consents, channel, where, own_customer=own is not None)


def queue(
    work: Work,
    template: Json,
    *,
    customer: Row,
    channel: str,
    appointment: Row | None = None,
    due: int,
    before: int | None = None,
    said: Json | None = None,
) -> str:
    """Put a message into the outbox; one that waits there already is not put in twice. Its id."""
    subject_id = appointment["id"] if appointment else customer["id"]
    key = f"{subject_id}/{template['id']}/{channel}/{before or 0}"
    waiting = work.one("SELECT id FROM messages WHERE dedupe_key = ? AND status = 'queued'", key)
    if waiting:
        return str(waiting["id"])
    return work.insert(
        "messages",
        customer_id=customer["id"],
        appointment_id=appointment["id"] if appointment else None,
        channel=channel,
        template=template["id"],
        purpose=template["purpose"],
        address=address(customer, channel),
        **worded(work, template, customer=customer, appointment=appointment, said=said),
        due_at=due,
        expires_at=_expiry(template["id"], appointment, due),
        status="queued",
        before_minutes=before,
        dedupe_key=key,
        operation_id=work.operation_id,
    )


def _expiry(template_id: str, appointment: Row | None, due: int) -> int:
    """A confirmation or reminder is worth nothing once the car should be there."""
    if appointment is not None and template_id in TOLD and appointment["start_at"] > due:
        return int(appointment["start_at"])
    return due + KEPT


def notify(
    work: Work, appointment: Row, template_id: str, channel: str, *, before: int | None = None
) -> tuple[list[str], list[Json]]:
    """Queue a utility message about an appointment: (ids, what was skipped and why).

    What a risk-2 call sends now is held back 30 s. A message that cannot be sent does not stop the booking.
    """
    template, customer = template_called(work, template_id, channel), _customer(work, appointment["customer_id"])
    due = work.now + policies.HELD_BACK
    if before is not None:
        wanted = seconds(policies.reminder_at(work.local(appointment["start_at"]), before))
        if wanted <= work.now:
            return [], [_skip(template_id, channel, "already_past", due_at=work.iso(wanted))]
        due = max(wanted, due)
    if customer is None:
        return [], [_skip(template_id, channel, "no_customer")]
    if why := why_not(work, template, customer, channel):
        return [], [_skip(template_id, channel, why)]
    return [
        queue(work, template, customer=customer, channel=channel, appointment=appointment, due=due, before=before)
    ], []


def _skip(template_id: str, channel: str, reason: str, **more: str) -> Json:
    return {"template": template_id, "channel": channel, "reason": reason, **more}


def pending(work: Work, appointment_id: str) -> Sequence[Row]:
    return work.all("SELECT * FROM messages WHERE appointment_id = ? AND status = 'queued' ORDER BY id", appointment_id)


def told(work: Work, appointment_id: str) -> bool:
    """Whether a message naming the appointment's time has left, or may have."""
    rows = work.all("SELECT * FROM messages WHERE appointment_id = ?", appointment_id)
    return any(row["template"] in TOLD and has_left(work, row) for row in rows)


def has_left(work: Work, row: Row) -> bool:
    """Whether a message is out, may be, or is just being sent: nothing calls it back."""
    being_sent = row["status"] == "queued" and (row["claimed_until"] or 0) > work.now
    return being_sent or row["status"] in LEFT


def withdraw(work: Work, appointment_id: str) -> list[str]:
    """Cancel what waits for an appointment; the ids."""
    ids = [row["id"] for row in pending(work, appointment_id)]
    for each in ids:
        work.update("messages", each, status="cancelled")
    return ids


def move_along(work: Work, appointment: Row) -> tuple[list[str], list[str], list[Json]]:
    """Word and time anew what waits for a moved appointment: (kept, cancelled, skipped)."""
    kept, cancelled, skipped = [], [], []
    customer = _customer(work, appointment["customer_id"])
    for row in pending(work, appointment["id"]):
        due = max(row["due_at"], work.now + policies.HELD_BACK)
        if row["before_minutes"] is not None:
            wanted = seconds(policies.reminder_at(work.local(appointment["start_at"]), row["before_minutes"]))
            if wanted <= work.now:
                work.update("messages", row["id"], status="cancelled")
                cancelled.append(row["id"])
                skipped.append(_skip(row["template"], row["channel"], "already_past", due_at=work.iso(wanted)))
                continue
            due = max(wanted, work.now + policies.HELD_BACK)
        if customer is not None:
            template = template_called(work, row["template"], row["channel"])
            words = worded(work, template, customer=customer, appointment=appointment)
            expires = _expiry(row["template"], appointment, due)
            work.update("messages", row["id"], due_at=due, expires_at=expires, **words)
            kept.append(row["id"])
    return kept, cancelled, skipped


# the tools


def _told(work: Work, ids: list[str], skipped: list[Json]) -> Json:
    data: Json = {"version": 1, "messages": shapes.messages(work, ids)}
    return data | ({"skipped": skipped} if skipped else {})


def send_message(work: Work, arguments: Json) -> Json:
    if ("appointment_id" in arguments) == ("customer_id" in arguments):
        raise invalid("appointment_id", arguments.get("appointment_id"), "give either appointment_id or customer_id")
    appointment = None
    if "appointment_id" in arguments:
        appointment = shapes.appointment_by_id(work, arguments["appointment_id"])
    customer_id = appointment["customer_id"] if appointment else arguments["customer_id"]
    customer = _customer(work, customer_id)
    if customer is None:
        raise not_found("customer", customer_id or f"of {arguments['appointment_id']}")
    template = template_called(work, arguments["template"], arguments["channel"])
    _refuse_unless_allowed(work, template, customer, arguments["channel"])
    ids = [
        queue(
            work,
            template,
            customer=customer,
            channel=arguments["channel"],
            appointment=appointment,
            due=work.now + policies.HELD_BACK,
            said=arguments.get("variables"),
        )
    ]
    return _told(work, ids, [])


def _refuse_unless_allowed(work: Work, template: Json, customer: Row, channel: str) -> None:
    if why := why_not(work, template, customer, channel):
        raise Refused(
            RefusalCode.NO_CONSENT,
            f"{template['id']} may not go to {customer['id']} by {channel}: {why}",
            reason=why,
            channel=channel,
            template=template["id"],
            customer=shapes.customer(customer),
        )


def schedule_reminder(work: Work, arguments: Json) -> Json:
    appointment = shapes.appointment_by_id(work, arguments["appointment_id"])
    if not policies.is_future(appointment["status"], appointment["start_at"], work.now):
        start = work.iso(appointment["start_at"])
        raise Refused(
            RefusalCode.STALE,
            f"{arguments['appointment_id']} is no future appointment ({appointment['status']}, {start})",
            reason="not_future",
            appointment=shapes.appointment(work, appointment),
        )
    template = template_called(work, REMINDER, arguments["channel"])
    customer = _customer(work, appointment["customer_id"])
    if customer is not None:
        _refuse_unless_allowed(work, template, customer, arguments["channel"])
    ids, skipped = notify(work, appointment, REMINDER, arguments["channel"], before=arguments["before"])
    return _told(work, ids, skipped) | {"appointment": shapes.appointment(work, appointment)}
