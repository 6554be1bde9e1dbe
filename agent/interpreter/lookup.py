"""Indexes over a workshop's vocabulary, built once per vocabulary."""

from collections.abc import Callable
from typing import TypeVar

from tools.domain import Vocabulary

T = TypeVar("T")


def indexed(build: Callable[[Vocabulary], T]) -> Callable[[Vocabulary], T]:
    """``build``, remembered for the vocabulary it was last called with."""
    last: list[tuple[Vocabulary, T]] = []

    def look(vocabulary: Vocabulary) -> T:
        if last and (last[0][0] is vocabulary or last[0][0] == vocabulary):
            return last[0][1]
        made = build(vocabulary)
        last[:] = [(vocabulary, made)]
        return made

    return look
