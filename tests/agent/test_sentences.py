"""What people say at the counter, by what it leaves behind in the workshop: tests/sentences/{it,en}/*.yaml."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.endstate import changes, unmet
from tests.talk import Talk
from tools.connect import demo

SENTENCES = Path(__file__).parents[1] / "sentences"
OWN = sorted(SENTENCES.glob("*/*.yaml"))
UNSEEN = sorted(SENTENCES.glob("blind_*.yaml"))
"""Written by somebody who had seen the demo data only."""
SERVICES = {
    name.lower(): service["id"]
    for service in demo()["services"]
    for name in (service["id"], service["name_it"], service["name_en"], *service["synonyms"])
}


def cases(files: list[Path]) -> Iterator[Any]:
    for path in files:
        label = f"{path.parent.name}/{path.stem}" if path.parent != SENTENCES else path.stem
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")) or (), start=1):
            yield pytest.param(case, id=f"{label}:{number}")


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo workshop in a file, made once and copied for each sentence."""
    path = tmp_path_factory.mktemp("seeded") / "workshop.sqlite"
    with Talk(url=f"sqlite:///{path}") as talk:
        talk.export()
    return path


@pytest.fixture(scope="session")
def untouched(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    copy = tmp_path_factory.mktemp("untouched") / "workshop.sqlite"
    shutil.copy(seeded, copy)
    with Talk(url=f"sqlite:///{copy}") as talk:
        return talk.export()


@pytest.mark.parametrize("case", list(cases(OWN)))
def test_a_sentence_leaves_what_it_says(
    case: dict[str, Any], seeded: Path, untouched: dict[str, Any], tmp_path: Path
) -> None:
    play(case, seeded, untouched, tmp_path)


@pytest.mark.parametrize("case", list(cases(UNSEEN)))
def test_an_unseen_sentence_leaves_what_it_says(
    case: dict[str, Any], seeded: Path, untouched: dict[str, Any], tmp_path: Path
) -> None:
    play(case, seeded, untouched, tmp_path)


def play(case: dict[str, Any], seeded: Path, untouched: dict[str, Any], folder: Path) -> None:
    """Say it all at a fresh counter; the end state and the last reply must be as the file says."""
    copy = folder / "workshop.sqlite"
    shutil.copy(seeded, copy)
    said = case["said"] if isinstance(case["said"], list) else [case["said"]]
    with Talk(url=f"sqlite:///{copy}") as talk:
        told = [talk.say(text) for text in said]
        happened = changes(untouched, talk.export())
    replies = [one.text for one in told]
    problems = unmet(case.get("expect", ()), happened, SERVICES)
    last = " ".join(replies[-1].split()).lower()
    problems += [f"not said: {words!r}" for words in case.get("reply_mentions", ()) if not mentions(last, words)]
    assert not problems, f"{said} -> {replies}"


def mentions(reply: str, words: Any) -> bool:
    """Whether the words stand in the reply; of a list, any of them."""
    return any(str(word).lower() in reply for word in (words if isinstance(words, list) else [words]))
