"""A receptionist at the counter: holds the key, speaks, reads the preview, confirms, hears the answer.

The real program on the real path, with nothing of it replaced: window, global key, microphone, recogniser, interpreter,
workshop, voice, loudspeaker. No server, no key, no network.
"""

from __future__ import annotations

import json
import subprocess
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.import_contracts import ROOT
from tests.rig.counter import Counter
from tests.rig.eyes import Node
from tests.rig.processes import wait_for

APP = "Bancone"
NOW = "2026-03-10T10:00:00+01:00"
SAID = "book a tyre change for plate A B one two three C D next Wednesday"
PLATE, DAY = "AB123CD", "2026-03-18"
KEY = "F9"
BANCONE = Path(sysconfig.get_path("scripts")) / "bancone"
STARTING = 60.0  # seconds, on a busy machine, until it is ready to listen
HEARING = 30.0  # seconds, on a busy machine, from the key's release to the preview


@dataclass(frozen=True)
class Reception:
    """Bancone running in front of a counter, on a workshop of its own."""

    counter: Counter
    workshop: str
    process: subprocess.Popen[bytes]

    def export(self) -> dict[str, Any]:
        """What stands in the workshop's database, as another process sees it."""
        command = [BANCONE, "workshop", "export", "--workshop", self.workshop]
        done = subprocess.run(command, env=self.counter.env, capture_output=True, text=True, check=True, timeout=60)
        state: dict[str, Any] = json.loads(done.stdout)
        return state

    def booked_since(self, before: dict[str, Any]) -> list[tuple[str, str]]:
        """Plate and day of every appointment that was not there ``before``."""
        now = self.export()
        plates = {vehicle["id"]: vehicle["plate"] for vehicle in now["vehicles"]}
        known = {appointment["id"] for appointment in before["appointments"]}
        return [(plates[a["vehicle"]], a["start"][:10]) for a in now["appointments"] if a["id"] not in known]

    def ready(self) -> None:
        """Wait until it can be talked to."""

        def listens(node: Node) -> bool:
            return node.id.split(".")[-1] == "parla" and "enabled" in node.states

        self.counter.eyes.find(APP, listens, "a talk button that can be pressed", STARTING)

    def shows(self, words: str, patience: float = HEARING) -> Node:
        """The first thing on the window that says ``words``."""
        wanted = words.casefold()
        return self.counter.eyes.find(APP, lambda node: wanted in node.said.casefold(), repr(words), patience)

    def widget(self, name: str, patience: float = HEARING) -> Node:
        """The widget called ``name``, showing."""

        def there(node: Node) -> bool:
            return node.id.split(".")[-1] == name and "showing" in node.states

        return self.counter.eyes.find(APP, there, f"the widget {name!r}", patience)


@pytest.fixture
def reception(counter: Counter, tmp_path: Path) -> Iterator[Reception]:
    workshop = f"sqlite:///{tmp_path}/workshop.sqlite"
    seed = ["workshop", "seed", str(ROOT / "assets/demo-workshop.json"), "--workshop", workshop, "--now", NOW]
    subprocess.run([BANCONE, *seed], env=counter.env, check=True, capture_output=True, timeout=60)
    process = counter.run("bancone", [str(BANCONE), "--workshop", workshop, "--now", NOW, "--language", "en"])
    yield Reception(counter, workshop, process)
    counter.screen.photograph(tmp_path / "screen.png")
    print(counter.processes.log("bancone"))
    counter.processes.stop(process)


def test_a_held_key_books_a_car(reception: Reception) -> None:
    counter = reception.counter
    before = reception.export()
    said = counter.sound.speak(SAID, "en-us")
    counter.screen.window("Bancone")
    reception.ready()

    with counter.sound.quiet_room():
        with counter.screen.holding(KEY):
            counter.sound.play(said)
        reception.widget("conferma")
        proposed = reception.widget("anteprima").said
        reception.shows("AB 123 CD")
        assert "18 March" in proposed
        assert reception.booked_since(before) == [], "booked before the yes"

        counter.screen.press("Return")
        reception.shows("Done: tyre change")
        with counter.sound.recording() as tape:
            wait_for(lambda: tape.audible() > 1.0, "the spoken answer", HEARING)

    assert reception.booked_since(before) == [(PLATE, DAY)]
