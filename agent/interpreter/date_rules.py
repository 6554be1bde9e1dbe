"""What the date rules of both languages share: how tags become readings, and how readings side by side become one."""

import re
from dataclasses import replace
from datetime import UTC, date, timedelta

from agent.interpreter import date_calendar as cal
from agent.interpreter.date_script import Build, Script
from agent.interpreter.date_spec import Clock, Length, Spec, merged

UNITS = {
    "Us": Length(minutes=1 / 60, grain="second"),
    "Um": Length(minutes=1, grain="minute"),
    "Uh": Length(minutes=60, grain="hour"),
    "Ud": Length(days=1, grain="day"),
    "Uw": Length(days=7, grain="week"),
    "UM": Length(months=1, grain="month"),
    "Uq": Length(months=3, grain="quarter"),
    "Uy": Length(months=12, grain="year"),
}


def number(tag: str) -> int:
    return int(tag[1:])


def length(unit: str, times: float = 1) -> Spec:
    return Spec(length=UNITS[unit] * times, grain=UNITS[unit].grain)


def minutes(count: float) -> Build:
    return lambda _script, _match: Spec(length=Length(minutes=count, grain="minute"), grain="minute")


def day(named: date | None, script: Script, *, weak: float = 0.0, other: date | None = None) -> Spec | None:
    if named is None:
        return None
    return Spec(day_from=named, day_to=named, past=named < script.today, weak=weak, other=other)


def span(first: date, last: date, grain: str, script: Script, *, weak: float = 0.0) -> Spec:
    return Spec(day_from=first, day_to=last, grain=grain, past=last < script.today, weak=weak)


def days_on(count: int, *, weak: float = 0.0) -> Build:
    return lambda script, _match: day(script.today + timedelta(days=count), script, weak=weak)


def weekday_tag(match: re.Match[str]) -> str:
    """Group w, or v where a rule has two places for it."""
    groups = match.groupdict()
    return groups.get("w") or groups["v"]


def weekday_alone(script: Script, match: re.Match[str]) -> Spec | None:
    named = number(weekday_tag(match))
    found = day(cal.first_after(script.today, named), script)
    return replace(found, weekday=named) if found else None


def weekday_this(script: Script, match: re.Match[str]) -> Spec | None:
    named = cal.of_week(script.today, number(weekday_tag(match)))
    ahead = cal.first_after(script.today, number(weekday_tag(match)))
    return day(named, script, other=ahead if named < script.today else None)


def weekday_prossimo(script: Script, match: re.Match[str]) -> Spec | None:
    named, other = cal.prossimo(script.today, number(weekday_tag(match)))
    return day(named, script, other=other)


def weekday_next(script: Script, match: re.Match[str]) -> Spec | None:
    named, other = cal.next_week(script.today, number(weekday_tag(match)))
    return day(named, script, other=other)


def weekday_last(script: Script, match: re.Match[str]) -> Spec | None:
    return day(cal.last_before(script.today, number(weekday_tag(match))), script)


def weekday_of_week(weeks: int) -> Build:
    return lambda script, match: day(cal.of_week(script.today, number(weekday_tag(match)), weeks), script)


def weekday_and(script: Script, match: re.Match[str]) -> Spec | None:
    """A weekday and the length after it: "giovedì fra otto giorni", "a week on Friday"."""
    far = script.length(match["l"])
    weeks = max(1, round(far.days / 7))
    return (
        day(cal.first_after(script.today, number(weekday_tag(match))) + cal.WEEK * weeks, script) if far.days else None
    )


def date_named(script: Script, match: re.Match[str]) -> Spec | None:
    """Day and month, perhaps a year and a weekday (groups d, m, y, w)."""
    groups = match.groupdict()
    month, number_of_day = number(match["m"]), ordinal(match["d"])
    weekday = number(groups["w"]) if groups.get("w") else None
    if groups.get("y"):
        named = cal.day_of(_year(groups["y"]), month, number_of_day)
    else:
        named = cal.day_and_month(script.today, number_of_day, month, weekday)
    return _checked(named, weekday, script)


def day_of_month(script: Script, match: re.Match[str]) -> Spec | None:
    """ "il 19", "martedì 19" (groups d, w)."""
    groups = match.groupdict()
    weekday = number(groups["w"]) if groups.get("w") else None
    if not 1 <= number(match["d"]) <= 31:
        return None
    return _checked(cal.day_of_month(script.today, number(match["d"]), weekday), weekday, script)


def _checked(named: date | None, weekday: int | None, script: Script) -> Spec | None:
    found = day(named, script)
    if found and named and weekday is not None and named.weekday() != weekday:
        return replace(found, doubt="weekday_mismatch")
    return found


def _year(tag: str) -> int:
    year = number(tag)
    return year if year > 99 else 2000 + year


def month_named(script: Script, match: re.Match[str]) -> Spec | None:
    """A month, perhaps with its year: the next such month, the current one included."""
    month, groups = number(match["m"]), match.groupdict()
    year = script.today.year + (month < script.today.month)
    if groups.get("y"):
        year = _year(groups["y"])
    return span(date(year, month, 1), cal.month_end(year, month), "month", script)


def weeks_on(count: int) -> Build:
    def build(script: Script, _match: re.Match[str]) -> Spec:
        first = cal.monday(script.today) + cal.WEEK * count
        return span(first, first + timedelta(days=6), "week", script)

    return build


def months_on(count: int, size: int = 1) -> Build:
    grain = {1: "month", 3: "quarter", 12: "year"}[size]

    def build(script: Script, _match: re.Match[str]) -> Spec:
        today = script.today
        start = date(today.year, (today.month - 1) // size * size + 1, 1)
        first = cal.plus_months(start, count * size)
        return span(first, cal.plus_months(first, size) - cal.DAY, grain, script)

    return build


def week_of(script: Script, match: re.Match[str]) -> Spec:
    """ "la settimana dell'otto aprile"; of a Sunday, the one that begins the day after."""
    named = script.spec(match["d"]).day_from or script.today
    first = cal.monday(named + cal.DAY if named.weekday() == 6 else named)
    return span(first, first + timedelta(days=6), "week", script)


def weekend(weeks: int) -> Build:
    def build(script: Script, _match: re.Match[str]) -> Spec:
        saturday = cal.of_week(script.today, 5, weeks)
        return span(saturday, saturday + cal.DAY, "day", script)

    return build


def nth_weekday(script: Script, match: re.Match[str]) -> Spec | None:
    """ "terzo martedì di settembre": groups n, w, d (the month)."""
    month = around(script, match["d"]).day_from or script.today
    return day(cal.nth_weekday(month.year, month.month, number(weekday_tag(match)), ordinal(match["n"])), script)


def nth_day(script: Script, match: re.Match[str]) -> Spec | None:
    whole, nth = around(script, match["d"]), ordinal(match["n"])
    if not (whole.day_from and whole.day_to):
        return None
    named = whole.day_from + timedelta(days=nth - 1) if nth > 0 else whole.day_to + timedelta(days=nth + 1)
    return day(named, script)


def nth_week(script: Script, match: re.Match[str]) -> Spec | None:
    """Whole weeks that begin in the month or year named."""
    whole, nth = around(script, match["d"]), ordinal(match["n"])
    if not (whole.day_from and whole.day_to):
        return None
    if nth > 0:
        first = whole.day_from + timedelta(days=-whole.day_from.weekday() % 7) + cal.WEEK * (nth - 1)
    else:
        last = cal.monday(whole.day_to + cal.DAY) - cal.WEEK
        first = last + cal.WEEK * (nth + 1)
    return span(first, first + timedelta(days=6), "week", script)


def around(script: Script, tags: str) -> Spec:
    """The range a placeholder, or a month's own tags, stand for."""
    if ":" in tags:
        return script.spec(tags)
    if tags[0] == "Y":
        return span(date(number(tags), 1, 1), date(number(tags), 12, 31), "year", script)
    month, _, year = tags.partition(" ")
    named = _year(year) if year else script.today.year + (number(month) < script.today.month)
    first = date(named, number(month), 1)
    return span(first, cal.month_end(named, number(month)), "month", script)


def nth_quarter(script: Script, match: re.Match[str]) -> Spec | None:
    nth, year = ordinal(match["n"]) if match["n"] != "quarto" else 4, match.groupdict().get("y")
    if not 1 <= nth <= 4:
        return None
    first = date(_year(year) if year else script.today.year, nth * 3 - 2, 1)
    return span(first, cal.plus_months(first, 3) - cal.DAY, "quarter", script)


def day_in_month(script: Script, match: re.Match[str], months: int) -> Spec | None:
    month = cal.plus_months(script.today.replace(day=1), months)
    return day(cal.day_of(month.year, month.month, number(match["d"])), script)


def weekday_plus(script: Script, match: re.Match[str], weeks: int) -> Spec | None:
    """ "lunedì a otto": a week after the first one."""
    return day(cal.first_after(script.today, number(weekday_tag(match))) + cal.WEEK * weeks, script)


def weekend_of(script: Script, match: re.Match[str]) -> Spec | None:
    named = script.spec(match["d"]).day_from
    if named is None:
        return None
    saturday = cal.of_week(named, 5)
    return span(saturday, saturday + cal.DAY, "day", script)


def of_this(script: Script, unit: str, first: int, last: int) -> Spec | None:
    """Part of the current week or month; of the next one when it is over."""
    for step in (0, 1):
        build = weeks_on(step) if unit == "Uw" else months_on(step)
        whole = build(script, _NO_MATCH)
        found = _stretch(script, whole, first, last) if whole else None
        if found and found.day_to and found.day_to >= script.today:
            return found
    return None


_NO_MATCH = re.match("", "") or re.fullmatch(".*", "")
assert _NO_MATCH


def _stretch(script: Script, whole: Spec, first: int, last: int) -> Spec | None:
    """Days ``first`` to ``last`` of a week; of a month in steps of five days."""
    if whole.day_from is None or whole.day_to is None:
        return None
    step = {"month": 5, "week": 1}.get(whole.grain or "")
    if step is None:
        return None
    end = whole.day_from + timedelta(days=last * step)
    return span(whole.day_from + timedelta(days=first * step), min(end, whole.day_to), "day", script)


def coming(script: Script, count: int) -> Spec:
    return span(script.today + cal.DAY, script.today + timedelta(days=count), "day", script)


def last_one(script: Script, unit: str) -> Spec:
    far = UNITS[unit]
    return Spec(day_from=shifted(script.today, far, -1), day_to=script.today, past=True, open="after")


def nth_weekday_after(script: Script, match: re.Match[str]) -> Spec | None:
    """ "terzo martedì dopo Natale"."""
    base, nth = script.spec(match["d"]).day_to, ordinal(match["n"])
    if base is None or nth < 1:
        return None
    return day(cal.first_after(base, number(match["w"])) + cal.WEEK * (nth - 1), script)


def weekday_after_next(script: Script, match: re.Match[str]) -> Spec | None:
    """ "friday after next": the second one from now."""
    return day(cal.first_after(script.today, number(match["w"])) + cal.WEEK, script)


def weekdays_from(script: Script, match: re.Match[str], sign: int) -> Spec | None:
    """ "three Fridays from now", "two Thursdays ago"."""
    weekday, weeks = number(match["w"]), number(match["n"]) - 1
    if sign > 0:
        return day(cal.first_after(script.today, weekday) + cal.WEEK * weeks, script)
    return day(cal.last_before(script.today, weekday) - cal.WEEK * weeks, script)


def nth_weekday_now(script: Script, match: re.Match[str]) -> Spec | None:
    today = script.today
    return day(cal.nth_weekday(today.year, today.month, number(match["w"]), ordinal(match["n"])), script)


def year_and_month(script: Script, match: re.Match[str]) -> Spec | None:
    year, month = number(match["y"]), number(match["n"])
    if not 1 <= month <= 12:
        return None
    return span(date(year, month, 1), cal.month_end(year, month), "month", script)


def year_named(script: Script, match: re.Match[str]) -> Spec | None:
    year = number(match["y"])
    return span(date(year, 1, 1), date(year, 12, 31), "year", script)


def upcoming(script: Script, match: re.Match[str]) -> Spec | None:
    """ "two upcoming weeks": the unit that many on from the current one (groups n, u)."""
    count, unit = number(match["n"] or match["v"]), match["u"]
    if unit == "Ud":
        return day(script.today + timedelta(days=count), script)
    if unit == "Uw":
        return weeks_on(count)(script, match)
    size = {"UM": 1, "Uq": 3, "quarter": 3, "Uy": 12}.get(unit)
    return months_on(count, size)(script, match) if size else None


ZONES = {"utc": 0, "gmt": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "ist": 5.5, "est": -5, "cst": -6, "pst": -8}
"""Time zones by the letters people use, hours east of Greenwich."""


def zoned(script: Script, match: re.Match[str]) -> Spec | None:
    """ "16 CET": a clock on another clock."""
    said = match["c"]
    spec = script.spec(said) if ":" in said else clock(number(said))
    if spec is not None and spec.length is not None and spec.grain == "hour":
        spec = clock(round(spec.length.minutes / 60))
    if spec is None or spec.clock is None:
        return None
    return replace(spec, zone=ZONES[match["z"]], clock=replace(spec.clock, sure=True), grain="minute")


def half_day(script: Script, match: re.Match[str], *, pm: bool) -> Spec | None:
    hour, minute = number(match["h"]), number(match["m"]) if match["m"] else 0
    return clock(hour % 12 + 12 * pm, minute, sure=True) if 1 <= hour <= 12 else None


def halved(script: Script, match: re.Match[str], *, pm: bool) -> Spec | None:
    said = script.clock(match["c"])
    return clock(said.hour % 12 + 12 * pm, said.minute, sure=True) if 1 <= said.hour <= 12 else None


def half_past(script: Script, match: re.Match[str]) -> Spec | None:
    base = _hour(script, match["h"] or match["i"])
    return clock(base.hour, 30, sure=base.sure) if base.minute == 0 else None


def length_off(script: Script, match: re.Match[str], sign: int) -> Spec | None:
    """ "20 minutes to 2pm"."""
    base, far = script.clock(match["h"]), script.length(match["l"])
    total = base.minutes() + round(sign * far.minutes)
    return clock(total // 60, total % 60, sure=base.sure) if far.whole_days is False and total > 0 else None


def run(script: Script, match: re.Match[str]) -> Spec | None:
    """ "at 1030", "330 pm"."""
    hour, minute, half = int(match["t"][1:-2]), int(match["t"][-2:]), match.groupdict().get("half")
    if half is None:
        return clock(hour, minute)
    return clock(hour % 12 + 12 * (half == "pm"), minute, sure=True) if 1 <= hour <= 12 else None


def bare_time(script: Script, match: re.Match[str]) -> Spec | None:
    """ "ten thirty", "tre e venti", without "at": doubtful, and no time at all among other numbers."""
    before = match.string[: match.start()].rpartition(" ")[0].rpartition(" ")[2]
    if before[:1] == "N" and before[1:].isdigit():
        return None
    return clock(number(match["h"]), number(match["m"]), weak=0.3) if number(match["h"]) <= 24 else None


def same(script: Script, match: re.Match[str]) -> Spec | None:
    """The preposition belongs to the reading in group c."""
    return script.spec(match["c"])


def ordinal(tag: str) -> int:
    """The number of an ordinal tag; "ultimo" and "last" are -1, "third last" -3."""
    if " " in tag:
        return -ordinal(tag.partition(" ")[0])
    return number(tag) if tag[0] in "NO" and tag[1:].isdigit() else {"prima": 1, "second": 2, "quarto": 4}.get(tag, -1)


def feast(name: str) -> Build:
    return lambda script, _match: day(cal.feast(name, script.today), script)


def feast_of_year(name: str) -> Build:
    return lambda script, match: day(cal.FEASTS[name](_year(match["y"])), script)


def month_close(script: Script, match: re.Match[str]) -> Spec | None:
    """The end of a month (group d): its last day on which the workshop opens."""
    last = (
        script.spec(match["d"]).day_to
        if match.groupdict().get("d")
        else cal.month_end(script.today.year, script.today.month)
    )
    opening = script.context.vocabulary.opening
    for back in range(7):
        option = (last or script.today) - timedelta(days=back)
        if opening.get(DAYS[option.weekday()]):
            return day(option, script)
    return day(last, script)


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def part_of(first: int, last: int) -> Build:
    """Days ``first`` to ``last`` (0-based) of the range in group d: the beginning of a week, the middle of a month."""

    def build(script: Script, match: re.Match[str]) -> Spec | None:
        return _stretch(script, script.spec(match["d"]), first, last)

    return build


def ahead(script: Script, match: re.Match[str]) -> Spec | None:
    """ "fra L", "in L": an instant for minutes and hours, a day for more."""
    return _distance(script, script.length(match["l"]), 1)


def ago(script: Script, match: re.Match[str]) -> Spec | None:
    return _distance(script, script.length(match["l"]), -1)


def _distance(script: Script, far: Length, sign: int) -> Spec | None:
    if not far.whole_days:
        elapsed = script.now.astimezone(UTC) + sign * far.delta()
        return Spec(instant=elapsed.astimezone(script.now.tzinfo), grain="minute", past=sign < 0)
    return day(shifted(script.today, far, sign), script)


def shifted(start: date, far: Length, sign: int = 1) -> date:
    return cal.plus_months(start, sign * far.months) + timedelta(days=sign * far.days)


def within(script: Script, match: re.Match[str]) -> Spec | None:
    """ "entro due settimane", "within a week": from today up to then."""
    far = script.length(match["l"])
    return Spec(day_from=script.today, day_to=shifted(script.today, far), open="before") if far.whole_days else None


def longer_ago(script: Script, match: re.Match[str]) -> Spec | None:
    """ "più di sei mesi fa": a cut-off, up to and including that day."""
    named = next(tag for tag in match.groups() if tag)
    return Spec(day_to=shifted(script.today, script.length(named), -1), past=True, open="before")


def since_ago(script: Script, match: re.Match[str]) -> Spec | None:
    """ "meno di un mese fa", "negli ultimi due mesi"."""
    far = script.length(match["l"])
    return Spec(day_from=shifted(script.today, far, -1), day_to=script.today, past=True, open="after")


def next_days(script: Script, match: re.Match[str]) -> Spec | None:
    far = script.length(match["l"])
    if not far.whole_days:
        return None
    return span(script.today, shifted(script.today, far), "day", script)


def shift(sign: int) -> Build:
    """ "mezz'ora prima", "un'ora dopo", "a week later": from the appointment in focus."""

    def build(script: Script, match: re.Match[str]) -> Spec | None:
        far = script.length(match["l"])
        if far.whole_days and far.months == 0:
            return Spec(anchor=sign * far.days)
        return Spec(shift=sign * far.delta())

    return build


def anchor(count: int) -> Build:
    return lambda _script, _match: Spec(anchor=count)


def from_day(sign: int) -> Build:
    """A length before or after a day: "tre giorni dopo Pasqua"."""

    def build(script: Script, match: re.Match[str]) -> Spec | None:
        base, far = script.spec(match["d"]), script.length(match["l"]) if match.groupdict().get("l") else Length(days=1)
        if base.day_from is None or not far.whole_days:
            return None
        return replace(base, **_both(shifted(base.day_from, far, sign)))

    return build


def _both(value: date) -> dict[str, date]:
    return {"day_from": value, "day_to": value}


def clock(hour: int, minute: int = 0, *, sure: bool = False, weak: float = 0.0) -> Spec | None:
    if not (0 <= hour <= 24 and 0 <= minute <= 59):
        return None
    return Spec(
        clock=Clock(hour, minute, sure or hour > 12 or hour == 0), grain="minute" if minute else "hour", weak=weak
    )


def hour_and(minute: int | None = None, *, weak: float = 0.0) -> Build:
    """Groups h and, unless given, m."""
    return lambda _script, match: clock(number(match["h"]), number(match["m"]) if minute is None else minute, weak=weak)


def minutes_to(count: int | None = None) -> Build:
    """ "le undici meno dieci", "ten to eleven": group h is a number or a clock, m the minutes."""

    def build(script: Script, match: re.Match[str]) -> Spec | None:
        less = number(match["m"].partition(" ")[0]) if count is None else count
        base = _hour(script, match["h"])
        total = base.minutes() - less
        return clock(total // 60 or 12, total % 60, sure=base.sure) if 0 < less < 60 and total > 0 else None

    return build


def minutes_past(count: int | None = None) -> Build:
    def build(script: Script, match: re.Match[str]) -> Spec | None:
        more = number(match["m"]) if count is None else count
        base = _hour(script, match["h"])
        return clock(base.hour, base.minute + more, sure=base.sure) if base.minute == 0 else None

    return build


def _hour(script: Script, tag: str) -> Clock:
    return script.clock(tag) if ":" in tag else Clock(number(tag))


def fixed_clock(hour: int, minute: int = 0) -> Build:
    return lambda _script, _match: clock(hour, minute, sure=True)


def part(name: str) -> Build:
    return lambda _script, _match: Spec(part=name)


def part_today(name: str, days: int = 0) -> Build:
    def build(script: Script, _match: re.Match[str]) -> Spec | None:
        found = day(script.today + timedelta(days=days), script)
        return replace(found, part=name) if found else None

    return build


def clock_range(script: Script, match: re.Match[str]) -> Spec | None:
    """Groups a and b, numbers or clocks."""
    first, last = (_hour(script, match[name]) for name in "ab")
    if not (first.hour <= 24 and last.hour <= 24):
        return None
    return Spec(after=first, before=last, grain="minute" if first.minute or last.minute else "hour")


def after_clock(script: Script, match: re.Match[str]) -> Spec | None:
    bound = _hour(script, next(tag for tag in match.groups() if tag))
    return Spec(after=bound, grain="hour") if bound.hour <= 24 else None


def before_clock(script: Script, match: re.Match[str]) -> Spec | None:
    bound = _hour(script, next(tag for tag in match.groups() if tag))
    return Spec(before=bound, grain="hour") if bound.hour <= 24 else None


def day_range(script: Script, match: re.Match[str]) -> Spec | None:
    """Groups a and b, readings of days; the second is the next after the first."""
    first, last = script.spec(match["a"]), script.spec(match["b"])
    if first.day_from is None or last.day_to is None:
        return None
    end = last.day_to
    if end < first.day_from and last.weekday is not None:
        end = cal.first_after(first.day_from, last.weekday)
    if end < first.day_from:
        return None
    return replace(span(first.day_from, end, "day", script), part=last.part)


def numbered_range(script: Script, match: re.Match[str]) -> Spec | None:
    """ "dal 13 al 15 luglio", "dal 3 al 5": groups a (a number) and b (a number or a reading of a day)."""
    start = number(match["a"])
    if ":" in match["b"]:
        last = script.spec(match["b"]).day_to
    else:
        begin = cal.day_of_month(script.today, start) if 1 <= start <= 31 else None
        last = cal.day_of_month(begin, number(match["b"])) if begin else None
    if last is None:
        return None
    first = cal.day_of(last.year, last.month, start)
    if first and first > last:
        month = cal.plus_months(last.replace(day=1), -1)
        first = cal.day_of(month.year, month.month, start)
    return span(first, last, "day", script) if first and first <= last else None


def from_then_on(script: Script, match: re.Match[str]) -> Spec | None:
    """ "da giovedì", "from Thursday"."""
    spec = script.spec(match["d"])
    return replace(spec, day_to=None, open="after") if spec.kind == "D" and spec.day_from else None


def after_day(script: Script, match: re.Match[str]) -> Spec | None:
    """ "dopo Pasqua": from the day after on."""
    spec = script.spec(match["d"])
    if spec.kind != "D" or spec.day_to is None:
        return None
    return replace(spec, day_from=spec.day_to + cal.DAY, day_to=None, open="after", other=None)


def until_day(script: Script, match: re.Match[str]) -> Spec | None:
    """ "entro venerdì": from today up to and including that day."""
    return _until(script, match, 0)


def before_day(script: Script, match: re.Match[str]) -> Spec | None:
    """ "prima di venerdì": up to the day before."""
    return _until(script, match, 1)


def _until(script: Script, match: re.Match[str], less: int) -> Spec | None:
    spec = script.spec(match["d"])
    last = spec.day_to if not less else spec.day_from
    if spec.kind not in "DQ" or last is None:
        return None
    last -= timedelta(days=less)
    if last < script.today:
        return replace(spec, day_from=None, day_to=last, past=True, open="before")
    before = spec.clock if spec.kind == "Q" and not less else None
    return replace(spec, day_from=script.today, day_to=last, open="before", other=None, clock=None, before=before)


def now(script: Script, _match: re.Match[str]) -> Spec:
    return Spec(instant=script.now, grain="now", weak=0.4)


def first_free(_script: Script, _match: re.Match[str]) -> Spec:
    return Spec(first=True)


def join(script: Script, connectors: frozenset[str]) -> None:
    """Merge readings that stand side by side, or apart by one or two ``connectors``."""
    at = 0
    while at < len(script.tags):
        step = _next_reading(script, at, connectors)
        both = merged(script.spec(script.tags[at]), script.spec(script.tags[step])) if step else None
        if step and both:
            script.put(at, step, both)
            at = max(0, at - 3)
        else:
            at += 1


def _next_reading(script: Script, at: int, connectors: frozenset[str]) -> int | None:
    if ":" not in script.tags[at]:
        return None
    for step in range(at + 1, min(at + 4, len(script.tags))):
        if ":" in script.tags[step]:
            return step
        if script.tags[step] not in connectors:
            return None
    return None
