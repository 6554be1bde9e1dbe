"""What the other finders take from a sentence, with the demo workshop's words."""

import time

import pytest

from agent.interpreter.finders import FINDERS, find_all
from agent.interpreter.finders_small import (
    find_channels,
    find_notes,
    find_offsets,
    find_positions,
    find_statuses,
    find_templates,
)
from agent.interpreter.people import find_people, find_staff
from agent.interpreter.services import find_services
from agent.interpreter.vehicles import Description, find_vehicles
from agent.interpreter.words import tokenise
from tests.agent.interpreter.shop import context, found


def described(text: str, language: str = "it") -> Description:
    """The longest description."""
    value: Description = max(found(find_vehicles, text, language), key=lambda one: one.last - one.first).value
    return value


@pytest.mark.parametrize(
    ("said", "language", "plates"),
    [
        ("la Panda grigia", "it", {"FH482LM"}),
        ("the grey Panda", "en", {"FH482LM"}),
        ("the silver Panda", "en", {"FH482LM"}),
        ("il SUV grigio", "it", {"AB123CD", "GB734TK", "DS602JC"}),
        ("la cinquecento rossa", "it", {"DT134EC"}),
        ("the red Fiat five hundred", "en", {"DT134EC"}),
        ("la tremilaotto", "it", {"GA712VW"}),
        ("la trenta zero otto", "it", {"GA712VW"}),
        ("la ics uno", "it", {"DS602JC"}),
        ("la Clio dei Neri", "it", {"DK351RB"}),
        ("la macchina del signor Rossi", "it", {"AB123CD", "FB878SL"}),
        ("Smith's car", "en", {"DT134EC"}),
        ("Mr Smith's Fiat", "en", {"DT134EC"}),
        ("la Panda rossa", "it", set()),
    ],
)
def test_a_car_is_found_by_what_is_said_of_it(said: str, language: str, plates: set[str]) -> None:
    assert {vehicle.plate for vehicle in described(said, language).candidates} == plates


def test_an_unknown_colour_is_a_note_and_excludes_nothing() -> None:
    read = described("la Panda arancione")
    assert (read.note, read.colour) == ("arancione", None)
    assert [vehicle.plate for vehicle in read.candidates] == ["FH482LM"]


def test_a_colour_alone_is_no_car() -> None:
    assert found(find_vehicles, "i Neri e i Verdi") == []


@pytest.mark.parametrize(
    ("said", "language", "names"),
    [
        ("il signor Greco", "it", ["Elena Greco"]),
        ("Marco Rossi", "it", ["Marco Rossi"]),
        ("la signora De Luca", "it", ["Matteo De Luca"]),
        ("Mrs Bianchi", "en", ["Giulia Bianchi"]),
        ("per Hoxha", "it", ["Arben Hoxha"]),
    ],
)
def test_a_customer_is_found_by_name(said: str, language: str, names: list[str]) -> None:
    best = min(found(find_people, said, language), key=lambda one: (one.cost, -(one.last - one.first)))
    assert [customer.name for customer in best.value.customers] == names
    assert not best.guessed


def test_a_surname_two_customers_share_has_both_as_candidates() -> None:
    (one,) = found(find_people, "per Rossi")
    assert {customer.name for customer in one.value.customers} == {"Mario Rossi", "Marco Rossi"}


def test_a_similar_surname_is_a_guess() -> None:
    (one,) = found(find_people, "la signora Barbiere")
    assert (one.guessed, one.reason) == (True, "similar_name")
    assert [customer.name for customer in one.value.customers] == ["Silvia Barbieri"]


def test_a_title_with_an_unknown_name_is_somebody_new() -> None:
    (one,) = found(find_people, "il signor Zampetti")
    assert (one.value.name, one.value.customers) == ("Zampetti", ())


def test_an_everyday_word_is_hardly_a_surname() -> None:
    (one,) = found(find_people, "quanto costa la revisione")
    assert one.cost >= 0.5
    assert found(find_people, "prenota un tagliando per domani mattina") == []


def test_a_technician_goes_by_the_name_colleagues_use() -> None:
    assert [one.value.id for one in found(find_staff, "con Marco o con Sara")] == ["stf_1", "stf_3"]


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("un tagliando e la revisione", ["svc_1", "svc_3"]),
        ("due tagliandi", ["svc_1"]),
        ("cambio delle gomme", ["svc_2"]),
        ("cinghia e pompa acqua", ["svc_8"]),
        ("controllo dei freni", ["svc_4"]),
        ("a tyre change and a brake check", ["svc_2", "svc_4"]),
        ("la macchina è rotta", []),
    ],
)
def test_services_go_by_any_of_their_names(said: str, ids: list[str]) -> None:
    assert [one.value for one in found(find_services, said)] == ids


@pytest.mark.parametrize(
    ("said", "language", "value"),
    [
        ("è arrivata la Punto", "it", "arrived"),
        ("la Yaris è pronta", "it", "ready"),
        ("non si è presentato", "it", "no_show"),
        ("è in attesa dei ricambi", "it", "waiting_parts"),
        ("è in lavorazione", "it", "in_progress"),
        ("he didn't show up", "en", "no_show"),
        ("the Punto is finished", "en", "done"),
    ],
)
def test_a_status_has_its_words(said: str, language: str, value: str) -> None:
    assert [one.value for one in found(find_statuses, said, language)] == [value]


def test_channels_and_templates_have_their_words() -> None:
    assert [one.value for one in found(find_channels, "via WhatsApp, o per e-mail")] == ["whatsapp", "email"]
    assert [one.value for one in found(find_templates, "conferma e promemoria")] == [
        "appointment_confirmed",
        "appointment_reminder",
    ]


def test_a_template_the_workshop_lacks_is_not_found() -> None:
    from dataclasses import replace

    bare = replace(context(), vocabulary=replace(context().vocabulary, templates=()))
    assert list(find_templates(tokenise("manda il promemoria"), bare)) == []


@pytest.mark.parametrize(
    ("said", "language", "minutes"),
    [
        ("promemoria il giorno prima", "it", 1440),
        ("a reminder the day before", "en", 1440),
        ("un promemoria due ore prima", "it", 120),
        ("a reminder two hours before", "en", 120),
    ],
)
def test_a_reminder_leaves_so_long_before(said: str, language: str, minutes: int) -> None:
    offsets = found(find_offsets, said, language)
    assert {one.value for one in offsets} == {minutes}
    assert all(one.cost == 0.0 for one in offsets)


def test_without_a_reminder_the_day_before_is_rather_a_day() -> None:
    assert all(one.cost > 0 for one in found(find_offsets, "spostalo al giorno prima"))


@pytest.mark.parametrize(
    ("said", "language", "place"),
    [("il secondo", "it", 2), ("l'ultima", "it", -1), ("the third one", "en", 3), ("option two", "en", 2)],
)
def test_a_place_in_a_list(said: str, language: str, place: int) -> None:
    assert [one.value for one in found(find_positions, said, language)] == [place]


def test_a_note_goes_on_to_the_end() -> None:
    assert [one.value for one in found(find_notes, "annota che le pastiglie sono al venti per cento")] == [
        "le pastiglie sono al venti per cento"
    ]


def test_twenty_words_are_searched_in_a_few_milliseconds() -> None:
    words = tokenise(
        "Prenota un tagliando per il SUV grigio, targa AB 123 CD, primo posto libero mercoledì prossimo, "
        "e manda conferma WhatsApp con promemoria il giorno prima"
    )
    at = context()
    find_all(words, at)
    times = []
    for _ in range(60):
        begun = time.perf_counter()
        find_all(words, at)
        times.append(time.perf_counter() - begun)
    assert sorted(times)[len(times) // 2] < 0.010


@pytest.mark.parametrize("text", ["", "'", "e", "?!", "di del della"])
def test_no_finder_trips_over_almost_nothing(text: str) -> None:
    for finder in FINDERS:
        for language in ("it", "en"):
            finder(tokenise(text), context(language))
