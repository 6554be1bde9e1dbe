"""Days by name: weekdays, months, feasts. Pure dates, no words; each policy of naming a day is one function."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def first_after(today: date, weekday: int) -> date:
    """A weekday alone: the first one after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def of_week(today: date, weekday: int, weeks: int = 0) -> date:
    """ "questo / this": the one of this calendar week (Monday to Sunday); ``weeks`` on from it."""
    return monday(today) + timedelta(days=weekday + 7 * weeks)


def prossimo(today: date, weekday: int) -> tuple[date, date]:
    """ "mercoledì prossimo": the first one at least two days ahead, since tomorrow would be "domani".

    Beside it the other reading: a week later, or tomorrow where that is what was skipped.
    """
    nearest = first_after(today, weekday)
    return (nearest + WEEK, nearest) if nearest == today + DAY else (nearest, nearest + WEEK)


def next_week(today: date, weekday: int) -> tuple[date, date | None]:
    """ "next Wednesday": the one of the next calendar week; beside it the one before, if that is still ahead."""
    named, nearest = of_week(today, weekday, 1), first_after(today, weekday)
    return named, nearest if nearest != named else None


def last_before(today: date, weekday: int) -> date:
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def plus_months(day: date, months: int) -> date:
    """The same day of the month ``months`` on, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_and_month(today: date, day: int, month: int, weekday: int | None = None) -> date | None:
    """The next such day; where a weekday was said with it, the next or last one it fits."""
    years = [year for year in range(today.year, today.year + 9) if day_of(year, month, day)]
    days = [date(year, month, day) for year in years]
    ahead = next((option for option in days if option >= today), None)
    if weekday is None or ahead is None or ahead.weekday() == weekday:
        return ahead
    behind = day_of(ahead.year - 1, month, day)
    return behind if behind and behind.weekday() == weekday and today - behind < timedelta(days=100) else ahead


def day_of_month(today: date, day: int, weekday: int | None = None) -> date | None:
    """ "il 19": the next 19th, today's excepted; with a weekday, the next that falls on it."""
    for months in range(30):
        first = plus_months(today.replace(day=1), months)
        option = day_of(first.year, first.month, day)
        if option and option > today and weekday in (None, option.weekday()):
            return option
    return None


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday of a month; counted from its end when ``nth`` is negative."""
    if nth < 0:
        last = month_end(year, month)
        day = last - timedelta(days=(last.weekday() - weekday) % 7) + WEEK * (nth + 1)
    else:
        first = date(year, month, 1)
        day = first + timedelta(days=(weekday - first.weekday()) % 7) + WEEK * (nth - 1)
    return day if day.month == month else None


@lru_cache(maxsize=64)
def easter(year: int) -> date:
    """Western Easter Sunday (Meeus, Astronomical Algorithms, ch. 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    (i, k), m = divmod(c, 4), (a + 11 * h) // 319
    n = (2 * e + 2 * i - k - h + m + 32) % 7
    month, day = divmod(h - m + n + 90, 25), (h - m + n)
    return date(year, month[0], (day + month[0] + 19) % 32)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


def _nth(month: int, weekday: int, nth: int) -> Callable[[int], date]:
    return lambda year: nth_weekday(year, month, weekday, nth) or date(year, month, 1)


FEASTS: dict[str, Callable[[int], date]] = {
    "new_year": _fixed(1, 1),
    "epiphany": _fixed(1, 6),
    "valentine": _fixed(2, 14),
    "ides": _fixed(3, 15),
    "joseph": _fixed(3, 19),
    "easter": _easter(0),
    "easter_monday": _easter(1),
    "good_friday": _easter(-2),
    "carnival": _easter(-47),
    "liberation": _fixed(4, 25),
    "labour": _fixed(5, 1),
    "mothers": _nth(5, 6, 2),
    "republic": _fixed(6, 2),
    "assumption": _fixed(8, 15),
    "francis": _fixed(10, 4),
    "halloween": _fixed(10, 31),
    "all_saints": _fixed(11, 1),
    "all_souls": _fixed(11, 2),
    "ambrose": _fixed(12, 7),
    "immaculate": _fixed(12, 8),
    "christmas_eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "stephen": _fixed(12, 26),
    "new_years_eve": _fixed(12, 31),
}


def feast(name: str, today: date) -> date:
    """The next day of that name, today included."""
    day = FEASTS[name](today.year)
    return day if day >= today else FEASTS[name](today.year + 1)
