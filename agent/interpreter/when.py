"""When: what a time expression means, before it is known what it is for."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as time_of_day
from typing import Literal


@dataclass(frozen=True, slots=True)
class When:
    """A day, a range of days, an instant, a time of day, or a distance from the appointment in focus."""

    start: datetime | None = None
    """The exact instant, aware; `day_from` and `day_to` are then its day."""
    day_from: date | None = None
    day_to: date | None = None
    """Inclusive. Equal to `day_from`: a single day. None beside a `day_from`: from that day on."""
    part: str | None = None
    """`morning` or `afternoon`."""
    after: time_of_day | None = None
    before: time_of_day | None = None
    time: time_of_day | None = None
    """A time of day without a day."""
    other: "When | None" = None
    """The other reading of "prossimo" and "next", where it is ahead too."""
    past: bool = False
    """It looks back: "yesterday", "more than six months ago"."""
    open: str | None = None
    """`before` (up to `day_to`), `after` (from `day_from` on): one end was said."""
    shift: timedelta | None = None
    """From the appointment's start: "half an hour earlier"."""
    anchor_days: int | None = None
    """From the appointment's day: "the day before" is -1."""
    first: bool = False
    """The first free slot is wanted; without a day: from today on."""
    grain: str = "day"
    """How finely it was said: `minute`, `hour`, `day`, `week`, `month`, `quarter`, `year`, `now`."""
    words: str = ""
    """The words it came from."""

    @property
    def day(self) -> date | None:
        """The single day it names, if it names one."""
        return self.day_from if self.day_from == self.day_to else None

    @property
    def has_day(self) -> bool:
        return self.day_from is not None or self.day_to is not None

    @property
    def has_time(self) -> bool:
        return bool(self.start or self.time or self.after or self.before or self.part)


def amend(earlier: When, later: When, zone: tzinfo) -> When:
    """``earlier`` corrected by ``later``: what is said again is replaced, the rest stands.

    "mercoledì alle tre, no, giovedì" is Thursday at three; "…no, alle quattro" is Wednesday at four. Also joins two
    expressions of one sentence that each say half of it.
    """
    if later.shift is not None or later.anchor_days is not None or later.past:
        return later
    bare_first = later.first and later.open == "after"
    days = later if later.has_day and not (bare_first and earlier.has_day) else earlier
    times = later if later.has_time else earlier
    moment = times.time or (times.start.time() if times.start else None)
    start = None
    if moment is not None and days.day is not None:
        start, moment = local(datetime.combine(days.day, moment), zone), None
    return replace(
        later,
        start=start,
        day_from=days.day_from,
        day_to=days.day_to,
        open=days.open,
        other=days.other if days is later else None,
        part=times.part,
        after=earlier.after if _one_end(earlier, times, "before") else times.after,
        before=earlier.before if _one_end(earlier, times, "after") else times.before,
        time=moment,
        first=earlier.first or later.first,
        grain=times.grain if times.has_time else days.grain,
    )


def _one_end(earlier: When, times: When, end: Literal["after", "before"]) -> bool:
    """Whether ``times`` says only the other end of an earlier "from nine to ten": "…no, till eleven"."""
    said = (times.after, times.before, times.time, times.start, times.part)
    only = times.before if end == "before" else times.after
    return only is not None and said.count(None) == 4 and None not in (earlier.after, earlier.before)


def local(naive: datetime, zone: tzinfo) -> datetime:
    """``naive`` in ``zone``; an hour the clocks skip is moved on by what they skip, a doubled one is the first."""
    aware = naive.replace(tzinfo=zone)
    return aware.astimezone(UTC).astimezone(zone)
