"""Telephone numbers and addresses, dictated or typed."""

import re
from collections.abc import Sequence

from agent.interpreter.numbers import Number, number_at
from agent.interpreter.reading import Context, Found, Word
from agent.interpreter.words import fold

SHORTEST, LONGEST = 8, 15  # digits; E.164 allows 15
_AT = {"chiocciola": "@", "chiocciolina": "@", "at": "@", "@": "@"}
_MARKS = {
    "punto": ".", "dot": ".", "underscore": "_", "trattino": "-", "dash": "-", "hyphen": "-", "meno": "-", "basso": "_",
}  # fmt: skip
_TIMES = {"doppio": 2, "double": 2, "triplo": 3, "triple": 3}
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def find_phones(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """Runs of digits that make a number in Italy, or anywhere with a plus; the value is E.164."""
    found: list[Found] = []
    at = 0
    while at < len(words):
        digits, last = _dialled(words, at, context.language)
        value = e164(digits) if last >= at else None
        if value is not None:
            found.append(Found("phone", value, at, last))
            at = last + 1
        else:
            at += 1
    return found


def _dialled(words: Sequence[Word], at: int, language: str) -> tuple[str, int]:
    """The digits dictated from word ``at`` on, and the last word of them."""
    digits, last, here, times = "", at - 1, at, 1
    while here < len(words) and len(digits) < LONGEST + 1:
        norm = fold(words[here].norm)
        if norm.startswith("+") and not digits:
            digits, last = norm, here
        elif norm in ("piu", "plus") and not digits:
            digits = "+"
        elif norm in _TIMES:
            times = _TIMES[norm]
        elif norm != "-":
            number = _group(words, here, language)
            if number is None or norm in ("un", "una", "a"):
                break
            digits += number.digits * times
            last, here, times = number.last, number.last, 1
        here += 1
    return digits, last


def _group(words: Sequence[Word], at: int, language: str) -> Number | None:
    """One group of a dictated number: digits keep their leading zeros, "zero" is one."""
    if words[at].norm.isdigit():
        return Number(0, at, at, words[at].norm)
    if language == "en" and words[at].norm in ("oh", "o"):
        return Number(0, at, at, "0")
    number = number_at(words, at, language)
    return number if number is None or number.value < 10_000 else None


def e164(digits: str) -> str | None:
    """``digits`` as E.164, read from Italy; None if no such number can exist."""
    if not SHORTEST <= len(digits.lstrip("+")) <= LONGEST:
        return None
    import phonenumbers

    try:
        number = phonenumbers.parse(digits, "IT")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def find_emails(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """Typed addresses, and dictated ones: "mario punto rossi chiocciola gmail punto com"."""
    found = [Found("email", word.norm, at, at) for at, word in enumerate(words) if _EMAIL.fullmatch(word.norm)]
    for at, word in enumerate(words):
        if fold(word.norm) in ("chiocciola", "chiocciolina", "at", "@"):
            spoken = _dictated(words, at)
            if spoken is not None:
                found.append(spoken)
    return found


def _dictated(words: Sequence[Word], at: int) -> Found | None:
    folds = [fold(word.norm) for word in words]
    first, local = at - 1, ""
    while first >= 0:
        local = _MARKS.get(folds[first], folds[first]) + local
        if first < 2 or folds[first - 1] not in _MARKS:
            break
        local = _MARKS[folds[first - 1]] + local
        first -= 2
    last, host = at + 1, ""
    while last < len(folds):
        host += folds[last]
        if last + 2 >= len(folds) or folds[last + 1] not in ("punto", "dot"):
            break
        host += "."
        last += 2
    address = f"{local}@{host}"
    return Found("email", address, max(first, 0), last, cost=0.05) if _EMAIL.fullmatch(address) else None
