"""Questions: what is looked up for each, and with what."""

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Any

from agent.interpreter import saying
from agent.interpreter.cars import car_of, contradicted, customer_of
from agent.interpreter.plan_bookings import told
from agent.interpreter.reading import CallTool, Outcome, Say
from agent.interpreter.replies_lookups import live
from agent.interpreter.request import Request, Step
from agent.interpreter.slots import described, hint_of, person_of, plate_of, services_of, staff_of, text_of
from agent.interpreter.texts import say
from agent.interpreter.when import When
from agent.interpreter.windows import at, days, hours, merged
from tools.domain import Staff

AHEAD = 180  # days looked ahead for a car's appointments
SLOTS_AHEAD = 14  # days looked through for free slots when no day was said


def find_vehicle(request: Request) -> Step:
    arguments = _vehicle_query(request)
    if isinstance(arguments, Say):
        return arguments
    if not arguments:
        return request.ask("vehicle", "ask_vehicle")
    outcome = yield request.call("find_vehicle", arguments)
    return told(request, outcome)


def _vehicle_query(request: Request) -> "dict[str, Any] | Say":
    plate = request.first("plate")
    if "vehicle" in request.chosen or (plate is not None and not plate.guessed):
        car = car_of(request)
        return car.arguments if car is not None and not isinstance(car, Say) else {}
    if plate is not None:
        text, vehicle = plate_of(plate)
        return {"plate": vehicle.plate if vehicle else text}
    found = request.first("vehicle")
    person = request.first("person")
    query: dict[str, Any] = {}
    if found is not None:
        fitting = described(found)
        if len(fitting) == 1 and fitting[0].plate:
            return {"plate": fitting[0].plate}
        if not fitting:
            return contradicted(request, found)
        query = {key: value for key, value in hint_of(found).items() if key in ("make", "model", "colour")}
    if person is not None:
        customers = person_of(person).customers
        if not customers:
            return request.said("unknown_person", name=person_of(person).name)
        query["customer"] = customers[0].id if len(customers) == 1 else person_of(person).name
    if not query and request.focus.vehicle is not None and request.focus.vehicle.plate:
        query["plate"] = request.focus.vehicle.plate
    return query


def find_customer(request: Request) -> Step:
    person, phone = request.first("person"), request.first("phone")
    arguments: dict[str, Any] = {}
    if "customer" in request.chosen:
        arguments = {"name": request.chosen["customer"].name}
    elif person is not None:
        heard = person_of(person)
        if not heard.customers:
            return request.said("unknown_person", name=heard.name)
        arguments = {"name": heard.customers[0].name if len(heard.customers) == 1 else heard.name}
    elif phone is not None:
        arguments = {"phone": str(phone.value)}
    else:
        customer = customer_of(request)
        if isinstance(customer, Say):
            return customer
        if customer is None:
            return request.ask("person", "ask_customer")
        arguments = {"name": customer.name}
    outcome = yield request.call("find_customer", arguments)
    return told(request, outcome)


def appointments(request: Request) -> Step:
    when = merged(request.founds("when"), request.context)
    arguments: dict[str, Any] = {}
    if request.founds("staff"):
        arguments["staff"] = staff_of(request.founds("staff")[0]).id
    if request.founds("plate", "vehicle"):
        car = car_of(request, focus=False)
        if isinstance(car, Say):
            return car
        if car is not None and "plate" in car.arguments:
            arguments["plate"] = car.arguments["plate"]
    elif request.founds("person"):
        customer = customer_of(request, focus=False)
        if isinstance(customer, Say):
            return customer
        if customer is not None:
            arguments["customer_id"] = customer.id
    elif request.sets("that") == "vehicle" and request.focus.vehicle is not None and request.focus.vehicle.plate:
        arguments["plate"] = request.focus.vehicle.plate
    if request.founds("status"):
        arguments["status"] = text_of(request.founds("status")[0])
    about = "plate" in arguments or "customer_id" in arguments
    arguments = {**_span(request, when, ahead=AHEAD if about else 0), **arguments, "limit": 200}
    outcome = yield request.call("list_appointments", arguments)
    return told(request, outcome)


def _span(request: Request, when: When | None, *, ahead: int) -> dict[str, str]:
    today = request.context.now.date()
    if when is None:
        return {"from": today.isoformat(), "to": (today + timedelta(days=ahead)).isoformat()}
    if when.start is not None:
        return {"from": when.start.date().isoformat(), "to": when.start.date().isoformat()}
    if not when.has_day:
        return {"from": today.isoformat(), "to": today.isoformat()}
    if when.part is not None and when.day is not None:
        return _half(request, when)
    first, last = days(when, request.context)
    return {"from": first.isoformat(), "to": last.isoformat()}


def _half(request: Request, when: When) -> dict[str, str]:
    zone, day = request.context.now.tzinfo, when.day
    assert day is not None
    noon = datetime.combine(day, datetime.min.time(), zone) + timedelta(hours=13)
    start = noon - timedelta(hours=13) if when.part == "morning" else noon
    end = noon if when.part == "morning" else noon + timedelta(hours=10, minutes=59)
    return {"from": start.isoformat(), "to": end.isoformat()}


def next_appointment(request: Request) -> Step:
    today = request.context.now.date()
    arguments: dict[str, Any] = {"from": request.context.now.isoformat(), "to": (today + timedelta(days=7)).isoformat()}
    if request.founds("staff"):
        arguments["staff"] = staff_of(request.founds("staff")[0]).id
    outcome = yield request.call("list_appointments", arguments)
    return told(request, outcome)


def free_slots(request: Request) -> Step:
    services = services_of(request.founds("service"))
    if not services:
        if request.founds("staff"):
            return (yield from staff_free(request))
        if request.intent == "first_slot":
            return request.ask("service", "ask_service")
        services = (_shortest(request, None),)
    when = merged(request.founds("when"), request.context)
    if when is not None and when.start is not None:
        moment = when.start
        span = {"from": moment.isoformat(), "to": (moment + timedelta(minutes=1)).isoformat()}
    else:
        first, last = days(when or When(), request.context, ahead=SLOTS_AHEAD)
        span = {"from": first.isoformat(), "to": last.isoformat(), **(hours(when) if when else {})}
        if when is not None and when.time is not None:
            span["after"] = when.time.strftime("%H:%M")
    arguments: dict[str, Any] = {"services": list(services), **span}
    if request.founds("staff"):
        arguments["staff"] = staff_of(request.founds("staff")[0]).id
    arguments["limit"] = 1 if request.intent == "first_slot" else 50
    outcome = yield request.call("find_slots", arguments)
    return told(request, outcome)


def _shortest(request: Request, staff: Staff | None) -> str:
    """The service that takes least time, of those ``staff`` may do."""
    fitting = [s for s in request.context.vocabulary.services if staff is None or staff.id in s.staff]
    return min(fitting or list(request.context.vocabulary.services), key=lambda service: service.minutes).id


def staff_free(request: Request) -> Step:
    """ "È libero Marco alle undici?": by his appointments, then by what can be booked at that moment."""
    when = merged(request.founds("when"), request.context)
    moment = None
    if when is not None:
        moment = when.start or (at(when.time, request.context) if when.time is not None else None)
    named = request.founds("staff")
    people = [staff_of(named[0])] if named else list(request.context.vocabulary.staff)
    if moment is None:
        return (yield from _free_day(request, people, when))
    free = []
    for person in people:
        busy = yield from _busy(request, person, moment)
        if busy is None:
            free.append(person)
        elif named:
            return busy
    said = saying.when(moment.isoformat(), request.language, now=request.context.now)
    if named:
        return request.said("staff_free", staff=people[0].name, when=said)
    if not free:
        return request.said("free_nobody", when=said)
    names = saying.joined([person.name for person in free], request.language)
    return request.said("free_people", when=said, list=names, verb=_verb(len(free), request.language))


def _verb(count: int, language: str) -> str:
    if language == "it":
        return "è libero" if count == 1 else "sono liberi"
    return "is free" if count == 1 else "are free"


def _busy(request: Request, person: Staff, moment: datetime) -> Generator[CallTool, Outcome, Say | None]:
    """None when free; else what to say."""
    now, language = request.context.now, request.language
    said = saying.when(moment.isoformat(), language, now=now)
    day = moment.date().isoformat()
    arguments = {"from": day, "to": day, "staff": person.id, "limit": 200}
    outcome = yield request.call("list_appointments", arguments)
    for row in live(outcome.data["items"] if outcome.data else ()):
        if saying.instant(row["start"], now) <= moment < saying.instant(row["end"], now):
            end = saying.until_clock(saying.instant(row["end"], now), language)
            services, car = (
                saying.services(row["services"], language),
                saying.car(row.get("vehicle"), language, plate=False),
            )
            return request.said("staff_busy", staff=person.name, when=said, services=services, car=car, end=end)
    span = {"from": moment.isoformat(), "to": (moment + timedelta(minutes=1)).isoformat()}
    outcome = yield request.call(
        "find_slots", {"services": [_shortest(request, person)], **span, "staff": person.id, "limit": 1}, quiet=True
    )
    if outcome.data and not outcome.data["items"]:
        hours_then = yield request.call("opening_hours", {"from": day, "to": day}, quiet=True)
        shut = hours_then.data is not None and not any(
            span["from"] <= moment.strftime("%H:%M") < span["to"]
            for row in hours_then.data["items"]
            for span in row["hours"]
        )
        return request.said("staff_busy_closed" if shut else "staff_blocked", staff=person.name, when=said)
    return None


def _free_day(request: Request, people: list[Staff], when: When | None) -> Step:
    person = people[0]
    if len(people) > 1:
        return request.ask("staff", "ask_staff")
    span = _span(request, when, ahead=0)
    outcome = yield request.call("list_appointments", {**span, "staff": person.id, "limit": 200})
    rows = live(outcome.data["items"] if outcome.data else ())
    now, language = request.context.now, request.language
    said = saying.ranged(span, language, now=now)
    if not rows:
        return request.said("staff_day_free", staff=person.name, when=said)
    texts = [
        f"{saying.from_to(saying.instant(row['start'], now), saying.instant(row['end'], now), language)}"
        f" {saying.services(row['services'], language)}"
        for row in rows
    ]
    listed = saying.shortened(texts, language)
    return request.said("staff_day", staff=person.name, when=said, count=len(rows), list=listed)


def opening(request: Request) -> Step:
    when = merged(request.founds("when"), request.context)
    today = request.context.now.date()
    first, last = (today, today)
    if when is not None and when.has_day:
        first, last = days(when, request.context)
    elif when is not None and when.start is not None:
        first = last = when.start.date()
    outcome = yield request.call("opening_hours", {"from": first.isoformat(), "to": last.isoformat()})
    return told(request, outcome)


def services(request: Request) -> Step:
    if request.intent != "services" and not request.founds("service"):
        return request.ask("service", "ask_service")
    outcome = yield request.call("list_services", {})
    return told(request, outcome)


def history(request: Request) -> Step:
    car = car_of(request)
    if isinstance(car, Say):
        return car
    if car is None:
        return request.ask("vehicle", "ask_vehicle")
    if car.focus:
        request = request.from_focus("vehicle", car.arguments)
    outcome = yield request.call("vehicle_history", car.arguments)
    return told(request, outcome)


def status_query(request: Request) -> Step:
    car = car_of(request)
    if isinstance(car, Say):
        return car
    if car is None or "plate" not in car.arguments:
        return request.ask("vehicle", "ask_vehicle")
    if car.focus:
        request = request.from_focus("vehicle", car.arguments)
    today = request.context.now.date()
    span = {"from": (today - timedelta(days=14)).isoformat(), "to": (today + timedelta(days=AHEAD)).isoformat()}
    outcome = yield request.call("list_appointments", {**span, **car.arguments, "limit": 50})
    return told(request, outcome)


def no_tool(request: Request) -> Step:
    yield from ()
    text = say(request.language, str(request.sets("what")), section="no_tool")
    return Say(text, request.language, request.intent, request.slots())
