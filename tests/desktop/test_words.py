"""No code of the contract is shown raw, in either language; no text escapes translation."""

import ast
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import desktop
from agent.events import State
from agent.turn import Stage
from desktop import texts
from desktop.texts import words
from tools.catalogue import catalogue
from tools.domain import BODIES, COLOURS, STATUSES
from tools.errors import RefusalCode

REASONS = (
    "nearest_plate", "similar_name", "heard_unsurely", "guessed", "another_day",
    "falling_odometer", "appointments_in_the_way", "message_already_left",
)  # fmt: skip
KINDS = ("booking", "move", "cancellation", "update", "message", "record", "customer", "vehicle", "block", "undo")
STAGES = (
    "start",
    "hearing",
    "understanding",
    "tool",
    "speaking",
    "connection",
    "microphone",
    "muted",
    "hotkey",
    "settings",
)
SOURCES = sorted(Path(desktop.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_code_has_its_word(qapp: QApplication, language: str) -> None:
    texts.use(qapp, "en")
    english = {name: words.tool(name) for name in catalogue()}
    texts.use(qapp, language)
    assert [name for name in catalogue() if words.tool(name) == name.replace("_", " ")] == []
    assert [code for code in RefusalCode if words.refusal(code) == code] == []
    assert [
        code for code in REASONS if "Please check:" in words.reason(code) or "Da controllare:" in words.reason(code)
    ] == []
    assert [one for one in STAGES if words.failure(one) == words.failure("no such stage")] == []
    assert all(words.state(one) and words.stage(two) for one in State for two in Stage)
    assert all(words.kind(one) for one in KINDS)
    if language == "it":
        assert [name for name in catalogue() if words.tool(name) == english[name]] == []
        assert words.status("ready") == "pronto"
        assert len({words.status(one) for one in STATUSES}) == len(STATUSES)
        assert [words.colour(one) for one in COLOURS[:2]] == ["bianco", "nero"]
        assert all(words.body(one) for one in BODIES)


def test_a_code_from_tomorrow_is_shown_rather_than_nothing(qapp: QApplication) -> None:
    texts.use(qapp, "en")
    assert words.reason("moon_is_full") == "Please check: moon is full."
    assert words.tool("wash_car") == "wash car"


def test_another_language_is_refused_by_name(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="language 'de'"):
        texts.use(qapp, "de")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_no_text_to_translate_is_put_together_first(source: Path) -> None:
    # lupdate reads literals only: tr(f"…") would be looked up with the value in it and never be found
    wrong = []
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("tr", "translate") and any(isinstance(argument, ast.JoinedStr) for argument in node.args):
                wrong.append(node.lineno)
        if isinstance(node, ast.FormattedValue):
            wrong += [
                inner.lineno
                for inner in ast.walk(node)
                if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr == "tr"
            ]
    assert wrong == []
