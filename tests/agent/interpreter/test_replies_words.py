"""Replies: made from the result alone, in words a voice can say."""

import pytest

from agent.interpreter.reading import CallTool, Outcome
from agent.interpreter.replies import reply
from agent.interpreter.saying import shortened, spoken_plate
from agent.interpreter.texts import contracted, texts
from tests.talk import NOW, Talk
from tools.domain import Vocabulary
from tools.errors import RefusalCode


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    with Talk() as talk:
        return talk.vocabulary()


def refused(code: str, language: str, vocabulary: Vocabulary, **details: object) -> str:
    call = CallTool("book_appointment", {"plate": "AB123CD"}, intent="book", slots=(), language=language)
    outcome = Outcome(call, refusal_code=code, refusal_details=details)
    return reply(outcome, language=language, now=NOW, vocabulary=vocabulary)


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("code", [code.value for code in RefusalCode])
def test_every_refusal_has_words_even_without_details(code: str, language: str, vocabulary: Vocabulary) -> None:
    said = refused(code, language, vocabulary)
    assert said.endswith((".", "?"))
    assert "{" not in said


def test_both_languages_have_the_same_texts() -> None:
    italian, english = texts("it"), texts("en")
    assert {name: set(section) for name, section in italian.items() if isinstance(section, dict)} == {
        name: set(section) for name, section in english.items() if isinstance(section, dict)
    }


def test_an_unknown_plate_names_the_nearest(vocabulary: Vocabulary) -> None:
    nearest = [{"plate": "AB123CD", "make": "Nissan", "model": "Qashqai", "colour": "grigio"}]
    said = refused("not_found", "it", vocabulary, plate="AB123CE", nearest=nearest)
    assert said == "La targa AB 123 CE non è in archivio. Intendevi Nissan Qashqai grigia AB 123 CD?"


def test_alternatives_name_the_day_once(vocabulary: Vocabulary) -> None:
    starts = ["2026-03-11T10:30:00+01:00", "2026-03-11T11:00:00+01:00", "2026-03-12T09:00:00+01:00"]
    said = refused("slot_taken", "en", vocabulary, alternatives=[{"start": start} for start in starts])
    assert "Wednesday 11 March at half past ten, at eleven o'clock or Thursday 12 March at nine o'clock" in said


def test_a_plate_is_said_in_groups() -> None:
    assert spoken_plate("AB123CD") == "AB 123 CD"


def test_a_list_is_cut_to_three() -> None:
    assert shortened(["a", "b", "c", "d", "e"], "it") == "a; b; c; e altri 2"
    assert shortened(["a", "b", "c", "d"], "en") == "a; b; c; and one more"


def test_italian_prepositions_join_their_article() -> None:
    assert contracted("Su la Golf e di l'Alfa") == "Sulla Golf e dell'Alfa"
