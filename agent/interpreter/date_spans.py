"""Stretches of days: weeks, months, quarters, weekends, their beginnings and ends."""

import re
from datetime import date, timedelta

from agent.interpreter import date_calendar as cal
from agent.interpreter.date_basics import UNITS, around, day, number, ordinal, shifted, span, year_of
from agent.interpreter.date_script import Build, Script
from agent.interpreter.date_spec import DAYS, Spec


def month_named(script: Script, match: re.Match[str]) -> Spec | None:
    """A month, perhaps with its year: the next such month, the current one included."""
    month, groups = number(match["m"]), match.groupdict()
    year = script.today.year + (month < script.today.month)
    if groups.get("y"):
        year = year_of(groups["y"])
    return span(date(year, month, 1), cal.month_end(year, month), "month", script)


def weeks_on(count: int) -> Build:
    return lambda script, _match: week(script, count)


def week(script: Script, count: int) -> Spec:
    """The calendar week ``count`` weeks on from this one."""
    first = cal.monday(script.today) + cal.WEEK * count
    return span(first, first + timedelta(days=6), "week", script)


def months_on(count: int, size: int = 1) -> Build:
    return lambda script, _match: months(script, count, size)


def months(script: Script, count: int, size: int = 1) -> Spec:
    """The month, quarter or year (``size`` months) ``count`` on from this one."""
    start = date(script.today.year, (script.today.month - 1) // size * size + 1, 1)
    first = cal.plus_months(start, count * size)
    grain = {1: "month", 3: "quarter", 12: "year"}[size]
    return span(first, cal.plus_months(first, size) - cal.DAY, grain, script)


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


def nth_quarter(script: Script, match: re.Match[str]) -> Spec | None:
    nth, year = ordinal(match["n"]) if match["n"] != "quarto" else 4, match.groupdict().get("y")
    if not 1 <= nth <= 4:
        return None
    first = date(year_of(year) if year else script.today.year, nth * 3 - 2, 1)
    return span(first, cal.plus_months(first, 3) - cal.DAY, "quarter", script)


def weekend_of(script: Script, match: re.Match[str]) -> Spec | None:
    named = script.spec(match["d"]).day_from
    if named is None:
        return None
    saturday = cal.of_week(named, 5)
    return span(saturday, saturday + cal.DAY, "day", script)


def of_this(script: Script, unit: str, first: int, last: int) -> Spec | None:
    """Part of the current week or month; of the next one when it is over."""
    for step in (0, 1):
        whole = week(script, step) if unit == "Uw" else months(script, step)
        found = stretch(script, whole, first, last)
        if found and found.day_to and found.day_to >= script.today:
            return found
    return None


def stretch(script: Script, whole: Spec, first: int, last: int) -> Spec | None:
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
        return week(script, count)
    size = {"UM": 1, "Uq": 3, "quarter": 3, "Uy": 12}.get(unit)
    return months(script, count, size) if size else None


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


def part_of(first: int, last: int) -> Build:
    """Days ``first`` to ``last`` (0-based) of the range in group d: the beginning of a week, the middle of a month."""

    def build(script: Script, match: re.Match[str]) -> Spec | None:
        return stretch(script, script.spec(match["d"]), first, last)

    return build


def within(script: Script, match: re.Match[str]) -> Spec | None:
    """ "entro due settimane", "within a week": from today up to then."""
    far = script.length(match["l"])
    return Spec(day_from=script.today, day_to=shifted(script.today, far), open="before") if far.whole_days else None


def since_ago(script: Script, match: re.Match[str]) -> Spec | None:
    """ "meno di un mese fa", "negli ultimi due mesi"."""
    far = script.length(match["l"])
    return Spec(day_from=shifted(script.today, far, -1), day_to=script.today, past=True, open="after")


def next_days(script: Script, match: re.Match[str]) -> Spec | None:
    far = script.length(match["l"])
    if not far.whole_days:
        return None
    return span(script.today, shifted(script.today, far), "day", script)
