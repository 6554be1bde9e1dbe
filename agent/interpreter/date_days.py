"""Single days: weekdays by the policies of date_calendar, dates, feasts, the nth of a month."""

import re
from dataclasses import replace
from datetime import date, timedelta

from agent.interpreter import date_calendar as cal
from agent.interpreter.date_basics import around, day, number, ordinal, weekday_tag, year_of
from agent.interpreter.date_script import Build, Script
from agent.interpreter.date_spec import Spec


def days_on(count: int, *, weak: float = 0.0) -> Build:
    return lambda script, _match: day(script.today + timedelta(days=count), script, weak=weak)


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
        named = cal.day_of(year_of(groups["y"]), month, number_of_day)
    else:
        named = cal.day_and_month(script.today, number_of_day, month, weekday)
    return _checked(named, weekday, script)


def day_of_month(script: Script, match: re.Match[str]) -> Spec | None:
    """ "il 19", "martedì 19" (groups d, w)."""
    groups = match.groupdict()
    weekday = number(groups["w"]) if groups.get("w") else None
    if not 1 <= ordinal(match["d"]) <= 31:
        return None
    return _checked(cal.day_of_month(script.today, ordinal(match["d"]), weekday), weekday, script)


def _checked(named: date | None, weekday: int | None, script: Script) -> Spec | None:
    found = day(named, script)
    if found and named and weekday is not None and named.weekday() != weekday:
        return replace(found, doubt="weekday_mismatch")
    return found


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


def day_in_month(script: Script, match: re.Match[str], months: int) -> Spec | None:
    month = cal.plus_months(script.today.replace(day=1), months)
    return day(cal.day_of(month.year, month.month, ordinal(match["d"])), script)


def weekday_plus(script: Script, match: re.Match[str], weeks: int) -> Spec | None:
    """ "lunedì a otto": a week after the first one."""
    return day(cal.first_after(script.today, number(weekday_tag(match))) + cal.WEEK * weeks, script)


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


def feast(name: str) -> Build:
    return lambda script, _match: day(cal.feast(name, script.today), script)


def feast_of_year(name: str) -> Build:
    return lambda script, match: day(cal.FEASTS[name](year_of(match["y"])), script)


def part_today(name: str, days: int = 0) -> Build:
    def build(script: Script, _match: re.Match[str]) -> Spec | None:
        found = day(script.today + timedelta(days=days), script)
        return replace(found, part=name) if found else None

    return build
