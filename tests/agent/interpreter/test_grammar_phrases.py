"""The phrase files: every template parses, every intent has a plan, matching finds what stands in a sentence."""

import pytest

from agent.interpreter.coverage import lay_out, readings
from agent.interpreter.dialogue import TALK
from agent.interpreter.grammar import grammar
from agent.interpreter.phrases import phrases
from agent.interpreter.plan import PLANS
from agent.interpreter.reading import Found
from agent.interpreter.words import tokenise


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_intent_has_a_plan_or_is_mere_talk(language: str) -> None:
    grammar(language)
    assert set(phrases(language).intents) == set(PLANS) | TALK


def test_both_languages_know_the_same_intents() -> None:
    assert set(phrases("it").intents) == set(phrases("en").intents)


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_same_intents_write_in_both_languages(language: str) -> None:
    writing = {name for name, intent in phrases(language).intents.items() if intent.writes}
    assert writing == {
        "book", "move", "cancel", "undo", "status", "add_service", "change_staff", "mileage", "work", "note", "block",
        "send_message", "schedule_reminder", "save_customer", "save_vehicle",
    }  # fmt: skip


def test_a_phrase_with_a_slot_is_found_with_it() -> None:
    words = tokenise("prenota un tagliando")
    service = Found("service", "svc_1", 2, 2)
    sheet = lay_out("prenota un tagliando", words, [service], grammar("it"))
    assert any(
        chunk.phrase.owner == "book" and chunk.last == 2 and [bound.found for bound in chunk.slots] == [service]
        for chunk in sheet.chunks
    )


def test_a_negation_is_a_word_nothing_explains() -> None:
    text = "non prenotare un tagliando"
    sheet = lay_out(text, tokenise(text), [Found("service", "svc_1", 3, 3)], grammar("it"))
    best = readings(sheet)[0]
    assert best.intent == "book"
    assert [sheet.words[index].text for index in best.unexplained] == ["non"]


def test_an_accent_typed_as_an_apostrophe_is_an_accent() -> None:
    text = "e' pronta"
    sheet = lay_out(text, tokenise(text), [], grammar("it"))
    assert "status" in [reading.intent for reading in readings(sheet) if reading.whole]
