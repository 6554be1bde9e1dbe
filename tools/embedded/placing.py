"""Where a booking goes: the start said outright, or the first free time of a window; else why not and what instead."""

from datetime import date
from typing import Any

from tools.embedded import policies, shapes
from tools.embedded.instants import DAY, read_instant
from tools.embedded.refused import Refused, invalid
from tools.embedded.slots import Day, Need, Slot, Window, fits_somewhere, read_window, search, slot_json, some
from tools.embedded.work import Work
from tools.errors import RefusalCode

ALTERNATIVES = 3
LOOK_AHEAD = 28  # days after the wish in which alternatives are looked for
Json = dict[str, Any]


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
    if not fits_somewhere(work, need, window, first):
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
