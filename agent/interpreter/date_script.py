"""A sentence as a line of tags, and rules that rewrite stretches of it into partial readings.

Every token becomes a tag: `W2` a weekday, `M3` a month, `N15` a number, `O3` an ordinal, `Y2026` a year, `Uw` a unit of
time, else the folded word itself. A rule is a regular expression over the line; what it matches (or its group `x`) is
replaced by a placeholder such as `D:4`: the kind of the reading and its index. Later rules read placeholders.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from agent.interpreter.date_spec import Clock, Length, Spec
from agent.interpreter.reading import Context, Word

Build = Callable[["Script", re.Match[str]], Spec | None]

_MACROS = {
    "{N}": r"N\d+",
    "{O}": r"O\d+",
    "{W}": r"W\d",
    "{M}": r"M\d+",
    "{Y}": r"Y\d+",
    "{U}": r"U\w",
    "{L}": r"L:\d+",
    "{D}": r"[DQ]:\d+",
    "{C}": r"C:\d+",
    "{P}": r"P:\d+",
    "{I}": r"I:\d+",
}


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: re.Pattern[str]
    build: Build


def rule(pattern: str, build: Build) -> Rule:
    """``pattern`` over tags, `{N}`, `{W}`… standing for their kinds; it matches whole tags only."""
    for macro, expression in _MACROS.items():
        pattern = pattern.replace(macro, expression)
    return Rule(re.compile(rf"(?<= )(?:{pattern})(?= )"), build)


@dataclass(slots=True)
class Script:
    """The line being rewritten."""

    context: Context
    tags: list[str]
    spans: list[tuple[int, int]]
    """First and last word of each tag."""
    specs: list[Spec] = field(default_factory=list)
    line: str = ""

    def __post_init__(self) -> None:
        self._join()

    def _join(self) -> None:
        self.line = f" {' '.join(self.tags)} "

    @property
    def now(self) -> datetime:
        return self.context.now

    @property
    def today(self) -> date:
        return self.context.now.date()

    def spec(self, tag: str) -> Spec:
        """The reading behind a placeholder."""
        return self.specs[int(tag.partition(":")[2])]

    def clock(self, tag: str) -> Clock:
        clock = self.spec(tag).clock
        assert clock is not None
        return clock

    def length(self, tag: str) -> Length:
        length = self.spec(tag).length
        assert length is not None
        return length

    def run(self, rules: Sequence[Rule]) -> None:
        """Apply each rule from left to right until it matches no more; earlier rules have priority."""
        for one in rules:
            at = 0
            while match := one.pattern.search(self.line, at):
                at = match.start() + 1
                spec = one.build(self, match)
                if spec is not None:
                    at = self._replace(match, spec)

    def _replace(self, match: re.Match[str], spec: Spec) -> int:
        start, end = match.span("x") if "x" in match.re.groupindex and match["x"] is not None else match.span()
        first = self.line.count(" ", 0, start) - 1
        last = self.line.count(" ", 0, end) - 1
        self.put(first, last, spec)
        return start + 1

    def put(self, first: int, last: int, spec: Spec) -> None:
        """Tags ``first`` to ``last`` become the placeholder of ``spec``."""
        self.specs.append(spec)
        self.tags[first : last + 1] = [f"{spec.kind}:{len(self.specs) - 1}"]
        self.spans[first : last + 1] = [(self.spans[first][0], self.spans[last][1])]
        self._join()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words for tags."""

    tags: dict[str, str]
    """Folded word → tag."""
    doubtful: frozenset[str]
    """Words that are tagged only beside a number, a month or one of `before_dates`: "mar", "may", "sat"."""
    before_dates: frozenset[str]
    tens: bool
    """Whether "twenty three" is two words."""


_NUMBER = re.compile(r"[NOMY]\d+")
_FRACTIONS = frozenset(("1/2", "1/4", "3/4"))
_HOURS = frozenset(("h", "hour", "hours", "ora", "ore"))
_BEFORE_TIMES = frozenset(("at", "@", "alle", "all'"))


def write(words: Sequence[Word], folds: Sequence[str], lexicon: Lexicon, context: Context) -> Script:
    """The tags of ``words``; digits, times and dates written in figures become readings at once."""
    from agent.interpreter.date_figures import figure

    script = Script(context, [], [])
    tags, spans = script.tags, script.spans
    for index, word in enumerate(folds):
        tag: str | Spec = lexicon.tags.get(word, word)
        if word in lexicon.doubtful or (
            word in _FRACTIONS and folds[index + 1 : index + 2] and folds[index + 1] in _HOURS
        ):
            tag = word
        elif any(char.isdigit() for char in word):
            tag = figure(word, context)
        if isinstance(tag, Spec):
            script.specs.append(tag)
            tag = f"{tag.kind}:{len(script.specs) - 1}"
        elif ":" in tag:
            tag = tag.replace(":", ".")
        if lexicon.tens and tags and _joins_tens(tags[-1], tag) and not folds[index - 1][0].isdigit():
            tags[-1] = f"{tag[0]}{int(tags[-1][1:]) + int(tag[1:])}"
            spans[-1] = (spans[-1][0], index)
            continue
        tags.append(tag)
        spans.append((index, index))
    for place, tag in enumerate(tags):
        if tag in lexicon.doubtful and _beside_date(tags, place, lexicon):
            tags[place] = lexicon.tags[tag]
    script._join()
    return script


def _joins_tens(left: str, right: str) -> bool:
    if not (left[0] == "N" and right[:1] in ("N", "O") and left[1:].isdigit() and right[1:].isdigit()):
        return False
    return int(left[1:]) in range(20, 100, 10) and 1 <= int(right[1:]) <= 9


def _beside_date(tags: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    if len(tags) == 1:
        return True
    before = tags[place - 1] if place else ""
    after = tags[place + 1] if place + 1 < len(tags) else ""
    return bool(_NUMBER.fullmatch(before) or _NUMBER.fullmatch(after)) or (
        before in lexicon.before_dates or after in _BEFORE_TIMES
    )
