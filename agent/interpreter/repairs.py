"""Repairs and fillers: what a person takes back while talking, and the sounds in between.

"alle tre, no, alle quattro": the later value of the same kind replaces the earlier, whose words and the marker between
are explained. A "no" that opens the sentence answers and repairs nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from agent.interpreter.reading import Found, Word
from agent.interpreter.when import When, amend
from agent.interpreter.words import fold, listed

MARKERS = {
    "it": """no|anzi|anzi no|no anzi|volevo dire|voglio dire|cioe|cioe no|no cioe|scusa|scusi|scusa no|no scusa|
no scusi|
no aspetta|aspetta no|aspetta|no no|o meglio|mi correggo|mi sono sbagliato|mi sono sbagliata|ho sbagliato|
no ho sbagliato|
pardon|no pardon|no volevo dire|scusa volevo dire|no no scusa|no scusa volevo dire|facciamo|no facciamo|anzi facciamo|
no meglio|anzi meglio|meglio|ma no|no aspetta scusa|no dai|correggo|no aspetti|aspetti|ops|eh no|ah no""",
    "en": """no|no wait|wait no|wait|i mean|no i mean|i meant|scratch that|sorry|no sorry|sorry no|sorry i mean|
actually|
no actually|actually no|make that|no make that|rather|or rather|correction|i meant to say|let me correct that|oops|
oh no|no no|strike that|hang on|hang on no|no hang on|my mistake|sorry i meant|well no|wait sorry|make it|no make it|
or better|better|hold on|no hold on""",
}
FILLERS = {
    "it": frozenset(
        listed("""ehm eh ehh mmm mm uhm hmm ah oh allora dunque ecco insomma cioe beh be' mah boh tipo diciamo
        praticamente niente
        guarda senti ascolta vabbe vabe' ok okay ehi pure poi magari po'""")
    ),
    "en": frozenset(
        listed(
            "uh uhm um erm er hmm mm ah oh well like so basically actually okay ok right hey you'know just kinda sorta"
        )
    ),
}
PAUSES = {
    "it": "fammi vedere|fammi pensare|vediamo|vediamo un po'|diciamo|come si chiama|come si dice|mi pare|mi sembra|"
    "se non sbaglio|se non ricordo male|un attimo|un secondo",
    "en": "let me see|let 's see|let me think|let 's say|shall we say|you know|i think|i guess|i 'd say|what was it|"
    "what is it|what 's it called|let me check|one second|one moment",
}
"""Said in the middle of a value while the rest is being thought of."""
REACH = 4  # words between a marker and the values it connects
_LONGEST_MARKER = 5


def _sequences(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in text.replace("\n", "").split("|"))


_MARKERS = {language: _sequences(text) for language, text in MARKERS.items()}
_PAUSES = {language: _sequences(text) for language, text in PAUSES.items()}
_NOT_ALONE = {
    "it": frozenset(("facciamo", "meglio", "aspetta")),
    "en": frozenset(("better", "actually", "rather", "wait")),
}
"""Markers that also mean something else: they repair only between two values that stand close."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A sentence after its repairs."""

    founds: tuple[Found, ...]
    explained: frozenset[int]
    """Word indices of what was taken back, of the markers and of fillers."""
    replaced: tuple[tuple[Found, Found], ...] = ()
    """What was taken back, and what stands for it."""


def repair(words: Sequence[Word], founds: Sequence[Found], language: str, zone: tzinfo) -> Repaired:
    """Replace what was corrected; ``founds`` may overlap, as the finders propose them."""
    folds = [fold(word.norm) for word in words]
    explained = {at for at, word in enumerate(folds) if word in FILLERS.get(language, frozenset())}
    kept, pairs = list(founds), []
    for first, last in markers(folds, language):
        close = tuple(folds[first : last + 1]) in {(word,) for word in _NOT_ALONE.get(language, ())}
        pair = _corrected(kept, first, last, reach=2 if close else REACH)
        if pair is None:
            continue
        old, new = pair
        pairs.append((old, new))
        explained |= set(range(old.first, last + 1))
        kept = [_amended(found, old, new, zone) for found in kept if not _taken_back(found, old, first, last)]
    return Repaired(tuple(kept), frozenset(explained), tuple(pairs))


def fluent(words: Sequence[Word], language: str) -> list[int]:
    """Indices of the words that are neither a filler nor within a pause, nor what takes something back."""
    folds = [fold(word.norm) for word in words]
    known, sounds = _PAUSES.get(language, frozenset()), FILLERS.get(language, frozenset())
    kept, at = [], 0
    while at < len(folds):
        length = next((size for size in (4, 3, 2, 1) if tuple(folds[at : at + size]) in known), 0)
        if length or (folds[at] in sounds and (folds[at],) not in _MARKERS.get(language, frozenset())):
            at += length or 1
            continue
        kept.append(at)
        at += 1
    return kept


def markers(folds: Sequence[str], language: str) -> list[tuple[int, int]]:
    """Where something is taken back: first and last word of each marker, the longest at each place."""
    known = _MARKERS.get(language, _MARKERS["it"])
    found, at = [], 1
    while at < len(folds):
        for length in range(min(_LONGEST_MARKER, len(folds) - at), 0, -1):
            if tuple(folds[at : at + length]) in known:
                found.append((at, at + length - 1))
                at += length
                break
        else:
            at += 1
    return found


def _corrected(founds: Sequence[Found], first: int, last: int, *, reach: int) -> tuple[Found, Found] | None:
    """The nearest two of one kind on either side of the marker: the longest of those that end just before it."""
    before = [found for found in founds if first - reach <= found.last < first]
    after = [found for found in founds if last < found.first <= last + reach]
    pairs = [(old, new) for old in before for new in after if _comparable(old, new)]
    if not pairs:
        return None
    return min(pairs, key=lambda pair: (pair[1].first - pair[0].last, pair[0].cost + pair[1].cost, _size(pair)))


def _comparable(old: Found, new: Found) -> bool:
    if {old.kind, new.kind} == {"plate", "vehicle"} or {old.kind, new.kind} == {"vehicle", "person"}:
        return False
    return old.kind == new.kind and old.kind not in ("count", "note", "position")


def _size(pair: tuple[Found, Found]) -> int:
    return -sum(found.last - found.first for found in pair)


def _taken_back(found: Found, old: Found, first: int, last: int) -> bool:
    """Overlapping what was replaced, or the marker."""
    return not (found.last < old.first or found.first > last) and (
        found.last >= old.first and found.first <= max(old.last, last)
    )


def _amended(found: Found, old: Found, new: Found, zone: tzinfo) -> Found:
    """A time said again keeps what was not said again: the day, or the hour."""
    if found is new and isinstance(old.value, When) and isinstance(new.value, When):
        return replace(found, value=amend(old.value, new.value, zone))
    return found
