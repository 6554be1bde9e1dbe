"""ISO text to instants and back, in the workshop's zone.

Inside the embedded workshop an instant is a whole number of seconds since 1970 UTC: it compares, subtracts
and sorts rightly across the change of the clocks.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tools.embedded.refused import invalid

MINUTE = 60
DAY = 86_400
FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST_RANGE = 800 * DAY  # a question about more than two years is a mistake
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


def seconds(moment: datetime) -> int:
    """An aware datetime as whole seconds since 1970 UTC."""
    return int(moment.timestamp())


def local(moment: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(moment, zone)


def iso(moment: int, zone: ZoneInfo) -> str:
    return local(moment, zone).isoformat()


def exists(naive: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks of ``zone`` ever show ``naive``: they skip an hour in spring."""
    there = naive.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)
    return there.replace(tzinfo=None) == naive


def at(day: date, clock: time, zone: ZoneInfo) -> int:
    """The instant of a local time; one that the clocks skip is the moment they jump to."""
    return seconds(datetime.combine(day, clock, zone))


def read_day(text: str, field: str) -> date:
    """A bare date; else `invalid_input`."""
    if _DATE.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise invalid(field, text, "is no day of the calendar") from None
        return _near(day, text, field)
    raise invalid(field, text, "is not a date as YYYY-MM-DD")


def _near(day: date, text: str, field: str) -> date:
    """``day``, unless it is of another age than cars: what is reckoned from it would leave the calendar."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise invalid(field, text, f"is not between {FIRST_YEAR} and {LAST_YEAR}")
    return day


def read_instant(text: str, field: str, zone: ZoneInfo) -> int:
    """An instant; without an offset it is local. A local time that the clocks skip is `invalid_input`."""
    if not _INSTANT.fullmatch(text):
        raise invalid(field, text, "is not an instant as YYYY-MM-DDTHH:MM:SS+HH:MM")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise invalid(field, text, "is not an instant: no such day, hour or offset") from None
    _near(moment.date(), text, field)
    naive = moment.replace(tzinfo=None)
    if not exists(naive, zone) and moment.utcoffset() in _offsets_around(naive, zone):
        raise invalid(field, text, f"does not exist in {zone.key}: the clocks skip it")
    return seconds(moment if moment.tzinfo else naive.replace(tzinfo=zone))


def _offsets_around(naive: datetime, zone: ZoneInfo) -> set[timedelta | None]:
    """No offset at all, and the zone's before and after the skipped hour: with these a local time is meant."""
    day = timedelta(days=1)
    return {None, *((naive + shift).replace(tzinfo=zone).utcoffset() for shift in (-day, day))}


def read_range(arguments: Mapping[str, Any], zone: ZoneInfo, field: str = "") -> tuple[int, int]:
    """`from` (inclusive) and `to` (exclusive; a bare date means the end of that day) as instants."""
    prefix = f"{field}." if field else ""
    start = _edge(arguments["from"], f"{prefix}from", zone, end=False)
    stop = _edge(arguments["to"], f"{prefix}to", zone, end=True)
    if stop <= start:
        raise invalid(f"{prefix}to", arguments["to"], f"is not after {prefix}from {arguments['from']!r}")
    if stop - start > LONGEST_RANGE:
        raise invalid(f"{prefix}to", arguments["to"], f"is more than {LONGEST_RANGE // DAY} days after {prefix}from")
    return start, stop


def _edge(text: str, field: str, zone: ZoneInfo, *, end: bool) -> int:
    if len(text) > 10:
        return read_instant(text, field, zone)
    day = read_day(text, field)
    return at(day + timedelta(days=1) if end else day, time(), zone)
