"""The workshop's nouns: what the data of an answer means.

JSON is the form on every wire and in `ToolResult.data`; these classes are the same things for code that
draws, speaks or matches them. `from_json` reads the shapes of tools/schemas, absent fields are None.
Instants are aware datetimes, durations minutes, money cents, phones E.164, plates upper case without spaces.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

Json = Mapping[str, Any]

COLOURS = ("bianco", "nero", "grigio", "rosso", "blu", "verde", "giallo", "altro")
BODIES = ("small", "hatchback", "saloon", "estate", "suv", "van", "other")
STATUSES = (
    "pending",
    "confirmed",
    "arrived",
    "in_progress",
    "waiting_parts",
    "ready",
    "done",
    "no_show",
    "cancelled",
)


@dataclass(frozen=True, slots=True)
class Service:
    """One thing the workshop does."""

    id: str
    name_it: str
    name_en: str
    synonyms: tuple[str, ...] = ()
    minutes: int = 60
    price_cents: int | None = None
    staff: tuple[str, ...] = ()
    """Ids of who may do it."""

    def name(self, language: str) -> str:
        return self.name_it if language == "it" else self.name_en

    @classmethod
    def from_json(cls, data: Json) -> Self:
        return cls(
            id=data["id"],
            name_it=data["name_it"],
            name_en=data["name_en"],
            synonyms=tuple(data.get("synonyms", ())),
            minutes=data.get("minutes", 60),
            price_cents=data.get("price_cents"),
            staff=tuple(data.get("staff", ())),
        )


@dataclass(frozen=True, slots=True)
class Staff:
    """One technician."""

    id: str
    name: str
    spoken: tuple[str, ...] = ()
    """What colleagues call them."""

    @classmethod
    def from_json(cls, data: Json) -> Self:
        return cls(id=data["id"], name=data["name"], spoken=tuple(data.get("spoken", ())))


@dataclass(frozen=True, slots=True)
class Customer:
    id: str
    name: str
    """First and last name as they are said, or the company."""
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None
    email: str | None = None
    language: str = "it"

    @classmethod
    def from_json(cls, data: Json) -> Self:
        parts = (data.get("first_name"), data.get("last_name"))
        return cls(
            id=data["id"],
            name=data.get("name") or " ".join(part for part in parts if part),
            first_name=data.get("first_name"),
            last_name=data.get("last_name"),
            phone=data.get("phone"),
            email=data.get("email"),
            language=data.get("language", "it"),
        )


@dataclass(frozen=True, slots=True)
class Vehicle:
    id: str
    make: str
    model: str
    plate: str | None = None
    colour: str | None = None
    """One of COLOURS."""
    body: str | None = None
    """One of BODIES."""
    owner: Customer | None = None
    mileage: int | None = None
    """Kilometres, the latest reading."""

    @classmethod
    def from_json(cls, data: Json) -> Self:
        owner = data.get("owner")
        return cls(
            id=data["id"],
            make=data["make"],
            model=data["model"],
            plate=data.get("plate"),
            colour=data.get("colour"),
            body=data.get("body"),
            owner=Customer.from_json(owner) if owner else None,
            mileage=data.get("mileage"),
        )


@dataclass(frozen=True, slots=True)
class Appointment:
    """A booked time for a car, with all one needs to draw it or say it."""

    id: str
    start: datetime
    end: datetime
    status: str
    """One of STATUSES."""
    services: tuple[Service, ...]
    staff: Staff
    customer: Customer | None = None
    vehicle: Vehicle | None = None
    """None for a booking from the web that names no car."""
    notes: str | None = None
    version: int = 1

    @classmethod
    def from_json(cls, data: Json) -> Self:
        customer, vehicle = data.get("customer"), data.get("vehicle")
        return cls(
            id=data["id"],
            start=datetime.fromisoformat(data["start"]),
            end=datetime.fromisoformat(data["end"]),
            status=data["status"],
            services=tuple(Service.from_json(service) for service in data["services"]),
            staff=Staff.from_json(data["staff"]),
            customer=Customer.from_json(customer) if customer else None,
            vehicle=Vehicle.from_json(vehicle) if vehicle else None,
            notes=data.get("notes"),
            version=data.get("version", 1),
        )


@dataclass(frozen=True, slots=True)
class Job:
    """Work done on a car on a day."""

    vehicle: str
    date: date
    mileage: int | None = None
    services: tuple[Service, ...] = ()
    work: str = ""
    notes: str = ""

    @classmethod
    def from_json(cls, data: Json) -> Self:
        return cls(
            vehicle=data["vehicle"],
            date=date.fromisoformat(data["date"]),
            mileage=data.get("mileage"),
            services=tuple(Service.from_json(service) for service in data.get("services", ())),
            work=data.get("work", ""),
            notes=data.get("notes", ""),
        )


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that could be booked."""

    start: datetime
    end: datetime
    staff: Staff

    @classmethod
    def from_json(cls, data: Json) -> Self:
        return cls(
            start=datetime.fromisoformat(data["start"]),
            end=datetime.fromisoformat(data["end"]),
            staff=Staff.from_json(data["staff"]),
        )


@dataclass(frozen=True, slots=True)
class Message:
    """One row of the outbox."""

    id: str
    channel: str
    """`whatsapp` or `email`."""
    template: str
    to: str
    text: str
    due_at: datetime
    status: str
    """queued, sent, delivered, read, failed, unknown, cancelled."""

    @classmethod
    def from_json(cls, data: Json) -> Self:
        return cls(
            id=data["id"],
            channel=data["channel"],
            template=data["template"],
            to=data["to"],
            text=data["text"],
            due_at=datetime.fromisoformat(data["due_at"]),
            status=data["status"],
        )


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """A bulk message worked out but not sent."""

    id: str
    matched: int
    excluded: Mapping[str, int]
    """Reason → how many."""
    sendable: int
    samples: Sequence[Json]
    expires: datetime

    @classmethod
    def from_json(cls, data: Json) -> Self:
        return cls(
            id=data["plan_id"],
            matched=data["matched"],
            excluded=dict(data["excluded"]),
            sendable=data["sendable"],
            samples=tuple(data["samples"]),
            expires=datetime.fromisoformat(data["expires"]),
        )


@dataclass(frozen=True, slots=True)
class Template:
    """A message the workshop may send."""

    id: str
    purpose: str
    """`utility` or `marketing`."""
    channels: tuple[str, ...]

    @classmethod
    def from_json(cls, data: Json) -> Self:
        return cls(id=data["id"], purpose=data["purpose"], channels=tuple(data["channels"]))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the workshop's own words are, to match what was heard against."""

    version: str
    timezone: str
    """IANA name; every date is read in it."""
    workshop: str
    """The workshop's name."""
    opening: Mapping[str, Sequence[tuple[str, str]]]
    """`mon`…`sun` → opening intervals as local HH:MM pairs."""
    services: tuple[Service, ...] = ()
    staff: tuple[Staff, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    """Each with its owner (id, name)."""
    customers: tuple[Customer, ...] = ()
    templates: tuple[Template, ...] = ()
    holidays: Mapping[date, str] = field(default_factory=dict)
    """Closed days known ahead, this year and the next two: date → name."""

    @classmethod
    def from_json(cls, data: Json) -> Self:
        return cls(
            version=data["version"],
            timezone=data["timezone"],
            workshop=data["workshop"],
            opening={day: tuple((a, b) for a, b in hours) for day, hours in data["opening"].items()},
            services=tuple(Service.from_json(item) for item in data["services"]),
            staff=tuple(Staff.from_json(item) for item in data["staff"]),
            vehicles=tuple(Vehicle.from_json(item) for item in data["vehicles"]),
            customers=tuple(Customer.from_json(item) for item in data["customers"]),
            templates=tuple(Template.from_json(item) for item in data["templates"]),
            holidays={date.fromisoformat(day): name for day, name in data.get("holidays", {}).items()},
        )
