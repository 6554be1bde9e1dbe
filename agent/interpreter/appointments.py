"""Which appointment a request means: looked up first, then narrowed by all that was said of it."""

from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from agent.interpreter import saying
from agent.interpreter.cars import car_of, customer_of
from agent.interpreter.reading import CallTool, Outcome, Say
from agent.interpreter.request import Request
from agent.interpreter.slots import described, person_of, position_of, services_of, staff_of
from agent.interpreter.texts import say
from agent.interpreter.when import When
from agent.interpreter.windows import fits

Json = Mapping[str, Any]
BACK = 14  # days looked back for an appointment that is not closed yet
AHEAD = 180  # days looked ahead
OPEN = frozenset({"pending", "confirmed", "arrived", "in_progress", "waiting_parts", "ready"})
COMING = frozenset({"pending", "confirmed"})

Lookup = Generator[CallTool, Outcome, "Json | Say"]


def appointment_of(
    request: Request,
    *,
    when: When | None,
    statuses: frozenset[str] = OPEN,
    staff: bool = False,
    services: bool = True,
    today: bool = False,
) -> Lookup:
    """The one appointment meant, as the backend tells it; or what to say instead.

    when: what was said of its time. statuses: those it may be in. staff, services: whether a technician or service that
    was said describes the appointment (and not what it is to become). today: of several, today's is meant.
    """
    if "appointment" in request.chosen:
        chosen: Json = request.chosen["appointment"]
        return chosen
    listed = _positioned(request)
    if listed is not None:
        return listed
    named = bool(request.founds("plate", "vehicle", "person"))
    about = when is not None or (services and request.founds("service")) or (staff and request.founds("staff"))
    if not named and not about and request.focus.appointment is not None:
        return request.focus.appointment
    arguments = _arguments(request, staff=staff, focus=not about)
    if isinstance(arguments, Say):
        return arguments
    if not arguments and not about and not named:
        return request.ask("appointment", "ask_appointment")
    day = request.context.now.date()
    span = {"from": (day - timedelta(days=BACK)).isoformat(), "to": (day + timedelta(days=AHEAD)).isoformat()}
    outcome = yield request.call("list_appointments", {**span, **arguments, "limit": 200}, quiet=True)
    if outcome.data is None:
        return Say(say(request.language, "shown"), request.language, request.intent)
    rows = [row for row in outcome.data["items"] if row["status"] in statuses]
    if today and when is None:
        rows = _so_far(request, rows)
    return _one(request, rows, arguments, when=when, services=services)


def standing(request: Request, plate: str, services: Collection[str]) -> "Generator[CallTool, Outcome, bool]":
    """Whether that car has an appointment ahead for one of ``services``."""
    now = request.context.now
    span = {"from": now.date().isoformat(), "to": (now.date() + timedelta(days=AHEAD)).isoformat()}
    outcome = yield request.call("list_appointments", {**span, "plate": plate, "limit": 200}, quiet=True)
    rows = outcome.data["items"] if outcome.data is not None else ()
    return any(
        row["status"] in COMING
        and saying.instant(row["start"], now) > now
        and any(item["id"] in services for item in row["services"])
        for row in rows
    )


def _positioned(request: Request) -> "Json | None":
    found = request.first("position")
    listed = [row for row in request.focus.listed if "start" in row]
    if found is None or not listed:
        return None
    index = position_of(found)
    return listed[index] if -len(listed) <= index < len(listed) else None


def _arguments(request: Request, *, staff: bool, focus: bool) -> "dict[str, Any] | Say":
    arguments: dict[str, Any] = {}
    if staff and request.founds("staff"):
        arguments["staff"] = staff_of(request.founds("staff")[0]).id
    if request.founds("plate", "vehicle"):
        car = car_of(request, focus=False)
        if isinstance(car, Say):
            # Several cars fit, but perhaps only one of them is booked: the appointments decide.
            return arguments if getattr(car, "open", None) is not None else car
        if car is not None:
            plate = car.arguments.get("plate")
            if plate:
                arguments["plate"] = plate
    elif request.founds("person"):
        customer = customer_of(request, focus=False)
        if isinstance(customer, Say):
            return arguments if getattr(customer, "open", None) is not None else customer
        if customer is not None:
            arguments["customer_id"] = customer.id
    elif focus and request.focus.vehicle is not None and request.focus.vehicle.plate:
        arguments["plate"] = request.focus.vehicle.plate
    return arguments


def _one(
    request: Request, rows: Sequence[Json], arguments: Mapping[str, Any], *, when: When | None, services: bool
) -> "Json | Say":
    fitting = [row for row in rows if _described(request, row)]
    if services and request.founds("service"):
        wanted = set(services_of(request.founds("service")))
        fitting = [row for row in fitting if wanted & {item["id"] for item in row["services"]}]
    now = request.context.now
    if when is not None:
        timed = [row for row in fitting if fits(saying.instant(row["start"], now), when)]
        if not timed and fitting:
            return _none(request, fitting)
        fitting = timed
        if len(fitting) > 1 and not when.has_day:
            fitting = _nearest_day(fitting, now)
    elif len(fitting) > 1:
        fitting = [
            row for row in fitting if saying.instant(row["end"], now) > now or row["status"] not in COMING
        ] or fitting
    if not fitting:
        return _none(request, ())
    if len(fitting) == 1:
        return fitting[0]
    ordered = sorted(fitting, key=lambda row: str(row["start"]))
    listed = saying.shortened([_named(request, row) for row in ordered], request.language)
    return request.ask("appointment", "ask_which_appointment", options=ordered, count=len(ordered), list=listed)


def _so_far(request: Request, rows: Sequence[Json]) -> list[Json]:
    """Those of today, else earlier ones, else all: a car that is ready was due by now."""
    fitting = [row for row in rows if _described(request, row)]
    day = request.context.now.date()
    dates = {row["id"]: saying.instant(row["start"], request.context.now).date() for row in fitting}
    current = [row for row in fitting if dates[row["id"]] == day]
    return current or [row for row in fitting if dates[row["id"]] < day] or fitting


def _described(request: Request, row: Json) -> bool:
    """Whether the car and person said fit the appointment, where they name several."""
    vehicle = row.get("vehicle") or {}
    for found in request.founds("vehicle"):
        if "vehicle" not in request.chosen and vehicle.get("id") not in {one.id for one in described(found)}:
            return False
    person = request.first("person")
    if person is not None and person_of(person).customers:
        ids = {customer.id for customer in person_of(person).customers}
        owner = (row.get("customer") or vehicle.get("owner") or {}).get("id")
        return owner in ids
    return True


def _nearest_day(rows: Sequence[Json], now: datetime) -> list[Json]:
    """Of a time without a day: today's, else those of the first day ahead."""
    ahead = [row for row in rows if saying.instant(row["start"], now).date() >= now.date()] or list(rows)
    first = min(saying.instant(row["start"], now).date() for row in ahead)
    return [row for row in ahead if saying.instant(row["start"], now).date() == first]


def _none(request: Request, there: Sequence[Json]) -> Say:
    if there:
        ordered = sorted(there, key=lambda row: str(row["start"]))
        listed = saying.shortened([_named(request, row) for row in ordered], request.language)
        return request.ask(
            "appointment", "no_appointment_time", options=ordered, scope=_scope(request), range="", list=listed
        )
    return request.said("no_appointment", scope=_scope(request), range="")


def _scope(request: Request) -> str:
    """ " per la Panda", in the words that were said."""
    words = [slot.words for slot in request.slots() if slot.kind in ("plate", "vehicle", "person") and slot.words]
    if not words:
        return ""
    return f" {'per' if request.language == 'it' else 'for'} {' '.join(dict.fromkeys(words))}"


def _named(request: Request, row: Json) -> str:
    """ "martedì 10 marzo alle undici la Toyota Yaris"."""
    when = saying.when(row["start"], request.language, now=request.context.now)
    return f"{when} {saying.car(row.get('vehicle'), request.language, plate=False)}"


def with_appointment(request: Request, row: Json) -> Request:
    """The request knowing its appointment, so that a question asked later need not look again."""
    return replace(request, chosen={**request.chosen, "appointment": row})


Pick = Callable[[Request], Lookup]
