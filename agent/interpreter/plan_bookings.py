"""Booking, moving, cancelling, and all that changes an appointment."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from agent.interpreter import saying
from agent.interpreter.appointments import COMING, OPEN, appointment_of, standing, with_appointment
from agent.interpreter.cars import Car, car_of
from agent.interpreter.grammar import Bound
from agent.interpreter.reading import Outcome, Say
from agent.interpreter.replies import reply
from agent.interpreter.request import Asked, Question, Request, Step
from agent.interpreter.slots import (
    hint_of,
    minutes_of,
    person_of,
    remark_of,
    services_of,
    staff_of,
    text_of,
)
from agent.interpreter.when import When
from agent.interpreter.windows import at, days, ended, half_day, merged, other_reading, sides, target
from tools.domain import Customer

OTHER_TIME = frozenset({"slot_taken", "outside_hours", "in_the_past", "already_booked"})
"""Refusals after which the next thing said is another time."""
DAY_BEFORE = 1440  # minutes; what "a reminder" means when no distance is said


def told(request: Request, outcome: Outcome) -> Say:
    """The reply to the call that was just made; a time that cannot be asks for another."""
    context = request.context
    text = reply(outcome, language=request.language, now=context.now, vocabulary=context.vocabulary)
    if outcome.refusal_code in OTHER_TIME and request.intent in ("book", "move"):
        open_question = Question("when", request.without("when"))
        return Asked(text, request.language, request.intent, request.slots(), True, open=open_question)
    return Say(text, request.language, request.intent, request.slots())


def book(request: Request) -> Step:
    yield from ()
    request = _sought(request)
    services = services_of(request.founds("service")) or request.chosen.get("services", ())
    when = merged([found for found in request.founds("when") if found.value.anchor_days is None], request.context)
    new = _new_parts(request)
    if isinstance(new, Say):
        return new
    car = None if "new_vehicle" in new else _car(request)
    if isinstance(car, Say):
        return car
    if request.sets("terse") and (when is None or (car is None and not new)):
        return request.said("not_understood_write")
    if request.sets("adding") and when is None and not request.sets("first"):
        return (yield from add_service(request))
    if not services:
        return request.ask("service", "ask_service")
    if car is None and "new_vehicle" not in new:
        return request.ask("vehicle", "ask_vehicle")
    plate = car.arguments.get("plate") if car is not None and request.sets("putting") else None
    # "La revisione di Esposito mettila giovedì": what is booked already goes there, anything else is booked.
    if plate and (yield from standing(request, plate, services)):
        return (yield from move(request.with_intent("move")))
    first = bool(request.sets("first")) or (when is not None and when.first)
    day = request.focus.day if when is not None and not when.has_day and when.start is None else None
    freed = request.focus.freed if request.sets("same_slot") and when is None else None
    moment = {"start": freed} if freed else target(when, request.context, first=first, day=day)
    if not moment:
        return request.ask("when", "ask_when")
    arguments: dict[str, Any] = {"services": list(services), **new}
    reasons = [found.reason or "guessed" for found in request.founds("service", "staff", "when") if found.guessed]
    if car is not None:
        arguments.update(car.arguments)
        reasons += car.reasons
        if car.hint and "plate" in arguments:
            arguments["vehicle_hint"] = car.hint
        if car.focus:
            request = request.from_focus("vehicle", car.arguments)
        customer = _other_customer(request, car)
        if customer is not None:
            arguments["customer_id"] = customer.id
    arguments.update(moment)
    if request.founds("staff"):
        arguments["staff"] = staff_of(request.founds("staff")[0]).id
    elif "staff" in request.chosen:
        arguments["staff"] = request.chosen["staff"]
    notes = [request.dictated(found) for found in request.founds("note")]
    # A colour the records have no name for is kept as it was said.
    notes += [remark for found in request.founds("vehicle") if (remark := remark_of(found)) is not None]
    if notes:
        arguments["notes"] = "; ".join(notes)
    notify = _notify(request, car)
    if notify:
        arguments["notify"] = notify
    choices = other_reading(when, arguments, request.context)
    outcome = yield request.call("book_appointment", arguments, reasons=reasons, choices=choices)
    return told(request, outcome)


def _sought(request: Request) -> Request:
    """After free times were asked for, a booking that names no service is for what they were asked for."""
    sought = request.focus.sought
    if not sought or request.founds("service"):
        return request
    request = request.choose("services", tuple(sought["services"])).from_focus("service", list(sought["services"]))
    if sought.get("staff") and not request.founds("staff"):
        request = request.choose("staff", sought["staff"]).from_focus("staff", sought["staff"])
    return request


def _car(request: Request) -> "Car | Say | None":
    return car_of(request, focus=True)


def _other_customer(request: Request, car: Car) -> Customer | None:
    """A person said beside a plate who is on record and not its owner brings it in."""
    person = request.first("person")
    if person is None or request.first("plate") is None or person.guessed:
        return None
    customers = person_of(person).customers
    owner = car.vehicle.owner.id if car.vehicle is not None and car.vehicle.owner is not None else None
    if len(customers) == 1 and customers[0].id != owner:
        return customers[0]
    return None


def _new_parts(request: Request) -> "dict[str, Any] | Say":
    """`new_customer` and `new_vehicle`, when the words say so."""
    new: dict[str, Any] = {}
    person, phone = request.first("person"), request.first("phone")
    if request.sets("new_customer"):
        named = request.first("new_name") or person
        if named is None:
            return request.ask("new_name", "ask_name")
        name = str(named.value) if named.kind == "new_name" else person_of(named).name
        if phone is None:
            return request.ask("phone", "new_needs_phone", name=name)
        new["new_customer"] = {"name": name, "phone": text_of(phone)}
        for email in request.founds("email"):
            new["new_customer"]["email"] = text_of(email)
    plate = request.first("plate")
    unknown = plate is not None and plate.value.vehicle is None
    if (request.sets("new_vehicle") or request.sets("new_customer")) and (plate is None or unknown):
        hint = new_car(request)
        if "make" not in hint or "model" not in hint:
            return request.ask("vehicle", "ask_model")
        new["new_vehicle"] = hint | ({"plate": plate.value.text} if plate is not None else {})
    return new


def new_car(request: Request) -> dict[str, str]:
    """make, model, colour and body of a car that is not on record."""
    said: dict[str, str] = {}
    for found in request.founds("vehicle"):
        said.update(hint_of(found))
    for found in request.founds("new_car"):
        said.update(found.value)
    for found in request.founds("colour"):
        said.setdefault("colour", str(found.value))
    return said


def _notify(request: Request, car: Car | None) -> dict[str, Any]:
    confirmation, reminder = bool(request.sets("confirmation")), bool(request.sets("reminder"))
    channel = request.first("channel")
    if not (confirmation or reminder or channel):
        return {}
    notify: dict[str, Any] = {"channel": text_of(channel) if channel else _usual_channel(request, car)}
    notify["confirmation"] = confirmation or not reminder
    if reminder:
        notify["reminder_before"] = reminder_minutes(request)
    return notify


def reminder_minutes(request: Request) -> int:
    offset = request.first("offset")
    if offset is not None:
        return minutes_of(offset)
    anchored = next((found.value for found in request.founds("when") if found.value.anchor_days is not None), None)
    return -anchored.anchor_days * DAY_BEFORE if anchored is not None else DAY_BEFORE


def _usual_channel(request: Request, car: Car | None) -> str:
    """WhatsApp, unless the customer has an e-mail address and no telephone."""
    owner = car.vehicle.owner if car is not None and car.vehicle is not None else None
    known = next(
        (one for one in request.context.vocabulary.customers if owner is not None and one.id == owner.id), None
    )
    return "email" if known is not None and not known.phone and known.email else "whatsapp"


def move(request: Request) -> Step:
    old, new = sides(request.bounds("when"), request.folds, request.context)
    shift = _shift(request, new)
    found = yield from appointment_of(request, when=old, statuses=COMING, staff=True)
    if isinstance(found, Say):
        return found
    request = _about(request, found)
    start = saying.instant(found["start"], request.context.now)
    arguments: dict[str, Any] = {"appointment_id": found["id"]}
    if shift is not None:
        arguments["start"] = (start + shift).isoformat()
    elif new is None and not request.sets("first"):
        return request.ask("when", "ask_when_move")
    elif new is not None and new.day is not None and request.sets("same_time"):
        arguments.update(target(replace(new, time=start.time()), request.context, day=new.day))
    elif new is not None and new.anchor_days is not None:
        day = (start + timedelta(days=new.anchor_days)).date()
        arguments.update(target(replace(new, anchor_days=None, day_from=day, day_to=day), request.context))
    else:
        timed = new is not None and (new.time or (new.has_time and not new.has_day))
        first = bool(request.sets("first"))
        arguments.update(target(new, request.context, first=first, day=start.date() if timed else None))
    if request.sets("notify"):
        arguments["notify"] = {"channel": _channel(request, found)}
    choices = other_reading(new, arguments, request.context)
    outcome = yield request.call("reschedule_appointment", arguments, reasons=_doubts(request), choices=choices)
    return told(request, outcome)


def _shift(request: Request, new: When | None) -> timedelta | None:
    direction = request.sets("direction")
    if new is not None and new.shift is not None:
        return -abs(new.shift) if direction == "earlier" else abs(new.shift) if direction == "later" else new.shift
    duration = request.first("duration")
    if duration is None or direction is None:
        return None
    length = timedelta(minutes=minutes_of(duration))
    return -length if direction == "earlier" else length


def _doubts(request: Request) -> list[str]:
    """Why something that was said is only a guess."""
    kinds = ("plate", "vehicle", "person", "service", "staff", "when", "mileage", "phone")
    return [found.reason or "guessed" for found in request.founds(*kinds) if found.guessed]


def _about(request: Request, row: Any) -> Request:
    """The request with its appointment; where nothing named it, it came from focus."""
    known = with_appointment(request, row)
    named = request.founds("plate", "vehicle", "person", "when", "position", "service", "staff")
    return known if named or "appointment" in request.chosen else known.from_focus("appointment", row["id"])


def _channel(request: Request, row: Any) -> str:
    said = request.first("channel")
    if said is not None:
        return text_of(said)
    customer = row.get("customer") or {}
    return "email" if not customer.get("phone") and customer.get("email") else "whatsapp"


def cancel(request: Request) -> Step:
    when = merged(request.founds("when"), request.context)
    found = yield from appointment_of(request, when=when, statuses=COMING, staff=True)
    if isinstance(found, Say):
        return found
    request = _about(request, found)
    arguments: dict[str, Any] = {"appointment_id": found["id"]}
    if request.founds("note"):
        arguments["reason"] = request.dictated(request.founds("note")[0])
    elif request.founds("reason"):
        arguments["reason"] = text_of(request.founds("reason")[0])
    if request.sets("notify"):
        arguments["notify"] = {"channel": _channel(request, found)}
    outcome = yield request.call("cancel_appointment", arguments, reasons=_doubts(request))
    return told(request, outcome)


def undo(request: Request) -> Step:
    outcome = yield request.call("undo", {})
    return told(request, outcome)


def status(request: Request) -> Step:
    said = request.first("status")
    wanted = str(request.sets("status") or (text_of(said) if said is not None else "arrived"))
    when = merged(request.founds("when"), request.context)
    found = yield from appointment_of(request, when=when, statuses=OPEN, staff=True, today=True)
    if isinstance(found, Say):
        return found
    request = _about(request, found)
    arguments = {"appointment_id": found["id"], "status": wanted}
    reasons = _doubts(request)
    if is_later(request, found) and when is None and wanted != "cancelled":
        reasons.append("another_day")
    outcome = yield request.call("update_appointment", arguments, reasons=reasons)
    done = told(request, outcome)
    if not request.sets("tell") or outcome.refusal_code is not None:
        return done
    if wanted != "ready":
        return done
    message = {"appointment_id": found["id"], "channel": _channel(request, found), "template": "vehicle_ready"}
    outcome = yield request.call("send_message", message)
    return replace(done, text=f"{done.text} {told(request, outcome).text}")


def is_later(request: Request, row: Any) -> bool:
    """Whether an appointment is on a day still to come."""
    return saying.instant(row["start"], request.context.now).date() > request.context.now.date()


def add_service(request: Request) -> Step:
    services = services_of([bound.found for bound in request.bounds("service") if bound.role != "of"])
    if not services:
        return request.ask("service", "ask_service")
    when = merged(request.founds("when"), request.context)
    # "add brakes to Barbieri's service": the one says what comes, the other where to.
    known = [found for bound in request.bounds("service") if bound.role == "of" for found in [bound.found]]
    look = replace(request, reading=replace(request.reading, slots=_but(request, services)), answered=())
    found = yield from appointment_of(look if known else request, when=when, services=bool(known))
    if isinstance(found, Say):
        return found
    request = _about(request, found)
    arguments = {"appointment_id": found["id"], "add_services": list(services)}
    outcome = yield request.call("update_appointment", arguments, reasons=_doubts(request))
    return told(request, outcome)


def _but(request: Request, services: Sequence[str]) -> tuple[Bound, ...]:
    """The slots without those of ``services``."""
    return tuple(
        bound
        for bound in request.bounds(*{bound.found.kind for bound in request.reading.slots})
        if bound.found.kind != "service" or bound.role == "of" or bound.found.value not in services
    )


def change_staff(request: Request) -> Step:
    named = [found for found in request.founds("staff") if found not in request.reading.role("not")]
    if not named:
        return request.ask("staff", "ask_staff_change")
    when = merged(request.founds("when"), request.context)
    found = yield from appointment_of(request, when=when)
    if isinstance(found, Say):
        return found
    request = _about(request, found)
    arguments = {"appointment_id": found["id"], "staff": staff_of(named[-1]).id}
    outcome = yield request.call("update_appointment", arguments, reasons=_doubts(request))
    return told(request, outcome)


def block(request: Request) -> Step:
    yield from ()
    if not request.founds("staff"):
        return request.ask("staff", "ask_staff")
    whens = request.founds("when")
    when = ended([found.value for found in whens]) or merged(whens, request.context)
    if when is None:
        return request.ask("when", "ask_when")
    if when.open == "after" and when.day_to is None and not when.has_time:
        return request.ask("when", "ask_until")
    staff = staff_of(request.founds("staff")[0])
    arguments: dict[str, Any] = {"staff": staff.id, **_blocked_span(when, request)}
    if request.founds("note"):
        arguments["reason"] = request.dictated(request.founds("note")[0])
    elif request.founds("reason"):
        arguments["reason"] = text_of(request.founds("reason")[0])
    elif request.sets("reason"):
        arguments["reason"] = str(request.sets("reason"))
    outcome = yield request.call("block_time", arguments, reasons=_doubts(request))
    return told(request, outcome)


def _blocked_span(when: When, request: Request) -> dict[str, str]:
    """`from` and `to`: whole days, hours, or a half day as the workshop is open in it."""
    zone = request.context.now.tzinfo
    first, last = days(when, request.context)
    clock = when.start or (at(when.time, request.context) if when.time is not None else None)
    if clock is not None:
        return {"from": clock.isoformat(), "to": (clock + timedelta(hours=1)).isoformat()}
    after, before = when.after, when.before
    if when.part is not None:
        open_from, open_to = half_day(first, when.part, request.context)
        after, before = after or open_from, before or open_to
    if after is None and before is None:
        return {"from": first.isoformat(), "to": last.isoformat()}
    begin = datetime.combine(first, after or time(0, 0), zone)
    end = (
        datetime.combine(last, before, zone) if before else datetime.combine(last + timedelta(days=1), time(0, 0), zone)
    )
    return {"from": begin.isoformat(), "to": end.isoformat()}
