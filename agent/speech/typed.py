"""The recogniser's words as a person would type them: "AB 123 CD", "8:30", "rossi's"."""

from collections.abc import Sequence
from itertools import groupby

from agent.speech.lexicon import TENS, UNITS

FIGURE = {word: str(number) for number, word in enumerate(UNITS[:10])} | {"oh": "0"}


def typed(words: Sequence[str]) -> str:
    """The text of what was heard; words are as agent.speech.slots marks them, pauses ("<sil>", "[NOISE]") drop out."""
    heard = [word.partition("_")[::2] for word in words if word[0] not in "<[+"]
    parts: list[str] = []
    for kind, group in groupby(heard, key=lambda word: _kind(word[1])):
        plain = [word for word, _ in group]
        parts.append(_plate(plain) if kind == "plate" else _clock(plain) if kind == "clock" else _text(plain, kind))
    return " ".join(part for part in parts if part)


def _kind(mark: str) -> str:
    return {"p": "plate", "n": "plate", "h": "clock", "m": "clock", "f": "phone"}.get(mark, "")


def _text(words: Sequence[str], kind: str) -> str:
    if kind == "phone":
        return "".join("+" if word == "plus" else FIGURE[word] for word in words)
    return " ".join(word[:-2] + "'s" if word.endswith("-s") else word for word in words)


def _plate(words: Sequence[str]) -> str:
    signs = "".join(FIGURE.get(word, word[0].upper()) for word in words)
    return " ".join("".join(run) for _, run in groupby(signs, key=str.isdigit))


def _clock(words: Sequence[str]) -> str:
    """Hours alone stay as said ("at eight"); with minutes they are a time ("8:30")."""
    if len(words) == 1:
        return words[0]
    hour, *rest = words
    minutes = sum(UNITS.index(word) if word in UNITS else TENS.index(word) * 10 for word in rest if word != "oh")
    return f"{UNITS.index(hour)}:{minutes:02d}"
