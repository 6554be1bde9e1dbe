"""`bancone doctor`, on a machine that has everything and on one that has nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest

from desktop.hotkey.x11 import X11Hotkey
from tests.import_contracts import ROOT
from tests.rig import screen, sound
from tests.rig.processes import Processes
from tests.rig.screen import Screen
from tests.rig.sound import RATE, Sound

BANCONE = Path(sysconfig.get_path("scripts")) / "bancone"


class Shop:
    """A machine with a screen, a microphone and a loudspeaker."""

    def __init__(self, folder: Path) -> None:
        self.processes = Processes(folder)
        self.env = bare(folder)
        try:
            self.screen = Screen(self.processes, self.env)
            self.sound = Sound(self.processes, self.env, folder)
        except BaseException:
            self.processes.close()
            raise


def bare(folder: Path) -> dict[str, str]:
    """The environment of a machine that has none of it."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(runtime),
        "LANG": "it_IT.UTF-8",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "PULSE_SERVER": f"unix:{folder}/nobody",
    }


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    lacking = [name for name in (*screen.PROGRAMS, *sound.PROGRAMS) if not shutil.which(name)]
    if lacking:
        pytest.skip(f"this machine has no {', '.join(lacking)}")
    with tempfile.TemporaryDirectory(prefix="bancone-doctor-") as name:
        place = Shop(Path(name))
        yield place
        place.processes.close()


def examine(env: Mapping[str, str], *words: str) -> tuple[int, dict[str, str]]:
    """The exit status, and the report by what was examined, `[ ok ]` and all."""
    done = subprocess.run(
        [BANCONE, "doctor", *words], env=dict(env), capture_output=True, text=True, encoding="utf-8", timeout=100
    )
    found: dict[str, str] = {}
    for line in done.stdout.splitlines():
        health, _, rest = line.partition("] ")
        what, _, said = rest.partition(": ")
        found[what] = f"{health}] {said}"
    return done.returncode, found


def test_where_all_is_there_all_is_well(shop: Shop, tmp_path: Path) -> None:
    hum = tmp_path / "hum.raw"
    hum.write_bytes((6000 * np.sin(np.arange(RATE * 60) / 20)).astype(np.int16).tobytes())
    words = ["--raw", "--format=s16le", f"--rate={RATE}", "--channels=1", str(hum)]
    somebody = shop.processes.start("somebody", ["paplay", "-d", "vmic_in", *words], shop.env)
    workshop = f"sqlite:///{tmp_path}/workshop.sqlite"
    seed = [BANCONE, "workshop", "seed", str(ROOT / "assets/demo-workshop.json"), "--workshop", workshop]
    subprocess.run(seed, env=shop.env, check=True, capture_output=True, timeout=60)
    try:
        status, report = examine({**shop.env, "OPENAI_API_KEY": "sk-none"}, "--workshop", workshop)
    finally:
        shop.processes.stop(somebody)
    assert [said for said in report.values() if said.startswith("[ !! ]")] == []
    assert status == 0
    assert "dBFS" in report["microfono"]
    for what in ("altoparlante", "tasto per parlare", "officina", "ascolto", "voce", "chiave OpenAI"):
        assert report[what].startswith("[ ok ]"), report[what]
    assert "tutto in ordine" in report["officina"]
    assert "non fa parte di questa versione" in report["sito WordPress"]
    assert "sk-none" not in str(report)


def test_a_silent_microphone_and_a_key_that_is_taken_are_faults(shop: Shop, tmp_path: Path) -> None:
    broken = tmp_path / "workshop.sqlite"
    broken.write_text("this is no database" * 100)
    holder = X11Hotkey(shop.screen.display)
    holder.start("F9", lambda at: None, lambda at: None)
    try:
        status, report = examine(shop.env, "--language", "en", "--workshop", f"sqlite:///{broken}")
    finally:
        holder.stop()
    assert status == 1
    assert report["microphone"].startswith("[ !! ]")
    assert "perhaps muted" in report["microphone"]
    assert "F9: another program already uses it" in report["talk key"]
    assert report["workshop"].startswith("[ !! ]")
    assert str(broken) in report["workshop"]


def test_a_bare_machine_is_told_what_to_do_about_each(tmp_path: Path) -> None:
    settings = tmp_path / ".config/bancone/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('theme = "pink"\n')
    programs = tmp_path / "bin"
    programs.mkdir()
    status, report = examine({**bare(tmp_path), "PATH": str(programs), "LANG": "C"})
    assert status == 1
    assert "theme = 'pink'" in report["settings"]
    sound_card = Path("/dev/snd").exists()
    for what in (*(() if sound_card else ("microphone", "loudspeaker")), "talk key", "voice"):
        assert report[what].startswith("[ !! ]"), report[what]
    assert "talk button" in report["talk key"]
    assert "apt install espeak-ng" in report["voice"]
    assert report["keyring"].startswith("[ -- ]")
    assert "OPENAI_API_KEY" in report["keyring"]
    assert "first start" in report["workshop"]
