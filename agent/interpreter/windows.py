"""Days and times as the tools take them: `start`, or a `window`, or `from` and `to`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from agent.interpreter.grammar import Bound
from agent.interpreter.reading import Choice, Context, Found
from agent.interpreter.saying import day as say_day
from agent.interpreter.when import When, amend, local

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AHEAD = 30  # days looked through for a first free time when no day was said

OF = frozenset(
    [
        "di",
        "del",
        "dello",
        "della",
        "dei",
        "degli",
        "delle",
        "dell'",
        "d'",
        "da",
        "dal",
        "dalla",
        "dalle",
        "dall'",
        "of",
        "from",
        "'s",
    ]
)
TO = frozenset(
    [
        "a",
        "ad",
        "al",
        "alla",
        "alle",
        "all'",
        "per",
        "su",
        "to",
        "at",
        "until",
        "till",
        "on",
        "for",
        "fino",
        "entro",
        "by",
    ]
)


def merged(founds: Sequence[Found], context: Context) -> When | None:
    """All time expressions of a request as one: "venerdì … alle quattro"."""
    whole: When | None = None
    zone = context.now.tzinfo
    assert zone is not None
    for found in founds:
        when: When = found.value
        whole = _one_month(when) if whole is None else _up_to(whole, when) or amend(whole, when, zone)
    return whole


def ended(whens: Sequence[When]) -> When | None:
    """ "da lunedì", and "fino a venerdì" as the answer to "until when": the range to the Friday after that Monday."""
    if len(whens) < 2 or whens[-2].open != "after" or whens[-2].day_from is None or whens[-1].has_time:
        return None
    first, last = whens[-2:]
    end = last.day or (last.day_to if last.open == "before" else None)
    if end is None:
        return None
    if end < whens[-2].day_from:
        end += timedelta(weeks=((whens[-2].day_from - end).days + 6) // 7)
    return replace(first, day_to=end, open=None, words=f"{first.words} {last.words}")


FROM = re.compile(r"(?:da|dal|dall'|from)\s+(?:il\s+|the\s+)?(\d{1,2})(?:st|nd|rd|th)?(?=\s|$)", re.IGNORECASE)
UP_TO = re.compile(r"(?:al|all'|fino|a|to|until|till)\b", re.IGNORECASE)


def _up_to(first: When, last: When) -> When | None:
    """ "dal 10" and "al 24 agosto" are one range."""
    if first.day_from is None or last.day is None or not FROM.match(first.words) or not UP_TO.match(last.words):
        return None
    joined = replace(first, day_to=last.day, open=None, words=f"{first.words} {last.words}")
    return _one_month(joined) if joined.day_from and joined.day_to and not joined.has_time else None


def _one_month(when: When) -> When:
    """ "dal 10 al 24 agosto": a day said without its month is of the month said after it."""
    bare = FROM.match(when.words)
    if bare is None or when.day_from is None or when.day_to is None or when.day_from == when.day_to:
        return when
    rest = when.words[bare.end() :].split()
    if not rest or not UP_TO.match(rest[0]) or int(bare[1]) > when.day_to.day:
        return when
    return replace(when, day_from=when.day_to.replace(day=int(bare[1])))


def sides(bounds: Sequence[Bound], folds: Sequence[str], context: Context) -> tuple[When | None, When | None]:
    """Of a move: the time it has and the time it gets ("quello delle tre alle quattro", "from Monday to Tuesday")."""
    old: list[Found] = []
    new: list[Found] = []
    loose: list[Found] = []
    for bound in bounds:
        found = bound.found
        pair = _from_to(found, context)
        if pair is not None:
            old.append(replace(found, value=pair[0]))
            new.append(replace(found, value=pair[1]))
            continue
        side = bound.role if bound.role in ("of", "to") else _side(found, folds) if bound.role else "to"
        (old if side == "of" else new if side == "to" else loose).append(found)
    if loose and not new:
        new.append(loose.pop())
    old += loose
    return merged(old, context), merged(new, context)


def _side(found: Found, folds: Sequence[str]) -> str | None:
    if found.value.shift is not None or found.value.anchor_days is not None:
        return "to"
    if found.last >= len(folds):
        return None
    if folds[found.first] in OF:
        return "of"
    before = folds[found.first - 1] if found.first else ""
    skipped = folds[found.first - 2] if found.first > 1 and before in ("il", "la", "l'", "the") else ""
    if found.last + 1 < len(folds) and folds[found.last + 1] == "'s":
        return "of"
    for word in (before, skipped):
        if word in OF:
            return "of"
        if word in TO:
            return "to"
    return "to" if folds[found.first] in TO else None


def _from_to(found: Found, context: Context) -> tuple[When, When] | None:
    """ "da giovedì a venerdì" is one range to the date reader, two days to a move."""
    when: When = found.value
    words = when.words.lower().split()
    if not words or words[0] not in ("da", "dal", "from", "dalla") or when.day_from is None or when.day_to is None:
        return None
    if when.day_from == when.day_to:
        return None
    one = When(day_from=when.day_from, day_to=when.day_from, words=when.words)
    zone = context.now.tzinfo
    assert zone is not None
    to = When(day_from=when.day_to, day_to=when.day_to, part=when.part, words=when.words)
    return one, amend(to, When(time=when.time, part=when.part, words=when.words), zone) if when.time else to


def target(when: When | None, context: Context, *, first: bool = False, day: date | None = None) -> dict[str, Any]:
    """`{"start": …}` or `{"window": …}` for a booking or move; {} when nothing was said of it."""
    if when is None:
        return {"window": _window(When(), context)} if first else {}
    if when.start is not None:
        return {"start": when.start.isoformat()}
    if when.time is not None:
        return {"start": at(when.time, context, day=day).isoformat()}
    if not when.has_day and day is not None:
        when = replace(when, day_from=day, day_to=day)
    return {"window": _window(when, context)}


def at(clock: time, context: Context, *, day: date | None = None) -> datetime:
    """``clock`` on ``day``, else today, else tomorrow when it has passed."""
    zone = context.now.tzinfo
    assert zone is not None
    moment = local(datetime.combine(day or context.now.date(), clock), zone)
    if day is None and moment < context.now:
        moment = local(datetime.combine(context.now.date() + timedelta(days=1), clock), zone)
    return moment


def _window(when: When, context: Context) -> dict[str, Any]:
    first, last = days(when, context)
    window: dict[str, Any] = {"from": first.isoformat(), "to": last.isoformat()}
    window.update(hours(when))
    window["choose"] = "first"
    return window


def days(when: When, context: Context, *, ahead: int = AHEAD) -> tuple[date, date]:
    """First and last day of ``when``; from today on where it names none."""
    today = context.now.date()
    first = when.day_from or today
    last = when.day_to or (first + timedelta(days=ahead) if when.open == "after" or when.day_from is None else first)
    return first, last


def hours(when: When) -> dict[str, str]:
    found = {"part": when.part} if when.part else {}
    if when.after is not None:
        found["after"] = when.after.strftime("%H:%M")
    if when.before is not None:
        found["before"] = when.before.strftime("%H:%M")
    return found


NOON = time(13, 0)
"""Where the morning ends and the afternoon begins, for appointments and for opening hours."""


def half_day(day: date, part: str, context: Context) -> tuple[time, time]:
    """From when to when the workshop is open on that half of ``day``; 00:00, 13:00 and 23:59 where it is closed."""
    spans = [
        (time.fromisoformat(first), time.fromisoformat(last))
        for first, last in context.vocabulary.opening.get(DAYS[day.weekday()], ())
    ]
    if part == "morning":
        clipped = [(first, min(last, NOON)) for first, last in spans if first < NOON]
        return (clipped[0][0], clipped[-1][1]) if clipped else (time(0, 0), NOON)
    clipped = [(max(first, NOON), last) for first, last in spans if last > NOON]
    return (clipped[0][0], clipped[-1][1]) if clipped else (NOON, time(23, 59))


def other_reading(when: When | None, arguments: dict[str, Any], context: Context) -> tuple[Choice, ...]:
    """The other reading of "prossimo" and "next" as a chip: the same call on the other day."""
    if when is None or when.other is None:
        return ()
    other = replace(
        when.other, part=when.part, after=when.after, before=when.before, time=when.time or when.other.time, other=None
    )
    if when.start is not None and other.start is None and other.day_from is not None:
        zone = context.now.tzinfo
        assert zone is not None
        other = replace(other, start=local(datetime.combine(other.day_from, when.start.time()), zone))
    kept = {key: value for key, value in arguments.items() if key not in ("start", "window")}
    day = other.day_from or (other.start.date() if other.start else None)
    if day is None:
        return ()
    label = say_day(day, context.language, now=context.now)
    return (Choice(label, {**kept, **target(other, context)}),)


def fits(start: datetime, when: When) -> bool:
    """Whether an appointment's start is what ``when`` says of it."""
    if when.start is not None:
        return start == when.start
    if when.day_from is not None and start.date() < when.day_from:
        return False
    if when.day_to is not None and start.date() > when.day_to:
        return False
    if when.time is not None and start.time() != when.time:
        return False
    if when.part is not None and (start.hour < 13) != (when.part == "morning"):
        return False
    if when.after is not None and start.time() < when.after:
        return False
    return when.before is None or start.time() < when.before
