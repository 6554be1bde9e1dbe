"""Free times for one need: opening hours minus bookings minus blocked time.

The search that offers times is the one that books them, always inside the caller's transaction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from tools.embedded import policies, shapes
from tools.embedded.instants import DAY, MINUTE, at, read_range
from tools.embedded.policies import OCCUPYING
from tools.embedded.refused import Refused
from tools.embedded.work import Row, Work, loads, marks
from tools.errors import RefusalCode

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Need:
    """What a booking takes: how long, whose hands, which car."""

    minutes: int
    buffer: int
    staff: tuple[str, ...]
    """Who may do it; one id when somebody was asked for."""
    skilled: tuple[str, ...]
    """Everybody who may do it."""
    vehicle_id: str | None = None
    ignore: str = ""
    """The appointment that is being moved."""
    prefer: str | None = None
    """Among equally early: this technician before all others."""


@dataclass(frozen=True, slots=True)
class Slot:
    start: int
    end: int
    staff_id: str


@dataclass(frozen=True, slots=True)
class Window:
    """Where to look."""

    start: int
    stop: int
    part: str | None = None
    after: str | None = None
    before: str | None = None


def read_window(data: Json, work: Work, field: str = "") -> Window:
    start, stop = read_range(data, work.settings.zone, field)
    return Window(start, stop, data.get("part"), data.get("after"), data.get("before"))


def need_of(work: Work, services: Sequence[Row], *, staff: Row | None = None, **more: Any) -> Need:
    """The need of these services; `unqualified`, naming who can, when nobody or not the one asked for can."""
    skilled = policies.who_can([(row["id"], loads(row["staff"])) for row in services])
    names = " + ".join(row["name_it"] for row in services)
    if not skilled or (staff is not None and staff["id"] not in skilled):
        by_id = shapes.staff_by_id(work)
        who = [shapes.staff(by_id[each]) for each in skilled if each in by_id]
        said = staff["name"] if staff is not None else "nobody alone"
        can = ", ".join(each["name"] for each in who) or "ask for the services one by one"
        raise Refused(
            RefusalCode.UNQUALIFIED,
            f"{said} does {'not do ' if staff is not None else ''}{names}: {can}",
            asked=None if staff is None else shapes.staff(staff),
            services=[shapes.service(row) for row in services],
            who=who,
        )
    return Need(
        minutes=sum(row["minutes"] for row in services),
        buffer=max(row["buffer_minutes"] for row in services),
        staff=(staff["id"],) if staff is not None else tuple(skilled),
        skilled=tuple(skilled),
        **more,
    )


def bookings_between(work: Work, start: int, stop: int) -> list[Row]:
    """Appointments that hold technician and car at some time of [start, stop)."""
    return list(
        work.all(
            "SELECT id, staff_id, vehicle_id, start_at, end_at, busy_until FROM appointments"
            " WHERE start_at > ? AND start_at < ? AND busy_until > ?"
            f" AND status IN ({marks(OCCUPYING)}) ORDER BY start_at, id",
            start - DAY,
            stop,
            start,
            *OCCUPYING,
        )
    )


def _blocked(work: Work, start: int, stop: int) -> list[Row]:
    return list(work.all("SELECT * FROM blocked_time WHERE end_at > ? AND start_at < ?", start, stop))


class Day:
    """Who is busy when on one day."""

    def __init__(self, work: Work, day: date) -> None:
        self.intervals = work.calendar.intervals(day)
        begins, ends = (at(day + timedelta(days=each), _MIDNIGHT, work.settings.zone) for each in (0, 1))
        self._bookings = bookings_between(work, begins, ends) if self.intervals else []
        self._blocked = _blocked(work, begins, ends) if self.intervals else []

    def free(self, need: Need, start: int, end: int) -> list[str]:
        """Those of ``need.staff`` who are free from start to end and the buffer after it, best choice first."""
        until = end + need.buffer * MINUTE
        busy = {
            row["staff_id"]
            for row in self._bookings
            if row["id"] != need.ignore and row["start_at"] < until and row["busy_until"] > start
        } | {row["staff_id"] for row in self._blocked if row["start_at"] < until and row["end_at"] > start}
        staff = policies.least_booked_first(self.booked(need.ignore), [one for one in need.staff if one not in busy])
        return sorted(staff, key=lambda one: one != need.prefer)

    def booked(self, ignore: str = "") -> dict[str, int]:
        """Minutes booked that day, by technician."""
        minutes: dict[str, int] = {}
        for row in self._bookings:
            if row["id"] != ignore:
                taken = (row["end_at"] - row["start_at"]) // MINUTE
                minutes[row["staff_id"]] = minutes.get(row["staff_id"], 0) + taken
        return minutes

    def car_booked(self, need: Need, start: int, end: int) -> str | None:
        """The appointment the car already has from start to end."""
        if need.vehicle_id is None:
            return None
        return next(
            (
                row["id"]
                for row in self._bookings
                if row["vehicle_id"] == need.vehicle_id
                and row["id"] != need.ignore
                and row["start_at"] < end
                and row["end_at"] > start
            ),
            None,
        )


_MIDNIGHT = time()


def search(work: Work, need: Need, window: Window) -> Iterator[Slot]:
    """Offered slots of a window, earliest first, one for each start."""
    first = max(window.start, policies.earliest_start(work.now, work.settings.lead))
    day, last = work.local(first).date(), work.local(window.stop - 1).date()
    while day <= last:
        today = Day(work, day)
        for interval in today.intervals:
            for start in policies.offered_starts(interval, work.settings.grid):
                clock = work.local(start).time()
                if not first <= start < window.stop:
                    continue
                if not policies.in_part(clock, window.part, window.after, window.before):
                    continue
                end = policies.end_within_hours(today.intervals, start, need.minutes)
                if end is None or today.car_booked(need, start, end):
                    continue
                if staff := today.free(need, start, end):
                    yield Slot(start, end, staff[0])
        day += timedelta(days=1)


def some(slots: Iterator[Slot], limit: int) -> list[Slot]:
    return [slot for slot, _ in zip(slots, range(limit), strict=False)]


def slot_json(work: Work, slot: Slot) -> Json:
    row = shapes.staff_by_id(work)[slot.staff_id]
    return {"start": work.iso(slot.start), "end": work.iso(slot.end), "staff": shapes.staff(row)}


def fits_somewhere(work: Work, need: Need, window: Window, first: int) -> bool:
    """Whether the window has opening time for this job at all, were nobody booked."""
    day, last = work.local(first).date(), work.local(window.stop - 1).date()
    while day <= last:
        intervals = work.calendar.intervals(day)
        for interval in intervals:
            for start in policies.offered_starts(interval, work.settings.grid):
                if (
                    first <= start < window.stop
                    and policies.in_part(work.local(start).time(), window.part, window.after, window.before)
                    and policies.end_within_hours(intervals, start, need.minutes) is not None
                ):
                    return True
        day += timedelta(days=1)
    return False
