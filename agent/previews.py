"""What a preview shows: its kind, the day it concerns, the choices beside it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from agent.events import Choice
from agent.interpreter import reading

Json = Mapping[str, Any]

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "book_appointment": "booking",
        "reschedule_appointment": "move",
        "cancel_appointment": "cancellation",
        "update_appointment": "update",
        "send_message": "message",
        "schedule_reminder": "message",
        "record_work": "record",
        "save_customer": "customer",
        "save_vehicle": "vehicle",
        "block_time": "block",
        "undo": "undo",
        "plan_campaign": "campaign",
        "send_campaign": "campaign",
    }
)
MOST = 6  # choices a person can still tell apart
_DAYS = {
    "it": ("lun", "mar", "mer", "gio", "ven", "sab", "dom"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def day_of(data: Json) -> str | None:
    """The ISO date a result is about; None when it is about no day."""
    appointment = data.get("appointment") or {}
    instant = appointment.get("start") or (data.get("blocked") or {}).get("from")
    return None if instant is None else str(instant)[:10]


def numbered(choices: Iterable[reading.Choice]) -> tuple[Choice, ...]:
    """The choices with the number each is called by; what stands there twice is kept once."""
    kept: list[reading.Choice] = []
    for choice in choices:
        if all(choice.arguments != other.arguments for other in kept):
            kept.append(choice)
    return tuple(Choice(str(n), choice.label, choice.arguments) for n, choice in enumerate(kept[:MOST], 1))


def time_choices(arguments: Json, slots: Sequence[Json], language: str) -> list[reading.Choice]:
    """The free times a refusal or a booking came with, as other arguments for the same call."""
    kept = {name: value for name, value in arguments.items() if name not in ("start", "window", "staff")}
    return [
        reading.Choice(_slot_label(slot, language), {**kept, "start": slot["start"], **_technician(slot)})
        for slot in slots
    ]


def candidate_choices(arguments: Json, candidates: Sequence[Json]) -> list[reading.Choice]:
    """The cars or customers an `ambiguous` refusal names."""
    found: list[reading.Choice] = []
    for candidate in candidates:
        if "make" in candidate:
            kept = {name: value for name, value in arguments.items() if name not in ("plate", "vehicle_id", "customer")}
            parts = (candidate.get("make"), candidate.get("model"), candidate.get("plate"))
            found.append(
                reading.Choice(" ".join(part for part in parts if part), kept | {"vehicle_id": candidate["id"]})
            )
        elif "name" in candidate and "customer_id" in arguments:
            found.append(reading.Choice(candidate["name"], {**arguments, "customer_id": candidate["id"]}))
    return found


def _technician(slot: Json) -> Json:
    return {"staff": slot["staff"]["id"]} if "staff" in slot else {}


def _slot_label(slot: Json, language: str) -> str:
    start = datetime.fromisoformat(slot["start"])
    day = _DAYS["it" if language == "it" else "en"][start.weekday()]
    name = (slot.get("staff") or {}).get("name")
    return f"{day} {start:%d/%m %H:%M}" + (f" · {name}" if name else "")
