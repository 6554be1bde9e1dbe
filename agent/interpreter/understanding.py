"""Text to readings: words, repairs, slots, intents, coverage, several in one breath (design §5.1, steps 1 to 6)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from agent.interpreter.coverage import MARGIN, Reading, Sheet, fragment, lay_out, readings, share
from agent.interpreter.dates import find_when
from agent.interpreter.finders import find_all
from agent.interpreter.grammar import folded, grammar
from agent.interpreter.newcomers import find_newcomers
from agent.interpreter.reading import Context, Found, Word
from agent.interpreter.repairs import repair
from agent.interpreter.split import parts
from agent.interpreter.words import tokenise
from tools.domain import Vocabulary

CLEAR = 0.3  # a language that explains this much less of the words is not the one spoken


@dataclass(frozen=True, slots=True)
class Understanding:
    """What one language makes of a sentence."""

    context: Context
    sheet: Sheet
    parts: tuple[Reading, ...]
    """One whole reading for each thing asked for; empty when the sentence is not understood."""
    best: Reading | None
    """The nearest reading, whole or not."""
    slots: Reading | None
    """The words as bare slots: an answer or a correction."""
    share: float
    """How many of the words belong to this language's phrases."""

    @property
    def language(self) -> str:
        return self.context.language

    @property
    def cost(self) -> float:
        return sum(part.cost for part in self.parts)


def heard_in(text: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Those of ``languages`` that ``text`` may be in, by the little words alone."""
    folds = folded(tokenise(text))
    shares = {language: share(folds, grammar(language)) for language in languages}
    most = max(shares.values(), default=0.0)
    return tuple(language for language in languages if shares[language] >= most - CLEAR)


def understand(text: str, *, language: str, vocabulary: Vocabulary, now: datetime) -> Understanding:
    """Everything ``language`` makes of ``text``."""
    context = Context(language, now, vocabulary)
    words = tokenise(text)
    zone = now.tzinfo
    assert zone is not None, "now is aware"
    repaired = repair(
        words, _places([*find_all(words, context), *find_newcomers(words, context)], words, context), language, zone
    )
    sheet = lay_out(text, words, repaired.founds, grammar(language), explained=repaired.explained)
    all_readings = readings(sheet)
    best = all_readings[0] if all_readings else None
    return Understanding(
        context=context,
        sheet=sheet,
        parts=parts(sheet, leading(all_readings)),
        best=best,
        slots=fragment(sheet),
        share=share(sheet.folds, sheet.grammar),
    )


def _places(founds: Sequence[Found], words: Sequence[Word], context: Context) -> list[Found]:
    """Without the day or hour that "il primo" and "the first one" would be where they are places in a list."""
    spans = [(found.first, found.last) for found in founds if found.kind == "position"]
    kept: list[Found] = []
    for found in founds:
        inside = [span for span in spans if span[0] <= found.first <= span[1]]
        if found.kind != "when" or found.value.first or not inside:
            kept.append(found)
        elif found.last > inside[0][1]:
            start = inside[0][1] + 1
            rest = find_when(words[start:], context)
            kept += [replace(one, first=one.first + start, last=one.last + start) for one in rest]
    return kept


def leading(found: Sequence[Reading]) -> Reading | None:
    """The reading that explains everything and leads the second by a margin."""
    whole = [reading for reading in found if reading.whole and not (reading.kind == "statement" and reading.asked)]
    if not whole:
        return None
    first = whole[0]
    rivals = [reading for reading in whole[1:] if reading.cost - first.cost < MARGIN]
    # Among equals, one that only looks is harmless; two that would write differently are not.
    if any(rival.writes and first.writes for rival in rivals):
        return None
    reader = next((reading for reading in (first, *rivals) if not reading.writes), first)
    return reader if rivals else first


def better(ones: Sequence[Understanding], *, setting: str) -> Understanding:
    """The language that explains the sentence; a tie goes to the setting."""

    def rank(one: Understanding) -> tuple[float, ...]:
        missing = len(one.best.unexplained) if one.best is not None else len(one.sheet.words)
        whole = 0 if one.parts else 1
        return (whole, -round(one.share, 2) if not whole else missing, -one.share, one.language != setting)

    return min(ones, key=rank)
