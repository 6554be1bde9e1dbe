"""Templates as networks of words: deterministic, minimal, with slots as single steps.

hassil parses the notation. A step is a word, or `{kind}` for a slot, which stays one step here.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from hassil.expression import Alternative, Expression, Group, ListReference, Permutation, RuleReference, TextChunk
from hassil.parse_expression import parse_sentence

from agent.errors import Unhearable

Usable = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Network:
    """An automaton without cycles. State 0 is where it begins; words and `{slots}` lead on."""

    steps: tuple[Mapping[str, int], ...]
    ends: frozenset[int]


class _Draft:
    """A network being drawn: several steps for a word, and steps without a word, are allowed."""

    def __init__(self, rules: Mapping[str, str], usable: Usable) -> None:
        self.steps: list[list[tuple[str, int]]] = [[]]
        self.free: list[list[int]] = [[]]
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
                return self._either(start, ([item] for item in expression.items))
            case Group():
                for item in expression.items:
                    start = self.draw(item, start)
                return start
        raise Unhearable(f"hassil made something unknown of a phrase: {expression!r}")

    def _either(self, start: int, branches: Iterable[Iterable[Expression]]) -> int:
        end = self.new()
        for branch in branches:
            place = self.new()
            self.free[start].append(place)
            for item in branch:
                place = self.draw(item, place)
            self.free[place].append(end)
        return end

    def closure(self, states: Iterable[int]) -> frozenset[int]:
        seen = set(states)
        todo = list(seen)
        while todo:
            for state in self.free[todo.pop()]:
                if state not in seen:
                    seen.add(state)
                    todo.append(state)
        return frozenset(seen)


def network(templates: Collection[str], rules: Mapping[str, str], usable: Usable = lambda symbol: True) -> Network:
    """One network that takes any of the templates; a step that is not usable is left out, and what needs it."""
    draft = _Draft(rules, usable)
    for template in templates:
        draft.ends.add(draft.draw(parse_sentence(template).expression, 0))
    return _minimal(*_deterministic(draft))


def _deterministic(draft: _Draft) -> tuple[list[dict[str, int]], set[int]]:
    first = draft.closure([0])
    numbers, order = {first: 0}, [first]
    steps: list[dict[str, int]] = []
    for members in order:
        targets: dict[str, set[int]] = {}
        for member in members:
            for symbol, target in draft.steps[member]:
                targets.setdefault(symbol, set()).add(target)
        steps.append({})
        for symbol, found in targets.items():
            after = draft.closure(found)
            if after not in numbers:
                numbers[after] = len(order)
                order.append(after)
            steps[-1][symbol] = numbers[after]
    return steps, {number for members, number in numbers.items() if not members.isdisjoint(draft.ends)}


def _minimal(steps: list[dict[str, int]], ends: set[int]) -> Network:
    """The same with equal tails shared; what leads nowhere is gone."""
    kept: dict[tuple[bool, frozenset[tuple[str, int]]], int] = {}
    made: list[dict[str, int]] = []
    merged: dict[int, int | None] = {}
    for state in _tails_first(steps):
        onward = {word: after for word, to in steps[state].items() if (after := merged[to]) is not None}
        if not onward and state not in ends and state != 0:
            merged[state] = None
            continue
        key = (state in ends, frozenset(onward.items()))
        if key not in kept:
            kept[key] = len(made)
            made.append(onward)
        merged[state] = kept[key]
    start = merged[0]
    assert start is not None
    # state 0 is the start: the last one made and the first change places
    swap = {start: 0, 0: start}
    renamed = [{word: swap.get(to, to) for word, to in onward.items()} for onward in made]
    renamed[0], renamed[start] = renamed[start], renamed[0]
    finals = frozenset(swap.get(number, number) for (final, _), number in kept.items() if final)
    return Network(tuple(renamed), finals)


def _tails_first(steps: list[dict[str, int]]) -> list[int]:
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
            todo.extend((to, False) for to in steps[state].values() if to not in seen)
    return order
