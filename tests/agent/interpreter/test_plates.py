"""Plates as they are spelled at a counter, and the known ones they are taken for."""

import random
import time

import pytest

from agent.interpreter.plates import Plate, find_plates
from agent.interpreter.reading import Context
from agent.interpreter.words import tokenise, words_between
from tests.agent.interpreter.shop import NOW, found
from tools.domain import Vehicle, Vocabulary

_LETTERS = "ABCDEFGHJKLMNPRSTVWXYZ"
_SOUND_ALIKE = ("BCDGPTV", "MN", "FS", "LR", "AHK")


def plates(text: str, language: str = "it") -> list[Plate]:
    return [one.value for one in found(find_plates, text, language)]


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("targa AB 123 CD", "it"),
        ("ab123cd", "it"),
        ("AB-123-CD", "it"),
        ("A B centoventitré C D", "it"),
        ("a bi uno due tre ci di", "it"),
        ("Ancona Bologna uno due tre Como Domodossola", "it"),
        ("A come Ancona, B come Bologna, 123, C come Como, D come Domodossola", "it"),
        ("ab dodici tre ci di", "it"),
        ("abi 123 cidi", "it"),
        ("targa AB 123 C T, no, D di Domodossola", "it"),
        ("Alpha Bravo one two three Charlie Delta", "en"),
        ("A B one twenty three C D", "en"),
        ("plate A for apple B for bravo 123 C D", "en"),
    ],
)
def test_a_known_plate_is_found_however_it_is_spelled(said: str, language: str) -> None:
    (plate,) = plates(said, language)
    assert plate.vehicle is not None
    assert plate.vehicle.plate == "AB123CD"


def test_an_exact_plate_is_no_guess() -> None:
    (one,) = found(find_plates, "la targa è AB 123 CD e basta")
    assert not one.guessed
    assert words_between(tokenise("la targa è AB 123 CD e basta"), one.first, one.last) == "AB 123 CD"


def test_a_letter_that_sounds_alike_is_a_guess_at_the_known_plate() -> None:
    (one,) = found(find_plates, "targa AV 123 CD")
    assert (one.guessed, one.reason, one.value.vehicle.plate) == (True, "nearest_plate", "AB123CD")
    assert one.value.text == "AV123CD"


def test_another_digit_is_another_car_and_the_nearest_are_offered() -> None:
    (plate,) = plates("targa AB 124 CD")
    assert plate.vehicle is None
    assert [vehicle.plate for vehicle in plate.nearest] == ["AB123CD"]


def test_a_plate_like_no_other_is_unknown() -> None:
    assert plates("targa ZZ 999 ZZ") == [Plate("ZZ999ZZ")]


@pytest.mark.parametrize(
    "said",
    [
        "a tre di due ci vediamo alle otto",
        "chiama il 335 2698653",
        "la 500 di Bianchi alle tre",
        "call him on three three five two six nine eight six five three",
        "see you at 2 pm",
    ],
)
def test_other_talk_is_no_plate(said: str) -> None:
    assert plates(said) == []
    assert plates(said, "en") == []


def _fleet(rng: random.Random, size: int) -> Context:
    numbers: dict[str, None] = {}
    while len(numbers) < size:
        letters = [rng.choice(_LETTERS) for _ in range(4)]
        numbers[f"{letters[0]}{letters[1]}{rng.randrange(1000):03d}{letters[2]}{letters[3]}"] = None
    vehicles = tuple(Vehicle(id=plate, make="Fiat", model="Panda", plate=plate) for plate in numbers)
    return Context("it", NOW, Vocabulary("fleet", "Europe/Rome", "", {}, vehicles=vehicles))


def _misheard(plate: str, rng: random.Random, rate: float) -> str:
    """Each letter is taken for one that sounds alike, ``rate`` of the time."""

    def letter(char: str) -> str:
        group = next((group for group in _SOUND_ALIKE if char in group), "")
        return rng.choice(group.replace(char, "")) if group and rng.random() < rate else char

    return "".join(letter(char) for char in plate)


def measure(rate: float = 0.1, tries: int = 2000) -> tuple[float, float, float]:
    """Share right, share silently wrong, and the median milliseconds of one look, over 5,000 known plates."""
    rng = random.Random(7)
    fleet = _fleet(rng, 5000)
    known = fleet.vocabulary.vehicles
    right = silent = 0
    times = []
    for _ in range(tries):
        wanted = rng.choice(known).plate or ""
        words = tokenise(f"targa {_misheard(wanted, rng, rate)}")
        begun = time.perf_counter()
        (one,) = find_plates(words, fleet)
        times.append(time.perf_counter() - begun)
        named = one.value.vehicle.plate if one.value.vehicle else None
        right += named == wanted
        silent += named is not None and named != wanted and not one.guessed
    return right / tries, silent / tries, sorted(times)[tries // 2] * 1000


def test_of_five_thousand_plates_misheard_ones_are_found_again() -> None:
    right, silent, milliseconds = measure()
    assert right >= 0.98
    assert silent <= 0.002
    assert milliseconds < 5
