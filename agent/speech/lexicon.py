"""How words sound, in the phones of the CMU dictionary: looked up, else worked out from the letters.

The names at an Italian counter are read two ways, as an Italian says them and as an Englishman would.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

LETTERS: Mapping[str, tuple[str, ...]] = {
    "a": ("EY",), "b": ("B IY",), "c": ("S IY",), "d": ("D IY",), "e": ("IY",), "f": ("EH F",), "g": ("JH IY",),
    "h": ("EY CH",), "i": ("AY",), "j": ("JH EY",), "k": ("K EY",), "l": ("EH L",), "m": ("EH M",), "n": ("EH N",),
    "o": ("OW",), "p": ("P IY",), "q": ("K Y UW",), "r": ("AA R", "AA"), "s": ("EH S",), "t": ("T IY",),
    "u": ("Y UW",), "v": ("V IY",), "w": ("D AH B AH L Y UW",), "x": ("EH K S",), "y": ("W AY",),
    "z": ("Z IY", "Z EH D"),
}  # fmt: skip
UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

# Letters to phones, the longest first; the empty phone is silence.
ITALIAN = {
    "sci": "SH", "sce": "SH EY", "gli": "L Y", "ghi": "G IY", "ghe": "G EY", "chi": "K IY", "che": "K EY",
    "cia": "CH AA", "cio": "CH OW", "ciu": "CH UW", "gia": "JH AA", "gio": "JH OW", "giu": "JH UW", "xh": "JH",
    "gn": "N Y", "sch": "S K", "ch": "K", "gh": "G", "ci": "CH IY", "ce": "CH EY", "gi": "JH IY", "ge": "JH EY",
    "qu": "K W", "sh": "SH", "th": "T", "ph": "F", "zz": "T S", "ai": "AY", "au": "AW", "ei": "EY", "oi": "OY",
    "a": "AA", "b": "B", "c": "K", "d": "D", "e": "EY", "f": "F", "g": "G", "h": "", "i": "IY", "j": "Y", "k": "K",
    "l": "L", "m": "M", "n": "N", "o": "OW", "p": "P", "q": "K", "r": "R", "s": "S", "t": "T", "u": "UW", "v": "V",
    "w": "W", "x": "K S", "y": "IY", "z": "Z",
}  # fmt: skip
ENGLISH = {
    "tch": "CH", "sch": "SH", "ght": "T", "tion": "SH AH N", "ough": "AO", "igh": "AY", "augh": "AO", "eigh": "EY",
    "air": "EH R", "ear": "IH R", "eer": "IH R", "ire": "AY ER", "ure": "Y UH R", "ore": "AO R", "are": "EH R",
    "sh": "SH", "ch": "CH", "th": "TH", "ph": "F", "gh": "G", "ck": "K", "qu": "K W", "wh": "W", "ng": "NG",
    "nk": "NG K", "kn": "N", "wr": "R", "xh": "K S HH", "ee": "IY", "ea": "IY", "oo": "UW", "ou": "AW", "ow": "OW",
    "oa": "OW", "oi": "OY", "oy": "OY", "ai": "AY", "ay": "EY", "au": "AO", "aw": "AO", "ei": "AY", "ey": "IY",
    "ie": "IY", "ue": "UW", "ew": "UW", "ar": "AA R", "er": "ER", "ir": "ER", "or": "AO R", "ur": "ER",
    "ce": "S EH", "ci": "S IH", "cy": "S IY", "ge": "JH EH", "gi": "JH IH", "gy": "JH IY",
    "a": "AE", "b": "B", "c": "K", "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH", "j": "JH", "k": "K",
    "l": "L", "m": "M", "n": "N", "o": "AA", "p": "P", "q": "K", "r": "R", "s": "S", "t": "T", "u": "AH", "v": "V",
    "w": "W", "x": "K S", "y": "IY", "z": "Z",
}  # fmt: skip
ENGLISH_END = {"a": "AH", "o": "OW", "i": "IY", "y": "IY", "e": "", "ed": "D", "ce": "S", "ge": "JH", "le": "AH L"}
# What the dictionary has not, or has as another word.
OWN: Mapping[str, tuple[str, ...]] = {
    "mot": ("EH M OW T IY",), "ac": ("EY S IY",), "suv": ("EH S Y UW V IY",),
    "cambelt": ("K AE M B EH L T",), "bodywork": ("B AA D IY W ER K",), "con": ("K AA N",),
    "qashqai": ("K AE SH K AY", "K AA SH K AY"), "yaris": ("Y AA R IH S", "Y EH R IH S"), "tyre": ("T AY ER",),
    "dacia": ("D AA CH AH", "D EY SH IY AH", "D EY S IY AH"),
}  # fmt: skip
ITALIAN_END = {"a": "AH"}
PLAIN_LETTER = str.maketrans("àáâäèéêëìíîïòóôöùúûüçñšžćč", "aaaaeeeeiiiioooouuuucnszcc")


def dictionary_path() -> Path:
    """The CMU dictionary that comes with pocketsphinx."""
    from pocketsphinx import get_model_path

    return Path(get_model_path("en-us/cmudict-en-us.dict"))


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in dictionary_path().read_text(encoding="utf-8").splitlines():
        word, _, phones = line.partition(" ")
        found.setdefault(word.partition("(")[0], []).append(phones.strip())
    return {word: tuple(phones) for word, phones in found.items()}


def in_dictionary(word: str) -> bool:
    """Whether the word is an English one, or a name at home in English."""
    return word in OWN or word in _known()


def pronunciations(word: str) -> tuple[str, ...]:
    """The ways ``word`` is said, each as phones with blanks between; () for what holds nothing to say.

    Figures are read as numbers, figure by figure and in pairs ("3008": three thousand eight, thirty oh eight); a word
    of letters and figures piece by piece ("x1").
    """
    plain = word.lower().replace("’", "'").translate(PLAIN_LETTER)
    if plain in OWN:
        return OWN[plain]
    if plain in _known():
        return _known()[plain]
    pieces = re.findall(r"\d+|[a-z']+", plain)
    if not pieces:
        return ()
    if pieces == [plain]:
        return _figures(plain) if plain.isdigit() else _guessed(plain)
    return _joined([_piece(piece) for piece in pieces])


def _piece(piece: str) -> tuple[str, ...]:
    return LETTERS[piece] if len(piece) == 1 and piece in LETTERS else pronunciations(piece)


def _guessed(word: str) -> tuple[str, ...]:
    stem = word.removesuffix("'s").replace("'", "")
    if stem != word and (known := _known().get(stem)):
        return tuple(f"{phones} {'S' if phones[-1] in 'FKPT' else 'Z'}" for phones in known)
    spellings = dict.fromkeys((spelt(stem, ITALIAN, ITALIAN_END), spelt(stem, ENGLISH, ENGLISH_END)))
    ending = " Z" if word.endswith("'s") else ""
    return tuple(phones + ending for phones in spellings if phones)


def spelt(word: str, rules: Mapping[str, str], endings: Mapping[str, str]) -> str:
    """``word`` by letter-to-sound rules; doubled consonants sound once."""
    phones: list[str] = []
    place = 0
    while place < len(word):
        rest = word[place:]
        if place and rest in endings:
            phones += endings[rest].split()
            break
        size = next((n for n in (4, 3, 2, 1) if rest[:n] in rules and len(rest) >= n), 0)
        sound = rules[rest[:size]].split() if size else []
        doubled = place and size == 1 and word[place - 1] == rest[0] and rest[0] not in "aeiou"
        phones += [] if doubled else sound
        place += size or 1
    return " ".join(phones)


def _figures(figures: str) -> tuple[str, ...]:
    readings = [[UNITS[int(figure)] for figure in figures], ["oh" if f == "0" else UNITS[int(f)] for f in figures]]
    if len(figures) <= 4:
        readings.append(number_words(int(figures)))
    if len(figures) == 4 and figures[0] != "0":
        readings.append(number_words(int(figures[:2])) + _pair(figures[2:]))
    if figures == "500":
        readings.append(["cinquecento"])
    said = [phones for reading in readings for phones in _joined([pronunciations(word) for word in reading])]
    return tuple(dict.fromkeys(said))


def _pair(pair: str) -> list[str]:
    if pair == "00":
        return ["hundred"]
    return ["oh", UNITS[int(pair[1])]] if pair[0] == "0" else number_words(int(pair))


def number_words(number: int) -> list[str]:
    """0…9999 as English words without "and"."""
    if number >= 1000:
        rest = number % 1000
        return [UNITS[number // 1000], "thousand", *(number_words(rest) if rest else [])]
    if number >= 100:
        rest = number % 100
        return [UNITS[number // 100], "hundred", *(number_words(rest) if rest else [])]
    if number >= 20:
        return [TENS[number // 10], *([UNITS[number % 10]] if number % 10 else [])]
    return [UNITS[number]]


def _joined(parts: Sequence[Sequence[str]], *, most: int = 8) -> tuple[str, ...]:
    """Every combination of the parts' readings, at most ``most``."""
    made = [""]
    for part in parts:
        made = [f"{before} {phones}".strip() for before in made for phones in part][:most]
    return tuple(made)


def dictionary(words: Iterable[tuple[str, Sequence[str]]]) -> str:
    """A dictionary file for pocketsphinx from names and pronunciations."""
    lines = []
    for name, said in sorted(words):
        for number, phones in enumerate(said, start=1):
            lines.append(f"{name} {phones}" if number == 1 else f"{name}({number}) {phones}")
    return "\n".join(lines) + "\n"
