"""Words: what was heard, cut into tokens that keep their place.

A plate, a clock time, a date, an address or a number stays one token; an Italian apostrophe ends a token ("l'",
"otto"),
an English clitic is a token of its own ("Rossi", "'s"); a hyphen between digits is a token, other punctuation is none.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from agent.interpreter.reading import Word

_TOKEN = re.compile(
    r"""
      [\w.+-]+@[\w-]+(?:\.[\w-]+)+                      # an e-mail address
    | \+?\d{1,3}(?:[.,]\d{3})+(?![\d])                  # 84.200
    | \d{1,2}[:.]\d{2}(?::\d{2})?(?!\d|[.,/]\d)(?:[ap]m?\b)?   # 8:30, 8.30, 3:20pm
    | \d{1,2}/\d{4}(?!\d)                             # 2/2013
    | \d{1,4}[/.]\d{1,2}(?:[/.]\d{2,4})?(?!\d)          # 10/04, 3/3/2015, 2.5
    | (?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}-\d{1,2}-\d{2,4})(?![\d-])  # 2015-03-03
    | \+\d+                                             # +39
    | [ap]\.\s?m\b\.?                                   # p.m.
    | o['’]clock\b | e-mails?\b
    | [^\W\d_]+n['’]t\b                                 # don't
    | ['’](?:s|m|re|ve|ll|d)\b(?!['’])                  # 's
    | [^\W_]+(?:['’](?!(?:s|m|re|ve|ll|d)\b(?!['’]))|[º°])?
    | (?<=\d)\s?[-–]\s?(?=\d)                           # 9 - 11
    | @ | &
    """,
    re.VERBOSE | re.IGNORECASE,
)
_APOSTROPHES = str.maketrans("’", "'")


def tokenise(text: str) -> tuple[Word, ...]:
    """The words of ``text``; `text[word.start:word.end] == word.text` for each."""
    found = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        piece = raw.strip()
        start = match.start() + raw.index(piece)
        norm = unicodedata.normalize("NFC", piece).lower().translate(_APOSTROPHES).replace("–", "-")
        found.append(Word(text=piece, norm=norm, start=start, end=start + len(piece)))
    return tuple(found)


@lru_cache(maxsize=4096)
def fold(norm: str) -> str:
    """``norm`` without accents, for matching; "è" alone stays, to be told from "e"."""
    if norm.isascii() or norm == "è":
        return norm
    return "".join(char for char in unicodedata.normalize("NFD", norm) if not unicodedata.combining(char))


def folded(text: str) -> tuple[str, ...]:
    """The folded tokens of a phrase from the vocabulary, as they would stand in a heard sentence."""
    return tuple(fold(word.norm) for word in tokenise(text))


def words_between(words: Sequence[Word], first: int, last: int) -> str:
    """The heard text from word ``first`` to word ``last``, inclusive, with single spaces."""
    return " ".join(word.text for word in words[first : last + 1])


def listed(text: str) -> list[str]:
    """The words of a list in this program, written as a line."""
    return text.split()
