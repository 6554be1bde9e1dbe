"""Phrases found in a row of words: one automaton a language, slots standing in it as `{kind}`.

hassil parses the templates; matching is our own, over tokens, so that a slot is one step and every phrase of the
language is looked for at once. It is made deterministic as far as sentences need it, and kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from hassil.errors import HassilError
from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    TextChunk,
)
from hassil.parse_expression import parse_sentence

from agent.interpreter.phrases import BadPhrases, Phrase, Phrases, phrases
from agent.interpreter.reading import Found, Word
from agent.interpreter.words import fold as plain
from agent.interpreter.words import tokenise


@dataclass(frozen=True, slots=True)
class Bound:
    """A slot in its place in a phrase."""

    role: str
    """The slot's name in the template; its kind when none is given."""
    found: Found


@dataclass(frozen=True, slots=True)
class Chunk:
    """A phrase that matches words ``first`` to ``last``."""

    phrase: Phrase
    first: int
    last: int
    slots: tuple[Bound, ...]
    literals: int
    """How many words of the template say something: articles and prepositions do not."""


def fold(norm: str) -> str:
    """``norm`` as phrases know it: no accents, but "è" (typed "e'" too) stays apart from "e"."""
    return "è" if norm == "e'" else plain(norm)


class Grammar:
    """All phrases of one language as one automaton.

    States of the deterministic automaton are numbered as sentences reach them.
    """

    def __init__(self, source: Phrases) -> None:
        self.source = source
        self._arcs: list[dict[str, set[int]]] = [{}]
        self._free: list[set[int]] = [set()]
        self._ends: dict[int, list[int]] = {}
        self._rules = {name: parse_sentence(text).expression for name, text in source.rules.items()}
        for number, phrase in enumerate(source.phrases):
            try:
                end = self._add(parse_sentence(phrase.template).expression, 0, depth=0)
            except HassilError as error:
                raise BadPhrases(f"{source.language}: '{phrase.template}': {error}") from error
            self._ends.setdefault(end, []).append(number)
        self._sets: dict[frozenset[int], int] = {}
        self._members: list[frozenset[int]] = []
        self._steps: list[dict[str, int]] = []
        self._targets: list[dict[str, set[int]]] = []
        self._accepts: list[tuple[Phrase, ...]] = []
        self._roles: list[tuple[str, ...]] = []
        self._start = self._number(self._closure({0}))

    def chunks(self, words: Sequence[str], founds: Mapping[int, Sequence[Found]]) -> Iterator[Chunk]:
        """Every phrase that stands in ``words`` (folded); ``founds`` by their first word."""
        for first in range(len(words)):
            yield from self._walk(words, founds, first=first)

    def _walk(self, words: Sequence[str], founds: Mapping[int, Sequence[Found]], *, first: int) -> Iterator[Chunk]:
        glue = self.source.glue
        stack: list[tuple[int, int, tuple[Bound, ...], int]] = [(self._start, first, (), 0)]
        while stack:
            state, place, bound, literals = stack.pop()
            if place > first:
                for phrase in self._accepts[state]:
                    yield Chunk(phrase, first, place - 1, bound, literals)
            if place >= len(words):
                continue
            after = self._step(state, words[place])
            if after is not None:
                stack.append((after, place + 1, bound, literals + (words[place] not in glue)))
            roles = self._roles[state]
            if not roles:
                continue
            for found in founds.get(place, ()):
                for symbol in roles:
                    kind, _, role = symbol[1:-1].partition(":")
                    if kind != found.kind:
                        continue
                    after = self._step(state, symbol)
                    if after is not None:
                        stack.append((after, found.last + 1, (*bound, Bound(role or kind, found)), literals))

    def _step(self, state: int, symbol: str) -> int | None:
        known = self._steps[state].get(symbol)
        if known is not None:
            return known
        targets = self._targets[state].get(symbol)
        if targets is None:
            return None
        after = self._steps[state][symbol] = self._number(self._closure(targets))
        return after

    def _number(self, members: frozenset[int]) -> int:
        if members not in self._sets:
            self._sets[members] = len(self._members)
            self._members.append(members)
            self._steps.append({})
            targets: dict[str, set[int]] = {}
            for member in members:
                for symbol, ends in self._arcs[member].items():
                    targets.setdefault(symbol, set()).update(ends)
            self._targets.append(targets)
            said = sorted(number for member in members for number in self._ends.get(member, ()))
            self._accepts.append(tuple(self.source.phrases[number] for number in dict.fromkeys(said)))
            self._roles.append(tuple(sorted(symbol for symbol in targets if symbol.startswith("{"))))
        return self._sets[members]

    def _closure(self, states: set[int]) -> frozenset[int]:
        seen, todo = set(states), list(states)
        while todo:
            for state in self._free[todo.pop()]:
                if state not in seen:
                    seen.add(state)
                    todo.append(state)
        return frozenset(seen)

    def _new(self) -> int:
        self._arcs.append({})
        self._free.append(set())
        return len(self._arcs) - 1

    def _arc(self, start: int, symbol: str) -> int:
        end = self._new()
        self._arcs[start].setdefault(symbol, set()).add(end)
        return end

    def _add(self, expression: Expression, start: int, *, depth: int) -> int:
        """Build ``expression`` from state ``start``; the state it ends in."""
        if depth > 40:
            raise BadPhrases(f"{self.source.language}: rules that name each other")
        match expression:
            case TextChunk():
                for token in _tokens(expression) or ():
                    start = self._arc(start, token)
                return start
            case ListReference():
                role = "" if expression.slot_name == expression.list_name else f":{expression.slot_name}"
                if expression.prefix:
                    start = self._add(TextChunk(expression.prefix), start, depth=depth + 1)
                return self._arc(start, f"{{{expression.list_name}{role}}}")
            case RuleReference():
                if expression.rule_name not in self._rules:
                    raise BadPhrases(f"{self.source.language}: unknown rule <{expression.rule_name}>")
                return self._add(self._rules[expression.rule_name], start, depth=depth + 1)
            case Alternative():
                end = self._new()
                for item in expression.items:
                    tokens = _tokens(item)
                    if tokens is not None and len(tokens) == 1:
                        self._arcs[start].setdefault(tokens[0], set()).add(end)
                    elif tokens == []:
                        self._free[start].add(end)
                    else:
                        branch = self._new()
                        self._free[start].add(branch)
                        self._free[self._add(item, branch, depth=depth + 1)].add(end)
                return end
            case Permutation():
                end = self._new()
                for item, rest in expression.iterate_permutations():
                    branch = self._new()
                    self._free[start].add(branch)
                    last = self._add(item, branch, depth=depth + 1)
                    last = self._add(rest, last, depth=depth + 1) if rest.items else last
                    self._free[last].add(end)
                return end
            case Group():
                for item in expression.items:
                    start = self._add(item, start, depth=depth + 1)
                return start
        raise BadPhrases(f"{self.source.language}: what hassil makes of a template is unknown: {expression!r}")


def _tokens(expression: Expression) -> list[str] | None:
    """The words of an expression that is nothing but text; None for any other."""
    if isinstance(expression, TextChunk):
        return [fold(word.norm) for word in tokenise(expression.text)]
    if isinstance(expression, Group) and not isinstance(expression, (Alternative, Permutation)):
        parts = [_tokens(item) for item in expression.items]
        return None if None in parts else [token for part in parts for token in part or ()]
    return None


@cache
def grammar(language: str) -> Grammar:
    """The grammar of ``language``, built at first use."""
    return Grammar(phrases(language))


def folded(words: Sequence[Word]) -> list[str]:
    """The words as phrases know them."""
    return [fold(word.norm) for word in words]
