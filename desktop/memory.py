"""What the desk has seen pass by: technicians, and where an appointment stood before it moved.

Built from events alone, so that the agenda can draw empty columns and a move can show where it came from.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from agent.events import Preview, ToolEnded
from tools.domain import Appointment, Staff

KEPT = 500  # appointments


class Memory:
    """Feed it every ToolEnded and Preview."""

    def __init__(self) -> None:
        self._staff: dict[str, Staff] = {}
        self._stands: dict[str, Appointment] = {}
        self._stood: dict[str, Appointment] = {}

    @property
    def staff(self) -> tuple[Staff, ...]:
        return tuple(self._staff.values())

    def on_tool_ended(self, event: ToolEnded) -> None:
        if event.result.data is not None and not event.call.dry_run:
            for item in _appointments(event.result.data):
                self._keep(item)

    def on_preview(self, event: Preview) -> None:
        for data in event.day:
            item = Appointment.from_json(data)
            self._staff[item.staff.id] = item.staff
            self._stands.setdefault(item.id, item)

    def before(self, event: Preview) -> Appointment | None:
        """The subject of ``event`` where it last stood at another time; None when it never did."""
        data = event.proposal.get("appointment")
        if event.kind != "move" or data is None:
            return None
        item = Appointment.from_json(data)
        for older in (self._stands.get(item.id), self._stood.get(item.id)):
            if older is not None and (older.start, older.staff.id) != (item.start, item.staff.id):
                return older
        return None

    def _keep(self, item: Appointment) -> None:
        self._staff[item.staff.id] = item.staff
        old = self._stands.get(item.id)
        if old is not None and (old.start, old.staff.id) != (item.start, item.staff.id):
            self._stood[item.id] = old
        self._stands[item.id] = item
        while len(self._stands) > KEPT:
            gone = next(iter(self._stands))
            self._stood.pop(gone, None)
            del self._stands[gone]


def _appointments(data: Mapping[str, Any]) -> Iterator[Appointment]:
    """Those in a tool's answer, whatever the tool."""
    single = data.get("appointment")
    if single is not None:
        yield Appointment.from_json(single)
    for item in (*data.get("items", ()), *data.get("appointments", ())):
        if "services" in item and "staff" in item and "status" in item:
            yield Appointment.from_json(item)
