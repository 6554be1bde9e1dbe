"""Duckling's own time corpus, and how it is compared with what is read here.

The corpus has no opening hours, so the vocabulary has none either. Compared is the instant, cut to its grain: a month
is its first day. `python -m tests.agent.interpreter.duckling [it|en]` prints the share and what is missed.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from agent.interpreter.dates import When, resolve
from agent.interpreter.reading import Context
from tools.domain import Vocabulary

CORPUS = Path(__file__).parents[2] / "data" / "duckling_time"
_NOWHERE = Vocabulary(version="duckling", timezone="", workshop="", opening={})
_CUT = {"Year": 4, "Month": 7, "Quarter": 7, "Week": 10, "Day": 10, "Hour": 13, "Minute": 16, "Second": 19}


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    wanted: str
    """ISO, cut to its grain."""
    grain: str
    now: datetime


def instants(language: str) -> Iterator[Example]:
    """The examples that name one instant; those outside the years 1 to 9999 are left out."""
    for line in (CORPUS / f"{language}.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["kind"] == "datetime" and record["values"]:
            wanted = record["values"][0][: _CUT[record["grain"]]]
            if record["grain"] in ("Month", "Year"):
                wanted = wanted.replace("-00", "-01")
            yield Example(record["text"], wanted, record["grain"], datetime.fromisoformat(record["reference"]))


def read(example: Example, language: str) -> str | None:
    """The instant read, cut to the wanted grain."""
    when = resolve(example.text, Context(language, example.now, _NOWHERE))
    return None if when is None else _instant(when, example.now).isoformat()[: _CUT[example.grain]]


def _instant(when: When, now: datetime) -> datetime:
    if when.start is not None:
        return when.start
    if when.time is not None and when.day_from is None:
        today = now.replace(hour=when.time.hour, minute=when.time.minute, second=0)
        return today if today > now else today + timedelta(days=1)
    day = when.day_from or when.day_to or now.date()
    return datetime.combine(day, time())


def share(language: str) -> tuple[float, list[tuple[Example, str | None]]]:
    """The share read right, and the misses with what was read instead."""
    examples = list(instants(language))
    misses = [(example, got) for example in examples if (got := read(example, language)) != example.wanted]
    return 1 - len(misses) / len(examples), misses


if __name__ == "__main__":
    for name in sys.argv[1:] or ("it", "en"):
        reached, missed = share(name)
        print(f"{name}: {reached:.1%}")
        for example, got in missed:
            print(f"  {example.text!r}: wanted {example.wanted}, read {got}")
