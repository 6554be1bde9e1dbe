"""Times and dates written in figures: "8:30", "16h30", "3:20pm", "10/04", "2015-03-03"."""

import re

from agent.interpreter.date_calendar import day_and_month, day_of
from agent.interpreter.date_spec import Clock, Spec
from agent.interpreter.reading import Context

_TIME = re.compile(r"(\d{1,2})[:.h](\d{2})(?::\d{2})?(am?|pm?)?")
_HOUR = re.compile(r"(\d{1,2})(am?|pm?|h)")
_RUN = re.compile(r"(\d{1,2})(\d{2})(am?|pm?)")
_DATE = re.compile(r"(\d{1,2})([/.-])(\d{1,2})(?:[/.-](\d{2,4}))?")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?")
_MONTH_YEAR = re.compile(r"(\d{1,2})/(\d{4})")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|[º°oa])")
_NUMBER = re.compile(r"\d{1,4}")


def figure(word: str, context: Context) -> str | Spec:
    """The tag of a token with digits in it, or what it means outright; the token itself if it is no date or time."""
    word = word.removesuffix("ish")
    if _NUMBER.fullmatch(word):
        return f"Y{word}" if 1900 <= int(word) <= 2100 else f"N{word}" if len(word) < 3 else f"H{word}"
    if match := _ORDINAL.fullmatch(word):
        return f"O{int(match[1])}"
    if match := _TIME.fullmatch(word) or _RUN.fullmatch(word):
        return _clock(match[1], match[2], match[3], word)
    if match := _HOUR.fullmatch(word):
        return _clock(match[1], "0", match[2].replace("h", ""), word) if match[2] != "h" or int(match[1]) > 9 else word
    if match := _ISO.fullmatch(word):
        return _date(int(match[1]), int(match[2]), int(match[3]) if match[3] else None, word)
    if match := _MONTH_YEAR.fullmatch(word):
        return _date(int(match[2]), int(match[1]), None, word)
    if match := _DATE.fullmatch(word):
        return _day_month(match, context)
    return word


def _clock(hour: str, minute: str, half: str | None, word: str) -> str | Spec:
    at, minutes = int(hour), int(minute)
    if at > 24 or minutes > 59 or (half and not 1 <= at <= 12):
        return word
    if half:
        at = at % 12 + (12 if half.startswith("p") else 0)
    sure = bool(half) or "h" in word or at > 12 or at == 0 or (len(hour) == 2 and hour[0] == "0")
    return Spec(clock=Clock(at, minutes, sure), grain="hour" if half and minute == "0" else "minute", weak=0.1)


def _date(year: int, month: int, day: int | None, word: str) -> str | Spec:
    first = day_of(year, month, day or 1)
    if first is None:
        return word
    from agent.interpreter.date_calendar import month_end

    return Spec(day_from=first, day_to=first if day else month_end(year, month), grain="day" if day else "month")


def _day_month(match: re.Match[str], context: Context) -> str | Spec:
    """Day before month, as in Italy; the other way round where only that makes a date."""
    one, two, year = int(match[1]), int(match[3]), match[4]
    if year is None and match[2] == ".":
        return match[0]
    today = context.now.date()
    for day, month in ((one, two), (two, one)):
        if not 1 <= month <= 12:
            continue
        named = day_of(_year(year), month, day) if year else day_and_month(today, day, month)
        if named:
            return Spec(day_from=named, day_to=named, past=named < today)
    if year is None and len(match[3]) == 4:
        return _date(int(match[3]), one, None, match[0])
    return match[0]


def _year(text: str) -> int:
    year = int(text)
    return year if year > 99 else year + (2000 if year < 50 else 1900)
