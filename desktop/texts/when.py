"""Days and times as they are read on the screen, in the language of the windows."""

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QCoreApplication, QDate

from desktop.texts import locale

translate = QCoreApplication.translate


def day(moment: date, *, year: bool = False) -> str:
    """ "mercoledì 18 marzo", "Wednesday 18 March"."""
    return locale().toString(_date(moment), "dddd d MMMM yyyy" if year else "dddd d MMMM")


def short_day(moment: date) -> str:
    """ "mer 18 mar", "Wed 18 Mar"."""
    return locale().toString(_date(moment), "ddd d MMM").replace(".", "")


def near_day(moment: date, today: date) -> str | None:
    """ "oggi", "domani", "ieri"; None further away."""
    match (_plain(moment) - _plain(today)).days:
        case 0:
            return translate("When", "today")
        case 1:
            return translate("When", "tomorrow")
        case -1:
            return translate("When", "yesterday")
        case _:
            return None


def clock(moment: datetime | time) -> str:
    """ "08:30"."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def span(start: datetime, end: datetime) -> str:
    """ "08:30 – 10:00"; with the day of the end where that is another one."""
    if start.date() == end.date():
        return f"{clock(start)} – {clock(end)}"
    return f"{short_day(start)}, {clock(start)} – {short_day(end)}, {clock(end)}"


def moment(at: datetime, now: datetime) -> str:
    """When something is due: "adesso", "oggi alle 18:00", "mar 17 mar, 09:00"."""
    if abs(at - now) <= timedelta(minutes=1):
        return translate("When", "now")
    near = near_day(at, now.astimezone(at.tzinfo))
    if near is not None:
        return translate("When", "{day} at {time}").format(day=near, time=clock(at))
    return translate("When", "{day}, {time}").format(day=short_day(at), time=clock(at))


def minutes(count: int) -> str:
    """ "1 h 30 min", "45 min"."""
    hours, rest = divmod(count, 60)
    parts = [f"{hours} h"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} min")
    return " ".join(parts)


def seconds(value: float) -> str:
    """ "38 ms", "1,24 s", "1.24 s"."""
    if value < 1.0:
        return f"{round(value * 1000)} ms"
    return f"{locale().toString(value, 'f', 2)} s"


def number(value: int) -> str:
    """ "176.862", "176,862"."""
    return locale().toString(value)


def _plain(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _date(moment: date) -> QDate:
    return QDate(moment.year, moment.month, moment.day)
