"""Templates as networks of words: deterministic, minimal, with slots as single steps.

hassil parses the notation. A step is a word, or `{kind}` for a slot, which stays one step here. Each has a share: how
likely it is among the steps of its state.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hassil.expression import Alternative, Expression, Group, ListReference, Permutation, RuleReference, TextChunk
from hassil.parse_expression import parse_sentence

from agent.errors import Unhearable

Usable = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Network:
    """An automaton without cycles. State 0 is where it begins; words and `{slots}` lead on."""

    steps: tuple[Mapping[str, tuple[int, float]], ...]
    """For each state: word → state it leads to, and the word's share."""
    ends: frozenset[int]


class _Draft:
    """A network being drawn: several steps for a word, and steps without a word, are allowed."""

    def __init__(self, rules: Mapping[str, str], usable: Usable, fade: float) -> None:
        self.steps: list[list[tuple[str, int]]] = [[]]
        self.free: list[list[tuple[int, float]]] = [[]]
        self._fade = fade
        self.ends: set[int] = set()
        self._rules = {name: parse_sentence(text).expression for name, text in rules.items()}
        self._usable = usable

    def new(self) -> int:
        self.steps.append([])
        self.free.append([])
        return len(self.steps) - 1

    def step(self, start: int, symbol: str) -> int:
        end = self.new()
        if self._usable(symbol):
            self.steps[start].append((symbol, end))
        return end

    def draw(self, expression: Expression, start: int) -> int:
        """Add ``expression`` behind ``start``; the state behind it."""
        match expression:
            case TextChunk():
                for word in expression.text.lower().split():
                    start = self.step(start, word)
                return start
            case ListReference():
                return self.step(start, f"{{{expression.list_name}}}")
            case RuleReference():
                if expression.rule_name not in self._rules:
                    raise Unhearable(f"unknown rule <{expression.rule_name}> in a phrase file")
                return self.draw(self._rules[expression.rule_name], start)
            case Permutation():
                return self._either(start, ([item, rest] for item, rest in expression.iterate_permutations()))
            case Alternative():
                return self._either(start, ([item] for item in expression.items), fade=self._fade)
            case Group():
                for item in expression.items:
                    start = self.draw(item, start)
                return start
        raise Unhearable(f"hassil made something unknown of a phrase: {expression!r}")

    def _either(self, start: int, branches: Iterable[Sequence[Expression]], *, fade: float = 0.0) -> int:
        end = self.new()
        for rank, branch in enumerate(branches):
            place = self.new()
            left_out = len(branch) == 1 and isinstance(branch[0], TextChunk) and not branch[0].text
            self.free[start].append((place, 1.0 if left_out else 1 / (1 + fade * rank)))
            for item in branch:
                place = self.draw(item, place)
            self.free[place].append((end, 1.0))
        return end

    def closure(self, states: Mapping[int, float]) -> dict[int, float]:
        """All states reached without a word, each with its best weight."""
        best = dict(states)
        todo = list(best)
        while todo:
            state = todo.pop()
            for onward, factor in self.free[state]:
                weight = best[state] * factor
                if weight > best.get(onward, 0.0):
                    best[onward] = weight
                    todo.append(onward)
        return best


def network(
    templates: Mapping[str, float], rules: Mapping[str, str], usable: Usable = lambda symbol: True, *, fade: float = 0.0
) -> Network:
    """One network that takes any of the templates (with their weights).

    A step that is not usable is left out, with what needs it. fade: how much less likely each further alternative is
    than the one before; people write the usual word first.
    """
    draft = _Draft(rules, usable, fade)
    for template, weight in templates.items():
        start = draft.new()
        draft.free[0].append((start, weight))
        draft.ends.add(draft.draw(parse_sentence(template).expression, start))
    return _minimal(*_deterministic(draft))


Steps = list[dict[str, tuple[int, float]]]


def _deterministic(draft: _Draft) -> tuple[Steps, set[int]]:
    first = draft.closure({0: 1.0})
    numbers, order = {frozenset(first): 0}, [first]
    steps: Steps = []
    for members in order:
        targets: dict[str, dict[int, float]] = {}
        shares: dict[str, float] = {}
        for member, weight in members.items():
            for symbol, target in draft.steps[member]:
                targets.setdefault(symbol, {})[target] = 1.0
                shares[symbol] = max(weight, shares.get(symbol, 0.0))
        total = sum(shares.values())
        steps.append({})
        for symbol, found in targets.items():
            after = draft.closure(found)
            key = frozenset(after)
            if key not in numbers:
                numbers[key] = len(order)
                order.append(after)
            steps[-1][symbol] = (numbers[key], shares[symbol] / total)
    return steps, {number for members, number in numbers.items() if not members.isdisjoint(draft.ends)}


def _minimal(steps: Steps, ends: set[int]) -> Network:
    """The same with equal tails shared; what leads nowhere is gone."""
    kept: dict[tuple[bool, frozenset[tuple[str, int, int]]], int] = {}
    made: Steps = []
    merged: dict[int, int | None] = {}
    for state in _tails_first(steps):
        onward = {w: (to, share) for w, (old, share) in steps[state].items() if (to := merged[old]) is not None}
        if not onward and state not in ends and state != 0:
            merged[state] = None
            continue
        key = (state in ends, frozenset((w, to, round(math.log(share))) for w, (to, share) in onward.items()))
        if key not in kept:
            kept[key] = len(made)
            made.append(onward)
        merged[state] = kept[key]
    start = merged[0]
    assert start is not None
    # state 0 is the start: the last one made and the first change places
    swap = {start: 0, 0: start}
    renamed: Steps = [{w: (swap.get(to, to), share) for w, (to, share) in onward.items()} for onward in made]
    renamed[0], renamed[start] = renamed[start], renamed[0]
    finals = frozenset(swap.get(number, number) for (final, _), number in kept.items() if final)
    return Network(tuple(renamed), finals)


def _tails_first(steps: Steps) -> list[int]:
    order: list[int] = []
    seen: set[int] = set()
    todo = [(0, False)]
    while todo:
        state, done = todo.pop()
        if done:
            order.append(state)
        elif state not in seen:
            seen.add(state)
            todo.append((state, True))
            todo.extend((to, False) for to, _ in steps[state].values() if to not in seen)
    return order
