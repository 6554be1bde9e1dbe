"""What the finders' values mean to a plan: cars, people, ids, minutes, and their JSON for the screen."""

from collections.abc import Mapping, Sequence
from typing import Any

from agent.interpreter.people import Person
from agent.interpreter.plates import Plate
from agent.interpreter.reading import Found
from agent.interpreter.vehicles import Description
from agent.interpreter.when import When
from tools.domain import Staff, Vehicle


def plate_of(found: Found) -> tuple[str, Vehicle | None]:
    """The plate as heard, and the known car it is or is guessed to be."""
    plate: Plate = found.value
    return plate.text, plate.vehicle


def described(found: Found) -> tuple[Vehicle, ...]:
    """The known cars a description fits."""
    description: Description = found.value
    return description.candidates


def hint_of(found: Found) -> dict[str, str]:
    """make, model, colour and body, as far as they were said."""
    description: Description = found.value
    fields = ("make", "model", "colour", "body")
    return {name: getattr(description, name) for name in fields if getattr(description, name)}


def remark_of(found: Found) -> str | None:
    """What was said of a car that the records have no word for."""
    description: Description = found.value
    return description.note


def person_of(found: Found) -> Person:
    person: Person = found.value
    return person


def services_of(founds: Sequence[Found]) -> tuple[str, ...]:
    """Service ids, each once, as said."""
    return tuple(dict.fromkeys(str(found.value) for found in founds))


def staff_of(found: Found) -> Staff:
    staff: Staff = found.value
    return staff


def position_of(found: Found) -> int:
    """The place in a list as an index: 0 for the first, -1 for the last."""
    place = int(found.value)
    return place - 1 if place > 0 else place


def minutes_of(found: Found) -> int:
    """Of an offset or a duration."""
    return int(found.value)


def text_of(found: Found) -> str:
    """Of a note, a phone number, an address, a channel, a template, a status."""
    return str(found.value)


def as_json(found: Found) -> Any:
    """The value as the screen and the wire show it."""
    value = found.value
    match value:
        case Plate():
            return value.vehicle.plate if value.vehicle is not None else value.text
        case Description():
            if len(value.candidates) == 1:
                car = value.candidates[0]
                known = {"id": car.id, "plate": car.plate, "make": car.make, "model": car.model}
                return {name: text for name, text in known.items() if text} | hint_of(found)
            return hint_of(found) or (value.owner.name if value.owner is not None else value.note)
        case Person():
            return value.customers[0].name if len(value.customers) == 1 else value.name
        case Staff():
            return value.name
        case When():
            return _when_json(value)
        case str() | int() | float() | None:
            return value
        case Mapping():
            return dict(value)
    raise TypeError(f"a slot of kind '{found.kind}' has no JSON: {type(value).__name__}")


def _when_json(when: When) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if when.start is not None:
        said["start"] = when.start.isoformat()
    elif when.has_day:
        said.update({name: day.isoformat() for name, day in (("from", when.day_from), ("to", when.day_to)) if day})
    for name, clock in (("time", when.time), ("after", when.after), ("before", when.before)):
        if clock is not None:
            said[name] = clock.strftime("%H:%M")
    if when.part is not None:
        said["part"] = when.part
    if when.shift is not None:
        said["shift_minutes"] = round(when.shift.total_seconds() / 60)
    if when.anchor_days is not None:
        said["days"] = when.anchor_days
    return said
