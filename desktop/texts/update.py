"""Bring bancone_it.ts and bancone_it.qm up to the sources; says what is still to be translated.

`python -m desktop.texts.update`, after changing a text of the windows.
"""

import subprocess
import sys
import sysconfig
from pathlib import Path

from desktop.texts import FOLDER

DESKTOP = FOLDER.parent
TS, QM = FOLDER / "bancone_it.ts", FOLDER / "bancone_it.qm"


def sources() -> list[Path]:
    """Every module that may hold words of the windows."""
    return sorted(DESKTOP.rglob("*.py"))


def update(ts: Path, qm: Path) -> str:
    """Write both files; what the Qt tools said about it. Texts no longer used drop out."""
    names = [str(path.relative_to(DESKTOP.parent)) for path in sources()]
    said = _run("lupdate", *names, "-ts", str(ts), "-no-obsolete", "-locations", "none", "-target-language", "it_IT")
    return said + _run("lrelease", str(ts), "-qm", str(qm))


def _run(tool: str, *arguments: str) -> str:
    program = Path(sysconfig.get_path("scripts")) / f"pyside6-{tool}"
    done = subprocess.run(
        [program, *arguments], cwd=DESKTOP.parent, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout + done.stderr


if __name__ == "__main__":
    sys.stdout.write(update(TS, QM))
