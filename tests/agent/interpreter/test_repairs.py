"""What a person takes back while talking."""

from zoneinfo import ZoneInfo

import pytest

from agent.interpreter.finders import find_all
from agent.interpreter.repairs import Repaired, repair
from agent.interpreter.words import tokenise
from tests.agent.interpreter.shop import context


def repaired(text: str, language: str = "it") -> Repaired:
    words = tokenise(text)
    return repair(words, find_all(words, context(language)), language, ZoneInfo("Europe/Rome"))


def values(text: str, kind: str, language: str = "it") -> list[object]:
    return [one.value for one in repaired(text, language).founds if one.kind == kind]


@pytest.mark.parametrize(
    ("said", "language", "start"),
    [
        ("giovedì alle tre, no, alle quattro", "it", "2026-03-12T16:00:00+01:00"),
        ("giovedì alle tre, anzi venerdì", "it", "2026-03-13T15:00:00+01:00"),
        ("Thursday at nine, I mean at ten", "en", "2026-03-12T10:00:00+01:00"),
        ("Thursday at nine, scratch that, Friday at ten", "en", "2026-03-13T10:00:00+01:00"),
        ("Thursday at nine, no wait, sorry, at ten", "en", "2026-03-12T10:00:00+01:00"),
    ],
)
def test_the_later_time_stands_and_keeps_what_was_not_said_again(said: str, language: str, start: str) -> None:
    (when,) = values(said, "when", language)
    assert when.start.isoformat() == start  # type: ignore[attr-defined]


def test_services_cars_and_technicians_are_corrected_too() -> None:
    assert values("un tagliando, anzi una revisione", "service") == ["svc_3"]
    assert [one.model for one in values("la Golf, no scusa, la Corsa bianca", "vehicle")] == ["Corsa"]  # type: ignore[attr-defined]
    assert [one.name for one in values("con Marco, volevo dire con Luca", "staff")] == ["Luca Ferri"]  # type: ignore[attr-defined]


def test_what_was_taken_back_and_the_marker_are_explained() -> None:
    text = "un tagliando, anzi una revisione"
    words = tokenise(text)
    assert [words[at].text for at in sorted(repaired(text).explained)] == ["tagliando", "anzi"]


def test_a_no_that_answers_repairs_nothing() -> None:
    answer = repaired("no, alle quattro")
    assert answer.replaced == ()
    assert answer.explained == frozenset()


def test_two_services_in_one_breath_are_no_repair() -> None:
    assert values("un tagliando e una revisione", "service") == ["svc_1", "svc_3"]


def test_fillers_are_explained() -> None:
    words = tokenise("ehm allora un tagliando")
    assert [words[at].text for at in sorted(repaired("ehm allora un tagliando").explained)] == ["ehm", "allora"]
