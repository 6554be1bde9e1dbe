"""JSON of a tool call as a person would write it: plates, telephone numbers, instants, windows, what to send."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.texts import when, words

translate = QCoreApplication.translate
Json = Mapping[str, Any]
LEFT_OUT = ("limit", "cursor")  # arguments of no interest to a person
Names = Mapping[str, str]
"""Id → what it is the id of."""


def spaced(plate: str) -> str:
    """An Italian plate as it is painted: "AB 123 CD"; another one as it is."""
    if len(plate) == 7 and plate[:2].isalpha() and plate[2:5].isdigit() and plate[5:].isalpha():
        return f"{plate[:2]} {plate[2:5]} {plate[5:]}"
    return plate


def telephone(number: str | None) -> str:
    """An Italian number in groups, "+39 335 269 8653"; another one as it is, none as nothing."""
    if number is None or not number.startswith("+39"):
        return number or ""
    rest = number[3:]
    return f"+39 {rest[:3]} {rest[3:6]} {rest[6:]}".strip()


def arguments(given: Json, names: Names) -> list[str]:
    """Each argument in words; a period is one line."""
    lines = []
    rest = {name: value for name, value in given.items() if name not in LEFT_OUT}
    if "from" in rest and "to" in rest:
        lines.append(_period(rest.pop("from"), rest.pop("to"), names))
    for name, value in rest.items():
        match name, value:
            case "window", Mapping():
                lines.append(_window(value, names))
            case "notify", Mapping():
                lines.append(_notify(value))
            case _:
                lines.append(f"{words.argument(name)} {plain(value, names)}")
    return lines


def plain(value: Any, names: Names) -> str:
    """A value: instants as day and time, lists with commas, objects as their values."""
    match value:
        case bool():
            return translate("Summary", "yes") if value else translate("Summary", "no")
        case str():
            return names.get(value) or _instant(value) or spaced(_word(value))
        case Mapping():
            return ", ".join(plain(item, names) for item in value.values())
        case list() | tuple():
            return ", ".join(plain(item, names) for item in value)
        case int():
            return when.number(value)
        case _:
            return str(value)


def names_in(data: Any, language: str) -> Iterator[tuple[str, str]]:
    """Every id in an answer that comes with a name."""
    match data:
        case {"id": str(key), **rest}:
            named = rest.get(f"name_{language}") or rest.get("name")
            if named is None and "model" in rest:
                named = f"{rest.get('make', '')} {rest['model']}".strip()
            if named is None and "services" in rest and "start" in rest:
                vehicle = rest.get("vehicle")
                model = vehicle.get("model", "") if isinstance(vehicle, Mapping) else ""
                named = f"{_instant(str(rest['start']))} {model}".strip()
            if named:
                yield key, str(named)
            for value in rest.values():
                yield from names_in(value, language)
        case Mapping():
            for value in data.values():
                yield from names_in(value, language)
        case list() | tuple():
            for value in data:
                yield from names_in(value, language)


def _period(start: Any, end: Any, names: Names) -> str:
    first, last = plain(start, names), plain(end, names)
    return first if first == last else f"{first} – {last}"


def _window(given: Json, names: Names) -> str:
    parts = [_period(given.get("from", ""), given.get("to", ""), names)]
    match given.get("part"):
        case "morning":
            parts.append(translate("Summary", "morning"))
        case "afternoon":
            parts.append(translate("Summary", "afternoon"))
    parts += [f"{words.argument(name)} {given[name]}" for name in ("after", "before") if name in given]
    return f"{words.argument('window')} {' '.join(parts)}"


def _notify(given: Json) -> str:
    parts = []
    if given.get("confirmation"):
        parts.append(words.template("appointment_confirmed"))
    if "reminder_before" in given:
        before = when.minutes(given["reminder_before"])
        parts.append(translate("Summary", "reminder {time} before").format(time=before))
    return " ".join((words.channel(given.get("channel", "")), ", ".join(parts).lower())).strip()


def _word(text: str) -> str:
    """Colours, bodies, channels and statuses by their names."""
    for named in (words.colour, words.body, words.channel, words.status):
        if (found := named(text)) != text.replace("_", " "):
            return found
    return text


def _instant(text: str) -> str | None:
    if len(text) < 10 or text[4] != "-":
        return None
    try:
        if len(text) == 10:
            return when.short_day(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return f"{when.short_day(moment)} {when.clock(moment)}"
