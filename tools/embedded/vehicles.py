"""Cars: found exactly, saved without doubles, their work and what falls due."""

from datetime import date
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from tools.embedded import policies, shapes
from tools.embedded.instants import read_day
from tools.embedded.refused import Refused, invalid, not_found
from tools.embedded.work import Row, Work, dumps, fold, loads
from tools.errors import RefusalCode

NEAR = 2  # letters by which a plate may differ to be shown as near
NEAREST = 3
PAGE = 50
Json = dict[str, Any]


def by_plate(work: Work, plate: str) -> Row:
    """The row of shapes.VEHICLES with this plate; `not_found` carries the nearest known ones."""
    row = work.one(f"{shapes.VEHICLES} WHERE v.plate = ?", plate)
    if row is None:
        raise not_found("plate", plate, nearest=nearest(work, plate))
    return row


def nearest(work: Work, plate: str) -> list[Json]:
    """Known cars whose plate differs by at most two letters, nearest first."""
    sql = "SELECT plate FROM vehicles WHERE plate IS NOT NULL ORDER BY plate"
    plates = work.remembered("plates", lambda: [row["plate"] for row in work.all(sql)])
    found = process.extract(
        plate, plates, scorer=Levenshtein.distance, processor=None, score_cutoff=NEAR, limit=NEAREST
    )
    rows = [work.one(f"{shapes.VEHICLES} WHERE v.plate = ?", each) for each, _, _ in found]
    return [shapes.owned_vehicle(row) for row in rows if row is not None]


def by_id(work: Work, row_id: str) -> Row:
    row = work.one(f"{shapes.VEHICLES} WHERE v.id = ?", row_id)
    if row is None:
        raise not_found("vehicle", row_id)
    return row


def one_of(work: Work, arguments: Json) -> Row:
    """The car of `plate` or `vehicle_id`; both (of different cars) or none is `invalid_input`."""
    if ("plate" in arguments) == ("vehicle_id" in arguments):
        raise invalid("plate", arguments.get("plate"), "give either plate or vehicle_id")
    return by_plate(work, arguments["plate"]) if "plate" in arguments else by_id(work, arguments["vehicle_id"])


def add(work: Work, data: Json, owner_id: str | None) -> str:
    """A new car; `ambiguous` with the known one when the plate is on record."""
    _refuse_double(work, data, None)
    return work.insert("vehicles", **_columns(data), owner_id=owner_id)


def _refuse_double(work: Work, data: Json, but: str | None) -> None:
    known = work.one(f"{shapes.VEHICLES} WHERE v.plate = ?", data.get("plate"))
    if known is not None and known["id"] != but:
        raise Refused(
            RefusalCode.AMBIGUOUS,
            f"plate {data['plate']!r} is already on record: {known['make']} {known['model']} ({known['id']})",
            what="plate",
            value=data["plate"],
            candidates=[shapes.owned_vehicle(known)],
        )


def _columns(data: Json) -> Json:
    names = ("plate", "make", "model", "colour", "body", "fuel", "first_registered")
    columns = {name: data[name] for name in names if name in data}
    if "first_registered" in data:
        columns["first_registered"] = read_day(data["first_registered"], "first_registered").isoformat()
    return columns | {f"{name}_key": fold(data[name]) for name in ("make", "model") if name in data}


def page(work: Work, sql: str, order: str, values: list[Any], arguments: Json) -> tuple[list[Row], int, str | None]:
    """One page of a query: rows, how many there are in all, the cursor of the next page."""
    limit, offset = arguments.get("limit", PAGE), _offset(arguments)
    total = work.number(f"SELECT count(*) FROM ({sql})", *values)
    rows = work.all(f"{sql} ORDER BY {order} LIMIT {limit} OFFSET {offset}", *values)
    after = offset + len(rows)
    return list(rows), total, f"o{after}" if after < total else None


def _offset(arguments: Json) -> int:
    cursor = str(arguments.get("cursor", "o0"))
    if not (cursor[:1] == "o" and cursor[1:].isascii() and cursor[1:].isdigit() and len(cursor) < 12):
        raise invalid("cursor", cursor, "is not a next_cursor of this workshop")
    return int(cursor[1:])


# the tools


def find_vehicle(work: Work, arguments: Json) -> Json:
    if "plate" in arguments:
        by_plate(work, arguments["plate"])
    where, values = ["1"], list[Any]()
    for name, column in (("plate", "v.plate"), ("colour", "v.colour")):
        if name in arguments:
            where.append(f"{column} = ?")
            values.append(arguments[name])
    for name in ("make", "model"):
        if name in arguments:
            where.append(f"v.{name}_key = ?")
            values.append(fold(arguments[name]))
    if "customer" in arguments:
        words = fold(arguments["customer"]).split()
        named = " AND ".join(["c.words LIKE ? ESCAPE '!'"] * len(words)) or "0"
        where.append(f"(c.id = ? OR ({named}))")
        values += [arguments["customer"], *(like_word(word) for word in words)]
    sql = f"{shapes.VEHICLES} WHERE {' AND '.join(where)}"
    rows, total, cursor = page(work, sql, "v.make_key, v.model_key, v.plate", values, arguments)
    return shapes.present(items=[shapes.owned_vehicle(row) for row in rows], total=total, next_cursor=cursor)


def like_word(word: str) -> str:
    """The LIKE pattern (ESCAPE '!') that finds a whole word among the folded words of a name."""
    return "% " + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + " %"


def save_vehicle(work: Work, arguments: Json) -> Json:
    owner = arguments.get("customer_id")
    if owner is not None and work.one("SELECT 1 FROM customers WHERE id = ?", owner) is None:
        raise not_found("customer", owner)
    row_id = arguments.get("vehicle_id")
    if row_id is None:
        for name in ("make", "model"):
            if name not in arguments:
                raise invalid(name, None, "is missing: a new car needs make and model")
        row_id = add(work, arguments, owner)
    else:
        work.expect_version("vehicle", by_id(work, row_id), arguments.get("version"))
        _refuse_double(work, arguments, row_id)
        columns = _columns(arguments) | ({"owner_id": owner} if owner else {})
        if not columns:
            raise invalid("vehicle_id", row_id, "and nothing to change: name what is new")
        work.update("vehicles", row_id, **columns)
    row = by_id(work, row_id)
    return {
        "version": row["version"],
        "vehicle": shapes.owned_vehicle(row),
        "created": "vehicle_id" not in arguments,
    }


def job_shape(row: Row, services: dict[str, Row]) -> Json:
    return shapes.present(
        id=row["id"],
        vehicle=row["vehicle_id"],
        date=row["date"],
        mileage=row["mileage"],
        services=[shapes.service(services[each]) for each in loads(row["services"])],
        work=row["work"] or None,
        notes=row["notes"] or None,
        falling_odometer=True if row["falling_odometer"] else None,
    )


def readings_of(work: Work, vehicle_id: str) -> list[tuple[date, int]]:
    """Mileage readings on record, oldest first."""
    rows = work.all(
        "SELECT date, mileage FROM jobs WHERE vehicle_id = ? AND mileage IS NOT NULL ORDER BY date, rowid", vehicle_id
    )
    return [(date.fromisoformat(row["date"]), row["mileage"]) for row in rows]


def vehicle_history(work: Work, arguments: Json) -> Json:
    vehicle = one_of(work, arguments)
    services = shapes.services_by_id(work)
    jobs = work.all("SELECT * FROM jobs WHERE vehicle_id = ? ORDER BY date DESC, rowid DESC", vehicle["id"])
    readings = readings_of(work, vehicle["id"])
    return {
        "vehicle": shapes.owned_vehicle(vehicle),
        "jobs": [job_shape(row, services) for row in jobs],
        "readings": [{"date": day.isoformat(), "mileage": mileage} for day, mileage in reversed(readings)],
        "due": _due(work, vehicle, jobs, readings, services),
    }


def _due(
    work: Work, vehicle: Row, jobs: list[Any], readings: list[tuple[date, int]], services: dict[str, Row]
) -> list[Json]:
    """What falls due, soonest first; only for services this workshop does."""
    today = work.local(work.now).date()
    registered = date.fromisoformat(vehicle["first_registered"]) if vehicle["first_registered"] else None
    found: list[tuple[Row, policies.Due | None]] = []
    for row in services.values():
        done = next((job for job in jobs if row["id"] in loads(job["services"])), None)
        last = date.fromisoformat(done["date"]) if done else None
        if _is(row, "revisione", "inspection"):
            found.append((row, policies.revisione_due(last, registered, today)))
        elif _is(row, "tagliando", ""):
            last_with_km = (last, done["mileage"]) if done and last else None
            found.append((row, policies.tagliando_due(last_with_km, readings, registered, today)))
    dues = [(row, due) for row, due in found if due is not None]
    return [
        shapes.present(
            service=shapes.service(row),
            on=due.on.isoformat(),
            at_mileage=due.at_mileage,
            rule=due.rule,
            on_record=due.on_record,
            overdue=due.on < today,
        )
        for row, due in sorted(dues, key=lambda each: each[1].on)
    ]


def _is(service: Row, word: str, kind: str) -> bool:
    """Whether a service is the revisione or the tagliando, whatever its id."""
    names = (service["name_it"], *loads(service["synonyms"]))
    return bool(kind and service["kind"] == kind) or word in {fold(name) for name in names}


def record_work(work: Work, arguments: Json) -> Json:
    appointment = None
    if "appointment_id" in arguments:
        appointment = shapes.appointment_by_id(work, arguments["appointment_id"])
    if appointment is not None and "plate" not in arguments and "vehicle_id" not in arguments:
        if appointment["vehicle_id"] is None:
            raise not_found("vehicle", f"of {appointment['id']}")
        vehicle = by_id(work, appointment["vehicle_id"])
    else:
        vehicle = one_of(work, arguments)
    if appointment is not None and appointment["vehicle_id"] not in (None, vehicle["id"]):
        raise invalid(
            "appointment_id", appointment["id"], f"is of another car than {vehicle['plate'] or vehicle['id']}"
        )
    if not {"mileage", "services", "work", "notes"} & set(arguments):
        raise invalid("mileage", None, "nothing to record: give mileage, services, work or notes")
    services = shapes.find_services(work, arguments.get("services", []))
    falls = _odometer_falls(work, vehicle, arguments.get("mileage"))
    job_id = work.insert(
        "jobs",
        vehicle_id=vehicle["id"],
        date=work.local(work.now).date().isoformat(),
        mileage=arguments.get("mileage"),
        services=dumps([row["id"] for row in services]),
        work=arguments.get("work", ""),
        notes=arguments.get("notes", ""),
        falling_odometer=int(falls),
        appointment_id=appointment["id"] if appointment is not None else None,
    )
    if "mileage" in arguments:
        work.update("vehicles", vehicle["id"], mileage=arguments["mileage"])
    job, after = work.image("jobs", job_id), by_id(work, vehicle["id"])
    return {
        "version": after["version"],
        "job": job_shape(job or {}, shapes.services_by_id(work)),
        "vehicle": shapes.owned_vehicle(after),
    }


def _odometer_falls(work: Work, vehicle: Row, mileage: int | None) -> bool:
    """Whether the reading falls; then only after a yes."""
    readings = readings_of(work, vehicle["id"])
    last = vehicle["mileage"] if vehicle["mileage"] is not None else readings[-1][1] if readings else None
    if mileage is None or not policies.odometer_falls(mileage, last):
        return False
    known = {"mileage": last} | ({"date": readings[-1][0].isoformat()} if readings and readings[-1][1] == last else {})
    work.needs_yes({"falling_odometer": {"said": mileage, "last": known}})
    return True
