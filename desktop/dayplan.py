"""A day at the workshop, ready to be drawn: technicians as columns, their appointments along the hours.

Pure: no widgets. The proposed or done appointment is told apart by its look.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from agent.events import Needs, Preview
from tools.domain import Appointment, Staff

OPENS, CLOSES = 8, 19  # hours drawn at least
Json = Mapping[str, Any]


class Look(StrEnum):
    BOOKED = "booked"
    PROPOSED = "proposed"
    DONE = "done"
    GONE = "gone"
    """Cancelled, or about to be."""
    LEFT = "left"
    """Where a moved appointment came from."""
    AWAY = "away"
    """A technician's blocked time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One box of the agenda."""

    key: str
    start: datetime
    end: datetime
    staff: Staff
    look: Look
    appointment: Appointment | None = None
    words: str = ""
    """Of blocked time: its reason."""
    lane: int = 0
    lanes: int = 1
    """Where boxes of one technician overlap they share the width."""


@dataclass(frozen=True, slots=True)
class DayPlan:
    day: date
    staff: tuple[Staff, ...] = ()
    entries: tuple[Entry, ...] = field(default=())

    @property
    def hours(self) -> tuple[int, int]:
        """First and last full hour to draw."""
        first = min((entry.start.hour for entry in self.entries), default=OPENS)
        last = max((_hour_after(entry.end, self.day) for entry in self.entries), default=CLOSES)
        return min(first, OPENS), max(last, CLOSES)

    def focus(self) -> Entry | None:
        """The box the plan is shown for."""
        marked = [entry for entry in self.entries if entry.look not in (Look.BOOKED, Look.LEFT)]
        return marked[0] if marked else None


def of_preview(preview: Preview, staff: Iterable[Staff], before: Appointment | None = None) -> DayPlan | None:
    """The day ``preview`` is about; None when it is about no day. ``staff``: known technicians, for empty columns."""
    around = [Appointment.from_json(item) for item in preview.day]
    blocked = preview.proposal.get("blocked")
    if blocked is not None:
        return _blocked_day(blocked, around, staff, preview.needs)
    data = preview.proposal.get("appointment")
    if data is None:
        return of_appointments(around, staff) if around else None
    subject = Appointment.from_json(data)
    day = subject.start.date()
    others = [i for i in around if i.start.date() == day and i.id != subject.id and i.status != "cancelled"]
    entries = [_entry(item, Look.BOOKED) for item in others]
    if before is not None and before.start != subject.start and before.start.date() == day:
        entries.append(_entry(before, Look.LEFT))
    entries.append(_entry(subject, _look(preview, subject)))
    return _plan(day, entries, staff)


def of_appointments(items: Sequence[Appointment], staff: Iterable[Staff]) -> DayPlan | None:
    """The plan of a list that lies on one day; None when it does not."""
    days = {item.start.date() for item in items}
    if len(days) != 1:
        return None
    return _plan(days.pop(), [_entry(item, Look.BOOKED) for item in items if item.status != "cancelled"], staff)


def _look(preview: Preview, subject: Appointment) -> Look:
    if preview.kind == "cancellation" or subject.status == "cancelled":
        return Look.GONE
    return Look.DONE if preview.needs is Needs.NOTHING else Look.PROPOSED


def _entry(item: Appointment, look: Look) -> Entry:
    return Entry(f"{item.id}/{look}", item.start, item.end, item.staff, look, item)


def _blocked_day(data: Json, around: list[Appointment], staff: Iterable[Staff], needs: Needs) -> DayPlan:
    start, end = datetime.fromisoformat(data["from"]), datetime.fromisoformat(data["to"])
    day = start.date()
    if end.date() > day:
        end = start.replace(hour=CLOSES, minute=0)
    start = max(start, start.replace(hour=OPENS, minute=0))
    away = Entry(data["id"], start, end, Staff.from_json(data["staff"]), Look.AWAY, words=data.get("reason", ""))
    booked = [_entry(item, Look.BOOKED) for item in around if item.start.date() == day and item.status != "cancelled"]
    return _plan(day, [*booked, away], staff)


def _plan(day: date, entries: list[Entry], staff: Iterable[Staff]) -> DayPlan:
    columns = {person.id: person for person in staff}
    columns.update({entry.staff.id: entry.staff for entry in entries})
    ordered = tuple(sorted(columns.values(), key=lambda person: (len(person.id), person.id)))
    laid = [entry for person in ordered for entry in _in_lanes([e for e in entries if e.staff.id == person.id])]
    return DayPlan(day, ordered, tuple(laid))


def _in_lanes(entries: list[Entry]) -> list[Entry]:
    """Side by side where they overlap."""
    laid: list[Entry] = []
    group: list[Entry] = []
    for entry in sorted(entries, key=lambda e: (e.start, e.end)):
        if group and entry.start >= max(e.end for e in group):
            laid += _share(group)
            group = []
        group.append(entry)
    return laid + _share(group)


def _share(group: list[Entry]) -> list[Entry]:
    ends: list[datetime] = []
    lanes: list[int] = []
    for entry in group:
        lane = next((n for n, end in enumerate(ends) if end <= entry.start), len(ends))
        ends[lane : lane + 1] = [entry.end]
        lanes.append(lane)
    return [
        Entry(e.key, e.start, e.end, e.staff, e.look, e.appointment, e.words, lane, len(ends))
        for e, lane in zip(group, lanes, strict=True)
    ]


def _hour_after(end: datetime, day: date) -> int:
    if end.date() > day:
        return 24
    return (end + timedelta(minutes=59)).hour if end.hour < 23 else 24
