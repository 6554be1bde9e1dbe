"""What is said of what was looked up."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from agent.interpreter import saying
from agent.interpreter.telling import Telling
from agent.interpreter.texts import capital

Json = Mapping[str, Any]
DEAD = ("cancelled", "no_show")


def LOOKUPS(telling: Telling) -> str:
    """The answer to a look-up: by its intent, or by its tool where the intent is not ours."""
    return (_BY_INTENT.get(telling.intent) or _BY_TOOL.get(telling.outcome.call.name) or _shown)(telling)


def _shown(telling: Telling) -> str:
    return telling.say("shown")


def items(telling: Telling) -> Sequence[Json]:
    found: Sequence[Json] = telling.data.get("items", ())
    return found


def live(rows: Sequence[Json]) -> list[Json]:
    """Appointments that stand, by start."""
    return sorted((row for row in rows if row["status"] not in DEAD), key=lambda row: str(row["start"]))


# Cars and customers


def _vehicles(telling: Telling) -> str:
    rows = items(telling)
    if not rows:
        plate = telling.arguments.get("plate")
        return (
            telling.say("vehicle_none_plate", plate=saying.spoken_plate(plate))
            if plate
            else telling.say("vehicle_none")
        )
    if len(rows) > 1:
        names = [saying.bare_car(row, telling.language) for row in rows]
        total = telling.data.get("total", len(rows))
        return telling.say("vehicle_many", count=total, list=saying.shortened(names, telling.language, total=total))
    row = rows[0]
    colour = saying.colour(row, telling.language)
    owner = telling.say("owned_by", owner=row["owner"]["name"]) if row.get("owner") else ""
    mileage = row.get("mileage")
    tail = telling.say("vehicle_mileage_part", mileage=saying.number(mileage, telling.language)) if mileage else ""
    parts = [telling.car(row), colour, owner]
    return capital(", ".join(part for part in parts if part)) + tail + "."


def _owner(telling: Telling) -> str:
    rows = items(telling)
    if len(rows) != 1:
        return _vehicles(telling)
    if not rows[0].get("owner"):
        return telling.say("vehicle_no_owner", car=telling.car(rows[0]))
    return telling.say("vehicle_owner", car=telling.car(rows[0]), owner=rows[0]["owner"]["name"])


def _customers(telling: Telling) -> str:
    rows = items(telling)
    if not rows:
        return telling.say("customer_none")
    if len(rows) > 1:
        names = [row["name"] for row in rows]
        total = telling.data.get("total", len(rows))
        return telling.say("customer_many", count=total, list=saying.shortened(names, telling.language, total=total))
    cars = [
        saying.bare_car({"make": v.make, "model": v.model, "plate": v.plate, "colour": v.colour}, telling.language)
        for v in telling.vocabulary.vehicles
        if v.owner is not None and v.owner.id == rows[0]["id"]
    ]
    tail = telling.say("customer_cars", cars=saying.joined(cars, telling.language)) if cars else ""
    return telling.say("customer_one", **telling.contact(rows[0]), cars=tail)


def _contact(field: str, has: str, lacks: str) -> Callable[[Telling], str]:
    def told(telling: Telling) -> str:
        rows = items(telling)
        if not rows:
            return telling.say("customer_none")
        with_it = [row for row in rows if row.get(field)]
        if not with_it:
            return telling.say(lacks, customer=rows[0]["name"])
        spoken = [saying.spoken_phone(row[field]) if field == "phone" else row[field] for row in with_it]
        texts = [
            telling.say(has, customer=row["name"], **{field: value}) for row, value in zip(with_it, spoken, strict=True)
        ]
        return " ".join(texts[: saying.SHOWN])

    return told


# The diary


def _appointments(telling: Telling) -> str:
    rows = live(items(telling))
    ranged = saying.ranged(telling.arguments, telling.language, now=telling.now)
    scope = scope_of(telling)
    if not rows:
        return telling.say("appointments_none", scope=scope, range=f" {ranged}" if ranged else "")
    one_day = len({saying.instant(row["start"], telling.now).date() for row in rows}) == 1
    texts = [appointment_item(telling, row, clock_only=one_day and bool(ranged)) for row in rows]
    total = len(rows)
    key = "appointments_one" if total == 1 else "appointments_many"
    listed = saying.shortened(texts, telling.language)
    return capital(telling.say(key, range=ranged, scope=scope, count=total, list=listed).strip())


def scope_of(telling: Telling) -> str:
    arguments = telling.arguments
    if "staff" in arguments:
        names = {staff.id: staff.name for staff in telling.vocabulary.staff}
        return telling.say("scope_staff", staff=names.get(arguments["staff"], arguments["staff"]))
    if "plate" in arguments:
        return telling.say("scope_car", car=saying.spoken_plate(arguments["plate"]))
    if "customer_id" in arguments:
        names = {customer.id: customer.name for customer in telling.vocabulary.customers}
        return telling.say("scope_customer", customer=names.get(arguments["customer_id"], ""))
    return ""


def appointment_item(telling: Telling, row: Json, *, clock_only: bool) -> str:
    start = saying.instant(row["start"], telling.now)
    facts = telling.appointment(row)
    facts["when"] = saying.at_clock(start, telling.language) if clock_only else facts["when"]
    facts["car"] = telling.car(row.get("vehicle"), plate=False)
    owner = row.get("customer")
    customer = f" {'di' if telling.language == 'it' else 'of'} {owner['name']}" if owner else ""
    return telling.say("appointment_item", **facts, customer=customer)


def _next(telling: Telling) -> str:
    rows = [row for row in live(items(telling)) if saying.instant(row["start"], telling.now) > telling.now]
    if not rows:
        ranged = saying.ranged(telling.arguments, telling.language, now=telling.now)
        return telling.say("next_none", range=f" {ranged}" if ranged else "")
    return telling.say("next_one", item=appointment_item(telling, rows[0], clock_only=False))


def _slots(telling: Telling) -> str:
    rows = items(telling)
    ranged = saying.ranged(telling.arguments, telling.language, now=telling.now)
    after = f" {ranged}" if ranged else ""
    names = {service.id: service.name(telling.language) for service in telling.vocabulary.services}
    wanted = [saying.lowered(names.get(name, name)) for name in telling.arguments.get("services", ())]
    if not rows:
        services = saying.joined(wanted, telling.language)
        return telling.say("slots_none", services=services, range=after, staff=scope_of(telling))
    if telling.intent == "first_slot":
        services = saying.joined(wanted, telling.language)
        return telling.say(
            "slots_first", services=services, when=telling.when(rows[0]["start"]), staff=rows[0]["staff"]["name"]
        )
    starts = list(dict.fromkeys(row["start"] for row in rows))
    one_day = len({start[:10] for start in starts}) == 1
    texts = [
        saying.at_clock(saying.instant(start, telling.now), telling.language)
        if one_day and ranged
        else telling.when(start)
        for start in starts
    ]
    if len(starts) == 1:
        return telling.say("slots_one", list=f"{ranged} {texts[0]}".strip() if one_day else texts[0])
    listed = saying.shortened(texts, telling.language, separator=", ")
    return telling.say("slots_many", count=len(starts), range=after, list=listed)


# The workshop


def _opening(telling: Telling) -> str:
    days = items(telling)
    asked = next((slot.value for slot in telling.outcome.call.slots if slot.kind == "when"), None)
    moment = asked.get("start") if isinstance(asked, Mapping) else None
    if len(days) == 1 and moment:
        return _open_at(telling, days[0], saying.instant(moment, telling.now))
    # "A che ora" is answered with the hours; a yes answers "siamo aperti".
    yes = len(days) == 1 and telling.intent != "opening_time"
    return " ".join(_open_day(telling, day, alone=yes) for day in days)


def _hours(telling: Telling, day: Json) -> str:
    spans = []
    for span in day["hours"]:
        first, last = (
            datetime.combine(date.fromisoformat(day["date"]), time.fromisoformat(span[key])) for key in ("from", "to")
        )
        spans.append(saying.from_to(first, last, telling.language))
    return saying.joined(spans, telling.language)


def _open_day(telling: Telling, day: Json, *, alone: bool) -> str:
    when = saying.near_day(date.fromisoformat(day["date"]), telling.language, now=telling.now)
    if not day["open"]:
        reason = telling.say("closed_reason", reason=day["reason"]) if day.get("reason") else ""
        text = telling.say("closed_day", when=when, reason=reason)
        return text if alone else capital(text.split(", ", 1)[1])
    return telling.say("open_day" if alone else "open_hours", when=when, hours=_hours(telling, day))


def _open_at(telling: Telling, day: Json, moment: datetime) -> str:
    if not day["open"]:
        return _open_day(telling, day, alone=True)
    inside = any(
        time.fromisoformat(span["from"]) <= moment.time() < time.fromisoformat(span["to"]) for span in day["hours"]
    )
    when = saying.when(moment.isoformat(), telling.language, now=telling.now)
    return telling.say("open_at" if inside else "closed_at", when=when, hours=_hours(telling, day))


def _services(telling: Telling) -> str:
    wanted = [slot.value for slot in telling.outcome.call.slots if slot.kind == "service"]
    rows = [row for row in items(telling) if not wanted or row["id"] in wanted]
    if telling.intent == "service_duration" and wanted:
        return " ".join(
            telling.say(
                "service_duration",
                service=row["name_it"] if telling.language == "it" else row["name_en"],
                duration=saying.duration(row["minutes"], telling.language),
            )
            for row in rows
        )
    if telling.intent == "service_price" and wanted:
        return " ".join(_price(telling, row) for row in rows)
    names = [saying.services([row], telling.language) for row in rows]
    return telling.say("services_list", list=saying.joined(names, telling.language))


def _price(telling: Telling, row: Json) -> str:
    name = row["name_it"] if telling.language == "it" else row["name_en"]
    if row.get("price_cents") is None:
        return telling.say("service_no_price", service=name)
    return telling.say("service_price", service=name, price=saying.money(row["price_cents"], telling.language))


# A car's past


def _wanted_services(telling: Telling) -> list[str]:
    return [str(slot.value) for slot in telling.outcome.call.slots if slot.kind == "service"]


def _jobs(telling: Telling, *, service: Sequence[str] = ()) -> list[Json]:
    rows: Sequence[Json] = telling.data.get("jobs", ())
    return [row for row in rows if not service or {item["id"] for item in row.get("services", ())} & set(service)]


def _work(telling: Telling, job: Json) -> str:
    done = saying.services(job.get("services", ()), telling.language)
    return done or str(job.get("work") or job.get("notes") or "").strip() or "–"


def _mileage_part(telling: Telling, job: Json) -> str:
    if not job.get("mileage"):
        return ""
    return telling.say("at_mileage", mileage=saying.number(job["mileage"], telling.language))


def _on(telling: Telling, job: Json) -> str:
    return saying.on_date(date.fromisoformat(job["date"]), telling.language)


def _history(telling: Telling) -> str:
    car = telling.car(telling.data["vehicle"])
    rows = [row for row in _jobs(telling) if row.get("services") or row.get("work")]
    if not rows:
        return telling.say("history_none", car=car)
    texts = [f"{_on(telling, row)} {_work(telling, row)}{_mileage_part(telling, row)}" for row in rows]
    return telling.say("history", car=car, list=saying.shortened(texts, telling.language))


def _last_visit(telling: Telling) -> str:
    car, wanted = telling.car(telling.data["vehicle"]), _wanted_services(telling)
    rows = _jobs(telling, service=wanted)
    named = [service for service in telling.vocabulary.services if service.id in wanted]
    services = saying.joined([saying.lowered(service.name(telling.language)) for service in named], telling.language)
    if not rows:
        return telling.say("last_none", car=car, services=services) if wanted else telling.say("history_none", car=car)
    facts = {"car": car, "when": _on(telling, rows[0]), "mileage": _mileage_part(telling, rows[0])}
    if wanted:
        return telling.say("last_service", services=services, **facts)
    return telling.say("last_visit", work=_work(telling, rows[0]), **facts)


def _mileage(telling: Telling) -> str:
    car, wanted = telling.car(telling.data["vehicle"]), _wanted_services(telling)
    if wanted:
        rows = [row for row in _jobs(telling, service=wanted) if row.get("mileage")]
        if rows:
            return telling.say(
                "mileage_at",
                car=car,
                mileage=saying.number(rows[0]["mileage"], telling.language),
                services=saying.services([s for s in rows[0]["services"] if s["id"] in wanted], telling.language),
                when=_on(telling, rows[0]),
            )
        return _last_visit(telling)
    readings = sorted(telling.data.get("readings", ()), key=lambda row: str(row["date"]))
    if not readings:
        return telling.say("mileage_none", car=car)
    return telling.say(
        "mileage_now",
        car=car,
        mileage=saying.number(readings[-1]["mileage"], telling.language),
        when=_on(telling, readings[-1]),
    )


def _due(telling: Telling) -> str:
    car, wanted = telling.car(telling.data["vehicle"]), _wanted_services(telling)
    rows = [row for row in telling.data.get("due", ()) if not wanted or row["service"]["id"] in wanted]
    if not rows:
        return telling.say("due_none", car=car)
    texts = [f"{saying.services([row['service']], telling.language)} {_due_text(telling, row)}" for row in rows]
    if len(rows) == 1:
        return telling.say(
            "due_one",
            services=saying.services([rows[0]["service"]], telling.language),
            car=car,
            due=_due_text(telling, rows[0]),
        )
    return telling.say("due_all", car=car, list="; ".join(texts))


def _due_text(telling: Telling, row: Json) -> str:
    parts = []
    if row.get("on"):
        on = date.fromisoformat(row["on"])
        late = row.get("overdue") or on < telling.now.date()
        parts.append(telling.say("due_overdue" if late else "due_on", when=saying.on_date(on, telling.language)))
    if row.get("at_mileage"):
        parts.append(telling.say("due_mileage", mileage=saying.number(row["at_mileage"], telling.language)))
    text = " ".join(parts) or "–"
    return text if row.get("on_record") else text + telling.say("due_assumed_rule")


def _status(telling: Telling) -> str:
    rows = [row for row in items(telling) if row["status"] != "cancelled"]
    today = telling.now.date()
    rows.sort(key=lambda row: abs(saying.instant(row["start"], telling.now).date() - today) or timedelta(0))
    if not rows:
        plate = telling.arguments.get("plate", "")
        return telling.say("status_none", car=saying.spoken_plate(plate))
    facts = telling.appointment(rows[0])
    return telling.say("status_one", **facts, status=telling.status(rows[0]["status"]))


_BY_INTENT: dict[str, Callable[[Telling], str]] = {
    "vehicle_owner": _owner,
    "customer_phone": _contact("phone", "customer_phone", "customer_no_phone"),
    "customer_email": _contact("email", "customer_email", "customer_no_email"),
    "next_appointment": _next,
    "last_visit": _last_visit,
    "mileage_query": _mileage,
    "due": _due,
    "status_query": _status,
}
_BY_TOOL: dict[str, Callable[[Telling], str]] = {
    "find_vehicle": _vehicles,
    "find_customer": _customers,
    "list_appointments": _appointments,
    "find_slots": _slots,
    "opening_hours": _opening,
    "list_services": _services,
    "vehicle_history": _history,
}
