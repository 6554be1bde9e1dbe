"""The pieces replies are made of: a car, a plate, a list, a day, a price, in words a voice can say."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from babel.numbers import format_currency, format_decimal

from agent.interpreter.say_when import say_time, say_when
from agent.interpreter.texts import capital, say, texts

Json = Mapping[str, Any]
SHOWN = 3  # a voice lists three things; the screen has the rest


def word(language: str, key: str, **values: Any) -> str:
    return say(language, key, section="words", **values)


def joined(items: Sequence[str], language: str, *, link: str = "and") -> str:
    """ "A, B e C" """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word(language, link)} {items[-1]}"


def shortened(items: Sequence[str], language: str, *, total: int | None = None, separator: str = "; ") -> str:
    """The first three, "and N more"."""
    count = len(items) if total is None else max(total, len(items))
    shown = list(items[:SHOWN])
    if count > SHOWN:
        rest = word(language, "more", count=count - SHOWN)
        return f"{separator.join(shown)}{separator if separator == '; ' else ' '}{rest}"
    return separator.join(shown) if separator == "; " else joined(shown, language)


def spoken_plate(plate: str) -> str:
    """ "AB123CD" as "AB 123 CD": letters and digits in groups."""
    groups: list[str] = []
    for char in plate:
        if groups and groups[-1][-1].isdigit() == char.isdigit():
            groups[-1] += char
        else:
            groups.append(char)
    return " ".join(groups)


def spoken_phone(phone: str) -> str:
    """ "+393352698653" as "335 269 8653"; a foreign one keeps its country."""
    if phone.startswith("+39") and len(phone) == 13:
        return f"{phone[3:6]} {phone[6:9]} {phone[9:]}"
    return phone


def car(vehicle: Json | None, language: str, *, plate: bool = True) -> str:
    """ "la Nissan Qashqai AB 123 CD"; "the Nissan Qashqai AB 123 CD"."""
    if not vehicle:
        return word(language, "no_car")
    name = f"{vehicle['make']} {vehicle['model']}"
    article = "the " if language != "it" else "l'" if name[0].upper() in "AEIOU" else "la "
    name = article + name
    return f"{name} {spoken_plate(vehicle['plate'])}" if plate and vehicle.get("plate") else name


def bare_car(vehicle: Json, language: str) -> str:
    """For lists: "Jeep Renegade bianca CB 029 WN di Matteo De Luca"."""
    colour = texts(language)["colours"].get(vehicle.get("colour"), "")
    name = f"{vehicle['make']} {vehicle['model']}"
    name = f"{name} {colour}" if language == "it" else f"{colour} {name}"
    parts = [name.strip(), spoken_plate(vehicle["plate"]) if vehicle.get("plate") else ""]
    if vehicle.get("owner"):
        parts.append(("di " if language == "it" else "of ") + vehicle["owner"]["name"])
    return " ".join(part for part in parts if part)


def services(items: Sequence[Json], language: str) -> str:
    names = [item["name_it"] if language == "it" else item["name_en"] for item in items]
    return joined([lowered(name) for name in names], language)


def lowered(name: str) -> str:
    """A service's name inside a sentence; "MOT inspection" keeps its capitals."""
    first = name.split(" ", 1)[0]
    return name if len(first) > 1 and first.isupper() else name[:1].lower() + name[1:]


def instant(text: str, now: datetime) -> datetime:
    """An instant of the backend, in the zone of ``now``."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(now.tzinfo) if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)


def when(text: str, language: str, *, now: datetime) -> str:
    return say_when(instant(text, now), language, now=now)


def at_clock(moment: datetime, language: str) -> str:
    """The time with its preposition: "alle undici", "all'una", "at eleven o'clock"."""
    return say_time(moment, language)


def until_clock(moment: datetime, language: str) -> str:
    """ "fino alle undici", "until eleven o'clock"."""
    said = say_time(moment, language)
    return f"fino {said}" if language == "it" else f"until {said.removeprefix('at ')}"


def from_to(first: datetime, last: datetime, language: str) -> str:
    """ "dalle otto e trenta alle dodici e trenta"."""
    start, end = say_time(first, language), say_time(last, language)
    if language == "it":
        return f"d{start} {end}"
    return f"from {start.removeprefix('at ')} to {end.removeprefix('at ')}"


def day(moment: date, language: str, *, now: datetime) -> str:
    """Weekday and date: "mercoledì 18 marzo"; the year when it is not this one."""
    names, months = texts(language)["weekdays"], texts(language)["months"]
    number = "primo" if language == "it" and moment.day == 1 else str(moment.day)
    year = f" {moment.year}" if moment.year != now.year else ""
    return f"{names[moment.weekday()]} {number} {months[moment.month - 1]}{year}"


def near_day(moment: date, language: str, *, now: datetime) -> str:
    """ "oggi", "domani", else weekday and date."""
    match (moment - now.date()).days:
        case 0:
            return word(language, "today")
        case 1:
            return word(language, "tomorrow")
    return day(moment, language, now=now)


def plain_date(moment: date, language: str) -> str:
    """A past or far date: "4 dicembre 2025"."""
    months = texts(language)["months"]
    number = "primo" if language == "it" and moment.day == 1 else str(moment.day)
    return f"{number} {months[moment.month - 1]} {moment.year}"


def on_date(moment: date, language: str) -> str:
    """ "il 4 dicembre 2025", "l'8 marzo 2026", "on 4 December 2025"."""
    text = plain_date(moment, language)
    if language == "en":
        return f"on {text}"
    return f"l'{text}" if moment.day in (8, 11) else f"il {text}"


def span(first: datetime, last: datetime, language: str, *, now: datetime) -> str:
    """A blocked time: one day, some days, or hours of a day. ``last`` is exclusive."""
    whole = first.time() == last.time() == datetime.min.time()
    if whole:
        final = (last - timedelta(days=1)).date()
        if final == first.date():
            return day(first.date(), language, now=now)
        pair = (day(first.date(), language, now=now), day(final, language, now=now))
        return f"da {pair[0]} a {pair[1]}" if language == "it" else f"from {pair[0]} to {pair[1]}"
    start = say_when(first, language, now=now)
    if first.date() == last.date():
        return f"{start}, {until_clock(last, language)}"
    end = say_when(last, language, now=now)
    return f"da {start} a {end}" if language == "it" else f"from {start} to {end}"


def duration(minutes: int, language: str) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return word(language, "half_hour") if rest == 30 else word(language, "minutes", count=rest)
    base = word(language, "hour") if hours == 1 else word(language, "hours", count=hours)
    if rest == 30:
        return word(language, "hour_and_half", hours=base)
    return word(language, "hour_and", hours=base, minutes=word(language, "minutes", count=rest)) if rest else base


def money(cents: int, language: str) -> str:
    locale = "it_IT" if language == "it" else "en_GB"
    return format_currency(
        cents / 100, "EUR", locale=locale, currency_digits=bool(cents % 100), format=None if cents % 100 else "#,##0 ¤"
    ).replace("\u00a0", " ")


def number(value: int, language: str) -> str:
    return format_decimal(value, locale="it_IT" if language == "it" else "en_GB")


def sentence(*parts: str) -> str:
    return capital("".join(parts))


def colour(vehicle: Json, language: str) -> str:
    said: str = texts(language)["colours"].get(vehicle.get("colour"), "")
    return said


def body(vehicle: Json, language: str) -> str:
    said: str = texts(language)["bodies"].get(vehicle.get("body"), "")
    return said


def ranged(arguments: Json, language: str, *, now: datetime) -> str:
    """The days of a call's `from`, `to`, `part`: "domani", "mercoledì 18 marzo"; nothing for a long while."""
    first, last = _day(arguments.get("from"), now), _day(arguments.get("to"), now)
    if first is None or last is None or (last - first).days > 31:
        return ""
    if first == last:
        said = near_day(first, language, now=now)
        part = arguments.get("part")
        return f"{said} {word(language, part)}" if part else said
    pair = (day(first, language, now=now), day(last, language, now=now))
    return f"da {pair[0]} a {pair[1]}" if language == "it" else f"from {pair[0]} to {pair[1]}"


def _day(text: str | None, now: datetime) -> date | None:
    if not text:
        return None
    return date.fromisoformat(text) if len(text) == 10 else instant(text, now).date()
