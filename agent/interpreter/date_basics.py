"""What every date rule is built from: numbers and units out of tags, days and spans of days."""

import re
from datetime import date, timedelta

from agent.interpreter import date_calendar as cal
from agent.interpreter.date_script import Build, Script
from agent.interpreter.date_spec import Length, Spec

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


def weekday_tag(match: re.Match[str]) -> str:
    """Group w, or v where a rule has two places for it."""
    groups = match.groupdict()
    return groups.get("w") or groups["v"]


def year_of(tag: str) -> int:
    year = number(tag)
    return year if year > 99 else 2000 + year


def around(script: Script, tags: str) -> Spec:
    """The range a placeholder, or a month's own tags, stand for."""
    if ":" in tags:
        return script.spec(tags)
    if tags[0] == "Y":
        return span(date(number(tags), 1, 1), date(number(tags), 12, 31), "year", script)
    month, _, year = tags.partition(" ")
    named = year_of(year) if year else script.today.year + (number(month) < script.today.month)
    first = date(named, number(month), 1)
    return span(first, cal.month_end(named, number(month)), "month", script)


def same(script: Script, match: re.Match[str]) -> Spec | None:
    """The preposition belongs to the reading in group c."""
    return script.spec(match["c"])


def ordinal(tag: str) -> int:
    """The number of an ordinal tag; "ultimo" and "last" are -1, "third last" -3."""
    if " " in tag:
        return -ordinal(tag.partition(" ")[0])
    return number(tag) if tag[0] in "NO" and tag[1:].isdigit() else {"prima": 1, "second": 2, "quarto": 4}.get(tag, -1)


def shifted(start: date, far: Length, sign: int = 1) -> date:
    return cal.plus_months(start, sign * far.months) + timedelta(days=sign * far.days)


def now(script: Script, _match: re.Match[str]) -> Spec:
    return Spec(instant=script.now, grain="now", weak=0.4)


def first_thing(_script: Script, _match: re.Match[str]) -> Spec:
    """ "first thing": the first free time of the morning."""
    return Spec(first=True, part="morning")


def first_free(_script: Script, _match: re.Match[str]) -> Spec:
    return Spec(first=True)
