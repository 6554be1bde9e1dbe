"""The workshop's rules that are choices (design §4.1), each in one place with its reason.

Pure functions over plain values; the writes call them, tests/tools/test_policies.py holds each.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tools.embedded.instants import MINUTE
from tools.embedded.work import Row

SAID_GRID = 5  # minutes a time said outright is taken to
MIDDAY = time(13)  # the morning ends, the afternoon begins
LONGEST_IN_ONE_GO = 240  # minutes; a longer job may run over the midday break
QUIET_FROM, QUIET_TO = time(19), time(9)  # no reminder of "the day before" leaves between them
DAY_BEFORE = 1440  # minutes
HELD_BACK = 30  # seconds a message of a risk-2 call waits, so that undo still withdraws it
TAGLIANDO_KM = 15_000
OCCUPYING = ("pending", "confirmed", "arrived", "in_progress", "waiting_parts", "ready", "done")
"""Statuses that hold technician and car; a no-show and a cancelled one free them."""

Span = tuple[int, int]


def least_booked_first(booked: Mapping[str, int], staff: Sequence[str]) -> list[str]:
    """`choose: first` among equally early: the technician with the least booked that day, then by id.

    Work spreads evenly without anybody being asked; the id makes the choice the same every time.
    booked: staff id → minutes booked that day.
    """
    return sorted(staff, key=lambda each: (booked.get(each, 0), _by_number(each)))


def _by_number(row_id: str) -> tuple[str, int, str]:
    stem, _, tail = row_id.rpartition("_")
    return (stem, int(tail), "") if tail.isdigit() else (row_id, 0, tail)


def offered_starts(interval: Span, grid: int) -> range:
    """The starts that are offered: every ``grid`` minutes from opening, so that a day divides evenly."""
    return range(interval[0], interval[1], max(grid, 1) * MINUTE)


def as_said(start: int) -> int:
    """A start said outright, to 5 minutes: "alle nove e dieci" is a wish, not a mistake; nobody means 9:11:30."""
    step = SAID_GRID * MINUTE
    return (start + step // 2) // step * step


def earliest_start(now: int, lead: int) -> int:
    """Lead time: from now, to the same 5 minutes a start is taken to, so that "adesso" is not in the past."""
    step = SAID_GRID * MINUTE
    return now // step * step + lead * MINUTE


def end_within_hours(intervals: Sequence[Span], start: int, minutes: int) -> int | None:
    """Hours: when a job begun at ``start`` ends; None when it does not fit into this day's opening.

    Up to 240 minutes lie within one interval: nobody leaves a car half done over lunch for a short job. A longer
    one may run over the break, its minutes counted in opening time only, but never overnight.
    """
    left = minutes * MINUTE
    for opens, closes in intervals:
        if closes <= start or (opens > start and left == minutes * MINUTE):
            continue
        begins = max(opens, start)
        if begins + left <= closes:
            return begins + left
        if minutes <= LONGEST_IN_ONE_GO:
            return None
        left -= closes - begins
    return None


def in_part(clock: time, part: str | None, after: str | None, before: str | None) -> bool:
    """Whether a start lies in what was said: the morning ends and the afternoon begins at one o'clock."""
    return (
        (part != "morning" or clock < MIDDAY)
        and (part != "afternoon" or clock >= MIDDAY)
        and (after is None or clock >= time.fromisoformat(after))
        and (before is None or clock < time.fromisoformat(before))
    )


def who_can(services: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """Who may do it: one technician skilled for every service of the booking.

    services: (id, ids of who may do it). A car stays in one pair of hands.
    """
    first, *others = (tuple(staff) for _, staff in services)
    return [each for each in first if all(each in other for other in others)]


def contradictions(hint: Mapping[str, str], record: Row, fold: Callable[[str], str]) -> list[dict[str, str]]:
    """Vehicle hint: what was said and the record denies. Silence on either side contradicts nothing.

    A wrong colour is the cheapest sign of a misheard plate.
    """
    return [
        {"field": name, "said": said, "record": str(record[name])}
        for name, said in hint.items()
        if record[name] is not None and fold(said) != fold(str(record[name]))
    ]


def odometer_falls(mileage: int, last: int | None) -> bool:
    """Falling odometer: a reading below the last one is a slip of the tongue or a swapped instrument; ask once."""
    return last is not None and mileage < last


def is_future(status: str, start: int, now: int) -> bool:
    """Future appointment: starts after now and is not cancelled; one in progress is not future."""
    return start > now and status != "cancelled"


def message_language(language: str | None) -> str:
    """Messages speak the customer's language, service and weekday names too."""
    return language if language in ("it", "en") else "it"


def reminder_at(start: datetime, before: int) -> datetime:
    """When a reminder asked for ``before`` minutes ahead leaves, on the workshop's clock.

    "The day before" is the same hour on the day before, moved into 09:00-19:00: nobody wants it at six in the
    morning. One of less than a day keeps its distance: moved, it could come after the start.
    """
    if before < DAY_BEFORE:
        return (start.astimezone(UTC) - timedelta(minutes=before)).astimezone(start.tzinfo)
    due = start - timedelta(minutes=before)  # on the clock: the same hour, whatever the clocks did between
    clock = due.time()
    if clock < QUIET_TO:
        return due.replace(hour=QUIET_TO.hour, minute=0)
    if clock > QUIET_FROM:
        return due.replace(hour=QUIET_FROM.hour, minute=0)
    return due


def why_not_utility(consents: Mapping[str, Any], channel: str, address: str | None) -> str | None:
    """Utility messages go to anyone with an address there: they are about the customer's own car.

    "Opted out" is of advertising and does not stop them; a STOP on that very channel does.
    """
    if not address:
        return "no_address"
    return "stopped" if channel in consents.get("stopped", ()) else None


def why_not_marketing(
    consents: Mapping[str, Any], channel: str, address: str | None, *, own_customer: bool
) -> str | None:
    """Marketing: WhatsApp needs an opt-in; e-mail a recorded consent or an own customer informed at collection.

    Never after an opt-out (art. 130 Codice Privacy; GDPR 21(3)).
    """
    if consents.get("opted_out"):
        return "opted_out"
    if why := why_not_utility(consents, channel, address):
        return why
    if channel in consents.get("bounced", ()):
        return "bounced"
    if consents.get(f"{channel}_marketing"):
        return None
    if channel == "whatsapp" or not own_customer:
        return "no_consent"
    return None if consents.get("informed_soft_spam") else "not_informed"


@dataclass(frozen=True, slots=True)
class Due:
    """When something falls due, by which rule, and whether a job on record stands behind it."""

    on: date
    rule: str
    on_record: bool
    at_mileage: int | None = None


def _years_on(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, monthrange(day.year + years, day.month)[1]))


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def revisione_due(last: date | None, first_registered: date | None, today: date) -> Due | None:
    """Revisione: two years after the last one on record; none on record: four years after first registration,
    then every two, the next that is not past. By the end of the month (art. 80 Codice della Strada).

    Without a record the earlier ones are taken as done elsewhere, which is why it says so.
    """
    if last:
        return Due(_month_end(_years_on(last, 2)), "revisione_two_years_after_last", True)
    if not first_registered:
        return None
    years = 4
    while _month_end(_years_on(first_registered, years)) < today:
        years += 2
    return Due(_month_end(_years_on(first_registered, years)), "revisione_from_first_registration", False)


def tagliando_due(
    last: tuple[date, int | None] | None,
    readings: Sequence[tuple[date, int]],
    first_registered: date | None,
    today: date,
) -> Due | None:
    """Tagliando: a year or 15,000 km after the last, whichever is sooner by the readings.

    The pace comes from the readings on record. None on record: a year after first registration and every year
    from there, the next that is not past.
    """
    if last is None:
        if not first_registered:
            return None
        years = 1
        while _years_on(first_registered, years) < today:
            years += 1
        return Due(_years_on(first_registered, years), "tagliando_from_first_registration", False)
    day, mileage = last
    year_on = _years_on(day, 1)
    if mileage is None:
        return Due(year_on, "tagliando_one_year", True)
    at_mileage = mileage + TAGLIANDO_KM
    reached = _reaches(at_mileage, readings)
    if reached and reached < year_on:
        return Due(reached, "tagliando_15000_km", True, at_mileage)
    return Due(year_on, "tagliando_one_year", True, at_mileage)


def _reaches(mileage: int, readings: Sequence[tuple[date, int]]) -> date | None:
    """The day a car reaches ``mileage`` at the pace of its readings, by date; None where they show no pace."""
    ordered = sorted(readings)
    if len(ordered) < 2:
        return None
    (first, low), (last, high) = ordered[0], ordered[-1]
    days = (last - first).days
    if days <= 0 or high <= low:
        return None
    ahead = (mileage - high) * days / (high - low)
    if abs(ahead) > 36_500:
        return None
    return last + timedelta(days=round(ahead))
