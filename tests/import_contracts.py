"""The import contracts of pyproject.toml, held against the rooms as they stand.

A contract may name a module that is planned and not written yet; import-linter refuses such a name, so it is left out
here until the module is there. Any other unknown name is a mistake and fails.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import tomlkit

ROOT = Path(__file__).parents[1]
PLANNED = frozenset({"tools.wordpress", "agent.worker"})
LISTS = ("modules", "source_modules", "protected_modules", "allowed_importers")


def contracts() -> list[dict[str, Any]]:
    """Every contract as pyproject.toml has it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return found


def exists(module: str) -> bool:
    """Whether ``module`` is a file or a package of this repository; ``room.*`` is every module of that room."""
    path = ROOT.joinpath(*module.removesuffix(".*").split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def absent() -> set[str]:
    """The modules named by a contract that are not there."""
    return {name for contract in contracts() for key in LISTS for name in contract.get(key, ()) if not exists(name)}


def hold(folder: Path) -> int:
    """Check the contracts on what exists; 0 when all are kept. What is broken is printed.

    folder: where the reduced settings go.
    """
    kept = []
    for contract in contracts():
        reduced = {key: [n for n in value if exists(n)] if key in LISTS else value for key, value in contract.items()}
        wanted = [key for key in LISTS if key in contract]
        if all(reduced[key] for key in wanted) and len(reduced.get("modules", "ab")) > 1:
            kept.append(reduced)
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    file = folder / "contracts.toml"
    file.write_text(tomlkit.dumps({"tool": {"importlinter": {**settings, "contracts": kept}}}), encoding="utf-8")
    # a process of its own: import-linter's logging set-up silences every logger there is
    lint = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([lint, "--config", file, "--no-cache"], cwd=ROOT, check=False).returncode
