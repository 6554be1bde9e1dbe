"""What a look-up found, ready to be laid out: a pure reading of a read tool's answer."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from agent.events import ToolEnded
from desktop.summary import Fact, Summary, car_name, services_of
from desktop.texts import language, when, words
from desktop.texts.wording import spaced, telephone
from tools.domain import Appointment, Customer, Service, Slot, Vehicle

translate = QCoreApplication.translate
Json = Mapping[str, Any]
MOST = 12  # lines of a list


def answer(event: ToolEnded) -> Summary | None:
    """The card of a look-up; None for what is no look-up, was refused or found nothing to show."""
    data = event.result.data
    if data is None:
        return None
    match event.call.name:
        case "find_vehicle":
            return _vehicles([Vehicle.from_json(item) for item in data["items"]])
        case "find_customer":
            return _customers([Customer.from_json(item) for item in data["items"]])
        case "vehicle_history":
            return _history(data)
        case "list_appointments":
            return _appointments([Appointment.from_json(item) for item in data["items"]])
        case "find_slots":
            return _slots([Slot.from_json(item) for item in data["items"]])
        case "opening_hours":
            return _hours(data)
        case "list_services":
            return _services([Service.from_json(item) for item in data["items"]])
        case _:
            return None


def _vehicles(found: list[Vehicle]) -> Summary | None:
    if not found:
        return None
    if len(found) == 1:
        vehicle = found[0]
        facts: tuple[Fact, ...] = ()
        if vehicle.owner:
            facts += (Fact("user", vehicle.owner.name, telephone(vehicle.owner.phone)),)
        if vehicle.mileage is not None:
            facts += (Fact("gauge", f"{when.number(vehicle.mileage)} km"),)
        return Summary(f"{vehicle.make} {vehicle.model}", plate=vehicle.plate, car=car_name(vehicle), facts=facts)
    lines = tuple(
        Fact("car", f"{car_name(item)} · {spaced(item.plate or '')}", item.owner.name if item.owner else "")
        for item in found[:MOST]
    )
    several = translate("Answers", "{n} cars").format(n=len(found))
    return Summary(translate("Answers", "1 car") if len(found) == 1 else several, facts=lines)


def _customers(found: list[Customer]) -> Summary | None:
    if not found:
        return None
    if len(found) == 1:
        one = found[0]
        lines = ((icon, text) for icon, text in (("phone", telephone(one.phone)), ("mail", one.email)) if text)
        return Summary(one.name, facts=tuple(Fact(icon, text) for icon, text in lines))
    facts = tuple(Fact("user", item.name, telephone(item.phone) or item.email or "") for item in found[:MOST])
    several = translate("Answers", "{n} customers").format(n=len(found))
    return Summary(translate("Answers", "1 customer") if len(found) == 1 else several, facts=facts)


def _history(data: Json) -> Summary:
    vehicle = Vehicle.from_json(data["vehicle"])
    facts: tuple[Fact, ...] = ()
    for due in data["due"]:
        name = Service.from_json(due["service"]).name(language())
        on = date.fromisoformat(due["on"]) if "on" in due else None
        late = bool(due.get("overdue"))
        text = translate("Answers", "{service} overdue") if late else translate("Answers", "{service} due")
        note = when.day(on, year=True) if on else ""
        if "at_mileage" in due:
            note = " · ".join(part for part in (note, f"{when.number(due['at_mileage'])} km") if part)
        facts += (Fact("alert" if late else "calendar", text.format(service=name), note),)
    for job in data["jobs"][: MOST - len(facts)]:
        done = " + ".join(Service.from_json(item).name(language()) for item in job.get("services", ()))
        note = when.day(date.fromisoformat(job["date"]), year=True)
        if "mileage" in job:
            note += f" · {when.number(job['mileage'])} km"
        facts += (Fact("wrench", done or job.get("work", "") or translate("Answers", "Work"), note),)
    return Summary(translate("Answers", "Car history"), plate=vehicle.plate, car=car_name(vehicle), facts=facts)


def _appointments(found: list[Appointment]) -> Summary:
    days = {item.start.date() for item in found}
    facts = tuple(
        Fact(
            "clock",
            f"{when.clock(item.start)}  {services_of(item)}"
            if len(days) == 1
            else f"{when.short_day(item.start)}, {when.clock(item.start)}  {services_of(item)}",
            " · ".join(
                part
                for part in (
                    item.vehicle.model if item.vehicle else "",
                    item.customer.name if item.customer else "",
                    item.staff.name,
                    words.status(item.status) if item.status != "confirmed" else "",
                )
                if part
            ),
        )
        for item in found[:MOST]
    )
    day = when.day(next(iter(days))) if len(days) == 1 else ""
    several = translate("Answers", "{n} appointments").format(n=len(found))
    return Summary(translate("Answers", "1 appointment") if len(found) == 1 else several, day=day, facts=facts)


def _slots(found: list[Slot]) -> Summary:
    facts = tuple(
        Fact("clock", f"{when.short_day(item.start)}, {when.span(item.start, item.end)}", item.staff.name)
        for item in found[:MOST]
    )
    several = translate("Answers", "{n} free times").format(n=len(found))
    return Summary(translate("Answers", "1 free time") if len(found) == 1 else several, facts=facts)


def _hours(data: Json) -> Summary:
    facts = []
    for item in data["items"][:MOST]:
        hours = ", ".join(f"{_clock(span['from'])} – {_clock(span['to'])}" for span in item["hours"])
        text = hours or translate("Answers", "closed")
        facts.append(Fact("clock", text, _with_reason(item)))
    return Summary(translate("Answers", "Opening hours"), facts=tuple(facts))


def _with_reason(item: Json) -> str:
    day = when.day(date.fromisoformat(item["date"]))
    return f"{day} · {item['reason']}" if item.get("reason") else day


def _clock(text: str) -> str:
    """A time of day, or an instant, as a time of day."""
    return when.clock(datetime.fromisoformat(text)) if "T" in text else text[:5]


def _services(found: list[Service]) -> Summary:
    facts = tuple(Fact("wrench", item.name(language()), when.minutes(item.minutes)) for item in found[:MOST])
    return Summary(translate("Answers", "Services"), facts=facts)
