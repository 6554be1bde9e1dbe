"""Rows to the shapes of tools/schemas/shapes.json: absent instead of null."""

from collections.abc import Mapping, Sequence
from typing import Any

from tools.embedded.refused import Refused, not_found
from tools.embedded.work import Row, Work, fold, loads
from tools.errors import RefusalCode

Json = dict[str, Any]


def present(**values: Any) -> Json:
    """The values that are there."""
    return {key: value for key, value in values.items() if value is not None}


def service(row: Row, *, whole: bool = False) -> Json:
    shape = present(
        id=row["id"],
        name_it=row["name_it"],
        name_en=row["name_en"],
        minutes=row["minutes"],
        price_cents=row["price_cents"],
        buffer_minutes=row["buffer_minutes"] or None,
    )
    if whole:
        shape |= present(synonyms=loads(row["synonyms"]), staff=loads(row["staff"]), kind=row["kind"])
    return shape


def staff(row: Row) -> Json:
    return {"id": row["id"], "name": row["name"]}


def full_name(row: Row, prefix: str = "") -> str:
    parts = (row[f"{prefix}first_name"], row[f"{prefix}last_name"])
    return row[f"{prefix}name"] or " ".join(part for part in parts if part)


def customer(row: Row, prefix: str = "", *, consents: bool = False) -> Json:
    return present(
        id=row[f"{prefix}id"],
        name=full_name(row, prefix),
        first_name=row[f"{prefix}first_name"],
        last_name=row[f"{prefix}last_name"],
        phone=row[f"{prefix}phone"],
        email=row[f"{prefix}email"],
        language=row[f"{prefix}language"],
        consents=loads(row["consents"]) if consents else None,
    )


def vehicle(row: Row, prefix: str = "", *, owner: Json | None = None) -> Json:
    return present(
        id=row[f"{prefix}id"],
        plate=row[f"{prefix}plate"],
        make=row[f"{prefix}make"],
        model=row[f"{prefix}model"],
        colour=row[f"{prefix}colour"],
        body=row[f"{prefix}body"],
        fuel=row[f"{prefix}fuel"],
        first_registered=row[f"{prefix}first_registered"],
        mileage=row[f"{prefix}mileage"],
        owner=owner,
    )


_CUSTOMER = ["id", "name", "first_name", "last_name", "phone", "email", "language"]
_VEHICLE = ["id", "plate", "make", "model", "colour", "body", "fuel", "first_registered", "mileage"]
_OWNED = ", ".join(f"c.{name} AS c_{name}" for name in _CUSTOMER)

VEHICLES = f"SELECT v.*, {_OWNED} FROM vehicles v LEFT JOIN customers c ON c.id = v.owner_id"
APPOINTMENTS = (
    f"SELECT a.*, s.name AS s_name, {_OWNED}, "
    + ", ".join(f"v.{name} AS v_{name}" for name in _VEHICLE)
    + " FROM appointments a JOIN staff s ON s.id = a.staff_id"
    " LEFT JOIN customers c ON c.id = a.customer_id LEFT JOIN vehicles v ON v.id = a.vehicle_id"
)


def owned_vehicle(row: Row) -> Json:
    """A row of VEHICLES, owner included."""
    return vehicle(row, owner=customer(row, "c_") if row["c_id"] else None)


def appointment(work: Work, row: Row, services: Mapping[str, Row] | None = None) -> Json:
    """A row of APPOINTMENTS with all one needs to draw it or say it."""
    known = services if services is not None else services_by_id(work)
    return present(
        id=row["id"],
        version=row["version"],
        start=work.iso(row["start_at"]),
        end=work.iso(row["end_at"]),
        status=row["status"],
        services=[service(known[each]) for each in loads(row["services"])],
        staff={"id": row["staff_id"], "name": row["s_name"]},
        customer=customer(row, "c_") if row["c_id"] else None,
        vehicle=vehicle(row, "v_") if row["v_id"] else None,
        notes=row["notes"] or None,
    )


def appointments(work: Work, rows: Sequence[Row]) -> list[Json]:
    known = services_by_id(work)
    return [appointment(work, row, known) for row in rows]


def appointment_by_id(work: Work, row_id: str) -> Row:
    """The row of APPOINTMENTS, or `not_found`."""
    row = work.one(f"{APPOINTMENTS} WHERE a.id = ?", row_id)
    if row is None:
        raise not_found("appointment", row_id)
    return row


def message(work: Work, row: Row) -> Json:
    return present(
        id=row["id"],
        channel=row["channel"],
        template=row["template"],
        purpose=row["purpose"],
        to=row["address"],
        text=row["text"],
        due_at=work.iso(row["due_at"]),
        expires_at=None if row["expires_at"] is None else work.iso(row["expires_at"]),
        status=row["status"],
        customer=row["customer_id"],
        appointment=row["appointment_id"],
        campaign=row["campaign_id"],
    )


def messages(work: Work, ids: Sequence[str]) -> list[Json]:
    rows = [work.one("SELECT * FROM messages WHERE id = ?", each) for each in ids]
    return [message(work, row) for row in rows if row is not None]


def services_by_id(work: Work) -> dict[str, Row]:
    return {row["id"]: row for row in work.all("SELECT * FROM services ORDER BY position")}


def staff_by_id(work: Work) -> dict[str, Row]:
    return {row["id"]: row for row in work.all("SELECT * FROM staff ORDER BY position")}


def find_services(work: Work, said: Sequence[str], field: str = "services") -> list[Row]:
    """The services named by id, name or synonym, each once and in the order said."""
    rows = list(services_by_id(work).values())
    found: dict[str, Row] = {}
    for each in said:
        row = _one_called(rows, each, "service", lambda r: (r["name_it"], r["name_en"], *loads(r["synonyms"])))
        found[row["id"]] = row
    return list(found.values())


def find_staff(work: Work, said: str) -> Row:
    """The technician named by id, name or what colleagues call them."""
    rows = list(staff_by_id(work).values())
    return _one_called(rows, said, "staff", lambda r: (r["name"], *loads(r["spoken"])))


def _one_called(rows: Sequence[Row], said: str, noun: str, names: Any) -> Row:
    by_id = [row for row in rows if row["id"] == said]
    called = by_id or [row for row in rows if fold(said) in {fold(name) for name in names(row)}]
    if len(called) == 1:
        return called[0]
    shown = [{"id": row["id"], "name": names(row)[0]} for row in called or rows]
    if called:
        raise Refused(
            RefusalCode.AMBIGUOUS, f"{said!r} may be more than one {noun}", what=noun, value=said, candidates=shown
        )
    raise not_found(noun, said, known=shown)
