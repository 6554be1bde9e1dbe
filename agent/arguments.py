"""An LLM's arguments made exact: its copy of a tool's schema, and its own words turned into what a workshop takes.

Dates stay the caller's words until the interpreter's date reader resolves them; an ISO date is refused, for a model
that works dates out gets them wrong. Plates, services and technicians are matched to the workshop's own.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from rapidfuzz import fuzz, process

from agent.events import Slot
from agent.interpreter import dates, plates, words
from agent.interpreter.reading import Context
from tools.contract import ToolSpec

Json = Mapping[str, Any]

MARK = "x-bancone"
ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}")
OWN_WORDS = (
    "in the caller's own words and language, exactly as said, never worked out: "
    "'mercoledì prossimo', 'tomorrow at half past nine'"
)
SAME_NAME = 84  # of 100; below it two names are different names
UNTIL = frozenset({"to", "appointment_to"})
CUT_OFF = frozenset({"last_done_before", "due_before"})


class Unreadable(Exception):
    """An argument that cannot be made exact; the message is for the LLM and says what to do instead."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field


def offered_schema(schema: Json) -> dict[str, Any]:
    """The schema as an LLM gets it: dates are strings of the caller's own words, our own keyword is gone."""
    node: dict[str, Any] = {}
    for key, value in schema.items():
        if key == MARK:
            continue
        if key == "properties":
            node[key] = {name: offered_schema(child) for name, child in value.items()}
        elif key == "items":
            node[key] = offered_schema(value)
        else:
            node[key] = value
    if schema.get(MARK) == "when":
        described = schema.get("description", "When")
        return {"type": "string", "description": f"{described}; {OWN_WORDS}"}
    return node


def resolved(spec: ToolSpec, arguments: Json, context: Context) -> tuple[Json, tuple[str, ...], tuple[Slot, ...]]:
    """The arguments as a workshop takes them, what was guessed in them, and the slots to show.

    Raises Unreadable.
    """
    slots: list[Slot] = []
    exact = _dated(spec.input, dict(arguments), context, slots)
    reasons: list[str] = []
    if isinstance(plate := exact.get("plate"), str):
        exact["plate"] = _plate(plate, context, slots, reasons)
    if isinstance(staff := exact.get("staff"), str):
        exact["staff"] = _staff(staff, context, slots, reasons)
    for name in ("services", "add_services"):
        if isinstance(services := exact.get(name), list):
            exact[name] = [_service(str(service), context, slots, reasons) for service in services]
    return exact, tuple(dict.fromkeys(reasons)), tuple(slots)


def _dated(schema: Json, arguments: dict[str, Any], context: Context, slots: list[Slot]) -> dict[str, Any]:
    """``arguments`` with every date field resolved, however deep."""
    known = schema.get("properties", {})
    exact = dict(arguments)
    for name, value in arguments.items():
        node = known.get(name, {})
        if node.get(MARK) == "when":
            when = _when(name, value, context)
            exact[name] = _instant(name, when, context)
            slots.append(Slot("when", exact[name], when.words or str(value)))
            for part, said in (("part", when.part), ("after", _clock(when.after)), ("before", _clock(when.before))):
                if said is not None and part in known and part not in arguments:
                    exact[part] = said
        elif node.get("type") == "object" and isinstance(value, Mapping):
            exact[name] = _dated(node, dict(value), context, slots)
    return exact


def _when(field: str, value: object, context: Context) -> dates.When:
    if not isinstance(value, str):
        raise Unreadable(field, f"{value!r} is not text")
    if ISO.search(value):
        raise Unreadable(field, f"{value!r} is a date that was worked out; give the caller's own words instead")
    when = dates.resolve(value, context)
    if when is None:
        raise Unreadable(field, f"{value!r} names no day or time; give the caller's own words for it, or ask")
    return when


def _instant(field: str, when: dates.When, context: Context) -> str:
    """The ISO instant or date of ``when``, as the field wants it."""
    if field == "start":
        if when.start is None:
            raise Unreadable(field, f"{when.words!r} names no exact time; ask for one, or give a window")
        return when.start.isoformat()
    first, last = when.day_from, when.day_to
    if when.start is not None:
        return (
            when.start.isoformat() if first == last and field == "from" and not when.part else _day(when.start.date())
        )
    if first is None and last is None and when.time is not None:
        return datetime.combine(context.now.date(), when.time, context.now.tzinfo).isoformat()
    chosen = (last or first) if field in UNTIL | CUT_OFF else (first or last)
    if chosen is None:
        raise Unreadable(field, f"{when.words!r} names no day; give the day in the caller's own words, or ask")
    return _day(chosen)


def _day(day: date) -> str:
    return day.isoformat()


def _clock(moment: time | None) -> str | None:
    return None if moment is None else f"{moment:%H:%M}"


def _plate(said: str, context: Context, slots: list[Slot], reasons: list[str]) -> str:
    """The known plate that was meant; one that is no known plate and near none stays as it is."""
    plain = re.sub(r"[^0-9A-Za-z]", "", said).upper()
    known = {vehicle.plate for vehicle in context.vocabulary.vehicles}
    if plain in known:
        slots.append(Slot("plate", plain, said))
        return plain
    for found in plates.find_plates(words.tokenise(said), context):
        near = found.value.nearest
        if found.value.vehicle is None and len(near) == 1 and near[0].plate:
            reasons.append("nearest_plate")
            slots.append(Slot("plate", near[0].plate, said, guessed=True))
            return str(near[0].plate)
    return plain


def _staff(said: str, context: Context, slots: list[Slot], reasons: list[str]) -> str:
    names = {staff.id: staff.id for staff in context.vocabulary.staff}
    for staff in context.vocabulary.staff:
        names |= dict.fromkeys((staff.name.casefold(), *(word.casefold() for word in staff.spoken)), staff.id)
    return _named("staff", said, names, slots, reasons)


def _service(said: str, context: Context, slots: list[Slot], reasons: list[str]) -> str:
    names = {service.id: service.id for service in context.vocabulary.services}
    for service in context.vocabulary.services:
        called = (service.name_it, service.name_en, *service.synonyms)
        names |= dict.fromkeys((name.casefold() for name in called), service.id)
    return _named("service", said, names, slots, reasons)


def _named(kind: str, said: str, names: Mapping[str, str], slots: list[Slot], reasons: list[str]) -> str:
    """The id of what is called so, or nearly so; what is near nothing stays as it is, for the workshop to refuse."""
    if (exact := names.get(said.casefold())) is not None or (exact := names.get(said)) is not None:
        slots.append(Slot(kind, exact, said))
        return exact
    near = process.extractOne(said.casefold(), list(names), scorer=fuzz.ratio, score_cutoff=SAME_NAME)
    if near is None:
        return said
    reasons.append(f"similar_{kind}")
    slots.append(Slot(kind, names[near[0]], said, guessed=True))
    return names[near[0]]
