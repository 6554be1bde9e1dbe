"""Spoken numbers, with the words they came from.

A cardinal's value is text2num's; this module knows which words to hand it. Dates and plates read their own words first:
"meno un quarto" and "one o two" mean nothing as plain numbers.
"""  # noqa: A005

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.interpreter.reading import Word
from agent.interpreter.words import fold

_IT_UNIT = (
    r"uno?|una|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|sedici|\
diciassette|diciotto|diciannove|venti?|trenta?|quaranta?|cinquanta?|sessanta?|settanta?|ottanta?|novanta?|cento?|mille|mila|\
milione|milioni"
)
_NUMBER_WORD = {
    "it": re.compile(rf"(?:zero|(?:{_IT_UNIT})+)"),
    "en": re.compile(
        r"zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
        r"seventeen|eighteen|nineteen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million"
    ),
}
_LINK = {"it": "e", "en": "and"}
_DIGITS = re.compile(r"\d+")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_SCALES = {"mila": 1000, "mille": 1000, "thousand": 1000, "k": 1000, "cento": 100, "hundred": 100}
_ELIDED = re.compile(r"cent(?=ott|undici)")  # "centottantotto" is what is said, "centoottantotto" what text2num knows
_SCALED = re.compile(r"(\d+)(mila|k)")


@dataclass(frozen=True, slots=True)
class Number:
    value: int
    first: int
    last: int
    """Index of the last word, inclusive."""
    digits: str
    """As dialled: "zero tre" is 03, "trentacinque" 35."""


@lru_cache(maxsize=8192)
def cardinal(text: str, language: str) -> int | None:
    """The number that ``text`` spells out whole; None if it does not."""
    from text_to_num import text2num

    for spelling in (text, _ELIDED.sub("cento", text)) if language == "it" else (text,):
        try:
            return int(text2num(spelling, language))
        except ValueError:
            continue
    return None


def is_number_word(norm: str, language: str) -> bool:
    return bool(_NUMBER_WORD.get(language, _NUMBER_WORD["it"]).fullmatch(fold(norm)))


@lru_cache(maxsize=8192)
def one_word(norm: str, language: str) -> int | None:
    """The value of a single token: digits, "84.200", "84mila", or a number word."""
    if _DIGITS.fullmatch(norm):
        return int(norm) if len(norm) <= 15 else None
    if _GROUPED.fullmatch(norm):
        return int(re.sub(r"[.,]", "", norm))
    if match := _SCALED.fullmatch(norm):
        return int(match[1]) * 1000
    return cardinal(fold(norm), language) if is_number_word(norm, language) else None


def numbers(words: Sequence[Word], language: str) -> tuple[Number, ...]:
    """The numbers in ``words``, left to right, each as long as it can be: "dodici trentaquattro" is two."""
    found: list[Number] = []
    at = 0
    while at < len(words):
        number = number_at(words, at, language)
        if number is None:
            at += 1
        else:
            found.append(number)
            at = number.last + 1
    return tuple(found)


def number_at(words: Sequence[Word], at: int, language: str) -> Number | None:
    """The longest number that begins at word ``at``; None if none does. A zero stands alone, as when dialled."""
    first = words[at].norm
    value = one_word(first, language)
    if value is None:
        return None
    if first[0].isdigit():
        return _digits_at(words, at, value, language)
    best = Number(value, at, at, str(value))
    if value == 0:
        return best
    text = fold(first)
    link = _LINK.get(language, "e")
    for last in range(at + 1, min(len(words), at + 10)):
        norm = words[last].norm
        if not (norm == link or is_number_word(norm, language)):
            break
        text = f"{text} {fold(norm)}"
        if norm != link and (longer := cardinal(text, language)) is not None:
            best = Number(longer, at, last, str(longer))
    return best


def _digits_at(words: Sequence[Word], at: int, value: int, language: str) -> Number:
    """Digits, and what multiplies them: "84 mila", "84 mila 200", "84 thousand two hundred"."""
    plain = Number(value, at, at, re.sub(r"\D", "", words[at].norm))
    last, total = at, value
    scale = _SCALES.get(words[at + 1].norm) if at + 1 < len(words) else None
    if scale is not None and value < 1000:
        last, total = at + 1, value * scale
    elif not _SCALED.fullmatch(words[at].norm):
        return plain
    rest = last + 1
    if rest < len(words) and words[rest].norm == _LINK.get(language, "e"):
        rest += 1
    if rest < len(words):
        small = number_at(words, rest, language)
        if small is not None and small.value < 1000:
            return Number(total + small.value, at, small.last, str(total + small.value))
    return Number(total, at, last, str(total))
