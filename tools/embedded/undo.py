"""Operations on record, and taking one back whole, its messages included.

A row is put back only if it still is as the operation left it; what has left the house is not called back.
"""

import sqlite3
from typing import Any

from tools.embedded import messages, policies, shapes, slots
from tools.embedded.refused import Refused, not_found
from tools.embedded.work import Change, Row, Values, Work, dumps, loads
from tools.errors import RefusalCode

Json = dict[str, Any]

# Columns that change without anything being built on the row.
_BESIDE_THE_POINT = {
    "messages": ("attempts", "claimed_by", "claimed_until", "next_try_at", "failure"),
    "appointments": ("version",),
    "customers": ("version",),
    "vehicles": ("version",),
}
# What was added is taken away in this order, so that nothing points to what is gone.
_ORDER = ("messages", "jobs", "blocked_time", "appointments", "vehicles", "customers")


def record(work: Work, *, tool: str, key: str | None, payload: str, arguments: Json, data: Json) -> None:
    """Keep an operation: what was asked, what was answered, every row before and after."""
    work.connection.execute(
        "INSERT INTO operations (id, tool, key, at, desk, payload, arguments, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (work.operation_id, tool, key, work.iso(work.now), work.desk, payload, dumps(arguments), dumps(data)),
    )
    work.connection.executemany(
        "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?)",
        [
            (work.operation_id, number, change.noun, change.row_id, _text(change.before), _text(change.after))
            for number, change in enumerate(work.changes.values())
        ],
    )


def _text(image: Values | None) -> str | None:
    return None if image is None else dumps(image)


def undo(work: Work, arguments: Json) -> Json:
    operation = _operation(work, arguments.get("operation_id"))
    changes = _changes(work, operation)
    opposite = _opposite(operation, changes)
    for change in changes:
        _refuse_if_changed(work, operation, change, opposite)
    told = _waiting_messages(work, changes)
    try:
        for change in changes:
            _put_back(work, operation, change, opposite)
        _drop_unwanted(work, changes)
    except sqlite3.IntegrityError as error:
        raise _stale(operation, "changed_since", "something on record hangs on it", opposite) from error
    work.connection.execute("UPDATE operations SET undone_at = ? WHERE id = ?", (work.iso(work.now), operation["id"]))
    return _answer(work, operation, changes, told)


def _operation(work: Work, row_id: str | None) -> Row:
    """The operation named, or this desk's last one that still stands."""
    if row_id is None:
        sql = "SELECT * FROM operations WHERE desk = ? AND undone_at IS NULL AND tool <> 'undo' ORDER BY number DESC"
        row = work.one(f"{sql} LIMIT 1", work.desk)
        if row is None:
            raise not_found("operation", f"of {work.desk}", reason="nothing_to_undo")
        return row
    row = work.one("SELECT * FROM operations WHERE id = ?", row_id)
    if row is None:
        raise not_found("operation", row_id)
    if row["undone_at"] is not None:
        raise _stale(row, "already_undone", f"it was taken back at {row['undone_at']}", None)
    if row["tool"] == "undo":
        raise _stale(row, "is_an_undo", "an undo is not taken back; do the thing again", None)
    return row


def _changes(work: Work, operation: Row) -> list[Change]:
    rows = work.all("SELECT * FROM changes WHERE operation_id = ? ORDER BY number", operation["id"])
    if not rows and operation["data"] == "null":
        raise _stale(operation, "imported", "it came with an import, without what was there before", None)
    found = [Change(row["noun"], row["row_id"], _image(row["before"]), _image(row["after"])) for row in rows]
    return sorted(found, key=lambda change: _ORDER.index(change.noun))


def _image(text: str | None) -> Values | None:
    return None if text is None else loads(text)


def _stale(operation: Row, reason: str, why: str, opposite: Json | None) -> Refused:
    return Refused(
        RefusalCode.STALE,
        f"{operation['id']} ({operation['tool']}) cannot be taken back: {why}",
        reason=reason,
        operation={"operation_id": operation["id"], "tool": operation["tool"], "at": operation["at"]},
        opposite=opposite,
    )


def _opposite(operation: Row, changes: list[Change]) -> Json | None:
    """The call that does the contrary, offered where undo is refused."""
    moved = next((change for change in changes if change.noun == "appointments"), None)
    if moved is None:
        return None
    if operation["tool"] == "book_appointment":
        return {"name": "cancel_appointment", "arguments": {"appointment_id": moved.row_id}}
    if operation["tool"] == "reschedule_appointment" and moved.before is not None:
        return {"name": "reschedule_appointment", "arguments": {"appointment_id": moved.row_id}}
    return None


def _same(noun: str, one: Values | None, other: Values | None) -> bool:
    if one is None or other is None:
        return one is other
    skip = _BESIDE_THE_POINT.get(noun, ())
    return all(one[name] == other.get(name) for name in one if name not in skip)


def _refuse_if_changed(work: Work, operation: Row, change: Change, opposite: Json | None) -> None:
    now = work.image(change.noun, change.row_id)
    if change.noun == "messages" and now is not None and messages.has_left(work, now):
        raise _stale(operation, "message_left", f"message {now['id']} has already left", opposite)
    if _same(change.noun, change.after, now):
        return
    if change.noun == "messages" and now is not None and now["status"] in ("cancelled", "failed"):
        return
    raise _stale(operation, "changed_since", f"{change.row_id} was changed since", opposite)


def _put_back(work: Work, operation: Row, change: Change, opposite: Json | None) -> None:
    if change.before is None:
        _take_away(work, operation, change, opposite)
    elif change.after is None:
        work.restore(change.noun, change.before)
    else:
        if change.noun == "appointments":
            _check_still_free(work, operation, change.before, opposite)
        columns = {name: value for name, value in change.before.items() if name not in ("id", "version")}
        work.update(change.noun, change.row_id, **columns)


def _check_still_free(work: Work, operation: Row, before: Values, opposite: Json | None) -> None:
    """An appointment goes back only to a time that is still free."""
    if before["status"] not in policies.OCCUPYING:
        return
    need = slots.Need(
        minutes=0,
        buffer=0,
        staff=(before["staff_id"],),
        skilled=(before["staff_id"],),
        vehicle_id=before["vehicle_id"],
        ignore=before["id"],
    )
    day = slots.Day(work, work.local(before["start_at"]).date())
    free = day.free(need, before["start_at"], before["busy_until"])
    if not free or day.car_booked(need, before["start_at"], before["end_at"]):
        raise _stale(operation, "slot_taken", f"{work.iso(before['start_at'])} is taken meanwhile", opposite)


def _take_away(work: Work, operation: Row, change: Change, opposite: Json | None) -> None:
    """What was added: an appointment ends as cancelled, a message withdrawn, all else is removed."""
    if change.noun == "appointments":
        if work.one("SELECT 1 FROM jobs WHERE appointment_id = ?", change.row_id):
            raise _stale(operation, "changed_since", f"work was recorded for {change.row_id}", opposite)
        sent = work.all("SELECT * FROM messages WHERE appointment_id = ?", change.row_id)
        left = next((row for row in sent if messages.has_left(work, row)), None)
        if left is not None:
            raise _stale(operation, "message_left", f"message {left['id']} has already left", opposite)
        messages.withdraw(work, change.row_id)
        work.update("appointments", change.row_id, status="cancelled")
    elif change.noun == "messages":
        work.update("messages", change.row_id, status="cancelled")
    elif change.noun not in ("vehicles", "customers"):
        work.delete(change.noun, change.row_id)


def _drop_unwanted(work: Work, changes: list[Change]) -> None:
    """Cars and customers the operation put on record go again, and with them what only told of them."""
    for noun, column in (("vehicles", "vehicle_id"), ("customers", "customer_id")):
        for change in changes:
            if change.noun != noun or change.before is not None:
                continue
            for appointment in changes:
                if appointment.noun == "appointments" and (appointment.after or {}).get(column) == change.row_id:
                    work.update("appointments", appointment.row_id, **{column: None})
            if noun == "customers":
                for message in changes:
                    if message.noun == "messages" and (message.after or {})["customer_id"] == change.row_id:
                        work.delete("messages", message.row_id)
            work.delete(noun, change.row_id)


def _waiting_messages(work: Work, changes: list[Change]) -> list[Json]:
    """The messages that go with the operation, as they stood."""
    waiting = []
    for change in changes:
        if change.noun == "messages" and change.before is None:
            row = work.image("messages", change.row_id)
            if row is not None and row["status"] == "queued":
                waiting.append(shapes.message(work, row | {"status": "cancelled"}))
        elif change.noun == "appointments" and change.before is None:
            known = {each.row_id for each in changes if each.noun == "messages"}
            later = [row for row in messages.pending(work, change.row_id) if row["id"] not in known]
            waiting += [shapes.message(work, dict(row) | {"status": "cancelled"}) for row in later]
    return waiting


def _answer(work: Work, operation: Row, changes: list[Change], told: list[Json]) -> Json:
    data: Json = {
        "version": 1,
        "undone": {"operation_id": operation["id"], "tool": operation["tool"], "at": operation["at"]},
    }
    appointment = next((change.row_id for change in changes if change.noun == "appointments"), None)
    if appointment:
        row = shapes.appointment_by_id(work, appointment)
        data |= {"version": row["version"], "appointment": shapes.appointment(work, row)}
    if told:
        data["cancelled_messages"] = told
    return data
