"""Plates: spelled in any way, matched to the known ones first.

A recogniser takes one rhyming letter for another, so that what was heard is measured against every known plate with the
likely confusions counted cheap; the nearest counts as meant, and as guessed, only when it leads the second by a margin.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from agent.interpreter import spelling
from agent.interpreter.lookup import indexed
from agent.interpreter.reading import Context, Found, Word
from agent.interpreter.words import fold, listed
from tools.domain import Vehicle, Vocabulary

SHAPE = re.compile(r"[A-HJ-NPR-TV-Z]{2}\d{3}[A-HJ-NPR-TV-Z]{2}")
OTHER_SHAPES = re.compile(
    r"[A-Z]{2}\d{5}|[A-Z]{2}\d{4,6}|[A-Z]{1,2}\d{2,6}[A-Z]{0,2}|[A-Z]{3}\d{3,4}|\d{3,4}[A-Z]{2,3}"
)
ANNOUNCED = frozenset(listed("targa targata targato targhe plate registration reg number"))
GUESS = 0.9  # a plate at most this far away may be the one meant
MARGIN = 0.35  # ... when the second nearest is this much farther
NEAR = 2.3  # offered as nearest when at most this far away
ALIKE = 0.4  # confusing two letters that sound alike
GAP = 0.8  # a letter too many or too few
_MARKERS = {
    "it": frozenset(listed("no anzi scusa scusi cioe aspetta volevo dire pardon")),
    "en": frozenset(listed("no sorry wait i mean rather correction")),
}
_CLASSES = ("BCDGPTV", "MN", "FS", "LR", "AHK", "EI", "UV", "36", "67", "O0", "I1", "Z3")
_LONGEST = 16  # words that one plate may take


@dataclass(frozen=True, slots=True)
class Plate:
    text: str
    """As heard: upper case, no spaces."""
    vehicle: Vehicle | None = None
    """The known vehicle: exact, or the nearest when the finding is guessed."""
    nearest: tuple[Vehicle, ...] = ()
    """The known ones it sounds like, best first; empty for an exact one."""


@dataclass(frozen=True, slots=True)
class _Known:
    by_plate: dict[str, Vehicle]
    plates: tuple[str, ...]
    by_sound: dict[str, tuple[str, ...]]


def find_plates(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """Each plate spelled in ``words``; of overlapping spellings the best."""
    folds = [fold(word.norm) for word in words]
    known = _known(context.vocabulary)
    taken = -1
    found: list[Found] = []
    for at in range(len(folds)):
        if at <= taken:
            continue
        best = _best_at(folds, at, known, context)
        if best is not None and at + 1 < len(folds) and not spelling.is_strong(folds[at], context.language):
            best = _without_lead(best, _best_at(folds, at + 1, known, context))
        if best is not None:
            found.append(best)
            taken = best.last
    return found


def _without_lead(best: Found, after: Found | None) -> Found:
    """ "the plate is golf mike…": a small word before a plate that is whole without it is no letter of it."""
    if after is None or SHAPE.fullmatch(best.value.text) or after.last < best.last:
        return best
    return after if SHAPE.fullmatch(after.value.text) else best


def _best_at(folds: Sequence[str], at: int, known: _Known, context: Context) -> Found | None:
    """The best plate beginning at word ``at``: a known one, else one of the usual shape, else any announced."""
    options = list(_spellings(folds, at, context.language))
    announced = any(word in ANNOUNCED for word in folds[max(0, at - 3) : at])
    for text, last in sorted(options, key=lambda option: -option[1]):
        for reading in _readings(text):
            if reading in known.by_plate and len(reading) >= 5 and _proves(folds, at, last, context.language):
                return Found("plate", Plate(reading, known.by_plate[reading]), at, last)
    shaped = next(_shaped(options), None)
    if shaped is not None:
        return _matched(shaped[0], at, shaped[1], known)
    if announced or _is_spelled(folds, at, options):
        for text, last in sorted(options, key=lambda option: -option[1]):
            if OTHER_SHAPES.fullmatch(text) or (announced and 6 <= len(text) <= 8 and _mixed(text)):
                return _matched(text, at, last, known)
    return None


def _shaped(options: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """What has the shape of an Italian plate; of two that end one after the other, a repair made the later."""
    found = [(reading, last) for text, last in options for reading in _readings(text) if SHAPE.fullmatch(reading)]
    return reversed(found)


def _mixed(text: str) -> bool:
    return 2 <= sum(char.isdigit() for char in text) <= 5


def _is_spelled(folds: Sequence[str], at: int, options: Sequence[tuple[str, int]]) -> bool:
    """Six or more separate letters and digits in a row can hardly be anything else."""
    if not all(spelling.is_strong(folds[at], language) for language in ("it", "en")):
        return False
    return any(
        len(text) in (6, 7, 8) and last - at >= 4 and _mixed(text) and text[:2].isalpha() for text, last in options
    )


def _proves(folds: Sequence[str], at: int, last: int, language: str) -> bool:
    """A known plate made only of small words is an accident."""
    return any(spelling.is_strong(word, language) for word in folds[at : last + 1])


def _spellings(folds: Sequence[str], at: int, language: str) -> Iterator[tuple[str, int]]:
    """What the words from ``at`` on spell, after each of them, with the index of the last."""
    text, here = "", at
    markers = _MARKERS.get(language, _MARKERS["it"])
    replacing = False
    while here < len(folds) and here - at < _LONGEST:
        if len(text) > 2 and folds[here] in markers and (folds[here] != "i" or folds[here + 1 : here + 2] == ["mean"]):
            replacing = True
            here += 1
            continue
        letters, step = _element(folds, here, language)
        if letters is None:
            if text and folds[here] == "-":
                here += 1
                continue
            return
        if replacing:
            text, replacing = _replaced(text, letters), False
        else:
            text += letters
        if len(text) > 9:
            return
        here += step
        yield text, here - 1


def _element(folds: Sequence[str], at: int, language: str) -> tuple[str | None, int]:
    """The letters at ``at`` and how many words they take, "come Ancona" included."""
    letters, step = spelling.pair(folds, at, language), 2
    if letters is None:
        letters, step = spelling.spelled(folds[at], language), 1
    if letters is None:
        return None, 1
    for link in spelling.AS_IN.get(language, ()):
        end = at + step + len(link)
        if len(letters) == 1 and end < len(folds) and tuple(folds[at + step : end]) == link:
            word = folds[end]
            if word in spelling.CODE_WORDS or (link != ("di",) and word[:1].upper() == letters and len(word) > 3):
                return word[0].upper(), step + len(link) + 1
    return letters, step


def _replaced(text: str, letters: str) -> str:
    """ "C T no D": what is said after the marker takes the place of as much of the same kind before it."""
    if text[-1].isdigit() == letters[0].isdigit():
        return text[: -len(letters)] + letters
    return text + letters


def _readings(text: str) -> tuple[str, ...]:
    """``text``, and as an Italian plate where its place tells 0 from O and 1 from I."""
    if len(text) != 7 or SHAPE.fullmatch(text):
        return (text,)
    digits = text[2:5].replace("O", "0").replace("I", "1")
    return (text, text[:2] + digits + text[5:]) if digits.isdigit() else (text,)


def _matched(text: str, first: int, last: int, known: _Known) -> Found:
    if text in known.by_plate:
        return Found("plate", Plate(text, known.by_plate[text]), first, last)
    ranked = nearest(text, known)
    near = tuple(known.by_plate[plate] for plate, _ in ranked)
    if ranked and ranked[0][1] <= GUESS and (len(ranked) < 2 or ranked[1][1] - ranked[0][1] >= MARGIN):
        return Found("plate", Plate(text, near[0], near), first, last, cost=0.2, guessed=True, reason="nearest_plate")
    return Found("plate", Plate(text, None, near), first, last, cost=0.1)


def nearest(text: str, known: _Known, limit: int = 3) -> list[tuple[str, float]]:
    """The known plates that sound most like ``text``, with how far away each is."""
    close = process.extract(text, known.plates, scorer=Levenshtein.distance, score_cutoff=2, limit=24)
    options = dict.fromkeys([*(plate for plate, _, _ in close), *known.by_sound.get(_sound(text), ())])
    ranked = sorted(((plate, distance(text, plate)) for plate in options), key=lambda pair: (pair[1], pair[0]))
    return [(plate, far) for plate, far in ranked if far <= NEAR][:limit]


@lru_cache(maxsize=4096)
def _confusion(one: str, two: str) -> float:
    if one == two:
        return 0.0
    if {one, two} in ({"O", "0"}, {"I", "1"}):
        return 0.1
    return ALIKE if any(one in group and two in group for group in _CLASSES) else 1.0


def distance(heard: str, plate: str) -> float:
    """Edit distance in which letters that sound alike are near."""
    above = [GAP * place for place in range(len(plate) + 1)]
    for row, one in enumerate(heard, 1):
        line = [GAP * row]
        for column, two in enumerate(plate, 1):
            line.append(min(above[column - 1] + _confusion(one, two), above[column] + GAP, line[-1] + GAP))
        above = line
    return above[-1]


def _sound(text: str) -> str:
    """Letters that sound alike as one."""
    return text.translate(_SOUNDS)


_SOUNDS = str.maketrans({char: group[0] for group in _CLASSES[:5] for char in group})


@indexed
def _known(vocabulary: Vocabulary) -> _Known:
    by_plate = {vehicle.plate: vehicle for vehicle in vocabulary.vehicles if vehicle.plate}
    sounds: dict[str, list[str]] = {}
    for plate in by_plate:
        sounds.setdefault(_sound(plate), []).append(plate)
    return _Known(by_plate, tuple(by_plate), {sound: tuple(plates) for sound, plates in sounds.items()})
