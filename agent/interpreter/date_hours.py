"""Times of day: the clock, parts of the day, other zones, from one hour to another."""

import re
from dataclasses import replace

from agent.interpreter.date_basics import number
from agent.interpreter.date_script import Build, Script
from agent.interpreter.date_spec import Clock, Spec

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
    base = hour_of(script, match["h"] or match["i"])
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
        base = hour_of(script, match["h"])
        total = base.minutes() - less
        return clock(total // 60 or 12, total % 60, sure=base.sure) if 0 < less < 60 and total > 0 else None

    return build


def minutes_past(count: int | None = None) -> Build:
    def build(script: Script, match: re.Match[str]) -> Spec | None:
        more = number(match["m"]) if count is None else count
        base = hour_of(script, match["h"])
        return clock(base.hour, base.minute + more, sure=base.sure) if base.minute == 0 else None

    return build


def hour_of(script: Script, tag: str) -> Clock:
    return script.clock(tag) if ":" in tag else Clock(number(tag))


def fixed_clock(hour: int, minute: int = 0) -> Build:
    return lambda _script, _match: clock(hour, minute, sure=True)


def part(name: str) -> Build:
    return lambda _script, _match: Spec(part=name)


def clock_range(script: Script, match: re.Match[str]) -> Spec | None:
    """Two groups, numbers or clocks."""
    first, last = (hour_of(script, tag) for tag in match.groups() if tag)
    if not (first.hour <= 24 and last.hour <= 24):
        return None
    return Spec(after=first, before=last, grain="minute" if first.minute or last.minute else "hour")


def after_clock(script: Script, match: re.Match[str]) -> Spec | None:
    bound = hour_of(script, next(tag for tag in match.groups() if tag))
    return Spec(after=bound, grain="hour") if bound.hour <= 24 else None


def before_clock(script: Script, match: re.Match[str]) -> Spec | None:
    bound = hour_of(script, next(tag for tag in match.groups() if tag))
    return Spec(before=bound, grain="hour") if bound.hour <= 24 else None
