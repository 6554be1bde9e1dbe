"""Free times: opening hours minus bookings minus blocked time, for one need.

The same search offers slots, finds the first free one of a window, and checks a start said outright, always
inside the caller's transaction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from tools.embedded import policies, shapes
from tools.embedded.instants import DAY, MINUTE, at, read_instant, read_range
from tools.embedded.policies import OCCUPYING
from tools.embedded.refused import Refused, invalid
from tools.embedded.work import Row, Work, loads, marks
from tools.errors import RefusalCode

ALTERNATIVES = 3
LOOK_AHEAD = 28  # days after the wish in which alternatives are looked for
SLOTS = 20  # what find_slots gives when no limit is named
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


def alternatives(work: Work, need: Need, start: int, *, at_once: Slot | None = None) -> list[Json]:
    """Up to three free times at or after ``start``, the most useful first."""
    window = Window(start, start + LOOK_AHEAD * DAY)
    found = [at_once] if at_once else []
    found += some(search(work, need, window), ALTERNATIVES)
    return [slot_json(work, slot) for slot in found[:ALTERNATIVES]]


def place_at(work: Work, need: Need, said: int) -> Slot:
    """The slot of a start said outright: taken as said, to 5 minutes, or refused."""
    start = policies.as_said(said)
    earliest = policies.earliest_start(work.now, work.settings.lead)
    if start < earliest:
        raise Refused(
            RefusalCode.IN_THE_PAST,
            f"{work.iso(start)} is before {work.iso(earliest)}, the earliest start",
            start=work.iso(start),
            earliest=work.iso(earliest),
        )
    day = work.local(start).date()
    today = Day(work, day)
    end = policies.end_within_hours(today.intervals, start, need.minutes)
    if end is None:
        raise _outside_hours(work, need, day, start)
    car = today.car_booked(need, start, end)
    staff = today.free(need, start, end)
    if not staff:
        raise _slot_taken(work, need, today, Slot(start, end, ""), car)
    if car:
        raise _already_booked(work, need, car, start)
    return Slot(start, end, staff[0])


def place_in(work: Work, need: Need, window: Window) -> tuple[Slot, list[Json]]:
    """The first free slot of a window and up to three more, or refused."""
    earliest = policies.earliest_start(work.now, work.settings.lead)
    if window.stop <= earliest:
        raise Refused(
            RefusalCode.IN_THE_PAST,
            f"{work.iso(window.stop)}, the end of the window, is before {work.iso(earliest)}, the earliest start",
            earliest=work.iso(earliest),
        )
    found = some(search(work, need, window), 1 + ALTERNATIVES)
    if found:
        return found[0], [slot_json(work, slot) for slot in found[1:]]
    raise _nothing_free(work, need, window)


def _nothing_free(work: Work, need: Need, window: Window) -> Refused:
    first = max(window.start, policies.earliest_start(work.now, work.settings.lead))
    day = work.local(first).date()
    if not _fits_somewhere(work, need, window, first):
        return _outside_hours(work, need, day, first)
    without_car = Need(need.minutes, need.buffer, need.staff, need.skilled, None, need.ignore, need.prefer)
    if need.vehicle_id and (slot := next(search(work, without_car, window), None)):
        car = Day(work, work.local(slot.start).date()).car_booked(need, slot.start, slot.end)
        return _already_booked(work, need, car or "", first)
    return Refused(
        RefusalCode.SLOT_TAKEN,
        f"no free time from {work.iso(first)} to {work.iso(window.stop)}",
        **{"from": work.iso(first), "to": work.iso(window.stop)},
        alternatives=alternatives(work, need, first),
    )


def _fits_somewhere(work: Work, need: Need, window: Window, first: int) -> bool:
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


def _outside_hours(work: Work, need: Need, day: date, start: int) -> Refused:
    reason = work.calendar.closed_because(day) or None
    hours = [{"from": f"{a:%H:%M}", "to": f"{b:%H:%M}"} for a, b in work.calendar.hours(day)]
    why = f"{need.minutes} minutes do not fit into the opening hours"
    if not hours:
        why = f"closed: {reason}" if reason else f"closed on {work.local(start):%A}s"
    return Refused(
        RefusalCode.OUTSIDE_HOURS,
        f"no time at {work.iso(start)}: {why}",
        date=day.isoformat(),
        start=work.iso(start),
        reason=reason,
        hours=hours,
        minutes=need.minutes,
        alternatives=alternatives(work, need, start),
    )


def _slot_taken(work: Work, need: Need, today: Day, wish: Slot, car: str | None) -> Refused:
    anybody = Need(need.minutes, need.buffer, need.skilled, need.skilled, need.vehicle_id, need.ignore, need.prefer)
    others = [] if car else today.free(anybody, wish.start, wish.end)
    at_once = Slot(wish.start, wish.end, others[0]) if others else None
    by_id = shapes.staff_by_id(work)
    names = " and ".join(by_id[each]["name"] for each in need.staff)
    return Refused(
        RefusalCode.SLOT_TAKEN,
        f"{work.iso(wish.start)} is taken for {names}",
        start=work.iso(wish.start),
        staff=[shapes.staff(by_id[each]) for each in need.staff],
        already_booked=_booking(work, car) if car else None,
        alternatives=alternatives(work, need, wish.start, at_once=at_once),
    )


def _booking(work: Work, row_id: str) -> Json:
    return shapes.appointment(work, shapes.appointment_by_id(work, row_id))


def _already_booked(work: Work, need: Need, car: str, start: int) -> Refused:
    found = _booking(work, car)
    return Refused(
        RefusalCode.ALREADY_BOOKED,
        f"the car is already booked from {found['start']} to {found['end']} ({car})",
        appointment=found,
        alternatives=alternatives(work, need, start),
    )


def wish(work: Work, arguments: Json) -> int | Window:
    """`start` or `window`; both or none is `invalid_input`."""
    if ("start" in arguments) == ("window" in arguments):
        raise invalid("start", arguments.get("start"), "give either start or window")
    if "start" in arguments:
        return read_instant(arguments["start"], "start", work.settings.zone)
    return read_window(arguments["window"], work, "window")


def place(work: Work, need: Need, where: int | Window) -> tuple[Slot, list[Json]]:
    if isinstance(where, Window):
        return place_in(work, need, where)
    return place_at(work, need, where), []


def check_free(work: Work, need: Need, start: int, *, end: int | None = None) -> Slot:
    """That an appointment may stand at ``start`` whatever the hour is now; `slot_taken` and its kin otherwise.

    end: kept as it is; else worked out anew within the opening hours.
    """
    day = work.local(start).date()
    today = Day(work, day)
    if end is None:
        end = policies.end_within_hours(today.intervals, start, need.minutes)
        if end is None:
            raise _outside_hours(work, need, day, start)
    car, staff = today.car_booked(need, start, end), today.free(need, start, end)
    if not staff:
        raise _slot_taken(work, need, today, Slot(start, end, ""), car)
    if car:
        raise _already_booked(work, need, car, start)
    return Slot(start, end, staff[0])


# the tools


def list_services(work: Work, arguments: Json) -> Json:
    items = [shapes.service(row, whole=True) for row in shapes.services_by_id(work).values()]
    return {"items": items, "total": len(items)}


def opening_hours(work: Work, arguments: Json) -> Json:
    start, stop = read_range(arguments, work.settings.zone)
    day, last = work.local(start).date(), work.local(stop - 1).date()
    items: list[Json] = []
    while day <= last:
        hours = [{"from": f"{a:%H:%M}", "to": f"{b:%H:%M}"} for a, b in work.calendar.hours(day)]
        items.append(
            shapes.present(
                date=day.isoformat(), open=bool(hours), hours=hours, reason=work.calendar.closed_because(day) or None
            )
        )
        day += timedelta(days=1)
    return {"items": items, "total": len(items)}


def find_slots(work: Work, arguments: Json) -> Json:
    services = some_services(work, arguments)
    staff = shapes.find_staff(work, arguments["staff"]) if "staff" in arguments else None
    need = need_of(work, services, staff=staff)
    slots = some(search(work, need, read_window(arguments, work)), arguments.get("limit", SLOTS))
    return {"items": [slot_json(work, slot) for slot in slots], "total": len(slots)}


def some_services(work: Work, arguments: Json) -> list[Row]:
    if not arguments["services"]:
        raise invalid("services", None, "name at least one service")
    return shapes.find_services(work, arguments["services"])


def block_time(work: Work, arguments: Json) -> Json:
    staff = shapes.find_staff(work, arguments["staff"])
    start, stop = read_range(arguments, work.settings.zone)
    if stop <= work.now:
        raise Refused(
            RefusalCode.IN_THE_PAST, f"to: {arguments['to']!r} is over", start=work.iso(start), end=work.iso(stop)
        )
    rows = work.all(
        f"{shapes.APPOINTMENTS} WHERE a.staff_id = ? AND a.start_at > ? AND a.start_at < ? AND a.end_at > ?"
        f" AND a.status IN ({marks(OCCUPYING)}) ORDER BY a.start_at",
        staff["id"],
        start - DAY,
        stop,
        start,
        *OCCUPYING,
    )
    in_the_way = shapes.appointments(work, [row for row in rows if row["status"] != "done"])
    if in_the_way:
        work.needs_yes({"appointments_in_the_way": in_the_way})
    row_id = work.insert(
        "blocked_time", staff_id=staff["id"], start_at=start, end_at=stop, reason=arguments.get("reason", "")
    )
    blocked = {"id": row_id, "staff": shapes.staff(staff), "from": work.iso(start), "to": work.iso(stop)}
    if "reason" in arguments:
        blocked["reason"] = arguments["reason"]
    return {"version": 1, "blocked": blocked, "appointments": in_the_way}
