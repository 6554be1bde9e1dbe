"""The workshop's rules of choice, one by one."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.embedded import policies
from tools.embedded.instants import MINUTE
from tools.embedded.work import fold

ROME = ZoneInfo("Europe/Rome")
HOUR = 60 * MINUTE
# a day open from 8:30 to 12:30 and from 14:30 to 18:30, counted from its midnight
DAY = [(17 * HOUR // 2, 25 * HOUR // 2), (29 * HOUR // 2, 37 * HOUR // 2)]


def hour(clock: float) -> int:
    return int(clock * HOUR)


def test_among_equally_early_the_least_booked_then_the_lowest_id() -> None:
    assert policies.least_booked_first({"stf_1": 60, "stf_2": 30}, ["stf_1", "stf_2"]) == ["stf_2", "stf_1"]
    assert policies.least_booked_first({"stf_10": 60, "stf_9": 60}, ["stf_10", "stf_9"]) == ["stf_9", "stf_10"]
    assert policies.least_booked_first({"stf_1": 30}, ["stf_1", "stf_3"]) == ["stf_3", "stf_1"]


def test_offered_starts_follow_the_grid_from_opening() -> None:
    starts = policies.offered_starts(DAY[0], 30)
    assert [start / HOUR for start in starts] == [8.5, 9, 9.5, 10, 10.5, 11, 11.5, 12]


@pytest.mark.parametrize(("said", "taken"), [(0, 0), (149, 0), (150, 300), (550, 600), (600, 600)])
def test_a_start_said_outright_is_taken_to_five_minutes(said: int, taken: int) -> None:
    assert policies.as_said(said) == taken


def test_lead_time_counts_from_now() -> None:
    assert policies.earliest_start(hour(10), 0) == hour(10)
    assert policies.earliest_start(hour(10) + 299, 0) == hour(10)
    assert policies.earliest_start(hour(10), 90) == hour(11.5)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (8.5, 90, 10),
        (8.5, 240, 12.5),
        (9, 240, None),
        (12, 60, None),
        (8.5, 360, 16.5),
        (11.5, 241, 17.5 + 1 / 60),
        (14.5, 360, None),
        (8.5, 480, 18.5),
        (8.5, 481, None),
        (13, 30, None),
        (7, 30, None),
        (18.5, 30, None),
    ],
)
def test_hours(start: float, minutes: int, end: float | None) -> None:
    found = policies.end_within_hours(DAY, hour(start), minutes)
    assert found == (None if end is None else round(end * HOUR))


@given(start=st.integers(0, 24 * 12 - 1), minutes=st.integers(5, 600))
def test_a_job_takes_its_minutes_in_opening_time_only(start: int, minutes: int) -> None:
    begins = start * 5 * MINUTE
    end = policies.end_within_hours(DAY, begins, minutes)
    if end is not None:
        worked = sum(max(0, min(end, closes) - max(begins, opens)) for opens, closes in DAY)
        assert worked == minutes * MINUTE
        assert any(opens <= begins < closes for opens, closes in DAY)
        assert any(opens < end <= closes for opens, closes in DAY)


@pytest.mark.parametrize(
    ("clock", "part", "after", "before", "within"),
    [
        ("12:30", "morning", None, None, True),
        ("13:00", "morning", None, None, False),
        ("13:00", "afternoon", None, None, True),
        ("09:00", None, "09:00", None, True),
        ("09:00", None, None, "09:00", False),
        ("10:00", "morning", "09:30", "11:00", True),
    ],
)
def test_parts_of_the_day(clock: str, part: str | None, after: str | None, before: str | None, within: bool) -> None:
    assert policies.in_part(time.fromisoformat(clock), part, after, before) is within


def test_one_technician_does_it_all() -> None:
    assert policies.who_can([("a", ["s1", "s2"]), ("b", ["s2", "s3"])]) == ["s2"]
    assert policies.who_can([("a", ["s1"]), ("b", ["s3"])]) == []


def test_a_hint_contradicts_only_what_is_on_record() -> None:
    car = {"make": "Citroën", "model": "C3", "colour": "grigio", "body": None}
    assert policies.contradictions({"make": "citroen", "body": "suv"}, car, fold) == []
    assert policies.contradictions({"colour": "rosso", "model": "c3"}, car, fold) == [
        {"field": "colour", "said": "rosso", "record": "grigio"}
    ]


def test_falling_odometer() -> None:
    assert policies.odometer_falls(99, 100)
    assert not policies.odometer_falls(100, 100)
    assert not policies.odometer_falls(1, None)


def test_an_appointment_in_progress_is_not_future() -> None:
    assert policies.is_future("confirmed", 11, 10)
    assert not policies.is_future("in_progress", 9, 10)
    assert not policies.is_future("confirmed", 10, 10)
    assert not policies.is_future("cancelled", 11, 10)


def test_message_languages() -> None:
    assert [policies.message_language(each) for each in ("it", "en", "de", None)] == ["it", "en", "it", "it"]


@pytest.mark.parametrize(
    ("start", "before", "due"),
    [
        ("2026-03-18T08:30", 1440, "2026-03-17T09:00+01:00"),
        ("2026-03-18T11:00", 1440, "2026-03-17T11:00+01:00"),
        ("2026-03-18T19:30", 1440, "2026-03-17T19:00+01:00"),
        ("2026-03-18T08:30", 60, "2026-03-18T07:30+01:00"),
        ("2026-03-18T08:30", 2880, "2026-03-16T09:00+01:00"),
        # the clocks go forward on 29 March and back on 25 October
        ("2026-03-29T10:00", 1440, "2026-03-28T10:00+01:00"),
        ("2026-10-25T10:00", 1440, "2026-10-24T10:00+02:00"),
        ("2026-03-29T04:00", 120, "2026-03-29T01:00+01:00"),
    ],
)
def test_reminders(start: str, before: int, due: str) -> None:
    moment = datetime.fromisoformat(start).replace(tzinfo=ROME)
    assert policies.reminder_at(moment, before).isoformat(timespec="minutes") == due


def test_utility_messages_go_to_anyone_with_an_address_but_after_a_stop() -> None:
    assert policies.why_not_utility({"opted_out": True}, "email", "a@example.test") is None
    assert policies.why_not_utility({"stopped": ["whatsapp"]}, "email", "a@example.test") is None
    assert policies.why_not_utility({"stopped": ["email"]}, "email", "a@example.test") == "stopped"
    assert policies.why_not_utility({}, "email", None) == "no_address"


@pytest.mark.parametrize(
    ("consents", "channel", "own", "why"),
    [
        ({"whatsapp_marketing": True}, "whatsapp", True, None),
        ({"informed_soft_spam": True}, "whatsapp", True, "no_consent"),
        ({"informed_soft_spam": True}, "email", True, None),
        ({"informed_soft_spam": True}, "email", False, "no_consent"),
        ({"email_marketing": True}, "email", False, None),
        ({}, "email", True, "not_informed"),
        ({"email_marketing": True, "opted_out": True}, "email", True, "opted_out"),
        ({"email_marketing": True, "bounced": ["email"]}, "email", True, "bounced"),
    ],
)
def test_marketing(consents: dict[str, object], channel: str, own: bool, why: str | None) -> None:
    assert policies.why_not_marketing(consents, channel, "somewhere", own_customer=own) == why


TODAY = date(2026, 3, 10)


def test_revisione_two_years_after_the_last_by_the_months_end() -> None:
    due = policies.revisione_due(date(2024, 2, 29), date(2015, 5, 24), TODAY)
    assert due == policies.Due(date(2026, 2, 28), "revisione_two_years_after_last", True)


@pytest.mark.parametrize(
    ("registered", "on"),
    [
        (date(2024, 6, 26), date(2028, 6, 30)),
        (date(2012, 6, 14), date(2026, 6, 30)),
        (date(2022, 3, 1), date(2026, 3, 31)),
    ],
)
def test_revisione_without_a_record_counts_from_first_registration(registered: date, on: date) -> None:
    assert policies.revisione_due(None, registered, TODAY) == policies.Due(
        on, "revisione_from_first_registration", False
    )


def test_nothing_is_made_up_without_any_date() -> None:
    assert policies.revisione_due(None, None, TODAY) is None
    assert policies.tagliando_due(None, [], None, TODAY) is None


def test_tagliando_after_a_year_when_little_is_driven() -> None:
    readings = [(date(2025, 3, 1), 50_000), (date(2025, 9, 1), 53_000)]
    due = policies.tagliando_due((date(2025, 9, 1), 53_000), readings, None, TODAY)
    assert due == policies.Due(date(2026, 9, 1), "tagliando_one_year", True, 68_000)


def test_tagliando_after_15000_km_when_much_is_driven() -> None:
    readings = [(date(2025, 9, 1), 53_000), (date(2025, 12, 10), 63_000)]
    due = policies.tagliando_due((date(2025, 9, 1), 53_000), readings, None, TODAY)
    assert due == policies.Due(date(2026, 1, 29), "tagliando_15000_km", True, 68_000)


def test_tagliando_without_a_record_counts_from_first_registration() -> None:
    due = policies.tagliando_due(None, [], date(2020, 2, 29), TODAY)
    assert due == policies.Due(date(2027, 2, 28), "tagliando_from_first_registration", False)
