"""Setting a machine up: only what is missing, said plainly, nothing twice."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.import_contracts import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]


def program(path: Path, script: str) -> None:
    """A stand-in for a system program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what set-up reads, in a place with a space in its name; its pip notes its calls."""
    place = tmp_path / "shop pc"
    shutil.copytree(ROOT / "installer", place / "installer")
    for name in ("pyproject.toml", "requirements.lock", "requirements-whisper.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, place)
    (place / "assets/icons").mkdir(parents=True)
    shutil.copy(ROOT / "assets/icons/bancone.svg", place / "assets/icons")
    (place / ".venv/bin").mkdir(parents=True)
    program(place / ".venv/bin/python", f'exec {sys.executable} "$@"')
    program(place / ".venv/bin/pip", 'echo "$@" >> pip-calls')
    return place


@pytest.fixture
def run(checkout: Path, tmp_path: Path) -> Run:
    """Runs a script of the checkout on a machine of its own."""

    def _run(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
        machine = {"PATH": f"{tmp_path}/bin:/usr/bin:/bin", "HOME": f"{tmp_path}/home", "LANG": "C.UTF-8"}
        return subprocess.run(words, cwd=checkout, env=machine | env, capture_output=True, text=True)

    return _run


def machine(folder: Path, *, has: bool, root: bool) -> None:
    """A machine with all the system packages or with none, whose apt notes its calls; sudo wants a password."""
    listing = (
        "grep -oE '[a-z0-9.+-]+' installer/setup.sh | sort -u | sed 's/.*/installed & /'"
        if has
        else "echo 'installed bash '"
    )
    program(folder / "bin/dpkg-query", listing)
    program(folder / "bin/apt-get", 'echo "$@" >> apt-calls')
    program(folder / "bin/sudo", "exit 1")
    program(folder / "bin/id", f"echo {0 if root else 1000}")


@pytest.mark.parametrize(
    ("kind", "lock"),
    [("run", "requirements.lock"), ("whisper", "requirements-whisper.lock"), ("test", "requirements-dev.lock")],
)
def test_a_second_set_up_installs_nothing(kind: str, lock: str, checkout: Path, run: Run, tmp_path: Path) -> None:
    machine(tmp_path, has=True, root=True)
    first = run("installer/setup.sh", kind)
    assert first.returncode == 0, first.stderr
    assert f"--require-hashes -r {lock}" in (checkout / "pip-calls").read_text()
    (checkout / "pip-calls").unlink()
    second = run("installer/setup.sh", kind)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert not (checkout / "pip-calls").exists()
    assert not (checkout / "apt-calls").exists()


def test_a_changed_lock_is_installed(checkout: Path, run: Run, tmp_path: Path) -> None:
    machine(tmp_path, has=True, root=True)
    run("installer/setup.sh", "run")
    (checkout / "pip-calls").unlink()
    with (checkout / "requirements.lock").open("a") as lock:
        lock.write("another==1.0\n")
    run("installer/setup.sh", "run")
    assert "-r requirements.lock" in (checkout / "pip-calls").read_text()


def test_what_tests_need_is_enough_to_run(checkout: Path, run: Run, tmp_path: Path) -> None:
    machine(tmp_path, has=True, root=True)
    run("installer/setup.sh", "test")
    (checkout / "pip-calls").unlink()
    assert run("installer/setup.sh", "run").returncode == 0
    assert not (checkout / "pip-calls").exists()


def test_without_rights_it_says_what_to_install_and_stops(checkout: Path, run: Run, tmp_path: Path) -> None:
    machine(tmp_path, has=False, root=False)
    done = run("installer/setup.sh", "run")
    assert done.returncode == 1
    assert 'sudo sh -c "apt-get update && apt-get install -y --no-install-recommends ' in done.stderr
    assert " espeak-ng " in done.stderr
    assert " xvfb" not in done.stderr
    assert not (checkout / "apt-calls").exists()
    assert not (checkout / "pip-calls").exists()


def test_with_rights_it_installs_what_is_missing(checkout: Path, run: Run, tmp_path: Path) -> None:
    machine(tmp_path, has=False, root=True)
    done = run("installer/setup.sh", "test")
    assert done.returncode == 0, done.stderr
    update, install = (checkout / "apt-calls").read_text().splitlines()
    assert "update" in update
    assert " libportaudio2 " in install
    assert " xvfb" in install


def test_a_python_too_old_is_named(checkout: Path, run: Run, tmp_path: Path) -> None:
    machine(tmp_path, has=True, root=True)
    shutil.rmtree(checkout / ".venv")
    program(tmp_path / "bin/python3.10", "exit 1")
    done = run("installer/setup.sh", "run", PYTHON="python3.10")
    assert done.returncode == 1
    assert "PYTHON=python3.10 is not a Python 3.11, 3.12 or 3.13" in done.stderr


def test_an_unknown_kind_is_refused(run: Run) -> None:
    done = run("installer/setup.sh", "fly")
    assert (done.returncode, done.stderr) == (2, "setup.sh: unknown kind 'fly', want run, whisper or test\n")


def test_the_menu_entry_and_the_autostart_file_come_and_go(checkout: Path, run: Run, tmp_path: Path) -> None:
    done = run("installer/desktop-entry.sh", "install")
    assert done.returncode == 0, done.stderr
    home = tmp_path / "home"
    menu, autostart = home / ".local/share/applications/bancone.desktop", home / ".config/autostart/bancone.desktop"
    for path in (menu, autostart):
        assert str(path) in done.stdout
        entry = configparser.ConfigParser(interpolation=None)
        entry.optionxform = str  # type: ignore[assignment,method-assign]
        entry.read(path, encoding="utf-8")
        section = entry["Desktop Entry"]
        assert section["Exec"] == f'"{checkout}/.venv/bin/bancone"'
        assert section["TryExec"] == f"{checkout}/.venv/bin/bancone"
        assert section["Name"] == "Bancone"
        assert (home / f".local/share/icons/hicolor/scalable/apps/{section['Icon']}.svg").is_file()
    assert run("installer/desktop-entry.sh", "uninstall").returncode == 0
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_ci_stops_what_a_test_left_running_and_ends_with_the_closing_line(tmp_path: Path) -> None:
    place = tmp_path / "checkout"
    (place / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci/run", place / ".ci/run")
    closing = "===== 1 failed, 3 passed in 2.50s ====="
    (place / "Makefile").write_text(
        "test:\n\t@grep -q 'SigIgn:.*0$$' /proc/self/status && echo interruptible\n"
        f"\t@setsid sleep 300 & echo $$! > left\n\t@echo '{closing}'\n\t@test \"$$CI\" = true\n\t@exit 1\n"
    )
    # this test may itself run under make, whose variables would make the inner one talkative
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "MFLAGS"}
    done = subprocess.run(
        [place / ".ci/run"], cwd=place, env=outside | {"CI": ""}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode != 0
    assert done.stdout.splitlines()[-1] == closing
    assert "interruptible" in done.stdout
    left = Path(f"/proc/{(place / 'left').read_text().strip()}/cmdline")
    assert not left.exists() or not left.read_bytes()
