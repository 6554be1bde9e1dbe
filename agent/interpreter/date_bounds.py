"""Distances and limits: from now, from the appointment, from one day to another, by and after a day."""

import re
from dataclasses import replace
from datetime import UTC, date, timedelta

from agent.interpreter import date_calendar as cal
from agent.interpreter.date_basics import day, number, shifted, span
from agent.interpreter.date_script import Build, Script
from agent.interpreter.date_spec import Length, Spec


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


def longer_ago(script: Script, match: re.Match[str]) -> Spec | None:
    """ "più di sei mesi fa": a cut-off, up to and including that day."""
    named = next(tag for tag in match.groups() if tag)
    return Spec(day_to=shifted(script.today, script.length(named), -1), past=True, open="before")


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
        day = shifted(base.day_from, far, sign)
        return replace(base, day_from=day, day_to=day)

    return build


def on_day(value: date) -> dict[str, date]:
    return {"day_from": value, "day_to": value}


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
