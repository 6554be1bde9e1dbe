"""README is true of the code: its commands, its tree, its settings."""

import re
from dataclasses import fields
from pathlib import Path

from desktop.commands import NAMES
from desktop.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_setting_has_its_line_with_default_and_meaning() -> None:
    for setting in fields(Settings):
        default = str(setting.default).lower() if isinstance(setting.default, bool) else str(setting.default)
        shown = f"`{default}`" if default else ""
        line = f"| `{setting.name}` | {shown} | {setting.metadata['en']} |"
        assert line in README, f"README has no line {line!r}"


def test_no_line_names_a_setting_that_is_gone() -> None:
    table = README.split("## Settings")[1].split("\n## ")[0]
    named = set(re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE))
    assert named == {setting.name for setting in fields(Settings)}


def test_every_command_is_described_and_every_described_one_exists() -> None:
    block = README.split("## The command line")[1].split("```")[1]
    assert set(re.findall(r"^bancone (\w+)", block, flags=re.MULTILINE)) == set(NAMES)


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([\w-]+):", MAKEFILE, flags=re.MULTILINE))
    named = set(re.findall(r"`?make ([a-z][\w-]*)", README))
    assert named <= targets, named - targets


def test_the_tree_is_the_tree() -> None:
    block = README.split("## What is where")[1].split("```")[1]
    folders = re.findall(r"^(\w+)/", block, flags=re.MULTILINE)
    assert folders == ["desktop", "agent", "tools", "assets", "installer", "tests"]
    assert all((ROOT / folder).is_dir() for folder in folders)


def test_the_picture_is_there() -> None:
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (ROOT / picture).is_file(), picture
