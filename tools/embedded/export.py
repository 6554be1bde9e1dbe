"""The whole state out as JSON; `seed.fill` reads it back."""

from typing import Any

from tools.embedded.seed import LISTS
from tools.embedded.shapes import present
from tools.embedded.work import Row, Work, loads

Json = dict[str, Any]


def export(work: Work) -> Json:
    """Everything on record, in the order it was put there."""
    row = work.one("SELECT value FROM meta WHERE key = 'workshop'")
    state: Json = {"workshop": loads(row["value"])} if row else {}
    for noun in LISTS:
        state[noun] = [_ENTRIES[noun](work, each) for each in work.all(f"SELECT * FROM {noun} ORDER BY rowid")]
    return state


def _service(work: Work, row: Row) -> Json:
    return present(
        id=row["id"],
        name_it=row["name_it"],
        name_en=row["name_en"],
        synonyms=loads(row["synonyms"]),
        minutes=row["minutes"],
        buffer_minutes=row["buffer_minutes"] or None,
        price_cents=row["price_cents"],
        staff=loads(row["staff"]),
        kind=row["kind"],
    )


def _staff(work: Work, row: Row) -> Json:
    return {"id": row["id"], "name": row["name"], "spoken": loads(row["spoken"])}


def _template(work: Work, row: Row) -> Json:
    body: Json = loads(row["body"])
    return body


def _customer(work: Work, row: Row) -> Json:
    names = ("id", "name", "first_name", "last_name", "phone", "email", "language")
    return present(**{name: row[name] for name in names}, consents=loads(row["consents"]))


def _vehicle(work: Work, row: Row) -> Json:
    names = ("plate", "make", "model", "body", "colour")
    more = ("id", "fuel", "first_registered", "mileage")
    return present(**{name: row[name] for name in names}, owner=row["owner_id"], **{name: row[name] for name in more})


def _appointment(work: Work, row: Row) -> Json:
    return present(
        start=work.local(row["start_at"]).replace(tzinfo=None).isoformat(),
        end=work.local(row["end_at"]).replace(tzinfo=None).isoformat(),
        services=loads(row["services"]),
        vehicle=row["vehicle_id"],
        customer=row["customer_id"],
        staff=row["staff_id"],
        status=row["status"],
        notes=row["notes"],
        id=row["id"],
        version=row["version"] if row["version"] > 1 else None,
    )


def _job(work: Work, row: Row) -> Json:
    return present(
        id=row["id"],
        vehicle=row["vehicle_id"],
        date=row["date"],
        mileage=row["mileage"],
        services=loads(row["services"]),
        work=row["work"],
        notes=row["notes"],
        falling_odometer=True if row["falling_odometer"] else None,
        appointment=row["appointment_id"],
    )


def _blocked(work: Work, row: Row) -> Json:
    return {
        "id": row["id"],
        "staff": row["staff_id"],
        "from": work.iso(row["start_at"]),
        "to": work.iso(row["end_at"]),
        "reason": row["reason"],
    }


def _campaign(work: Work, row: Row) -> Json:
    return {
        "id": row["id"],
        "segment": loads(row["segment"]),
        "channel": row["channel"],
        "template": row["template"],
        "status": row["status"],
        "counts": loads(row["counts"]),
    }


def _message(work: Work, row: Row) -> Json:
    return present(
        id=row["id"],
        customer=row["customer_id"],
        appointment=row["appointment_id"],
        campaign=row["campaign_id"],
        channel=row["channel"],
        template=row["template"],
        purpose=row["purpose"],
        to=row["address"],
        language=row["language"],
        subject=row["subject"],
        text=row["text"],
        parameters=loads(row["parameters"]) or None,
        due_at=work.iso(row["due_at"]),
        expires_at=None if row["expires_at"] is None else work.iso(row["expires_at"]),
        status=row["status"],
        before=row["before_minutes"],
        operation=row["operation_id"],
    )


def _operation(work: Work, row: Row) -> Json:
    return present(id=row["id"], tool=row["tool"], at=row["at"], by=row["desk"], undone_at=row["undone_at"])


_ENTRIES = {
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
