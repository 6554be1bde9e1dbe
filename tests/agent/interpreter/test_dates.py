"""Times as receptionists say them, on Tuesday 10 March 2026 at ten, against the demo workshop's opening hours."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agent.interpreter import date_rules_en, date_rules_it
from agent.interpreter.dates import When, amend, find_when, resolve, say_when
from agent.interpreter.words import listed, tokenise
from tests.agent.interpreter.duckling import share
from tests.agent.interpreter.shop import context, found


def when(text: str, language: str = "it", now: str | None = None) -> When:
    at = context(language, datetime.fromisoformat(now)) if now else context(language)
    read = resolve(text, at)
    assert read is not None, f"no time in {text!r}"
    return read


def brief(read: When) -> str:
    """Days as month-day, then the time or its bounds: "03-18 15:00", "03-16..03-22", "..03-13"."""
    parts = []
    if read.day_from or read.day_to:
        ends = [f"{day:%m-%d}" if day else "" for day in (read.day_from, read.day_to)]
        parts.append(ends[0] if ends[0] == ends[1] else "..".join(ends))
    if read.start or read.time:
        parts.append(f"{read.start or read.time:%H:%M}")
    parts += [read.part] if read.part else []
    parts += [f">{read.after:%H:%M}"] if read.after else []
    parts += [f"<{read.before:%H:%M}"] if read.before else []
    parts += [f"{read.shift.total_seconds() / 60:+.0f}min"] if read.shift is not None else []
    parts += [f"{read.anchor_days:+d}d"] if read.anchor_days is not None else []
    return " ".join(parts)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("oggi pomeriggio", "03-10 afternoon"),
        ("domani mattina alle nove", "03-11 09:00 morning"),
        ("domani alle tre e mezza", "03-11 15:30"),
        ("dopodomani alle 10 e un quarto", "03-12 10:15"),
        ("mercoledì", "03-11"),
        ("questo venerdì", "03-13"),
        ("mercoledì prossimo", "03-18"),
        ("mercoledì prossimo alle 15", "03-18 15:00"),
        ("venerdì alle undici meno un quarto", "03-13 10:45"),
        ("tra quindici giorni", "03-25"),
        ("fra due settimane", "03-24"),
        ("la settimana prossima", "03-16..03-22"),
        ("la settimana dell'otto aprile", "04-06..04-12"),
        ("lunedì 16 marzo alle 8:30", "03-16 08:30"),
        ("lunedì 16 marzo alle 8.30", "03-16 08:30"),
        ("il 3 aprile", "04-03"),
        ("il tre aprile alle 9", "04-03 09:00"),
        ("il primo aprile alle quattordici e trenta", "04-01 14:30"),
        ("il 10/04 alle 9", "04-10 09:00"),
        ("il venti alle 18", "03-20 18:00"),
        ("a fine mese", "03-31"),
        ("tra mezz'ora", "03-10 10:30"),
        ("fra un'ora e mezza", "03-10 11:30"),
        ("stasera alle sette", "03-10 19:00"),
        ("sabato mattina", "03-14 morning"),
        ("lunedì della settimana prossima", "03-16"),
        ("giovedì fra otto giorni", "03-19"),
        ("lunedì a otto", "03-23"),
        ("martedì 17 alle ore 9", "03-17 09:00"),
        ("mezzogiorno di domani", "03-11 12:00"),
        ("un mese fa", "02-10"),
        ("più di sei mesi fa", "..09-10"),
        ("l'altro ieri", "03-08"),
        ("il 5 maggio 2024", "05-05"),
        ("dopo Pasqua", "04-06.."),
        ("entro venerdì", "03-10..03-13"),
        ("tra lunedì e mercoledì", "03-16..03-18"),
        ("dopo le cinque", ">17:00"),
        ("in mattinata", "morning"),
        ("prima delle dieci", "<10:00"),
        ("giovedì dalle nove alle undici", "03-12 >09:00 <11:00"),
        ("dal 10 al 24 agosto", "08-10..08-24"),
        ("alle due", "14:00"),
        ("alle otto", "08:00"),
        ("alle otto e mezza", "08:30"),
        ("alle sei", "18:00"),
        ("all'una", "13:00"),
        ("appena possibile", "03-10.."),
        ("il primo posto libero giovedì", "03-12"),
        ("mezz'ora prima", "-30min"),
        ("un'ora dopo", "+60min"),
        ("il giorno prima", "-1d"),
        ("una settimana dopo", "+7d"),
        ("lunedì scorso", "03-09"),
        ("ieri", "03-09"),
        ("a metà settimana", "03-11"),
        ("fine settimana", "03-14..03-15"),
    ],
)
def test_italian_times(said: str, meant: str) -> None:
    assert brief(when(said)) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("tomorrow at half past three", "03-11 15:30"),
        ("next Wednesday", "03-18"),
        ("on Wednesday", "03-11"),
        ("next Friday at nine", "03-20 09:00"),
        ("in a fortnight", "03-24"),
        ("week of 8th April", "04-06..04-12"),
        ("Friday at quarter to eleven", "03-13 10:45"),
        ("the day before", "-1d"),
        ("more than six months ago", "..09-10"),
        ("this Saturday morning", "03-14 morning"),
        ("half an hour later", "+30min"),
        ("an hour earlier", "-60min"),
        ("before ten", "<10:00"),
        ("by Friday", "03-10..03-13"),
        ("between nine and eleven on Thursday", "03-12 >09:00 <11:00"),
        ("at five", "17:00"),
        ("at 8", "08:00"),
        ("the 3rd of April at 9", "04-03 09:00"),
        ("as soon as possible", "03-10.."),
        ("last Monday", "03-09"),
        ("ten to nine tomorrow", "03-11 08:50"),
        ("tomorrow afternoon", "03-11 afternoon"),
        ("after Easter", "04-06.."),
        ("on Friday from two to four", "03-13 >14:00 <16:00"),
        ("from the 10th to the 24th of August", "08-10..08-24"),
        ("first thing tomorrow", "03-11 morning"),
        ("the Golf at half eight", "08:30"),
    ],
)
def test_english_times(said: str, meant: str) -> None:
    assert brief(when(said, "en")) == meant


def test_the_other_reading_of_next_is_kept_when_it_is_ahead() -> None:
    for said, language in (("mercoledì prossimo", "it"), ("next Wednesday", "en")):
        other = when(said, language).other
        assert other is not None
        assert brief(other) == "03-11"


def test_a_move_names_the_old_hour_and_the_new() -> None:
    assert [brief(one.value) for one in found(find_when, "sposta quello delle tre alle quattro")] == ["15:00", "16:00"]
    assert [brief(one.value) for one in found(find_when, "move the three o'clock to four", "en")] == ["15:00", "16:00"]


def test_an_hour_said_outright_is_never_moved_by_the_opening_hours() -> None:
    assert brief(when("domani alle 3 del mattino")) == "03-11 03:00 morning"
    assert brief(when("tomorrow at 7 am", "en")) == "03-11 07:00"


def test_a_weekday_that_does_not_fit_its_date_is_a_guess() -> None:
    (one,) = found(find_when, "martedì 16 marzo alle nove")
    assert (one.guessed, one.reason) == (True, "weekday_mismatch")


def test_anticipating_by_half_an_hour_is_a_shift_and_leaves_the_verb() -> None:
    (one,) = found(find_when, "anticipa di mezz'ora la Golf")
    assert one.value.shift == timedelta(minutes=-30)
    assert one.first == 1


def test_an_hour_across_the_clock_change_is_an_hour() -> None:
    read = when("tra due ore", now="2026-03-29T01:30:00+01:00")
    assert read.start is not None
    assert read.start.isoformat() == "2026-03-29T04:30:00+02:00"


def test_a_day_keeps_its_own_offset() -> None:
    start = when("il 3 aprile alle 9").start
    assert start is not None
    assert start.isoformat() == "2026-04-03T09:00:00+02:00"


def test_a_time_of_day_reads_whole_or_not_at_all() -> None:
    assert resolve("la Panda grigia", context()) is None
    assert resolve("lunedì oppure martedì", context()) is None


def test_a_correction_keeps_what_was_not_said_again() -> None:
    zone = context().now.tzinfo
    assert zone is not None
    assert brief(amend(when("mercoledì alle tre"), when("alle quattro"), zone)) == "03-11 16:00"
    assert brief(amend(when("mercoledì alle tre"), when("giovedì"), zone)) == "03-12 15:00"


@pytest.mark.parametrize(
    ("moment", "italian", "english"),
    [
        ("2026-03-18T08:30", "mercoledì 18 marzo alle otto e trenta", "Wednesday 18 March at half past eight"),
        ("2026-04-01T12:00", "mercoledì primo aprile a mezzogiorno", "Wednesday 1 April at noon"),
        ("2026-03-12T13:00", "giovedì 12 marzo alle tredici", "Thursday 12 March at one o'clock"),
        ("2026-03-12T09:05", "giovedì 12 marzo alle nove e cinque", "Thursday 12 March at nine oh five"),
        ("2026-03-12T15:41", "giovedì 12 marzo alle quindici e quarantuno", "Thursday 12 March at three forty one"),
        (
            "2027-03-12T09:45",
            "venerdì 12 marzo 2027 alle nove e quarantacinque",
            "Friday 12 March 2027 at quarter to ten",
        ),
    ],
)
def test_a_moment_is_said_with_its_weekday(moment: str, italian: str, english: str) -> None:
    now = context().now
    at = datetime.fromisoformat(moment).replace(tzinfo=now.tzinfo)
    assert say_when(at, "it", now=now) == italian
    assert say_when(at, "en", now=now) == english


@pytest.mark.parametrize("minute", range(0, 1440, 5))
def test_what_is_said_is_read_back(minute: int) -> None:
    now = context().now
    at = now.replace(day=18, hour=0, minute=0) + timedelta(minutes=minute)
    if time(8, 30) <= at.time() <= time(18, 30):
        for language in ("it", "en"):
            assert when(say_when(at, language, now=now), language).start == at


_SMALL = "alle il la dopo prima di entro tra e da al fino mezza fa fra primo at the of next last in from to by before"
_FIGURES = "8:30 10/04 31/02 99 24 pm 99:99 2026 1030 0"
_VOCABULARY = sorted({*date_rules_it.LEXICON.tags, *date_rules_en.LEXICON.tags, *listed(_SMALL), *listed(_FIGURES)})


@given(st.lists(st.sampled_from(_VOCABULARY), max_size=12), st.sampled_from(("it", "en")))
@example(["saturday", "second"], "en")
@example(["99:99"], "it")
@settings(max_examples=300, deadline=None)
def test_no_sequence_of_time_words_breaks_the_reader(words: list[str], language: str) -> None:
    for one in find_when(tokenise(" ".join(words)), context(language)):
        assert 0 <= one.first <= one.last


@pytest.mark.parametrize(("language", "floor"), [("it", 0.97), ("en", 0.90)])
def test_ducklings_corpus_is_read_as_well_as_it_ever_was(language: str, floor: float) -> None:
    reached, _ = share(language)
    assert reached >= floor
