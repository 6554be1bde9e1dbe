"""Text to readings: words, repairs, slots, intents, coverage, several in one breath (design §5.1, steps 1 to 6)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from agent.interpreter.coverage import MARGIN, Reading, Sheet, explained, fragment, lay_out, readings
from agent.interpreter.finders import find_all
from agent.interpreter.grammar import grammar
from agent.interpreter.reading import Context, Found
from agent.interpreter.repairs import repair
from agent.interpreter.split import parts
from agent.interpreter.words import tokenise
from tools.domain import Vocabulary


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


def understand(text: str, *, language: str, vocabulary: Vocabulary, now: datetime) -> Understanding:
    """Everything ``language`` makes of ``text``."""
    context = Context(language, now, vocabulary)
    words = tokenise(text)
    zone = now.tzinfo
    assert zone is not None, "now is aware"
    repaired = repair(words, _places(find_all(words, context)), language, zone)
    sheet = lay_out(text, words, repaired.founds, grammar(language), explained=repaired.explained)
    all_readings = readings(sheet)
    best = all_readings[0] if all_readings else None
    return Understanding(
        context=context,
        sheet=sheet,
        parts=parts(sheet, leading(all_readings)),
        best=best,
        slots=fragment(sheet),
        share=explained(sheet),
    )


def _places(founds: Sequence[Found]) -> list[Found]:
    """Without the day "il primo" would be where it is the first of a list."""
    spans = [(found.first, found.last) for found in founds if found.kind == "position"]

    def ordinal(found: Found) -> bool:
        bare = found.kind == "when" and not found.value.first
        return bare and any(first <= found.first and found.last <= last for first, last in spans)

    return [found for found in founds if not ordinal(found)]


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


def unpunctuated(reading: Reading) -> Reading:
    return replace(reading, asked=False)
