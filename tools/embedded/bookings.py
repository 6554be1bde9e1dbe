"""Appointments: listed, booked, moved, cancelled, changed.

Every check stands inside the transaction that writes: who reads first and books later finds the slot taken,
never doubled.
"""

from typing import Any

from tools.embedded import customers, messages, placing, policies, shapes, vehicles
from tools.embedded.availability import some_services
from tools.embedded.instants import DAY, MINUTE, read_range
from tools.embedded.refused import Refused, invalid
from tools.embedded.slots import Slot, need_of
from tools.embedded.work import Row, Work, dumps, fold, loads
from tools.errors import RefusalCode

Json = dict[str, Any]
CLOSED = ("cancelled", "done")  # an appointment that can no longer be moved or cancelled
BEGUN = ("arrived", "in_progress", "no_show")  # what a move to another time takes back
FREEING = ("cancelled", "no_show")  # statuses in which nothing is held


def list_appointments(work: Work, arguments: Json) -> Json:
    start, stop = read_range(arguments, work.settings.zone)
    # never overnight: what overlaps began less than a day before
    where, values = ["a.start_at > ?", "a.start_at < ?", "a.end_at > ?"], [start - DAY, stop, start]
    if "plate" in arguments:
        where.append("a.vehicle_id = ?")
        values.append(vehicles.by_plate(work, arguments["plate"])["id"])
    if "customer_id" in arguments:
        where.append("a.customer_id = ?")
        values.append(customers.by_id(work, arguments["customer_id"])["id"])
    if "staff" in arguments:
        where.append("a.staff_id = ?")
        values.append(shapes.find_staff(work, arguments["staff"])["id"])
    where.append("a.status = ?" if "status" in arguments else "a.status <> ?")
    values.append(arguments.get("status", "cancelled"))
    sql = f"{shapes.APPOINTMENTS} WHERE {' AND '.join(where)}"
    rows, total, cursor = vehicles.page(work, sql, "a.start_at, a.id", values, arguments)
    return shapes.present(items=shapes.appointments(work, rows), total=total, next_cursor=cursor)


# booking


def book_appointment(work: Work, arguments: Json) -> Json:
    services = some_services(work, arguments)
    where = placing.wish(work, arguments)
    staff = shapes.find_staff(work, arguments["staff"]) if "staff" in arguments else None
    vehicle_id, customer_id = _car_and_customer(work, arguments)
    need = need_of(work, services, staff=staff, vehicle_id=vehicle_id)
    slot, others = placing.place(work, need, where)
    row_id = work.insert(
        "appointments",
        start_at=slot.start,
        end_at=slot.end,
        busy_until=slot.end + need.buffer * MINUTE,
        status="confirmed",
        services=dumps([row["id"] for row in services]),
        staff_id=slot.staff_id,
        customer_id=customer_id,
        vehicle_id=vehicle_id,
        notes=arguments.get("notes", ""),
    )
    row = shapes.appointment_by_id(work, row_id)
    ids, skipped = _notify_booking(work, row, arguments.get("notify"))
    return _told(work, row_id, ids=ids, skipped=skipped) | {"alternatives": others}


def _car_and_customer(work: Work, arguments: Json) -> tuple[str, str | None]:
    """The car and who pays: the owner unless somebody else is named; new ones are put on record."""
    given = [name for name in ("plate", "vehicle_id", "new_vehicle") if name in arguments]
    if len(given) != 1:
        raise invalid("plate", arguments.get("plate"), "give one of plate, vehicle_id, new_vehicle")
    if "customer_id" in arguments and "new_customer" in arguments:
        raise invalid("customer_id", arguments["customer_id"], "give either customer_id or new_customer")
    known = None if "new_vehicle" in arguments else vehicles.one_of(work, arguments)
    if known is not None:
        _refuse_contradiction(known, arguments.get("vehicle_hint", {}))
    customer_id = None
    if "customer_id" in arguments:
        customer_id = customers.by_id(work, arguments["customer_id"])["id"]
    elif "new_customer" in arguments:
        customer_id = customers.add(work, arguments["new_customer"], language=work.settings.language)
    if known is not None:
        return known["id"], customer_id or known["owner_id"]
    if customer_id is None:
        raise invalid("customer_id", None, "is missing: a car not on record yet needs customer_id or new_customer")
    return vehicles.add(work, arguments["new_vehicle"], customer_id), customer_id


def _refuse_contradiction(vehicle: Row, hint: Json) -> None:
    wrong = policies.contradictions(hint, vehicle, fold)
    if wrong:
        words = ", ".join(f"{each['field']} {each['record']!r}, not {each['said']!r}" for each in wrong)
        raise Refused(
            RefusalCode.VEHICLE_MISMATCH,
            f"{vehicle['plate'] or vehicle['id']} is on record with {words}",
            mismatch=wrong,
            vehicle=shapes.owned_vehicle(vehicle),
        )


def _notify_booking(work: Work, row: Row, notify: Json | None) -> tuple[list[str], list[Json]]:
    """Confirmation now, reminder later, as asked for."""
    ids: list[str] = []
    skipped: list[Json] = []
    wanted: list[tuple[str, int | None]] = []
    if notify and notify.get("confirmation"):
        wanted.append((messages.CONFIRMED, None))
    if notify and "reminder_before" in notify:
        wanted.append((messages.REMINDER, notify["reminder_before"]))
    for template, before in wanted:
        queued, left_out = messages.notify(work, row, template, notify["channel"] if notify else "", before=before)
        ids, skipped = ids + queued, skipped + left_out
    return ids, skipped


def _told(
    work: Work,
    row_id: str,
    *,
    ids: list[str] | None = None,
    skipped: list[Json] | None = None,
    cancelled: list[str] | None = None,
    offers: list[str] | None = None,
) -> Json:
    """The answer of every write on an appointment."""
    row = shapes.appointment_by_id(work, row_id)
    data: Json = {
        "version": row["version"],
        "appointment": shapes.appointment(work, row),
        "messages": shapes.messages(work, ids or []),
    }
    if cancelled:
        data["cancelled_messages"] = shapes.messages(work, cancelled)
    if skipped:
        data["skipped"] = skipped
    if offers:
        data["offers"] = offers
    return data


def _open_appointment(work: Work, arguments: Json) -> Row:
    """The appointment, still open and of the version that was looked at; else `stale`."""
    row = shapes.appointment_by_id(work, arguments["appointment_id"])
    work.expect_version("appointment", row, arguments.get("version"))
    if row["status"] in CLOSED:
        raise Refused(
            RefusalCode.STALE,
            f"{row['id']} is already {row['status']}",
            reason=row["status"],
            appointment=shapes.appointment(work, row),
        )
    return row


def _ask_when_told(work: Work, row: Row, arguments: Json, template: str) -> list[str]:
    """The message that could be sent because the customer was told another time; without it, only after a yes."""
    if "notify" in arguments or not messages.told(work, row["id"]):
        return []
    shown = {"offers": [template], "appointment": shapes.appointment(work, row)}
    work.needs_yes({"message_already_left": shown})
    return [template]


# moving


def reschedule_appointment(work: Work, arguments: Json) -> Json:
    row = _open_appointment(work, arguments)
    where = placing.wish(work, arguments)
    by_id = shapes.services_by_id(work)
    services = [by_id[each] for each in loads(row["services"])]
    staff = shapes.find_staff(work, arguments["staff"]) if "staff" in arguments else None
    need = need_of(work, services, staff=staff, vehicle_id=row["vehicle_id"], ignore=row["id"], prefer=row["staff_id"])
    slot, others = placing.place(work, need, where)
    offers = _ask_when_told(work, row, arguments, messages.MOVED)
    _move(work, row, slot, need.buffer)
    moved = shapes.appointment_by_id(work, row["id"])
    ids, cancelled, skipped = messages.move_along(work, moved)
    if "notify" in arguments and not _confirmation_waits(work, ids, arguments["notify"]["channel"]):
        queued, left_out = messages.notify(work, moved, messages.MOVED, arguments["notify"]["channel"])
        ids, skipped = [*ids, *(each for each in queued if each not in ids)], skipped + left_out
    told = _told(work, row["id"], ids=ids, skipped=skipped, cancelled=cancelled, offers=offers)
    return told | {"alternatives": others}


def _move(work: Work, row: Row, slot: Slot, buffer: int) -> None:
    work.update(
        "appointments",
        row["id"],
        start_at=slot.start,
        end_at=slot.end,
        busy_until=slot.end + buffer * MINUTE,
        staff_id=slot.staff_id,
        status="confirmed" if row["status"] in BEGUN else row["status"],
    )


def _confirmation_waits(work: Work, ids: list[str], channel: str) -> bool:
    """A confirmation still waiting on that channel tells the new time by itself."""
    waiting = shapes.messages(work, ids)
    return any(each["template"] == messages.CONFIRMED and each["channel"] == channel for each in waiting)


# cancelling and changing


def cancel_appointment(work: Work, arguments: Json) -> Json:
    row = _open_appointment(work, arguments)
    offers = _ask_when_told(work, row, arguments, messages.CANCELLED)
    notes = "; ".join(filter(None, (row["notes"], arguments.get("reason"))))
    work.update("appointments", row["id"], status="cancelled", notes=notes)
    cancelled = messages.withdraw(work, row["id"])
    ids: list[str] = []
    skipped: list[Json] = []
    if "notify" in arguments:
        after = shapes.appointment_by_id(work, row["id"])
        ids, skipped = messages.notify(work, after, messages.CANCELLED, arguments["notify"]["channel"])
    return _told(work, row["id"], ids=ids, skipped=skipped, cancelled=cancelled, offers=offers)


def update_appointment(work: Work, arguments: Json) -> Json:
    row = shapes.appointment_by_id(work, arguments["appointment_id"])
    work.expect_version("appointment", row, arguments.get("version"))
    status: str = arguments.get("status", row["status"])
    if not {"status", "add_services", "staff", "notes"} & set(arguments):
        raise invalid("status", None, "nothing to change: give status, add_services, staff or notes")
    if {"add_services", "staff"} & set(arguments):
        _open_appointment(work, arguments)
    offers: list[str] = []
    if status == "cancelled" != row["status"]:
        offers = _ask_when_told(work, row, arguments, messages.CANCELLED)
    columns = _hands_and_hours(work, row, arguments, status) | {"status": status}
    if "notes" in arguments:
        columns["notes"] = "; ".join(filter(None, (row["notes"], arguments["notes"])))
    work.update("appointments", row["id"], **columns)
    cancelled = messages.withdraw(work, row["id"]) if status in (*FREEING, "done") else []
    if status == "ready" != row["status"]:
        offers = [*offers, messages.READY]
    return _told(work, row["id"], cancelled=cancelled, offers=offers)


def _hands_and_hours(work: Work, row: Row, arguments: Json, status: str) -> Json:
    """Technician, services and end after the change, checked like a booking; empty where none of it changes.

    An appointment that comes back from cancelled or no-show has to find its time still free.
    """
    held_again = row["status"] in FREEING and status not in FREEING
    if not ({"add_services", "staff"} & set(arguments) or held_again):
        return {}
    by_id = shapes.services_by_id(work)
    services = [by_id[each] for each in loads(row["services"])]
    added = shapes.find_services(work, arguments.get("add_services", []), "add_services")
    services += [each for each in added if each["id"] not in {one["id"] for one in services}]
    staff_id = shapes.find_staff(work, arguments["staff"])["id"] if "staff" in arguments else row["staff_id"]
    staff = shapes.staff_by_id(work)[staff_id]
    need = need_of(work, services, staff=staff, vehicle_id=row["vehicle_id"], ignore=row["id"])
    slot = placing.check_free(work, need, row["start_at"], end=None if added else row["end_at"])
    return {
        "services": dumps([each["id"] for each in services]),
        "staff_id": slot.staff_id,
        "end_at": slot.end,
        "busy_until": slot.end + need.buffer * MINUTE,
    }
