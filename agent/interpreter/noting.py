"""What a call was about, kept as focus for the next sentence."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from agent.interpreter.reading import Outcome
from agent.interpreter.request import Focus
from tools.domain import Customer, Vehicle

Json = Mapping[str, Any]


def note(focus: Focus, result: Outcome) -> None:
    """Move ``focus`` to what ``result`` is about; a refusal and a quiet look-up move nothing."""
    if result.data is None or result.pending or result.call.quiet:
        return
    data = result.data
    asked = result.call.name == "find_slots" and any(slot.kind == "service" for slot in result.call.slots)
    focus.sought = result.call.arguments if asked else None
    focus.freed = data["appointment"]["start"] if result.call.name == "cancel_appointment" else None
    if result.call.name == "undo":
        focus.appointment = None
    elif "appointment" in data:
        _appointment(focus, data["appointment"])
    elif "vehicle" in data:
        _vehicle(focus, data["vehicle"])
    elif "customer" in data:
        _customer(focus, data["customer"])
    elif "items" in data:
        _listed(focus, result, tuple(data["items"]))


def _appointment(focus: Focus, row: Json) -> None:
    focus.appointment = row if row.get("status") != "cancelled" else None
    focus.day = datetime.fromisoformat(row["start"]).date()
    if row.get("vehicle"):
        _vehicle(focus, row["vehicle"], keep=True)
    if row.get("customer"):
        focus.customer = Customer.from_json(row["customer"])


def _vehicle(focus: Focus, row: Json, *, keep: bool = False) -> None:
    focus.vehicle = Vehicle.from_json(row)
    if row.get("owner"):
        focus.customer = Customer.from_json(row["owner"])
    if not keep and focus.appointment is not None and (focus.appointment.get("vehicle") or {}).get("id") != row["id"]:
        focus.appointment = None


def _customer(focus: Focus, row: Json) -> None:
    """A customer by himself: the car talked about before, if it is another's, is out of focus."""
    focus.customer = Customer.from_json(row)
    owner = focus.vehicle.owner if focus.vehicle is not None else None
    if owner is None or owner.id != focus.customer.id:
        focus.vehicle = focus.appointment = None


def _listed(focus: Focus, result: Outcome, rows: tuple[Json, ...]) -> None:
    arguments = result.call.arguments
    if result.call.name == "list_appointments":
        focus.listed = tuple(
            sorted(
                (row for row in rows if row["status"] not in ("cancelled", "no_show")),
                key=lambda row: str(row["start"]),
            )
        )
        _day(focus, arguments)
        if len(rows) == 1:
            _appointment(focus, rows[0])
        return
    if result.call.name == "find_slots":
        _day(focus, arguments)
        return
    if result.call.name in ("find_vehicle", "find_customer"):
        focus.listed = rows
        if len(rows) == 1 and result.call.name == "find_vehicle":
            _vehicle(focus, rows[0])
        if len(rows) == 1 and result.call.name == "find_customer":
            _customer(focus, rows[0])


def _day(focus: Focus, arguments: Json) -> None:
    first, last = str(arguments.get("from", ""))[:10], str(arguments.get("to", ""))[:10]
    if first and first == last:
        focus.day = date.fromisoformat(first)
