"""Every workshop answers questions alike."""

import pytest

from tests.tools.backends import Desk
from tools.errors import RefusalCode


@pytest.mark.parametrize(
    ("said", "plates"),
    [
        ({"plate": "AB123CD"}, ["AB123CD"]),
        ({"make": "fiat", "model": "500"}, ["CT983KN", "DT134EC", "FC218DV"]),
        ({"model": "classe a", "colour": "grigio"}, ["EV583NA", "FB878SL"]),
        ({"customer": "Rossi"}, ["AB123CD", "FB878SL"]),
        ({"customer": "mario rossi"}, ["AB123CD"]),
        ({"customer": "cus_12"}, ["EP469SE", "EV583NA"]),
        ({"customer": "De Luca", "make": "Jeep"}, ["CB029WN"]),
        ({"model": "Panda", "colour": "rosso"}, []),
    ],
)
async def test_cars_are_found(desk: Desk, said: dict[str, str], plates: list[str]) -> None:
    found = await desk.ok("find_vehicle", **said)
    assert sorted(car["plate"] for car in found["items"]) == plates
    assert found["total"] == len(plates)


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ({"name": "Rossi"}, ["cus_1", "cus_21"]),
        ({"name": "rossi marco"}, ["cus_21"]),
        ({"name": "Ross"}, []),
        ({"name": "100%"}, []),
        ({"phone": "+393352698653"}, ["cus_1"]),
        ({"email": "Mario.Rossi@example.test"}, ["cus_1"]),
        ({"plate": "FC218DV"}, ["cus_2"]),
    ],
)
async def test_customers_are_found(desk: Desk, said: dict[str, str], ids: list[str]) -> None:
    assert sorted(each["id"] for each in (await desk.ok("find_customer", **said))["items"]) == ids


async def test_lists_come_in_pages(desk: Desk) -> None:
    first = await desk.ok("find_customer", limit=20)
    assert (len(first["items"]), first["total"]) == (20, 25)
    rest = await desk.ok("find_customer", limit=20, cursor=first["next_cursor"])
    assert len(rest["items"]) == 5
    assert "next_cursor" not in rest
    assert not {c["id"] for c in first["items"]} & {c["id"] for c in rest["items"]}
    no = await desk.no(RefusalCode.INVALID_INPUT, "find_customer", cursor="-1")
    assert no["field"] == "cursor"


async def test_the_days_appointments_come_in_order(desk: Desk) -> None:
    today = await desk.day("2026-03-10")
    assert [a["id"] for a in today] == ["apt_1", "apt_2", "apt_3", "apt_4", "apt_5"]
    assert today[0]["vehicle"]["model"] == "Golf"
    assert today[0]["customer"]["name"] == "Luca Verdi"
    assert [a["id"] for a in await desk.day("2026-03-10", staff="marco")] == ["apt_1", "apt_3"]
    assert [a["id"] for a in await desk.day("2026-03-11", plate="GA712VW")] == ["apt_6"]
    assert [a["id"] for a in await desk.day("2026-03-11", customer_id="cus_10")] == ["apt_6"]


async def test_who_is_busy_at_an_hour_is_seen_by_what_overlaps_it(desk: Desk) -> None:
    at_nine = await desk.ok(
        "list_appointments", from_="2026-03-18T09:30:00+01:00", to="2026-03-18T09:45:00+01:00", staff="Luca"
    )
    assert [a["id"] for a in at_nine["items"]] == ["apt_17"]
    at_end = await desk.ok(
        "list_appointments", from_="2026-03-18T10:30:00+01:00", to="2026-03-18T10:45:00+01:00", staff="Luca"
    )
    assert at_end["items"] == []


async def test_opening_hours_tell_why_a_day_is_closed(desk: Desk) -> None:
    week = (await desk.ok("opening_hours", from_="2026-04-04", to="2026-04-07"))["items"]
    assert [(day["date"], day["open"], day.get("reason")) for day in week] == [
        ("2026-04-04", True, None),
        ("2026-04-05", False, "Pasqua"),
        ("2026-04-06", False, "Lunedì dell'Angelo"),
        ("2026-04-07", True, None),
    ]
    sunday = (await desk.ok("opening_hours", from_="2026-03-15", to="2026-03-15"))["items"]
    assert sunday == [{"date": "2026-03-15", "open": False, "hours": []}]
    assert week[0]["hours"] == [{"from": "08:30", "to": "12:30"}]


async def test_slots_keep_to_what_was_said(desk: Desk) -> None:
    said = {"services": ["gomme"], "from_": "2026-03-18", "to": "2026-03-18"}
    afternoon = await desk.ok("find_slots", part="afternoon", **said)
    assert afternoon["items"][0]["start"] == "2026-03-18T14:30:00+01:00"
    between = await desk.ok("find_slots", after="09:30", before="10:30", **said)
    assert [slot["start"][11:16] for slot in between["items"]] == ["09:30", "10:00"]
    luca = await desk.ok("find_slots", staff="Luca", limit=1, **said)
    assert luca["items"][0]["start"] == "2026-03-18T10:30:00+01:00"


async def test_services_come_with_minutes_and_who_does_them(desk: Desk) -> None:
    services = (await desk.ok("list_services"))["items"]
    assert [s["name_it"] for s in services][:3] == ["Tagliando", "Cambio gomme", "Revisione"]
    assert services[2]["staff"] == ["stf_1"]


async def test_history_tells_what_falls_due_and_on_what_ground(desk: Desk) -> None:
    history = await desk.ok("vehicle_history", plate="GA907ZT")
    assert [job["date"] for job in history["jobs"]] == ["2026-01-30", "2025-09-05"]
    due = {each["service"]["name_it"]: each for each in history["due"]}
    assert due["Revisione"] == due["Revisione"] | {
        "on": "2028-06-30",
        "rule": "revisione_from_first_registration",
        "on_record": False,
        "overdue": False,
    }
    # 13,391 km on 5 September 2025 and 19,604 147 days later: 28,391 are reached 208 days after that
    assert due["Tagliando"] == due["Tagliando"] | {
        "on": "2026-08-26",
        "rule": "tagliando_15000_km",
        "at_mileage": 28_391,
        "on_record": True,
    }


async def test_unknown_things_are_not_found(desk: Desk) -> None:
    assert (await desk.no(RefusalCode.NOT_FOUND, "vehicle_history", vehicle_id="veh_99"))["what"] == "vehicle"
    assert (await desk.no(RefusalCode.NOT_FOUND, "cancel_appointment", appointment_id="apt_99"))["value"] == "apt_99"
    no = await desk.no(RefusalCode.NOT_FOUND, "list_appointments", from_="2026-03-10", to="2026-03-10", staff="Gigi")
    assert [each["name"] for each in no["known"]] == ["Marco Galli", "Luca Ferri", "Sara Conti"]


@pytest.mark.parametrize(
    ("tool", "arguments", "field"),
    [
        ("opening_hours", {"from_": "2026-03-10", "to": "2029-03-10"}, "to"),
        ("opening_hours", {"from_": "domani", "to": "2026-03-10"}, "from"),
        ("opening_hours", {"from_": "2026-03-10", "to": "9999-12-31"}, "to"),
        ("opening_hours", {"from_": "0001-01-01T00:00:00", "to": "2026-03-10"}, "from"),
        ("list_appointments", {"from_": "2026-03-10"}, "to"),
        ("list_appointments", {"from_": "2026-03-10", "to": "2026-03-10", "limit": 0}, "limit"),
        ("list_appointments", {"from_": "2026-03-10", "to": "2026-03-10", "limit": 1.0}, "limit"),
        ("find_customer", {"name": "Rossi\x00"}, "name"),
        ("vehicle_history", {}, "plate"),
        ("find_slots", {"services": ["gomme"], "from_": "2026-03-10", "to": "2026-03-10", "after": "9:30"}, "after"),
    ],
)
async def test_bad_questions_are_refused_by_name(
    desk: Desk, tool: str, arguments: dict[str, object], field: str
) -> None:
    assert (await desk.no(RefusalCode.INVALID_INPUT, tool, **arguments))["field"] == field
