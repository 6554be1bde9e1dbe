"""What the repository promises about itself: who imports whom, whose names are whose, what is not in it."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests import import_contracts
from tests.import_contracts import ROOT

OURS = ("desktop", "agent", "tools", "assets", "tests", "installer")
# Written in pieces, so that this file does not hold what it looks for.
REGISTRY = re.compile(
    "|".join(("pypi" + r"\.org", "python" + "hosted", "/simp" + "le/", "npm" + r"js\.org", "packa" + r"gist\.org"))
)
MACHINE = re.compile(
    "|".join(("/ro" + "ot/", r"/ho" + r"me/(?!\$|\{|<|%)\w", "/wo" + "rk/(main|shared)", r"/Us" + r"ers/\w"))
)
NONE_GUARD = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
before = sys.getrefcount(None)
label = QLabel()
for number in range(2000):
    label.setText(str(number))
    label.update()
print(before - sys.getrefcount(None))
"""


def tracked() -> list[Path]:
    """Every file of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    """``file:line: text`` of every match in a tracked text file."""
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
            for number, line in enumerate(text.splitlines(), 1)
            if pattern.search(line)
        ]
    return found


def test_every_import_contract_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # import-linter leaves a logging configuration behind; nothing here depends on it
    result = import_contracts.hold(tmp_path)
    assert result == 0, capsys.readouterr().out


def test_contracts_name_only_modules_that_exist_or_are_planned() -> None:
    assert import_contracts.absent() <= import_contracts.PLANNED


@pytest.mark.parametrize(
    ("offender", "line"),
    [
        ("tools/contract.py", "import livekit"),
        ("tools/domain.py", "import agent.events"),
        ("agent/events.py", "import PySide6"),
    ],
)
def test_a_forbidden_import_is_noticed(offender: str, line: str, tmp_path: Path) -> None:
    for room in ("desktop", "agent", "tools"):
        for source in (ROOT / room).rglob("*.py"):
            copy = tmp_path / source.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(source.read_bytes())
    with (tmp_path / offender).open("a") as file:
        file.write(f"\n{line}\n")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/__init__.py").touch()
    (tmp_path / "tests/import_contracts.py").write_bytes((ROOT / "tests/import_contracts.py").read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    script = "import sys, pathlib, tests.import_contracts as c; sys.exit(c.hold(pathlib.Path('.')))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


@pytest.mark.parametrize("name", OURS)
def test_no_dependency_ships_a_package_named_like_ours(name: str) -> None:
    # an editable install comes after site-packages: theirs would win
    for place in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        assert not (Path(place) / name).exists()
        assert not (Path(place) / f"{name}.py").exists()


def test_qt_keeps_the_count_of_none() -> None:
    # PySide6 6.12.0 loses a reference to None per call on Python 3.11 and dies of it
    done = subprocess.run(
        [sys.executable, "-c", NONE_GUARD],
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 1000


def test_no_file_names_a_package_registry() -> None:
    assert lines_matching(REGISTRY) == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    assert lines_matching(MACHINE) == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-whisper.lock", "requirements-dev.lock"])
def test_every_locked_package_has_a_version_and_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    assert len(entries) > 100
    assert [
        entry.split()[0] for entry in entries if "==" not in entry.split()[0] or "--hash=sha256:" not in entry
    ] == []
    assert "://" not in "".join(entries)


def test_the_lock_holds_every_pin_of_the_package() -> None:
    pins = re.findall(r'^ {4}"([\w.-]+==[\w.]+)', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert len(pins) > 30
    locked = (ROOT / "requirements-dev.lock").read_text().lower()
    assert [pin for pin in pins if not re.search(rf"^{re.escape(pin.lower())}[ ;]", locked, re.MULTILINE)] == []
