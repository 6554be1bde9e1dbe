"""Words keep their place; numbers, telephone numbers and addresses are read from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.interpreter.contacts import find_emails, find_phones
from agent.interpreter.finders_small import find_mileage
from agent.interpreter.numbers import numbers
from agent.interpreter.words import fold, tokenise
from tests.agent.interpreter.shop import found


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("per l'otto alle 8:30", ["per", "l'", "otto", "alle", "8:30"]),
        ("alle 8.30 del 10/04", ["alle", "8.30", "del", "10/04"]),
        ("Rossi's car, it's 9 o'clock", ["Rossi", "'s", "car", "it", "'s", "9", "o'clock"]),
        ("don't, e-mail a.b@c.it", ["don't", "e-mail", "a.b@c.it"]),
        ("84.200 km, 2026-03-18", ["84.200", "km", "2026-03-18"]),
        ("9:30 - 11:00 AB-123-CD", ["9:30", "-", "11:00", "AB", "123", "CD"]),
    ],
)
def test_what_belongs_together_is_one_token(text: str, tokens: list[str]) -> None:
    assert [word.text for word in tokenise(text)] == tokens


@given(st.text(alphabet="aè' 1.:/-@’9m,Zì", max_size=40))
def test_every_token_stands_where_it_says(text: str) -> None:
    for word in tokenise(text):
        assert text[word.start : word.end] == word.text


def test_accents_fold_away_but_not_from_the_verb() -> None:
    assert [fold(word.norm) for word in tokenise("Lunedì è perché")] == ["lunedi", "è", "perche"]


@pytest.mark.parametrize(
    ("said", "language", "values"),
    [
        ("ottantaquattromila e duecento", "it", [84200]),
        ("84.200", "it", [84200]),
        ("84 mila e 200", "it", [84200]),
        ("84k", "en", [84000]),
        ("eighty-four thousand two hundred", "en", [84200]),
        ("one hundred and twenty-three", "en", [123]),
        ("dodici trentaquattro tre", "it", [12, 34, 3]),
        ("uno due tre e quattro", "it", [1, 2, 3, 4]),
        ("ventitré", "it", [23]),
    ],
)
def test_a_spoken_number_is_as_long_as_it_can_be(said: str, language: str, values: list[int]) -> None:
    assert [number.value for number in numbers(tokenise(said), language)] == values


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("tre tre cinque due sei nove otto sei cinque tre", "it"),
        ("335 2698653", "it"),
        ("335-269-86-53", "it"),
        ("+39 335 2698653", "it"),
        ("tre tre cinque ventisei novantotto sei cinque tre", "it"),
        ("three three five two six nine eight six five three", "en"),
        ("double three five two six nine eight six five three", "en"),
    ],
)
def test_a_telephone_number_is_dictated_in_any_groups(said: str, language: str) -> None:
    assert [one.value for one in found(find_phones, f"il numero è {said}", language)] == ["+393352698653"]


def test_few_digits_are_no_telephone_number() -> None:
    assert found(find_phones, "alle 10 e 30 per la 500") == []


def test_an_address_is_typed_or_dictated() -> None:
    for said in ("mario.rossi@example.test", "mario punto rossi chiocciola example punto test"):
        assert [one.value for one in found(find_emails, said)] == ["mario.rossi@example.test"]


@pytest.mark.parametrize(
    ("said", "language", "value"),
    [
        ("segna ottantaquattromila e duecento chilometri", "it", 84200),
        ("84mila km", "it", 84000),
        ("il contachilometri segna 500", "it", 500),
        ("mileage is 84,200", "en", 84200),
    ],
)
def test_kilometres_are_named(said: str, language: str, value: int) -> None:
    assert [(one.value, one.cost) for one in found(find_mileage, said, language)] == [(value, 0.0)]


def test_a_year_is_no_mileage() -> None:
    assert found(find_mileage, "il 5 maggio 2024") == []
