"""What the dialogue does with answers, corrections, focus, doubt and things there is no tool for."""

import pytest

from tests.talk import Talk

READS = (
    "list_appointments",
    "find_slots",
    "find_vehicle",
    "find_customer",
    "vehicle_history",
    "list_services",
    "opening_hours",
)


def test_what_is_missing_is_asked_and_the_answer_completes_it() -> None:
    with Talk() as talk:
        asked = talk.say("prenota la Panda domani alle undici")
        assert asked.text == "Per quale servizio?"
        done = talk.say("un cambio gomme")
        assert [call["arguments"]["services"] for call in done.writes(READS)] == [["svc_2"]]


def test_a_car_taken_from_focus_is_marked_so() -> None:
    with Talk() as talk:
        talk.say("cercami la targa AB 123 CD")
        talk.say("quando è venuto l'ultima volta?")
        understood = [event for event in talk.events if type(event).__name__ == "Understood"][-1]
        assert [(slot.kind, slot.source) for slot in understood.slots] == [("vehicle", "focus")]


def test_an_unsure_hearing_waits_for_a_yes_and_the_yes_does_it() -> None:
    with Talk(unsure=True) as talk:
        proposed = talk.say("cancel the three o'clock")
        assert proposed.writes(READS) == []
        assert "sure" in proposed.text
        done = talk.say("yes")
        assert [call["name"] for call in done.writes(READS)] == ["cancel_appointment"]


def test_a_no_leaves_everything_as_it_is() -> None:
    with Talk(unsure=True) as talk:
        before = talk.export()
        talk.say("annulla l'appuntamento delle tre")
        talk.say("no")
        assert talk.export()["appointments"] == before["appointments"]


def test_a_cancellation_corrected_is_taken_back_and_the_other_cancelled() -> None:
    with Talk() as talk:
        talk.say("annulla l'appuntamento delle tre")
        talk.say("no aspetta, quello delle quattro")
        status = {row["id"]: row["status"] for row in talk.export()["appointments"]}
        assert (status["apt_4"], status["apt_5"]) == ("confirmed", "cancelled")


def test_a_time_that_is_taken_is_answered_with_others_and_the_next_time_said_books() -> None:
    with Talk() as talk:
        refused = talk.say("prenota un tagliando per la 500 nera domani alle nove")
        assert "Posso mercoledì 11 marzo" in refused.text
        booked = talk.say("giovedì alle nove")
        assert booked.text.startswith("Fatto: tagliando per la Fiat 500 CT 983 KN, giovedì 12 marzo alle nove")


def test_a_car_that_arrives_on_another_day_than_booked_waits_for_a_yes() -> None:
    with Talk() as talk:
        proposed = talk.say("è arrivata la Punto")
        assert proposed.writes(READS) == []
        assert "un altro giorno" in proposed.text


def test_several_cars_that_fit_are_asked_about_by_owner() -> None:
    with Talk() as talk:
        asked = talk.say("segnami un tagliando per Rossi giovedì alle dieci")
        assert "Mario Rossi" in asked.text
        assert "Marco Rossi" in asked.text
        assert "AB 123 CD" in talk.say("quella di Mario").text


def test_a_follow_up_repeats_the_question_with_another_day() -> None:
    with Talk() as talk:
        talk.say("what's on today?")
        assert talk.say("and tomorrow?").text.startswith("Tomorrow there are")


@pytest.mark.parametrize(
    "said",
    [
        "è libero il ponte due alle undici?",
        "gli serve l'auto sostitutiva",
        "fammi un preventivo per la cinghia",
        "put him on the waiting list",
        "order the parts for the Clio",
        "print the invoice for Rossi",
        "email all customers who had a tyre change more than 6 months ago",
    ],
)
def test_what_there_is_no_tool_for_is_said_plainly(said: str) -> None:
    with Talk() as talk:
        told = talk.say(said)
        assert talk.intents == ["no_tool"]
        assert told.calls == ()


def test_the_language_of_the_sentence_is_the_language_of_the_answer() -> None:
    with Talk() as talk:
        assert talk.say("are we open tomorrow?").text.startswith("Yes")
        assert talk.say("siamo aperti domani?").text.startswith("Sì")


def test_repeat_says_the_last_answer_again() -> None:
    with Talk() as talk:
        first = talk.say("quanto dura un cambio gomme?")
        assert talk.say("ripeti").text == first.text


def test_the_other_reading_of_next_is_a_choice_beside_the_booking() -> None:
    with Talk() as talk:
        told = talk.say("prenota un tagliando per la Yaris bianca mercoledì prossimo alle undici")
        assert "mercoledì 18 marzo" in told.text
        assert [choice.label for choice in talk.toolbelt.preview.choices][:1] == ["mercoledì 11 marzo"]  # type: ignore[union-attr]


def test_an_open_question_is_answered_before_what_was_offered_beside_the_last_booking() -> None:
    with Talk() as talk:
        talk.say("book a service for plate AB 123 CD, first free slot next Thursday")
        asked = talk.say("book an MOT for the Yaris on Friday at four")
        assert asked.writes(READS) == []
        done = talk.say("the second one")
        assert {call["name"] for call in done.writes(READS)} <= {"book_appointment"}
        assert all(call["arguments"].get("plate") != "AB123CD" for call in done.writes(READS))
