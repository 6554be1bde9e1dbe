"""The whole state as JSON, in and out: the shape of assets/demo-workshop.json and what is added to it.

Exported and seeded again it is the same. Times without offset are the workshop's own; dates are never moved
here, but by `moved_to`, for the packaged demo at first use.
"""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from tools.embedded import seed_shape, shapes
from tools.embedded.hours import Calendar, Settings
from tools.embedded.instants import MINUTE, read_day, read_instant
from tools.embedded.refused import Refused
from tools.embedded.work import PREFIX, Row, Work, dumps, fold
from tools.errors import Unusable

Json = dict[str, Any]
LISTS = (
    "services",
    "staff",
    "templates",
    "customers",
    "vehicles",
    "appointments",
    "jobs",
    "blocked_time",
    "campaigns",
    "messages",
    "operations",
)
"""In the order in which one refers to those before."""


def is_empty(work: Work) -> bool:
    return all(work.one(f"SELECT 1 FROM {noun} LIMIT 1") is None for noun in LISTS)


def clear(work: Work) -> None:
    """Remove everything; the words' version goes on counting."""
    for noun in ("changes", "job_services", *reversed(LISTS), "counters"):
        work.connection.execute(f"DELETE FROM {noun}")
    work.connection.execute("DELETE FROM meta WHERE key = 'workshop'")


def fill(work: Work, data: Mapping[str, Any]) -> None:
    """Fill an empty workshop. Raises Unusable naming the entry that cannot be used."""
    if not is_empty(work):
        raise Unusable("the workshop is not empty: seed it with --replace, which writes an export first")
    if not isinstance(data, Mapping) or not isinstance(data.get("workshop"), dict):
        raise Unusable("seed: 'workshop' is missing; this is no workshop's state")
    unknown = sorted(set(data) - {"_about", "now", "workshop", *LISTS})
    if unknown:
        raise Unusable(f"seed: unknown part {unknown[0]!r}")
    settings = Settings.from_json(data["workshop"])
    work.connection.execute("INSERT INTO meta VALUES ('workshop', ?)", (dumps(data["workshop"]),))
    work.connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'vocabulary'")
    for noun in LISTS:
        _fill_list(work, settings, noun, data.get(noun, []))
    _set_counters(work)


def _fill_list(work: Work, settings: Settings, noun: str, items: Any) -> None:
    row_of, known = _ROWS[noun], services_and_staff(work)
    if not isinstance(items, list):
        raise Unusable(f"seed: {noun!r} is not a list")
    for number, item in enumerate(items, 1):
        where = f"{noun}[{number - 1}]" + (f" ({item['id']})" if isinstance(item, dict) and "id" in item else "")
        try:
            seed_shape.check(noun, item)
            row = row_of(item, number, settings, known)
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            work.connection.execute(f"INSERT INTO {noun} ({names}) VALUES ({marks})", tuple(row.values()))
        except KeyError as error:
            raise Unusable(f"{where}: {error} is missing or unknown") from error
        except Refused as error:
            raise Unusable(f"{where}: {error}") from error
        except (TypeError, ValueError, AttributeError, sqlite3.IntegrityError, sqlite3.InterfaceError) as error:
            raise Unusable(f"{where}: {error}") from error


def services_and_staff(work: Work) -> Mapping[str, Row]:
    return shapes.services_by_id(work) | shapes.staff_by_id(work)


def _set_counters(work: Work) -> None:
    """New ids go on where the given ones end."""
    for noun, prefix in PREFIX.items():
        last = work.number(
            f"SELECT max(CAST(substr(id, ?) AS INTEGER)) FROM {noun} WHERE id GLOB ?",
            len(prefix) + 2,
            f"{prefix}_[0-9]*",
        )
        if last:
            work.connection.execute("INSERT INTO counters VALUES (?, ?)", (prefix, last))


# one entry → one row


def _service(item: Json, number: int, settings: Settings, known: Mapping[str, Row]) -> Json:
    return {
        "id": item["id"],
        "position": number,
        "name_it": item["name_it"],
        "name_en": item["name_en"],
        "synonyms": dumps(item.get("synonyms", [])),
        "minutes": item["minutes"],
        "buffer_minutes": item.get("buffer_minutes", 0),
        "price_cents": item.get("price_cents"),
        "staff": dumps(item["staff"]),
        "kind": item.get("kind"),
    }


def _staff(item: Json, number: int, settings: Settings, known: Mapping[str, Row]) -> Json:
    return {"id": item["id"], "position": number, "name": item["name"], "spoken": dumps(item.get("spoken", []))}


def _template(item: Json, number: int, settings: Settings, known: Mapping[str, Row]) -> Json:
    for name in ("purpose", "channels", "it", "en"):
        item[name]  # raises KeyError: nothing could be sent without it
    return {"id": item["id"], "position": number, "body": dumps(item)}


def _customer(item: Json, number: int, settings: Settings, known: Mapping[str, Row]) -> Json:
    names = {name: item.get(name) for name in ("name", "first_name", "last_name")}
    return {
        "id": item["id"],
        **names,
        "words": f" {fold(shapes.full_name(names))} ",
        "phone": item.get("phone"),
        "email": item.get("email"),
        "language": item.get("language", settings.language),
        "consents": dumps(item.get("consents", {})),
    }


def _vehicle(item: Json, number: int, settings: Settings, known: Mapping[str, Row]) -> Json:
    if "first_registered" in item:
        read_day(item["first_registered"], "first_registered")
    return {
        "id": item["id"],
        **{name: item.get(name) for name in ("plate", "colour", "body", "fuel", "first_registered", "mileage")},
        "make": item["make"],
        "model": item["model"],
        "make_key": fold(item["make"]),
        "model_key": fold(item["model"]),
        "owner_id": item.get("owner"),
    }


def _appointment(item: Json, number: int, settings: Settings, known: Mapping[str, Row]) -> Json:
    end = read_instant(item["end"], "end", settings.zone)
    buffer = max((known[each]["buffer_minutes"] for each in item["services"]), default=0)
    return {
        "id": item["id"],
        "start_at": read_instant(item["start"], "start", settings.zone),
        "end_at": end,
        "busy_until": end + buffer * MINUTE,
        "status": item["status"],
        "services": dumps(item["services"]),
        "staff_id": item["staff"],
        "customer_id": item.get("customer"),
        "vehicle_id": item.get("vehicle"),
        "notes": item.get("notes", ""),
        "version": item.get("version", 1),
    }


def _job(item: Json, number: int, settings: Settings, known: Mapping[str, Row]) -> Json:
    return {
        "id": item.get("id", f"job_{number}"),
        "vehicle_id": item["vehicle"],
        "date": read_day(item["date"], "date").isoformat(),
        "mileage": item.get("mileage"),
        "services": dumps(item.get("services", [])),
        "work": item.get("work", ""),
        "notes": item.get("notes", ""),
        "falling_odometer": int(item.get("falling_odometer", False)),
        "appointment_id": item.get("appointment"),
    }


def _blocked(item: Json, number: int, settings: Settings, known: Mapping[str, Row]) -> Json:
    return {
        "id": item["id"],
        "staff_id": item["staff"],
        "start_at": read_instant(item["from"], "from", settings.zone),
        "end_at": read_instant(item["to"], "to", settings.zone),
        "reason": item.get("reason", ""),
    }


def _campaign(item: Json, number: int, settings: Settings, known: Mapping[str, Row]) -> Json:
    return {
        "id": item["id"],
        "segment": dumps(item["segment"]),
        "channel": item["channel"],
        "template": item["template"],
        "status": item["status"],
        "counts": dumps(item["counts"]),
    }


def _message(item: Json, number: int, settings: Settings, known: Mapping[str, Row]) -> Json:
    subject = item.get("appointment", item["customer"])
    return {
        "id": item["id"],
        "customer_id": item["customer"],
        "appointment_id": item.get("appointment"),
        "campaign_id": item.get("campaign"),
        "channel": item["channel"],
        "template": item["template"],
        "purpose": item["purpose"],
        "address": item["to"],
        "language": item.get("language", settings.language),
        "subject": item.get("subject"),
        "text": item["text"],
        "parameters": dumps(item.get("parameters", [])),
        "due_at": read_instant(item["due_at"], "due_at", settings.zone),
        "expires_at": read_instant(item["expires_at"], "expires_at", settings.zone) if "expires_at" in item else None,
        "status": item["status"],
        "before_minutes": item.get("before"),
        "dedupe_key": f"{subject}/{item['template']}/{item['channel']}/{item.get('before', 0)}",
        "operation_id": item.get("operation"),
    }


def _operation(item: Json, number: int, settings: Settings, known: Mapping[str, Row]) -> Json:
    for name in ("at", "undone_at"):
        if name in item:
            read_instant(item[name], name, settings.zone)
    return {
        "number": number,
        "id": item["id"],
        "tool": item["tool"],
        "at": item["at"],
        "desk": item["by"],
        "undone_at": item.get("undone_at"),
        "payload": "",
        "arguments": "{}",
        "data": "null",  # came with an import: nothing to answer or to take back from
    }


_ROWS: Mapping[str, Callable[[Json, int, Settings, Mapping[str, Row]], Json]] = {
    "services": _service,
    "staff": _staff,
    "templates": _template,
    "customers": _customer,
    "vehicles": _vehicle,
    "appointments": _appointment,
    "jobs": _job,
    "blocked_time": _blocked,
    "campaigns": _campaign,
    "messages": _message,
    "operations": _operation,
}


def moved_to(data: Mapping[str, Any], today: date) -> Json:
    """The demo as it would stand this week: jobs and appointments moved by whole weeks, so that weekdays stay.

    First registrations and closures stay where they are; what lands on a closed day is dropped.
    """
    settings = Settings.from_json(data["workshop"])
    calendar = Calendar(settings)
    made = datetime.fromisoformat(data["now"]).astimezone(settings.zone).date()
    monday = made - timedelta(days=made.weekday())
    shift = timedelta(weeks=(today - monday).days // 7)

    def open_on(text: str) -> bool:
        return bool(calendar.hours(datetime.fromisoformat(text).date()))

    appointments = [
        item | {name: (datetime.fromisoformat(item[name]) + shift).isoformat() for name in ("start", "end")}
        for item in data["appointments"]
    ]
    jobs = [item | {"date": (date.fromisoformat(item["date"]) + shift).isoformat()} for item in data["jobs"]]
    return dict(data) | {
        "now": (datetime.fromisoformat(data["now"]) + shift).isoformat(),
        "appointments": [item for item in appointments if open_on(item["start"])],
        "jobs": [item for item in jobs if open_on(item["date"])],
    }
