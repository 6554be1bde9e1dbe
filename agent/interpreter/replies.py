"""What is said of a call's outcome: made from its data or refusal and nothing else.

Pure: the same outcome gives the same words. Look-ups are in replies_lookups, refusals in replies_refusals.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agent.interpreter import saying
from agent.interpreter.reading import Outcome
from agent.interpreter.replies_lookups import LOOKUPS
from agent.interpreter.replies_refusals import refusal
from agent.interpreter.telling import Telling
from agent.interpreter.texts import capital, has, say
from tools.domain import Vocabulary

Json = Mapping[str, Any]


def reply(outcome: Outcome, *, language: str, now: datetime, vocabulary: Vocabulary) -> str:
    """The whole answer to ``outcome``, in ``language``."""
    now = local_now(now, vocabulary)
    telling = Telling(outcome=outcome, language=language, now=now, vocabulary=vocabulary)
    if outcome.refusal_code is not None:
        return refusal(telling)
    if outcome.data is None:
        return telling.say("shown")
    if outcome.pending:
        return _pending(telling)
    writer = WRITES.get(outcome.call.name)
    return writer(telling) if writer is not None else LOOKUPS(telling)


def local_now(now: datetime, vocabulary: Vocabulary) -> datetime:
    """``now`` in the workshop's own zone, so that a day in summer is read with summer's offset."""
    return now.astimezone(ZoneInfo(vocabulary.timezone))


def _pending(telling: Telling) -> str:
    reasons = [
        say(
            telling.language,
            reason if has(telling.language, reason, section="reasons") else "guessed",
            section="reasons",
        )
        for reason in dict.fromkeys(telling.outcome.reasons or telling.outcome.call.reasons)
    ]
    proposal = PROPOSALS.get(telling.outcome.call.name)
    what = proposal(telling) if proposal is not None else telling.say("pending_any")
    return capital(telling.say("pending", what=capital(what), reason=" ".join(reasons)).replace("  ", " "))


def _booked(telling: Telling) -> str:
    appointment = telling.data["appointment"]
    text = telling.say("booked", **telling.appointment(appointment), messages=telling.messages())
    wanted = telling.outcome.call.arguments.get("notify", {}).get("reminder_before")
    if wanted and not any(row["template"] == "appointment_reminder" for row in telling.data.get("messages", ())):
        text += telling.say("no_reminder")
    if telling.outcome.call.arguments.get("notes"):
        text += telling.say("booked_notes", notes=telling.outcome.call.arguments["notes"])
    if telling.outcome.call.choices:
        text += telling.say("other_reading", other=telling.outcome.call.choices[0].label)
    return text


def _moved(telling: Telling) -> str:
    about = telling.messages(but=("vehicle_ready",))
    text = telling.say("moved", **telling.appointment(telling.data["appointment"]), messages=about)
    return text + (
        telling.say("moved_offer") if telling.data.get("offers") and not telling.data.get("messages") else ""
    )


def _cancelled(telling: Telling) -> str:
    withdrawn = telling.data.get("cancelled_messages", ())
    messages = telling.messages() + (telling.say("messages_cancelled", count=len(withdrawn)) if withdrawn else "")
    return telling.say("cancelled", **telling.appointment(telling.data["appointment"]), messages=messages)


def _undone(telling: Telling) -> str:
    tool = telling.data["undone"]["tool"]
    known = has(telling.language, tool, section="operations")
    what = say(telling.language, tool, section="operations") if known else tool
    withdrawn = telling.data.get("cancelled_messages", ())
    messages = telling.say("messages_cancelled", count=len(withdrawn)) if withdrawn else ""
    appointment = telling.data.get("appointment")
    if appointment:
        return telling.say("undone_appointment", what=what, **telling.appointment(appointment), messages=messages)
    return telling.say("undone", what=what, messages=messages)


def _updated(telling: Telling) -> str:
    arguments, appointment = telling.outcome.call.arguments, telling.data["appointment"]
    facts = telling.appointment(appointment)
    if "add_services" in arguments:
        end = saying.until_clock(saying.instant(appointment["end"], telling.now), telling.language)
        return telling.say("updated_services", **facts, end=end)
    if "staff" in arguments:
        return telling.say("updated_staff", **facts)
    if "status" in arguments:
        return telling.say("updated_status", car=facts["car"], status=telling.status(appointment["status"]))
    return telling.say("updated_notes", **facts, notes=arguments.get("notes", ""))


def _recorded(telling: Telling) -> str:
    arguments, job = telling.outcome.call.arguments, telling.data["job"]
    car = telling.car(telling.data["vehicle"])
    mileage = arguments.get("mileage")
    work = saying.services(job.get("services", ()), telling.language) or arguments.get("work", "")
    if work:
        tail = telling.say("at_mileage", mileage=saying.number(mileage, telling.language)) if mileage else ""
        return telling.say("recorded_work", work=work, car=car, mileage=tail)
    if mileage is not None:
        return telling.say("recorded_mileage", mileage=saying.number(mileage, telling.language), car=car)
    return telling.say("recorded_note", car=car, notes=arguments.get("notes", ""))


def _message_sent(telling: Telling) -> str:
    rows = telling.data.get("messages", ())
    if not rows:
        return telling.say("shown")
    row = rows[0]
    names = {customer.id: customer.name for customer in telling.vocabulary.customers}
    facts = {
        "template": telling.template(row["template"]),
        "channel": telling.channel(row["channel"]),
        "customer": names.get(row.get("customer", ""), row["to"]),
    }
    due = saying.instant(row["due_at"], telling.now)
    if (due - telling.now).total_seconds() < 120:
        return telling.say("message_queued_now", **facts)
    return telling.say("message_queued", **facts, when=telling.when(row["due_at"]))


def _reminder_set(telling: Telling) -> str:
    rows = telling.data.get("messages", ())
    if not rows:
        return capital(telling.say("no_reminder").strip())
    facts = {"channel": telling.channel(rows[0]["channel"]), "when": telling.when(rows[0]["due_at"])}
    return telling.say("reminder_queued", car=telling.car(telling.data["appointment"].get("vehicle")), **facts)


def _blocked(telling: Telling) -> str:
    blocked, way = telling.data["blocked"], telling.data.get("appointments", ())
    conflicts = ""
    if way:
        items = [f"{telling.when(item['start'])}, {telling.car(item.get('vehicle'), plate=False)}" for item in way]
        conflicts = telling.say("blocked_conflicts", count=len(way), list=saying.shortened(items, telling.language))
    return telling.say("blocked", staff=blocked["staff"]["name"], range=_range(telling, blocked), conflicts=conflicts)


def _range(telling: Telling, blocked: Json) -> str:
    first, last = (saying.instant(blocked[key], telling.now) for key in ("from", "to"))
    return saying.span(first, last, telling.language, now=telling.now)


def _customer_saved(telling: Telling) -> str:
    key = "customer_created" if telling.data["created"] else "customer_saved"
    return telling.say(key, **telling.contact(telling.data["customer"]))


def _vehicle_saved(telling: Telling) -> str:
    vehicle = telling.data["vehicle"]
    owner = telling.say("owner_part", owner=vehicle["owner"]["name"]) if vehicle.get("owner") else ""
    key = "vehicle_created" if telling.data["created"] else "vehicle_saved"
    return telling.say(key, car=telling.car(vehicle), owner=owner)


def _propose(key: str) -> Callable[[Telling], str]:
    return lambda telling: telling.say(key, **telling.appointment(telling.data["appointment"]))


def _propose_update(telling: Telling) -> str:
    status = telling.outcome.call.arguments.get("status")
    facts = telling.appointment(telling.data["appointment"])
    if status:
        return telling.say("pending_status", car=facts["car"], status=telling.status(status))
    return telling.say("pending_update", **facts)


def _propose_record(telling: Telling) -> str:
    arguments = telling.outcome.call.arguments
    what = saying.services(telling.data["job"].get("services", ()), telling.language)
    if "mileage" in arguments:
        mileage = telling.say("pending_mileage", mileage=saying.number(arguments["mileage"], telling.language))
        what = f"{what}, {mileage}" if what else mileage
    what = what or arguments.get("work") or arguments.get("notes", "")
    return telling.say("pending_record", what=what, car=telling.car(telling.data["vehicle"]))


def _propose_message(telling: Telling) -> str:
    row = next(iter(telling.data.get("messages", ())), None)
    if row is None:
        return telling.say("pending_any")
    names = {customer.id: customer.name for customer in telling.vocabulary.customers}
    return telling.say(
        "pending_message",
        template=telling.template(row["template"]),
        channel=telling.channel(row["channel"]),
        customer=names.get(row.get("customer", ""), row["to"]),
    )


def _propose_block(telling: Telling) -> str:
    blocked = telling.data["blocked"]
    return telling.say("pending_block", staff=blocked["staff"]["name"], range=_range(telling, blocked))


@dataclass(frozen=True, slots=True)
class _Tool:
    done: Callable[[Telling], str]
    proposed: Callable[[Telling], str]


_TOOLS = {
    "book_appointment": _Tool(_booked, _propose("pending_booking")),
    "reschedule_appointment": _Tool(_moved, _propose("pending_move")),
    "cancel_appointment": _Tool(_cancelled, _propose("pending_cancellation")),
    "undo": _Tool(_undone, lambda telling: telling.say("pending_undo")),
    "update_appointment": _Tool(_updated, _propose_update),
    "record_work": _Tool(_recorded, _propose_record),
    "send_message": _Tool(_message_sent, _propose_message),
    "schedule_reminder": _Tool(_reminder_set, _propose_message),
    "block_time": _Tool(_blocked, _propose_block),
    "save_customer": _Tool(
        _customer_saved, lambda telling: telling.say("pending_customer", **telling.contact(telling.data["customer"]))
    ),
    "save_vehicle": _Tool(
        _vehicle_saved, lambda telling: telling.say("pending_vehicle", car=telling.car(telling.data["vehicle"]))
    ),
}
WRITES = {name: tool.done for name, tool in _TOOLS.items()}
PROPOSALS = {name: tool.proposed for name, tool in _TOOLS.items()}
