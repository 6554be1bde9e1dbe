"""Letters and digits as they are spelled out: letter names, city alphabets, NATO, numbers, fused or in pieces."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from agent.interpreter.numbers import one_word
from agent.interpreter.words import listed

_NAMES = {
    "it": {
        "A": "a", "B": "bi", "C": "ci", "D": "di", "E": "e", "F": "effe", "G": "gi", "H": "acca", "I": "i",
        "L": "elle", "M": "emme", "N": "enne", "O": "o", "P": "pi",
        "Q": "cu", "R": "erre", "S": "esse", "T": "ti", "U": "u", "Z": "zeta", "X": "ics", "Y": "ipsilon", "K": "cappa",
    },
    "en": {
        "B": "bee be", "C": "cee sea", "D": "dee", "E": "ee", "F": "ef eff", "G": "gee", "H": "aitch haitch",
        "I": "eye", "J": "jay", "K": "kay",
        "L": "el ell", "M": "em", "N": "en", "P": "pee", "Q": "cue queue", "R": "ar", "S": "ess", "T": "tee tea",
        "V": "vee", "X": "ex", "Y": "wye", "Z": "zed zee",
    },
}  # fmt: skip
_MORE = {
    "it": {
        "vu": "V", "vi": "V", "ve": "V", "kappa": "K", "jei": "J", "ypsilon": "Y", "ixs": "X", "iks": "X",
        "icchese": "X",
        "effi": "F", "ache": "H", "zita": "Z", "gei": "J",
    },
    "en": {"oh": "O", "owe": "O", "why": "Y", "are": "R", "you": "U", "see": "C", "jay": "J", "ok": "OK"},
}  # fmt: skip
_PAIRS = {
    ("doppia", "vu"): "W", ("vu", "doppia"): "W", ("doppio", "vu"): "W", ("doppia", "vi"): "W", ("i", "lunga"): "J",
    ("i", "greca"): "Y", ("i", "greco"): "Y", ("double", "u"): "W", ("double", "you"): "W", ("double", "v"): "W",
}  # fmt: skip
_CITIES = listed("""ancona bologna bari como catania domodossola empoli firenze genova hotel imola imperia jolly
jersey jesolo
kursaal koala livorno milano napoli otranto palermo padova pisa quarto quadro roma savona sassari siena torino taranto
udine
venezia verona washington xilofono yacht york zara zorro zebra""")
_NATO = listed("""alfa alpha bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november
oscar papa
quebec romeo sierra tango uniform victor whiskey whisky xray zulu yankee""")
_ENGLISH = listed("""apple boy able baker charlie dog david easy edward fox freddie george henry harry king london
love mother
nancy nora orange peter paris queen queenie robert roger sugar sam tommy tom uncle victor william yellow zebra""")
CODE_WORDS = frozenset((*_CITIES, *_NATO, *_ENGLISH))
AS_IN = {"it": (("come",), ("di",)), "en": (("for",), ("as", "in"), ("like",), ("as",))}
_MODELS_TOO = frozenset(("golf", "giulia", "roma", "milano"))


@lru_cache(maxsize=4)
def _table(language: str) -> dict[str, str]:
    table = {name: letter for letter, names in _NAMES[language].items() for name in names.split()} | _MORE[language]
    table |= {word: word[0].upper() for word in (*_CITIES, *_NATO)}
    if language == "en":
        table |= {word: word[0].upper() for word in _ENGLISH}
    return table


@lru_cache(maxsize=4)
def _fused(language: str) -> dict[str, str]:
    """Two letter names run together, as a recogniser writes them: "bici", "cidi", "effe bi"."""
    if language != "it":
        return {}
    names = [(name, letter) for name, letter in _table("it").items() if name not in CODE_WORDS and len(name) < 5]
    return {
        one + two: first + second
        for (one, first), (two, second) in product(names, names)
        if len(one) + len(two) > 2 and one + two not in _table("it")
    }


@lru_cache(maxsize=8192)
def spelled(word: str, language: str) -> str | None:
    """The letters or digits that one folded word stands for within a plate; None if it stands for none."""
    plain = word.strip("'.-")
    if not plain or word.startswith("'"):
        return None
    if plain.isascii() and plain.isalnum() and (len(plain) <= 2 or any(char.isdigit() for char in plain)):
        direct = _table(language).get(plain)
        if direct and len(plain) == 2:
            return direct
        if len(plain) <= 2 and plain.isalpha() and one_word(plain, language) is None:
            return plain.upper()
        if any(char.isdigit() for char in plain) and len(plain) <= 8:
            return plain.upper()
    number = one_word(plain, language)
    if number is not None and plain not in ("un", "un'"):
        return str(number) if number < 100_000 else None
    return _table(language).get(plain) or _fused(language).get(plain)


def is_strong(word: str, language: str) -> bool:
    """Whether the word is a letter or digit on its own account, not a preposition or a car that sounds like one."""
    return word not in _WEAK[language] and word not in _MODELS_TOO


_WEAK = {
    "it": frozenset(
        listed("a e i o di ci vi ti ha si ve da al la le li lo il un ne se su tu te me mi no ho hai fa sa in")
    ),
    "en": frozenset(
        listed("a i o u are you see be to of on in at is it me my we he so do go no or if us up an as by am")
    ),
}


def pair(words: Sequence[str], at: int, language: str) -> str | None:
    """What two words name together: "doppia vu", "i lunga", "twenty three"."""
    if at + 1 >= len(words):
        return None
    letter = _PAIRS.get((words[at], words[at + 1]))
    if letter is not None or language != "en" or not (words[at].isalpha() and words[at + 1].isalpha()):
        return letter
    tens, unit = one_word(words[at], "en"), one_word(words[at + 1], "en")
    if tens is None or unit is None or tens not in range(20, 100, 10) or unit not in range(1, 10):
        return None
    return str(tens + unit)
