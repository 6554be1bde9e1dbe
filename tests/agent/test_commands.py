"""`bancone say`, `hear` and `turns`, as scripts drive them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.commands.say import turns_of
from tests.agent.desk import ENGLISH, ITALIAN
from tests.recordings import record

NOW = ("--now", "2026-03-10T10:00:00+01:00", "--llm", "none")


def bancone(folder: Path, *arguments: str, lines: str = "") -> "subprocess.CompletedProcess[str]":
    """Run a command in a process and a user's folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENAI_")}
    return subprocess.run(
        [sys.executable, "-m", "desktop.commands", *arguments],
        cwd=Path(__file__).parents[2],
        env={**kept, "XDG_DATA_HOME": str(folder / "data")},
        input=lines,
        capture_output=True,
        text=True,
        timeout=100,
    )


def events(done: "subprocess.CompletedProcess[str]") -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("sentence", [ITALIAN, ENGLISH])
def test_say_prints_the_events_of_a_booking(sentence: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'w.sqlite'}"
    done = bancone(tmp_path, "say", sentence, "--workshop", url, *NOW, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = events(done)
    (ended,) = [event for event in told if event["type"] == "tool_ended"]
    assert list(ended)[:2] == ["type", "turn"]
    assert ended["call"]["name"] == "book_appointment"
    assert set(ended["call"]) == {"id", "name", "arguments"}
    assert len(ended["result"]["data"]["messages"]) == 2
    kinds = [event["type"] for event in told]
    order = ["heard", "understood", "tool_started", "tool_ended", "preview", "said", "turn_ended"]
    assert [kinds.index(kind) for kind in order] == sorted(kinds.index(kind) for kind in order)


def test_lines_and_hands_on_the_screen(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'w.sqlite'}"
    lines = "\n".join([":yes", "prenota un tagliando per AB 123 CE mercoledì 18 alle 17", ":yes", ":undo", ":wait", ""])
    done = bancone(tmp_path, "say", "-", "--workshop", url, *NOW, "--json", lines=lines)
    assert done.returncode == 0, done.stderr
    said = [event["text"] for event in events(done) if event["type"] == "said" and event["final"]]
    assert said[0] == "Non c'è niente da confermare."
    calls = [
        (event["call"]["name"], "refusal" in event["result"])
        for event in events(done)
        if event["type"] == "tool_ended" and not event["call"].get("dry_run")
    ]
    assert calls == [("book_appointment", True), ("book_appointment", False), ("undo", False)]


def test_a_person_reads_what_was_done(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'w.sqlite'}"
    done = bancone(tmp_path, "say", "che", "appuntamenti", "ci", "sono", "domani", "--workshop", url, *NOW)
    assert done.returncode == 0, done.stderr
    assert "> che appuntamenti ci sono domani" in done.stdout
    assert "\n< Domani" in done.stdout
    kept = bancone(tmp_path, "turns", "--json")
    (turn,) = events(kept)
    assert turn["heard"] == "che appuntamenti ci sono domani"
    assert "tool_end" in bancone(tmp_path, "turns").stdout


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("say",), "nothing to say"),
        (("say", ":fly"), ":fly"),
        (("say", "ciao", "--now", "2026-03-10T10:00:00"), "no offset"),
        (("say", "ciao", "--language", "fr"), "fr"),
        (("hear", "/nowhere/speech.wav"), "/nowhere/speech.wav"),
        (("fly",), "fly"),
    ],
)
def test_unusable_arguments_are_named(arguments: tuple[str, ...], names: str, tmp_path: Path) -> None:
    done = bancone(tmp_path, *arguments)
    assert done.returncode == 2
    assert names in done.stderr


def test_a_workshop_that_is_no_address_is_a_fault(tmp_path: Path) -> None:
    done = bancone(tmp_path, "say", "ciao", "--workshop", "ftp://somewhere", *NOW)
    assert done.returncode == 1
    assert "ftp://somewhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_recording_is_heard_and_confirmed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'w.sqlite'}"
    wav = record(tmp_path / "cancel.wav", "cancel the appointment for plate F H 4 8 2 L M")
    done = bancone(tmp_path, "hear", str(wav), "--yes", "--workshop", url, *NOW, "--language", "en", "--json")
    assert done.returncode == 0, done.stderr
    told = events(done)
    (preview,) = [event for event in told if event["type"] == "preview" and event["needs"] == "yes"]
    assert preview["reasons"] == ["heard_unsurely"]
    (written,) = [
        event
        for event in told
        if event["type"] == "tool_ended"
        and event["call"]["name"] == "cancel_appointment"
        and not event["call"].get("dry_run")
    ]
    assert written["result"]["data"]["appointment"]["status"] == "cancelled"


def test_loose_words_are_one_turn() -> None:
    assert turns_of(["che", "ore", "fai"]) == ["che ore fai"]
    assert turns_of(["che ore fai", ":yes"]) == ["che ore fai", ":yes"]
    assert turns_of(["-"]) == ["-"]
