"""Typed turns through the embedded session, down to the workshop's database."""

from pathlib import Path

import pytest

from agent.events import Choose, Confirm, Failed, Needs, Preview, PreviewClosed, Reject, TurnEnded, Type, Undo
from tests.agent.desk import ENGLISH, ITALIAN, desk, state


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        (ITALIAN, ("mercoledì 18 marzo", "alle dieci e trenta", "AB 123 CD")),
        (ENGLISH, ("Wednesday 18 March", "half past ten", "AB 123 CD")),
    ],
)
async def test_the_first_request_is_one_call(sentence: str, named: tuple[str, ...], tmp_path: Path) -> None:
    async with desk(tmp_path) as counter:
        said = await counter.say(sentence)
        assert len(counter.done("book_appointment")) == 1
    assert all(word in said for word in named)
    now = await state(tmp_path)
    booked = [row for row in now["appointments"] if row["start"].startswith("2026-03-18")]
    messages = [(row["channel"], row["due_at"][:10]) for row in now["messages"]]
    assert len([row for row in booked if "veh_1" in str(row) or "AB123CD" in str(row)]) == 1
    assert messages == [("whatsapp", "2026-03-10"), ("whatsapp", "2026-03-17")]


async def test_undo_takes_the_booking_and_its_messages_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as counter:
        await counter.say(ITALIAN)
        await counter.do(Undo())
    now = await state(tmp_path)
    assert {row["status"] for row in now["messages"]} == {"cancelled"}
    assert len(now["operations"]) == 2


async def test_undo_by_id_takes_back_that_one(tmp_path: Path) -> None:
    async with desk(tmp_path) as counter:
        await counter.say(ITALIAN)
        first = counter.preview.operation_id
        await counter.say("prenota un cambio gomme per AB 123 CD venerdì alle 15")
        await counter.do(Undo(first))
        undone = counter.done("undo")[-1]
    assert undone.result.data is not None
    assert undone.result.data["undone"]["operation_id"] == first


async def test_a_done_booking_is_shown_with_its_day(tmp_path: Path) -> None:
    async with desk(tmp_path) as counter:
        await counter.say(ITALIAN)
        shown = counter.preview
    assert (shown.kind, shown.needs, shown.reasons) == ("booking", Needs.NOTHING, ())
    assert shown.operation_id is not None
    assert shown.proposal["appointment"]["id"] in [row["id"] for row in shown.day]
    assert [row["start"] for row in shown.day] == sorted(row["start"] for row in shown.day)


async def test_a_chip_beside_what_was_done_is_done_instead(tmp_path: Path) -> None:
    async with desk(tmp_path) as counter:
        await counter.say(ITALIAN)
        shown = counter.preview
        other = next(choice for choice in shown.choices if "window" in choice.arguments)
        said = await counter.do(Choose(shown.id, other.id))
    assert "11 marzo" in said
    now = await state(tmp_path)
    assert [row["undone_at"] is not None if "undone_at" in row else False for row in now["operations"]][:1] == [True]
    standing = [row for row in now["messages"] if row["status"] == "queued"]
    assert {row["due_at"][:10] for row in standing} == {"2026-03-10"}


async def test_a_taken_time_comes_with_others_to_choose(tmp_path: Path) -> None:
    async with desk(tmp_path) as counter:
        await counter.say("prenota un tagliando per AB 123 CD mercoledì 18 alle 8:30 con Luca")
        shown = counter.preview
        assert (shown.needs, shown.reasons) == (Needs.YES, ("slot_taken",))
        assert len(shown.choices) == 3
        await counter.do(Choose(shown.id, "2"))
        assert counter.preview.proposal["appointment"]["start"] == shown.choices[1].arguments["start"]
        assert len(counter.done("book_appointment")) == 2


async def test_an_unknown_plate_offers_the_nearest_and_waits(tmp_path: Path) -> None:
    before = None
    async with desk(tmp_path) as counter:
        said = await counter.say("prenota un tagliando per AB 123 CE mercoledì 18 alle 17")
        assert "AB 123 CD" in said
        shown = counter.preview
        assert (shown.needs, shown.reasons) == (Needs.YES, ("nearest_plate",))
        before = await state(tmp_path)
        assert before["operations"] == []
        await counter.do(Confirm(shown.id))
    after = await state(tmp_path)
    assert [row["tool"] for row in after["operations"]] == ["book_appointment"]


async def test_a_no_leaves_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as counter:
        await counter.say("prenota un tagliando per AB 123 CE mercoledì 18 alle 17")
        shown = counter.preview
        assert "non faccio niente" in await counter.do(Reject(shown.id))
        assert counter.of(PreviewClosed)[-1] == PreviewClosed(2, shown.id, "rejected")
        assert "niente da confermare" in await counter.do(Confirm(shown.id))
    assert (await state(tmp_path))["operations"] == []


async def test_a_typed_yes_does_what_waits(tmp_path: Path) -> None:
    async with desk(tmp_path) as counter:
        await counter.say("prenota un tagliando per AB 123 CE mercoledì 18 alle 17")
        await counter.say("sì")
        assert counter.preview.needs is Needs.NOTHING
        assert counter.of(PreviewClosed)[-1].outcome == "done"
    assert len((await state(tmp_path))["operations"]) == 1


async def test_a_falling_odometer_waits_for_a_yes(tmp_path: Path) -> None:
    async with desk(tmp_path) as counter:
        await counter.say("segna 1000 chilometri per AB 123 CD")
        assert counter.preview.reasons == ("falling_odometer",)
        await counter.do(Confirm(counter.preview.id))
        assert counter.preview.operation_id is not None
    assert [row["tool"] for row in (await state(tmp_path))["operations"]] == ["record_work"]


async def test_a_wrong_colour_writes_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as counter:
        await counter.say("Book a service for the red SUV, plate AB 123 CD, tomorrow at 9")
        refusal = counter.done("book_appointment")[-1].result.refusal
        assert refusal is not None
        assert refusal.code == "vehicle_mismatch"
        assert counter.of(Preview) == []
    assert (await state(tmp_path))["operations"] == []


async def test_the_same_turn_again_books_nothing_more(tmp_path: Path) -> None:
    async with desk(tmp_path) as counter:
        first = await counter.say(ITALIAN, turn_id="turn-a")
        again = await counter.say(ITALIAN, turn_id="turn-a")
        assert again == first.split(" Se invece")[0] or again == first
        assert len(counter.done("book_appointment")) == 1
    assert len((await state(tmp_path))["operations"]) == 1


async def test_every_turn_ends_once_and_in_order(tmp_path: Path) -> None:
    async with desk(tmp_path) as counter:
        for text in ("che appuntamenti ci sono domani?", "xyzzy plugh", "is Marco free tomorrow at eleven?"):
            await counter.say(text)
        ended = [event.summary for event in counter.of(TurnEnded)]
    assert [turn.number for turn in ended] == [1, 2, 3]
    assert [turn.by for turn in ended] == ["interpreter", None, "interpreter"]
    assert all(turn.said for turn in ended)


async def test_a_new_sentence_cuts_the_one_before(tmp_path: Path) -> None:
    async with desk(tmp_path) as counter:
        await counter.session.send(Type("che appuntamenti ci sono domani?", "a"))
        await counter.counter.do(Type("che appuntamenti ci sono venerdì?", "b"))
        assert counter.of(Failed) == []
        assert sorted(event.turn for event in counter.of(TurnEnded)) == [1, 2]
