"""Every word a person reads is there in Italian and in English."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from desktop.texts import update
from tests.import_contracts import ROOT

LANGUAGES = ("it", "en")


@pytest.fixture(scope="module")
def renewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The translation file brought up to the sources, beside the one in the repository."""
    copy = tmp_path_factory.mktemp("texts") / update.TS.name
    shutil.copy(update.TS, copy)
    update.update(copy, copy.with_suffix(".qm"))
    return copy


def messages(ts: Path) -> Iterator[tuple[str, ET.Element]]:
    """``context: source`` and the element of every message."""
    for context in ET.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            yield f"{context.findtext('name')}: {message.findtext('source')}", message


def test_every_text_of_the_windows_is_translated(renewed: Path) -> None:
    def unfinished(message: ET.Element) -> bool:
        translation = message.find("translation")
        if translation is None or translation.get("type"):
            return True
        forms = [form.text for form in translation.iter("numerusform")] or [translation.text]
        return not all(forms)

    found = dict(messages(renewed))
    assert len(found) > 30
    assert [source for source, message in found.items() if unfinished(message)] == []


def test_the_translations_in_the_repository_are_those_of_the_sources(renewed: Path) -> None:
    assert dict(messages(update.TS)).keys() == dict(messages(renewed)).keys()
    assert update.QM.read_bytes() == renewed.with_suffix(".qm").read_bytes()


def test_placeholders_survive_translation() -> None:
    def fields(text: str) -> list[str]:
        return sorted(part for part in ("%1", "%2", "%3", "%n", "%L1") if part in text)

    wrong = []
    for name, message in messages(update.TS):
        for form in [*message.iter("numerusform"), *message.iter("translation")]:
            if form.text and form.text.strip() and fields(form.text) != fields(message.findtext("source") or ""):
                wrong.append(name)
    assert wrong == []


def test_every_reply_is_there_in_both_languages() -> None:
    folder = ROOT / "agent/interpreter/replies"
    keys = {
        language: {key for key, _ in flat(yaml.safe_load((folder / f"{language}.yaml").read_text(encoding="utf-8")))}
        for language in LANGUAGES
    }
    assert len(keys["it"]) > 20
    assert keys["it"] ^ keys["en"] == set()


def flat(tree: object, path: str = "") -> Iterator[tuple[str, object]]:
    """``a.b`` and what stands there, for every leaf of nested mappings."""
    if not isinstance(tree, dict):
        yield path, tree
        return
    for key, value in tree.items():
        yield from flat(value, f"{path}.{key}".removeprefix("."))


def test_every_family_of_sentences_is_there_in_both_languages() -> None:
    folder = ROOT / "agent/interpreter/sentences"
    families = {language: {path.name for path in (folder / language).glob("*.yaml")} for language in LANGUAGES}
    assert families["it"]
    assert families["it"] ^ families["en"] == set()
