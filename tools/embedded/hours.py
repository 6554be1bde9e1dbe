"""When the workshop is open: weekly hours minus holidays minus closures."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tools.embedded.instants import at
from tools.errors import Unusable

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Span = tuple[int, int]
"""From and to, instants."""


@dataclass(frozen=True, slots=True)
class Closure:
    """Closed from `start` to `end`, both days included."""

    start: date
    end: date
    reason: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The workshop's own facts, as the seed's `workshop` tells them."""

    name: str
    demo: bool
    zone: ZoneInfo
    country: str
    subdivision: str | None
    grid: int
    """Minutes between offered starts."""
    lead: int
    """Minutes from now to the earliest start."""
    language: str
    """The workshop's first language."""
    opening: Mapping[str, tuple[tuple[time, time], ...]]
    closures: tuple[Closure, ...]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Raises Unusable naming the field that cannot be used."""
        try:
            return cls(
                name=data.get("name", ""),
                demo=bool(data.get("demo", False)),
                zone=ZoneInfo(data.get("timezone", "Europe/Rome")),
                country=data.get("country", "IT"),
                subdivision=data.get("subdivision"),
                grid=int(data.get("grid_minutes", 30)),
                lead=int(data.get("lead_minutes", 0)),
                language=data.get("languages", ["it"])[0],
                opening={day: _hours(data.get("opening", {}).get(day, ())) for day in WEEKDAYS},
                closures=tuple(
                    Closure(date.fromisoformat(one["start"]), date.fromisoformat(one["end"]), one.get("reason", ""))
                    for one in data.get("closures", ())
                ),
            )
        except (KeyError, TypeError, ValueError, IndexError, ZoneInfoNotFoundError) as error:
            raise Unusable(f"workshop: cannot be read: {error}") from error


def _hours(pairs: Any) -> tuple[tuple[time, time], ...]:
    hours = tuple(sorted((time.fromisoformat(a), time.fromisoformat(b)) for a, b in pairs))
    if any(b <= a for a, b in hours) or any(b[0] < a[1] for a, b in pairwise(hours)):
        raise ValueError(f"opening hours {pairs} overlap or end before they begin")
    return hours


def easter(year: int) -> date:
    """Western Easter Sunday (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@cache
def _rules() -> Mapping[str, Any]:
    text = resources.files("tools").joinpath("schemas", "holidays.json").read_text(encoding="utf-8")
    rules: Mapping[str, Any] = json.loads(text)
    return rules


def _day_of(rule: Mapping[str, Any], year: int) -> date | None:
    if year < rule.get("from", 0):
        return None
    if "easter" in rule:
        return easter(year) + timedelta(days=rule["easter"])
    if "weekday" in rule:
        first = date(year, rule["month"], 1)
        ahead = (WEEKDAYS.index(rule["weekday"]) - first.weekday()) % 7 + 7 * (rule["nth"] - 1)
        return first + timedelta(days=ahead + rule.get("plus", 0))
    return date(year, rule["month"], rule["day"])


@cache
def holidays(country: str, subdivision: str | None, year: int) -> Mapping[date, Mapping[str, str]]:
    """Public holidays of a year, the patron's day of the province included: day → its name by language."""
    table = _rules().get(country, {"national": [], "local": {}})
    days: dict[date, Mapping[str, str]] = {}
    for rule in (*table["national"], *table["local"].get(subdivision or "", ())):
        if day := _day_of(rule, year):
            days.setdefault(day, {"it": rule["it"], "en": rule["en"]})
    return days


class Calendar:
    """Opening intervals of one workshop, as instants."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def closed_because(self, day: date) -> str | None:
        """The holiday or closure of a day, in the workshop's language; None on any other, be it open or not.

        Empty for a closure that gives no reason.
        """
        settings = self._settings
        holiday = holidays(settings.country, settings.subdivision, day.year).get(day)
        if holiday:
            return holiday[settings.language if settings.language in holiday else "en"]
        closure = next((one for one in settings.closures if one.start <= day <= one.end), None)
        return None if closure is None else closure.reason

    def hours(self, day: date) -> tuple[tuple[time, time], ...]:
        """Opening intervals of a day, local."""
        return () if self.closed_because(day) is not None else self._settings.opening[WEEKDAYS[day.weekday()]]

    def intervals(self, day: date) -> list[Span]:
        zone = self._settings.zone
        return [(at(day, a, zone), at(day, b, zone)) for a, b in self.hours(day)]
