"""What was understood, as it goes over the wire: plain JSON for every kind of slot."""

import json

import pytest

from agent.interpreter.finders import find_all
from agent.interpreter.newcomers import find_newcomers
from agent.interpreter.reading import Context, Found
from agent.interpreter.slots import as_json
from agent.interpreter.words import tokenise
from tests.agent.interpreter.shop import NOW, vocabulary

SAID = {
    "en": (
        "book Verdi's green Focus in for a service on Friday between nine and eleven with Marco, in two hours",
        "send Giorgio Ferrari a WhatsApp reminder the day before, he's at the bank, the second one, two of them",
        "FC 218 DV is ready at 84,200 kilometres, note that the bonnet sticks",
        "new customer Helen Carter, 348 555 1207, helen@example.org, a red Ford Puma",
        "half an hour later, the day before, the grey SUV",
    ),
    "it": (
        "la Clio blu dei Neri, tagliando venerdì pomeriggio con Luca",
        "nuovo cliente Piero Vinci, 347 112 2334, una Renault Captur rossa",
        "manda un promemoria via WhatsApp al signor Bianchini il giorno prima, il secondo",
        "un'ora prima, 84.200 km, nota: cigola",
    ),
}


def found_in(text: str, language: str) -> list[Found]:
    words, context = tokenise(text), Context(language, NOW, vocabulary())
    return [*find_all(words, context), *find_newcomers(words, context)]


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, texts in SAID.items() for text in texts])
def test_a_value_is_plain_json(language: str, text: str) -> None:
    for found in found_in(text, language):
        value = as_json(found)
        assert json.loads(json.dumps(value)) == value, found.kind


def test_every_kind_is_among_those_said() -> None:
    kinds = {found.kind for language, texts in SAID.items() for text in texts for found in found_in(text, language)}
    assert kinds >= {
        "when", "plate", "vehicle", "person", "staff", "service", "channel", "template", "status", "mileage", "phone",
        "email", "position", "offset", "duration", "count", "note", "reason", "new_name", "new_car", "colour",
    }  # fmt: skip


def test_one_known_car_says_which_it_is() -> None:
    found = next(one for one in found_in("Verdi's green Focus", "en") if one.kind == "vehicle" and one.first == 0)
    value = as_json(found)
    assert value["plate"] == "ES576LG"
    assert value["make"] == "Ford"
    assert value["id"].startswith("veh_")


def test_a_value_nobody_thought_of_is_an_error() -> None:
    with pytest.raises(TypeError, match="'spanner'"):
        as_json(Found("spanner", object(), 0, 0))
