"""What the date rules build: partial readings that are merged until a `When` can be made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from agent.interpreter.reading import Context
from agent.interpreter.when import When, local

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS: dict[str, tuple[int, int]] = {
    "morning": (6, 12),
    "afternoon": (12, 18),
    "evening": (17, 23),
    "night": (20, 24),
    "lunch": (12, 14),
}
"""Part of day → first and last hour a clock said with it may mean."""


@dataclass(frozen=True, slots=True)
class Clock:
    hour: int
    minute: int = 0
    sure: bool = False
    """False: 1 to 12, and nothing said which half of the day."""

    def minutes(self) -> int:
        return self.hour * 60 + self.minute


@dataclass(frozen=True, slots=True)
class Length:
    """How long, by calendar: months and days are not a number of minutes."""

    months: int = 0
    days: int = 0
    minutes: float = 0
    grain: str = "day"

    def __mul__(self, times: float) -> "Length":
        return replace(
            self, months=round(self.months * times), days=round(self.days * times), minutes=self.minutes * times
        )

    def delta(self) -> timedelta:
        return timedelta(days=self.days + 30 * self.months, minutes=self.minutes)

    @property
    def whole_days(self) -> bool:
        return not self.minutes


@dataclass(frozen=True, slots=True)
class Spec:
    """A partial reading; unset fields are None and merge with another's."""

    day_from: date | None = None
    day_to: date | None = None
    other: date | None = None
    clock: Clock | None = None
    part: str | None = None
    after: Clock | None = None
    before: Clock | None = None
    instant: datetime | None = None
    shift: timedelta | None = None
    anchor: int | None = None
    length: Length | None = None
    open: str | None = None
    past: bool = False
    first: bool = False
    grain: str | None = None
    weak: float = 0.0
    """How little the words alone prove that a time is meant."""
    doubt: str | None = None
    """What makes it a guess: `weekday_mismatch`."""
    zone: float | None = None
    """Hours east of Greenwich of a time zone said with the clock."""
    weekday: int | None = None
    """The bare weekday it came from, to be told apart from a date."""

    @property
    def kind(self) -> str:
        """One letter, the placeholder's: Length, Instant, shift or Anchor, Day, Q a day with a time, Clock, Bounds,
        Part,
        First."""
        timed = self.clock or self.part or self.after or self.before
        if self.length:
            return "L"
        if self.instant:
            return "I"
        if self.shift is not None or self.anchor is not None:
            return "A"
        if self.day_from or self.day_to:
            return "Q" if timed else "D"
        if self.clock:
            return "C"
        if self.after or self.before:
            return "B"
        if self.part:
            return "P"
        return "F"


_MERGED = ("day_from", "clock", "after", "before", "part", "instant", "shift", "length")


def merged(one: Spec, two: Spec) -> Spec | None:
    """Both readings as one; None where they say the same thing twice."""
    if one.length or two.length:
        return None
    if one.instant or two.instant:
        return _same_day(one, two)
    if (one.day_from or one.day_to) and (two.day_from or two.day_to):
        return None
    timed = [spec for spec in (one, two) if spec.clock or spec.after or spec.before]
    if len(timed) == 2 and not _bounds_join(one, two):
        return None
    if (one.part and two.part) or (one.shift is not None or two.shift is not None):
        return None
    if (one.anchor is not None) and (two.anchor is not None or two.day_from or two.day_to):
        return None
    if two.anchor is not None and (one.day_from or one.day_to):
        return None
    values = {}
    for field in fields(Spec):
        first, second = getattr(one, field.name), getattr(two, field.name)
        values[field.name] = first if first not in (None, False) else second
    values["weak"] = min(one.weak, two.weak)
    timed_one = next((spec for spec in (one, two) if spec.clock or spec.after or spec.before), None)
    values["grain"] = (timed_one or one).grain or one.grain or two.grain
    return Spec(**values)


def _same_day(one: Spec, two: Spec) -> Spec | None:
    """ "today in one hour"."""
    instant, other = (one, two) if one.instant else (two, one)
    same = instant.instant is not None and other.day_from == other.day_to == instant.instant.date()
    return instant if same and other.kind == "D" else None


def _bounds_join(one: Spec, two: Spec) -> bool:
    """ "dopo le nove" and "prima delle undici"."""
    return (
        not one.clock and not two.clock and bool(one.after) != bool(two.after) and bool(one.before) != bool(two.before)
    )


def to_when(spec: Spec, context: Context, words: str) -> When:
    """``spec`` as the dialogue sees it: hours settled, instants aware, in the workshop's zone."""
    zone = context.now.tzinfo
    assert zone is not None
    today = context.now.date()
    if spec.instant is not None:
        day = spec.instant.date()
        return When(
            start=spec.instant, day_from=day, day_to=day, past=spec.past, grain=spec.grain or "minute", words=words
        )
    if spec.shift is not None:
        return When(shift=spec.shift, words=words)
    day_from, day_to, opened = spec.day_from, spec.day_to, spec.open
    if spec.first and not day_from and not day_to:
        day_from, opened = today, "after"
    if spec.zone is not None and spec.clock and not day_from:
        day_from = day_to = today
    single = day_from if day_from == day_to else None
    clock = settle(spec.clock, single, spec.part, context)
    after, before = (settle(bound, single, spec.part, context) for bound in (spec.after, spec.before))
    if after and before and before.minutes() <= after.minutes() and before.hour + 12 <= 24 and not spec.before.sure:  # type: ignore[union-attr]
        before = replace(before, hour=before.hour + 12)
    part, after, before = _part_bounds(spec.part, clock, after, before)
    start: datetime | None = None
    if clock and single:
        start = _instant(single, clock, spec.zone, zone)
        day_from = day_to = start.date()
    return When(
        start=start,
        day_from=day_from,
        day_to=day_to,
        part=part,
        after=_time(after),
        before=_time(before),
        time=_time(clock) if clock and not single else None,
        other=_other(spec, clock, context, words),
        past=spec.past,
        open=opened,
        anchor_days=spec.anchor,
        first=spec.first,
        grain=spec.grain or "day",
        words=words,
    )


def _instant(day: date, clock: Clock, said: float | None, zone: tzinfo) -> datetime:
    naive = datetime.combine(day, time()) + timedelta(minutes=clock.minutes())
    if said is None:
        return local(naive, zone)
    return naive.replace(tzinfo=timezone(timedelta(hours=said))).astimezone(zone)


def _part_bounds(
    part: str | None, clock: Clock | None, after: Clock | None, before: Clock | None
) -> tuple[str | None, Clock | None, Clock | None]:
    """Evening, night and lunch as hours; morning and afternoon stay words, the workshop knows where they end."""
    if part in (None, "morning", "afternoon"):
        return part, after, before
    low, high = PARTS[part or "lunch"]
    if not (clock or after or before):
        after = Clock(low, sure=True)
        before = Clock(high, sure=True) if part == "lunch" else None
    return None, after, before


def _other(spec: Spec, clock: Clock | None, context: Context, words: str) -> When | None:
    if spec.other is None or spec.other < context.now.date():
        return None
    return to_when(replace(spec, other=None, day_from=spec.other, day_to=spec.other), context, words)


def _time(clock: Clock | None) -> time | None:
    return time(clock.hour % 24, clock.minute) if clock else None


def settle(clock: Clock | None, day: date | None, part: str | None, context: Context) -> Clock | None:
    """``clock`` with its half of the day decided: by the part of day said, then by the opening hours of ``day``.

    Policy: an hour said without a half is the one at which the workshop is open; both or neither: 1 to 7 are afternoon.
    A workshop without opening hours takes it as said on a 24-hour clock in Italian, as the next to come in English.
    """
    if clock is None or clock.sure or clock.hour > 12:
        return clock
    early = replace(clock, hour=clock.hour % 12 if part in ("night",) else clock.hour, sure=True)
    late = replace(clock, hour=clock.hour + 12 if clock.hour < 12 else 12, sure=True)
    if part == "morning":
        return replace(early, hour=early.hour % 12 if early.hour == 12 and not clock.minute else early.hour)
    if part in ("afternoon", "evening", "lunch"):
        return late
    opening = context.vocabulary.opening
    if not any(opening.values()):
        return _unhoused(clock, early, late, day, context)
    is_early, is_late = (_open_at(option, day, opening) for option in (early, late))
    if is_early and is_late:
        now = context.now
        past = day == now.date() and early.minutes() < now.hour * 60 + now.minute
        return late if past or clock.hour < 8 else early
    if is_early != is_late:
        return early if is_early else late
    return late if clock.hour < 8 or clock.hour == 12 else early


def _open_at(clock: Clock, day: date | None, opening: Mapping[str, Sequence[tuple[str, str]]]) -> bool:
    """Whether the workshop is open then, or just closing; on a closed or unnamed day, on any day."""
    hours = opening.get(DAYS[day.weekday()], ()) if day else ()
    spans = hours or [span for day_hours in opening.values() for span in day_hours]
    said = f"{clock.hour:02d}:{clock.minute:02d}"
    return any(start <= said <= end for start, end in spans)


def _unhoused(clock: Clock, early: Clock, late: Clock, day: date | None, context: Context) -> Clock:
    if context.language == "it" or (day is not None and day != context.now.date()):
        return early
    now = context.now.hour * 60 + context.now.minute
    return early if early.minutes() > now or late.minutes() <= now else late
