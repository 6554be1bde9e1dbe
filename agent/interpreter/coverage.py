"""Which reading explains a sentence: every content word by a slot, a phrase or a known filler.

A reading is a path through the sentence made of phrases and slots; words nobody explains make it dear, content words
so dear that it is no reading at all. The intent with the cheapest path leads, if it leads by a margin.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.interpreter.grammar import Bound, Chunk, Grammar, folded
from agent.interpreter.phrases import Intent
from agent.interpreter.reading import Found, Word

UNEXPLAINED = 10.0  # cost of a content word nobody explains; more than any whole sentence of phrases
GLUE = 0.4  # an article or preposition outside a phrase
CHUNK = 0.3  # each phrase, so that few long ones beat many short ones
BARE = 0.55  # a slot without the little words around it
FILLER = 0.1  # a word of a filler
LITERAL = 0.12  # a word of a core phrase is worth this much: the more specific intent wins
UNMARKED = 2.0  # a phrase that is a question only by its mark, without one
PUTTING = -0.2  # "mettila giovedì" books what was said to be done...
NOTHING_TO_PUT = 2.0  # ... and moves what stands when nothing was
TERSE = 1.5  # a booking without a verb gives way to whatever else fits
MARGIN = 0.05  # a second reading closer than this is as good

# Kinds that may stand more than once in one reading; two different cars may not.
MANY = frozenset({"when", "service", "note", "offset", "template", "count"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence, or a part of one, is taken to mean."""

    intent: str
    kind: str
    """`order`, `question`, `statement`; `slots` when no phrase says an intent."""
    slots: tuple[Bound, ...]
    sets: Mapping[str, Any] = field(default_factory=dict)
    cost: float = 0.0
    unexplained: tuple[int, ...] = ()
    """Indexes of content words nothing explains; a whole reading has none."""
    first: int = 0
    last: int = -1
    writes: bool = False
    asked: bool = False
    """A question mark stands at its end."""
    has_core: bool = True

    @property
    def whole(self) -> bool:
        return not self.unexplained

    def of(self, *kinds: str) -> tuple[Found, ...]:
        """Every value of these kinds, as said."""
        return tuple(bound.found for bound in self.slots if bound.found.kind in kinds)

    def role(self, role: str) -> tuple[Found, ...]:
        """Every value standing in the role ``role``."""
        return tuple(bound.found for bound in self.slots if bound.role == role)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sentence laid out: words, what stands between them, slots and phrases found."""

    text: str
    words: tuple[Word, ...]
    folds: tuple[str, ...]
    founds: tuple[Found, ...]
    chunks: tuple[Chunk, ...]
    grammar: Grammar
    explained: frozenset[int] = frozenset()
    """Words taken back and sounds in between: they mean nothing any more."""

    def gap(self, index: int) -> str:
        """What stands between word ``index`` and the next one."""
        following = self.words[index + 1].start if index + 1 < len(self.words) else len(self.text)
        return self.text[self.words[index].end : following]

    def span(self, first: int, last: int) -> str:
        return self.text[self.words[first].start : self.words[last].end]


def lay_out(
    text: str,
    words: Sequence[Word],
    founds: Iterable[Found],
    grammar: Grammar,
    *,
    explained: frozenset[int] = frozenset(),
) -> Sheet:
    """The sentence with every phrase of ``grammar`` that stands in it."""
    folds = folded(words)
    by_first: dict[int, list[Found]] = {}
    kept = tuple(founds)
    for found in kept:
        by_first.setdefault(found.first, []).append(found)
    chunks = tuple(grammar.chunks(folds, by_first))
    return Sheet(text, tuple(words), tuple(folds), kept, chunks, grammar, explained)


@dataclass(frozen=True, slots=True)
class _Edge:
    end: int
    cost: float
    core: bool
    chunk: Chunk | None
    found: Found | None


@dataclass(slots=True)
class _Node:
    cost: float
    back: tuple[int, int] | None = None
    edge: _Edge | None = None


def readings(sheet: Sheet, first: int = 0, last: int | None = None) -> list[Reading]:
    """Readings of the words ``first`` to ``last``, one an intent at most, the cheapest first."""
    end = len(sheet.words) - 1 if last is None else last
    if end < first:
        return []
    inside = [chunk for chunk in sheet.chunks if chunk.first >= first and chunk.last <= end]
    names = dict.fromkeys(chunk.phrase.owner for chunk in inside if chunk.phrase.role == "core")
    found = []
    for name in names:
        reading = _reading(sheet, sheet.grammar.source.intents[name], inside, first=first, last=end)
        if reading is not None:
            found.append(reading)
    return sorted(found, key=lambda reading: (len(reading.unexplained), reading.cost))


def fragment(sheet: Sheet, first: int = 0, last: int | None = None) -> Reading | None:
    """The words as bare slots, for an answer or a correction; None if they hold none."""
    end = len(sheet.words) - 1 if last is None else last
    inside = [chunk for chunk in sheet.chunks if chunk.first >= first and chunk.last <= end]
    kinds = frozenset(found.kind for found in sheet.founds)
    if not kinds:
        return None
    reading = _reading(sheet, Intent("", "slots", kinds), inside, first=first, last=end)
    return reading if reading is not None and reading.slots else None


def share(folds: Sequence[str], grammar: Grammar) -> float:
    """How much of a sentence are words of this language's phrases, slots left aside: which language is it?"""
    if not folds:
        return 0.0
    seen = {index for index, word in enumerate(folds) if word in grammar.source.glue}
    for chunk in grammar.chunks(folds, {}):
        seen.update(range(chunk.first, chunk.last + 1))
    return len(seen) / len(folds)


def _reading(sheet: Sheet, intent: Intent, chunks: Sequence[Chunk], *, first: int, last: int) -> Reading | None:
    needs_core = bool(intent.name)
    edges = _edges(sheet, intent, chunks, first=first, last=last)
    nodes: list[list[_Node | None]] = [[None, None] for _ in range(last - first + 2)]
    nodes[0][0] = _Node(0.0)
    for place in range(first, last + 1):
        for core in (0, 1):
            node = nodes[place - first][core]
            if node is None:
                continue
            for edge in edges[place - first]:
                if edge.core and core:
                    continue
                after = 1 if edge.core else core
                cost = node.cost + edge.cost
                target = nodes[edge.end + 1 - first][after]
                if target is None or cost < target.cost:
                    nodes[edge.end + 1 - first][after] = _Node(cost, (place - first, core), edge)
    end = nodes[-1][1 if needs_core else 0]
    return None if end is None else _traced(sheet, intent, nodes, end, first=first, last=last)


def _edges(sheet: Sheet, intent: Intent, chunks: Sequence[Chunk], *, first: int, last: int) -> list[list[_Edge]]:
    edges: list[list[_Edge]] = [[] for _ in range(last - first + 1)]
    for place in range(first, last + 1):
        edges[place - first].append(_Edge(place, _alone(sheet, place), False, None, None))
    for found in sheet.founds:
        if found.kind in intent.takes and first <= found.first and found.last <= last:
            edges[found.first - first].append(_Edge(found.last, BARE + found.cost, False, None, found))
    for chunk in chunks:
        cost = _cost(chunk, intent)
        if cost is not None:
            core = chunk.phrase.role == "core"
            edges[chunk.first - first].append(_Edge(chunk.last, cost, core, chunk, None))
    return edges


def _alone(sheet: Sheet, place: int) -> float:
    """What a word costs that is in no slot and no phrase."""
    if place in sheet.explained:
        return FILLER
    return GLUE if sheet.folds[place] in sheet.grammar.source.glue else UNEXPLAINED


def _cost(chunk: Chunk, intent: Intent) -> float | None:
    """What the chunk costs in a reading of ``intent``; None if it has no place there."""
    slots = sum(bound.found.cost for bound in chunk.slots)
    match chunk.phrase.role:
        case "filler":
            return FILLER * chunk.literals
        case "frame":
            if any(bound.found.kind not in intent.takes for bound in chunk.slots) or (
                not chunk.slots and chunk.phrase.owner not in intent.takes
            ):
                return None
            return CHUNK + slots
        case _:
            if chunk.phrase.owner != intent.name:
                return None
            if chunk.phrase.role != "core":
                return CHUNK + slots
            terse = TERSE if chunk.phrase.sets.get("terse") else 0.0
            return CHUNK + slots - LITERAL * chunk.literals + intent.bias + terse


def _traced(
    sheet: Sheet, intent: Intent, nodes: list[list[_Node | None]], end: _Node, *, first: int, last: int
) -> Reading | None:
    slots: list[Bound] = []
    sets: dict[str, Any] = {}
    unexplained: list[int] = []
    node: _Node | None = end
    while node is not None and node.back is not None and node.edge is not None:
        edge = node.edge
        if edge.chunk is not None:
            slots[:0] = edge.chunk.slots
            sets = {**edge.chunk.phrase.sets, **sets}
        elif edge.found is not None:
            slots[:0] = [Bound(edge.found.kind, edge.found)]
        elif _alone(sheet, edge.end) == UNEXPLAINED:
            unexplained[:0] = [edge.end]
        node = nodes[node.back[0]][node.back[1]]
    if _twice(slots) or (sets.get("proposed") and "?" in sheet.gap(last)):
        return None  # "facciamolo venerdì?" is put to the others, not ordered
    return Reading(
        intent=intent.name,
        kind=intent.kind,
        slots=tuple(slots),
        sets=sets,
        cost=end.cost + _markedness(sets, slots, asked="?" in sheet.gap(last)),
        unexplained=tuple(unexplained),
        first=first,
        last=last,
        writes=intent.writes,
        asked="?" in sheet.gap(last),
        has_core=bool(intent.name),
    )


def _markedness(sets: Mapping[str, Any], slots: Sequence[Bound], *, asked: bool) -> float:
    put = 0.0
    if sets.get("putting"):
        kinds = {bound.found.kind for bound in slots}
        once = sum(bound.found.kind == "when" for bound in slots) < 2  # "quella delle tre mettila alle quattro" stands
        named = once or kinds & {"plate", "vehicle", "person"}
        put = PUTTING if "service" in kinds and named else NOTHING_TO_PUT
    return put + (UNMARKED if sets.get("mark") and not asked else 0.0)


def _twice(slots: Sequence[Bound]) -> bool:
    seen: dict[str, Found] = {}
    for bound in slots:
        kind = bound.role
        if bound.found.kind in MANY:
            continue
        if kind in seen and seen[kind].value != bound.found.value:
            return True
        seen[kind] = bound.found
    return False


CLAUSE = re.compile(r"[,;.:!?]")


def breaks(sheet: Sheet, first: int, last: int, *, joiners: frozenset[str]) -> list[int]:
    """Where a sentence may fall in two: the last word of each possible left side."""
    return [
        index for index in range(first, last) if CLAUSE.search(sheet.gap(index)) or sheet.folds[index + 1] in joiners
    ]
