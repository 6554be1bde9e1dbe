"""The one table of holidays, held to the `holidays` library."""

from datetime import date, timedelta

import holidays as library
import pytest

from tools.embedded.hours import easter, holidays

YEARS = range(2024, 2036)
PROVINCES = library.country_holidays("IT").subdivisions


@pytest.mark.parametrize("province", [None, *PROVINCES])
def test_the_table_agrees_with_the_library(province: str | None) -> None:
    theirs = library.country_holidays("IT", subdiv=province, years=YEARS)
    ours = {day for year in YEARS for day in holidays("IT", province, year)}
    assert sorted(ours ^ set(theirs)) == []


def test_names_are_there_in_both_languages() -> None:
    for year in YEARS:
        for day, names in holidays("IT", "MI", year).items():
            assert names["it"], day
            assert names["en"], day
    assert holidays("IT", "MI", 2026)[date(2026, 12, 7)] == {"it": "Sant'Ambrogio", "en": "Saint Ambrose's Day"}


def test_the_fourth_of_october_is_a_holiday_from_2026() -> None:
    assert date(2025, 10, 4) not in holidays("IT", None, 2025)
    assert date(2026, 10, 4) in holidays("IT", None, 2026)


def test_a_country_without_a_table_has_no_holidays() -> None:
    assert holidays("ZZ", None, 2026) == {}


def test_easter_is_a_sunday_between_its_bounds() -> None:
    for year in range(1900, 2200):
        day = easter(year)
        assert day.weekday() == 6
        assert date(year, 3, 22) <= day <= date(year, 4, 25)
    assert easter(2026) + timedelta(days=1) == date(2026, 4, 6)
