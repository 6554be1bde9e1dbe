"""What a preview says, ready to be laid out: a pure reading of the event, in the language of the windows.

Everything comes from the proposal, which is the dry run's or the write's own data; nothing is made up here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from agent.events import Preview
from desktop.texts import language, when, wording, words
from desktop.texts.wording import spaced, telephone
from tools.domain import Appointment, Customer, Job, Message, Vehicle

translate = QCoreApplication.translate
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the card: a drawing, what it is, and what it says."""

    icon: str
    text: str
    note: str = ""
    """Smaller, under the text."""
    gone: bool = False
    """It no longer holds: struck through."""


@dataclass(frozen=True, slots=True)
class Summary:
    title: str
    """The service, or what happens."""
    day: str = ""
    time: str = ""
    before: str = ""
    """The day and time it moves away from."""
    plate: str | None = None
    car: str = ""
    gone: bool = False
    """The time no longer holds: a cancellation."""
    facts: tuple[Fact, ...] = ()
    messages: tuple[Fact, ...] = ()

    def text(self) -> str:
        """The whole in one breath, as it is read aloud or found by a test."""
        parts = (self.title, self.day, self.time, self.car, spaced(self.plate) if self.plate else "")
        return "\n".join(part for part in parts if part)


def car_name(vehicle: Vehicle) -> str:
    """ "Nissan Qashqai, grigio"."""
    name = f"{vehicle.make} {vehicle.model}"
    return f"{name}, {words.colour(vehicle.colour)}" if vehicle.colour and vehicle.colour != "altro" else name


def services_of(appointment: Appointment) -> str:
    return " + ".join(service.name(language()) for service in appointment.services)


def summarise(preview: Preview, now: datetime, before: Appointment | None = None) -> Summary:
    """The card of ``preview``; ``before``: the same appointment as it last was known, for a move."""
    proposal = preview.proposal
    match preview.kind:
        case "booking" | "move" | "cancellation" | "update" if "appointment" in proposal:
            return _appointment(preview, now, before)
        case "message" if "messages" in proposal:
            return Summary(
                translate("Summary", "Message to the customer"),
                facts=_call_facts(preview),
                messages=_messages(proposal, now),
            )
        case "record" if "job" in proposal:
            return _record(proposal)
        case "customer" if "customer" in proposal:
            return _customer(proposal)
        case "vehicle" if "vehicle" in proposal:
            return _vehicle(proposal)
        case "block" if "blocked" in proposal:
            return _block(proposal)
        case "undo":
            return _undone(proposal, now)
        case _:
            lines = wording.arguments(preview.call.arguments, {})
            return Summary(words.tool(preview.call.name), facts=tuple(Fact("tag", line) for line in lines))


def _appointment(preview: Preview, now: datetime, before: Appointment | None) -> Summary:
    item = Appointment.from_json(preview.proposal["appointment"])
    gone = preview.kind == "cancellation"
    moved = before is not None and not gone and before.start != item.start
    facts = _people(item)
    if preview.kind == "update" or item.status not in ("pending", "confirmed", "cancelled"):
        facts += (Fact("tag", words.status(item.status).capitalize()),)
    if item.notes:
        facts += (Fact("note", item.notes),)
    facts += tuple(
        Fact("info", translate("Summary", "Can be offered: {message}").format(message=words.template(offer)))
        for offer in preview.proposal.get("offers", ())
    )
    return Summary(
        title=services_of(item),
        day=_day(item.start, now),
        time=when.span(item.start, item.end),
        before=f"{when.short_day(before.start)}, {when.clock(before.start)}" if moved and before else "",
        plate=item.vehicle.plate if item.vehicle else None,
        car=car_name(item.vehicle) if item.vehicle else translate("Summary", "Car not known yet"),
        gone=gone,
        facts=facts,
        messages=_messages(preview.proposal, now),
    )


def _people(item: Appointment) -> tuple[Fact, ...]:
    technician = Fact("wrench", item.staff.name, when.minutes(round((item.end - item.start).total_seconds() / 60)))
    if item.customer is None:
        return (technician,)
    return (Fact("user", item.customer.name, telephone(item.customer.phone)), technician)


def _day(start: datetime, now: datetime) -> str:
    near = when.near_day(start, now.astimezone(start.tzinfo))
    day = when.day(start, year=start.year != now.year)
    return f"{near}, {day}" if near else day


def _messages(proposal: Json, now: datetime) -> tuple[Fact, ...]:
    lines = []
    for data in proposal.get("messages", ()):
        item = Message.from_json(data)
        note = when.moment(item.due_at, now)
        lines.append(Fact(_channel_icon(item), _message_name(item), note))
    for data in proposal.get("cancelled_messages", ()):
        item = Message.from_json(data)
        note = translate("Summary", "will not be sent")
        lines.append(Fact(_channel_icon(item), _message_name(item), note, gone=True))
    return tuple(lines)


def _message_name(item: Message) -> str:
    return translate("Summary", "{message} by {channel}").format(
        message=words.template(item.template), channel=words.channel(item.channel)
    )


def _channel_icon(item: Message) -> str:
    return "message" if item.channel == "whatsapp" else "mail"


def _call_facts(preview: Preview) -> tuple[Fact, ...]:
    """Whose message it is, and its first words."""
    proposal = preview.proposal
    facts = tuple(Fact("note", data["text"]) for data in proposal["messages"][:1])
    if "appointment" in proposal:
        return _people(Appointment.from_json(proposal["appointment"])) + facts
    return tuple(Fact("phone", telephone(data["to"])) for data in proposal["messages"][:1]) + facts


def _record(proposal: Json) -> Summary:
    job, vehicle = Job.from_json(proposal["job"]), Vehicle.from_json(proposal["vehicle"])
    facts: tuple[Fact, ...] = ()
    if job.mileage is not None:
        note = translate("Summary", "lower than the last reading") if proposal["job"].get("falling_odometer") else ""
        facts += (Fact("gauge", f"{when.number(job.mileage)} km", note),)
    if job.services:
        facts += (Fact("wrench", " + ".join(service.name(language()) for service in job.services)),)
    facts += tuple(Fact("note", text) for text in (job.work, job.notes) if text)
    if vehicle.owner:
        facts += (Fact("user", vehicle.owner.name),)
    title = translate("Summary", "Recorded for the car")
    return Summary(title, day=when.day(job.date, year=True), plate=vehicle.plate, car=car_name(vehicle), facts=facts)


def _customer(proposal: Json) -> Summary:
    customer = Customer.from_json(proposal["customer"])
    new = translate("Summary", "New customer") if proposal.get("created") else translate("Summary", "Customer changed")
    facts = tuple(
        Fact(icon, text) for icon, text in (("phone", telephone(customer.phone)), ("mail", customer.email)) if text
    )
    return Summary(customer.name, day=new, facts=facts)


def _vehicle(proposal: Json) -> Summary:
    vehicle = Vehicle.from_json(proposal["vehicle"])
    new = translate("Summary", "New car") if proposal.get("created") else translate("Summary", "Car changed")
    facts: tuple[Fact, ...] = ()
    if vehicle.owner:
        facts += (Fact("user", vehicle.owner.name),)
    if vehicle.mileage is not None:
        facts += (Fact("gauge", f"{when.number(vehicle.mileage)} km"),)
    return Summary(new, plate=vehicle.plate, car=car_name(vehicle), facts=facts)


def _block(proposal: Json) -> Summary:
    blocked = proposal["blocked"]
    start, end = datetime.fromisoformat(blocked["from"]), datetime.fromisoformat(blocked["to"])
    facts = tuple(
        Fact("calendar", f"{when.clock(item.start)} {services_of(item)}", item.customer.name if item.customer else "")
        for item in map(Appointment.from_json, proposal.get("appointments", ()))
    )
    if blocked.get("reason"):
        facts = (Fact("note", blocked["reason"]), *facts)
    return Summary(
        translate("Summary", "{name} is away").format(name=blocked["staff"]["name"]),
        day=when.day(start) if start.date() == end.date() else "",
        time=when.span(start, end),
        facts=facts,
    )


def _undone(proposal: Json, now: datetime) -> Summary:
    undone = proposal.get("undone", {})
    title = translate("Summary", "Taken back: {what}").format(what=words.tool(undone.get("tool", "undo")))
    if "appointment" not in proposal:
        return Summary(title, messages=_messages(proposal, now))
    item = Appointment.from_json(proposal["appointment"])
    return Summary(
        title,
        day=_day(item.start, now),
        time=when.span(item.start, item.end),
        plate=item.vehicle.plate if item.vehicle else None,
        car=car_name(item.vehicle) if item.vehicle else "",
        gone=item.status == "cancelled",
        facts=(Fact("list", services_of(item)), *_people(item)),
        messages=_messages(proposal, now),
    )
