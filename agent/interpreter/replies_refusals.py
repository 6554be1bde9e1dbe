"""What is said of a refusal: why, and what can be done next."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from agent.interpreter import saying
from agent.interpreter.telling import Telling
from agent.interpreter.texts import has, say

Json = Mapping[str, Any]


def refusal(telling: Telling) -> str:
    """One or two sentences: the reason, then the way on."""
    code = telling.outcome.refusal_code or "unknown"
    writer = _BY_CODE.get(code)
    return writer(telling, telling.outcome.refusal_details) if writer is not None else _plain(telling, code)


def _plain(telling: Telling, code: str) -> str:
    details = telling.outcome.refusal_details
    key = code if has(telling.language, code, section="refusals") else "unknown"
    return _no(telling, key, message=str(details.get("message") or code).rstrip(".") + ".")


def _no(telling: Telling, key: str, **values: Any) -> str:
    return say(telling.language, key, section="refusals", **values)


def _not_found(telling: Telling, details: Json) -> str:
    nearest: Sequence[Json] = details.get("nearest", ())
    plate = details.get("plate") or telling.arguments.get("plate")
    if plate and (details.get("what", "plate") in ("plate", "vehicle") or nearest):
        shown = saying.spoken_plate(str(plate))
        if not nearest:
            return _no(telling, "not_found_plate", plate=shown)
        cars = [
            saying.bare_car(row, telling.language) if "make" in row else str(row.get("plate", "")) for row in nearest
        ]
        key = "not_found_plate_one" if len(cars) == 1 else "not_found_plate_nearest"
        return _no(telling, key, plate=shown, list=saying.shortened(cars, telling.language))
    if telling.outcome.call.name == "undo":
        return _no(telling, "not_found_undo")
    return _no(telling, "not_found_appointment" if "appointment_id" in telling.arguments else "not_found")


def candidate(row: Json, telling: Telling) -> str:
    """One of several, short."""
    if "make" in row:
        return saying.bare_car(row, telling.language)
    if "start" in row:
        return f"{telling.when(row['start'])} {telling.car(row.get('vehicle'), plate=False)}".strip()
    return str(row.get("name") or row.get("plate") or row.get("id", ""))


def _ambiguous(telling: Telling, details: Json) -> str:
    names = [candidate(row, telling) for row in details.get("candidates", ())]
    return _no(telling, "ambiguous", list=saying.joined(names[: saying.SHOWN + 1], telling.language, link="or"))


def _mismatch(telling: Telling, details: Json) -> str:
    vehicle = details.get("vehicle") or details.get("record") or {}
    said = details.get("said") or telling.arguments.get("vehicle_hint") or {}
    plate = vehicle.get("plate") or telling.arguments.get("plate", "")
    record = (
        saying.bare_car(vehicle, telling.language) if vehicle.get("make") else saying.colour(vehicle, telling.language)
    )
    if vehicle.get("plate") and record:
        record = record.replace(f" {saying.spoken_plate(vehicle['plate'])}", "")
    words = [saying.colour(said, telling.language), str(said.get("make", "")), str(said.get("model", ""))]
    if "body" in said:
        words.insert(0, saying.body(said, telling.language))
    heard = " ".join(word for word in words if word)
    return _no(telling, "vehicle_mismatch", plate=saying.spoken_plate(plate), record=record, said=heard)


def _alternatives(telling: Telling, details: Json) -> str:
    rows = details.get("alternatives", ())
    if not rows:
        return _no(telling, "no_alternatives")
    texts, told = [], None
    for row in rows[: saying.SHOWN]:
        start = saying.instant(row["start"], telling.now)
        # The day is said once: "mercoledì 18 marzo alle nove, alle dieci o alle undici".
        texts.append(saying.at_clock(start, telling.language) if start.date() == told else telling.when(row["start"]))
        told = start.date()
    return _no(telling, "alternatives", list=saying.joined(texts, telling.language, link="or"))


def _taken(telling: Telling, details: Json) -> str:
    start = telling.arguments.get("start")
    when = f" {telling.when(start)}" if start else ""
    asked = telling.arguments.get("staff")
    if asked and start:
        names = {staff.id: staff.name for staff in telling.vocabulary.staff}
        staff = names.get(asked, asked)
        return _no(telling, "slot_taken_staff", when=when, staff=staff, alternatives=_alternatives(telling, details))
    return _no(telling, "slot_taken", when=when, alternatives=_alternatives(telling, details))


def _closed(telling: Telling, details: Json) -> str:
    start = telling.arguments.get("start")
    when = (
        telling.when(start)
        if start
        else saying.ranged(telling.arguments.get("window", {}), telling.language, now=telling.now)
    )
    alternatives = _alternatives(telling, details)
    if start and "minutes" in details and _is_open(saying.instant(start, telling.now), details.get("hours", ())):
        length = saying.duration(int(details["minutes"]), telling.language)
        return _no(telling, "too_long", when=when, duration=length, alternatives=alternatives)
    return _no(telling, "outside_hours", when=when, alternatives=alternatives)


def _is_open(moment: datetime, hours: Sequence[Json]) -> bool:
    clock = f"{moment:%H:%M}"
    return any(span["from"] <= clock < span["to"] for span in hours)


def _already_booked(telling: Telling, details: Json) -> str:
    row = details.get("appointment")
    if not row:
        return _no(telling, "already_booked_plain", alternatives=_alternatives(telling, details))
    facts = telling.appointment(row)
    return _no(telling, "already_booked", car=facts["car"], existing=f"{facts['services']}, {facts['when']}")


def _unqualified(telling: Telling, details: Json) -> str:
    who = [
        row["name"] if isinstance(row, Mapping) else str(row) for row in details.get("staff", details.get("who", ()))
    ]
    names = {staff.id: staff.name for staff in telling.vocabulary.staff}
    asked = telling.arguments.get("staff", "")
    kinds = {service.id: service.name(telling.language) for service in telling.vocabulary.services}
    wanted = telling.arguments.get("services") or telling.arguments.get("add_services") or ()
    services = saying.joined([saying.lowered(kinds.get(name, name)) for name in wanted], telling.language)
    able = saying.joined([names.get(name, name) for name in who], telling.language, link="or")
    if not who:
        # Nobody was asked for: no single technician does all of it.
        together = not asked and len(wanted) > 1
        return _no(telling, "unqualified_together" if together else "unqualified_plain", services=services)
    if not asked:
        return _no(telling, "unqualified_only", services=services or "–", list=able)
    return _no(telling, "unqualified_who", staff=names.get(asked, asked), services=services or "–", list=able)


def _stale(telling: Telling, details: Json) -> str:
    why = "stale_message_sent" if "message" in str(details.get("why", details.get("reason", ""))) else "stale_changed"
    return _no(telling, "stale", why=_no(telling, why))


def _no_consent(telling: Telling, details: Json) -> str:
    channel = (
        details.get("channel") or telling.arguments.get("channel") or telling.arguments.get("notify", {}).get("channel")
    )
    key = "no_address" if details.get("reason") == "no_address" else "no_consent"
    return _no(telling, key, channel=telling.channel(channel) if channel else "")


_BY_CODE = {
    "not_found": _not_found,
    "ambiguous": _ambiguous,
    "vehicle_mismatch": _mismatch,
    "slot_taken": _taken,
    "outside_hours": _closed,
    "already_booked": _already_booked,
    "unqualified": _unqualified,
    "stale": _stale,
    "no_consent": _no_consent,
}
