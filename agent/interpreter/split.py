"""Several things in one breath: a sentence falls apart where both sides carry an intent."""

from dataclasses import replace

from agent.interpreter.coverage import Reading, Sheet, breaks, fragment, readings
from agent.interpreter.grammar import Bound

JOINERS = {
    "it": frozenset({"e", "poi", "inoltre", "dopodiche"}),
    "en": frozenset({"and", "then", "also"}),
}
TAKEN_BACK = frozenset(["no", "anzi", "aspetta", "scusa", "cioe", "wait", "rather", "sorry", "actually", "instead"])
MOST = 4  # things in one sentence
SPLIT = 0.6  # cost of a seam, so that one whole reading beats two

SHARED = ("plate", "vehicle", "person")
"""What is said once and meant of every part that takes it and has none."""


def parts(sheet: Sheet, whole: Reading | None) -> tuple[Reading, ...]:
    """The readings of ``sheet``, in order; ``whole`` is the one that explains it all, if any."""
    if whole is not None:
        return (whole,)
    if not sheet.words:
        return ()
    found = _split(sheet, 0, len(sheet.words) - 1, left=MOST, before=None)
    return _shared(found[1]) if found is not None else ()


def _best(sheet: Sheet, first: int, last: int) -> Reading | None:
    found = [one for one in readings(sheet, first, last) if one.whole and not (one.kind == "statement" and one.asked)]
    return found[0] if found else None


def _split(
    sheet: Sheet, first: int, last: int, *, left: int, before: Reading | None
) -> tuple[float, tuple[Reading, ...]] | None:
    """The cheapest way to read words ``first`` to ``last`` as one or more parts."""
    best: tuple[float, tuple[Reading, ...]] | None = None
    alone = _best(sheet, first, last) or _gapped(sheet, first, last, before)
    if alone is not None:
        best = (alone.cost, (alone,))
    if left <= 1:
        return best
    joiners = JOINERS[sheet.grammar.source.language]
    for seam in breaks(sheet, first, last, joiners=joiners):
        head = _best(sheet, first, seam) or _gapped(sheet, first, seam, before)
        if head is None:
            continue
        rest = _split(sheet, seam + 1, last, left=left - 1, before=head)
        if rest is None:
            continue
        cost = head.cost + SPLIT + rest[0]
        if best is None or cost < best[0]:
            best = (cost, (head, *rest[1]))
    return best


def _gapped(sheet: Sheet, first: int, last: int, before: Reading | None) -> Reading | None:
    """ "… la Panda alle nove e la Golf alle dieci": the second part does what the first did, with another car."""
    if before is None or not before.writes or TAKEN_BACK & set(sheet.folds[first : last + 1]):
        return None
    slots = fragment(sheet, first, last)
    if slots is None or not slots.whole or not slots.of("plate", "vehicle", "person"):
        return None
    takes = sheet.grammar.source.intents[before.intent].takes
    if any(bound.found.kind not in takes for bound in slots.slots):
        return None
    said = {bound.found.kind for bound in slots.slots} | {"plate", "vehicle", "person"}
    kept = tuple(bound for bound in before.slots if bound.found.kind not in said)
    return replace(
        slots, intent=before.intent, kind=before.kind, writes=True, sets=before.sets, slots=(*kept, *slots.slots)
    )


def _shared(found: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Parts that name no car or person share the one that is named, where only one is."""
    named = [bound for reading in found for bound in reading.slots if bound.found.kind in SHARED]
    values = [(bound.found.kind, repr(bound.found.value)) for bound in named]
    if len(set(values)) != 1 or len(found) < 2:
        return found
    shared: Bound = named[0]
    return tuple(
        reading if reading.of(*SHARED) else replace(reading, slots=(*reading.slots, shared)) for reading in found
    )
