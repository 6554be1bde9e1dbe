"""A moment in words a voice can say, weekday first."""

from datetime import datetime

from agent.interpreter.words import listed

_IT_DAYS = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")
_IT_MONTHS = listed("""gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre""")
_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EN_MONTHS = listed("""January February March April May June July August September October November December""")
_IT_NUMBERS = listed("""zero una due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici
quindici sedici
diciassette diciotto diciannove venti ventuno ventidue ventitré""")
_EN_NUMBERS = listed("""twelve one two three four five six seven eight nine ten eleven""")
_TENS = {"it": listed("venti trenta quaranta cinquanta"), "en": listed("twenty thirty forty fifty")}
_EN_TEENS = listed("""ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen""")


def say_when(moment: datetime, language: str, *, now: datetime) -> str:
    """ "mercoledì 18 marzo alle otto e trenta", "Wednesday 18 March at half past eight"; with the year if another."""
    return f"{say_day(moment, language, now=now)} {say_time(moment, language)}"


def say_day(moment: datetime, language: str, *, now: datetime) -> str:
    days, months = (_IT_DAYS, _IT_MONTHS) if language == "it" else (_EN_DAYS, _EN_MONTHS)
    number = "primo" if language == "it" and moment.day == 1 else str(moment.day)
    year = f" {moment.year}" if moment.year != now.year else ""
    return f"{days[moment.weekday()]} {number} {months[moment.month - 1]}{year}"


def say_time(moment: datetime, language: str) -> str:
    """With its preposition: "alle nove", "a mezzogiorno", "at quarter to ten"."""
    return _italian(moment.hour, moment.minute) if language == "it" else _english(moment.hour, moment.minute)


def _italian(hour: int, minute: int) -> str:
    rest = f" e {_minutes(minute, 'it')}" if minute else ""
    if hour in (0, 12):
        return f"a {'mezzogiorno' if hour else 'mezzanotte'}{rest}"
    return f"{'all’una' if hour == 1 else f'alle {_IT_NUMBERS[hour]}'}{rest}".replace("’", "'")


def _english(hour: int, minute: int) -> str:
    if minute == 0 and hour in (0, 12):
        return "at noon" if hour else "at midnight"
    half = " in the morning" if hour < 7 else " in the evening" if hour > 18 else ""
    name, following = _EN_NUMBERS[hour % 12], _EN_NUMBERS[(hour + 1) % 12]
    spoken = {
        0: f"{name} o'clock" if not half else name,
        15: f"quarter past {name}",
        30: f"half past {name}",
        45: f"quarter to {following}",
    }
    return f"at {spoken.get(minute) or name + ' ' + _minutes(minute, 'en')}{half}"


def _minutes(minute: int, language: str) -> str:
    if language == "en":
        if minute < 10:
            return f"oh {_EN_NUMBERS[minute]}"
        if minute < 20:
            return _EN_TEENS[minute - 10]
        units = _EN_NUMBERS[minute % 10] if minute % 10 else ""
        return f"{_TENS['en'][minute // 10 - 2]} {units}".strip()
    if minute < 20:
        return "uno" if minute == 1 else _IT_NUMBERS[minute]
    tens, unit = _TENS["it"][minute // 10 - 2], minute % 10
    if not unit:
        return tens
    stem = tens[:-1] if unit in (1, 8) else tens
    return stem + ("uno" if unit == 1 else "tré" if unit == 3 else _IT_NUMBERS[unit])
