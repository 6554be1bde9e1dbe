"""State in and out: export then seed is the identity; the demo moves by whole weeks; copies bring back."""

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.commands import run
from tests.tools.backends import NOW, Clock, Desk
from tools.connect import demo, open_kept, path_of
from tools.contract import ToolCall
from tools.embedded.backup import copies, folder
from tools.embedded.hours import Calendar, Settings
from tools.embedded.seed import moved_to
from tools.errors import Unusable

Json = dict[str, Any]
PINNED = ["--now", NOW.isoformat()]


async def used(path: Path) -> Json:
    """The state of a workshop in which something of every kind has happened."""
    clock = Clock()
    workshop = await open_kept(f"sqlite:///{path}", clock=clock)

    def mark_sent(message_id: str) -> None: ...

    desk = Desk(workshop, clock, mark_sent)
    notify = {"channel": "whatsapp", "confirmation": True, "reminder_before": 1440}
    booked = await desk.book("AB123CD", "tagliando", "2026-03-18T11:00", notify=notify)
    await desk.ok("reschedule_appointment", appointment_id=booked["appointment"]["id"], start="2026-03-20T09:00")
    await desk.ok("record_work", accepted=("falling_odometer",), plate="AB123CD", mileage=9, appointment_id="apt_21")
    await desk.ok("block_time", staff="Sara", from_="2026-03-23", to="2026-03-24", reason="corso")
    await desk.ok("save_customer", name="Piero Testa", phone="+393401112233", consents={"stopped": ["email"]})
    await desk.ok("save_vehicle", make="Skoda", model="Fabia")
    await desk.ok("undo")
    state = await workshop.export()
    await workshop.close()
    return state


async def test_export_then_seed_is_the_identity(tmp_path: Path) -> None:
    state = await used(tmp_path / "one.sqlite")
    assert len(state["messages"]) == 2
    assert len(state["operations"]) == 7
    other = await open_kept(f"sqlite:///{tmp_path}/two.sqlite", clock=Clock(), filled=False)
    await other.seed(json.loads(json.dumps(state)))
    assert await other.export() == state
    assert await other.check() == []
    await other.close()


async def test_what_was_seeded_goes_on_as_before(tmp_path: Path) -> None:
    state = await used(tmp_path / "one.sqlite")
    clock = Clock()
    other = await open_kept(f"sqlite:///{tmp_path}/two.sqlite", clock=clock, filled=False)
    await other.seed(state)
    desk = Desk(other, clock, lambda message_id: None)
    moved = await desk.ok("reschedule_appointment", appointment_id="apt_21", start="2026-03-26T09:00")
    assert [m["due_at"] for m in moved["messages"]] == ["2026-03-10T10:00:30+01:00", "2026-03-25T09:00:00+01:00"]
    booked = await desk.book("FH482LM", "gomme", "2026-03-18T15:00")
    assert booked["appointment"]["id"] == "apt_22"
    assert booked["operation_id"] == "op_9"
    result = await other.call(ToolCall("x", "undo", {"operation_id": "op_1"}))
    assert result.refusal is not None
    assert result.refusal.details["reason"] == "imported"
    await other.close()


async def test_the_demo_is_exported_as_it_was_seeded(tmp_path: Path) -> None:
    workshop = await open_kept(f"sqlite:///{tmp_path}/demo.sqlite", clock=Clock())
    state = await workshop.export()
    await workshop.close()
    for name in ("workshop", "services", "staff", "templates", "customers", "vehicles", "appointments"):
        assert state[name] == demo()[name], name
    assert [{k: v for k, v in job.items() if k != "id"} for job in state["jobs"]] == demo()["jobs"]


def broken(change: Callable[[Json], object]) -> Json:
    data = demo()
    change(data)
    return data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "'workshop' is missing"),
        (broken(lambda d: d.update(colour="x")), "unknown part 'colour'"),
        (broken(lambda d: d["vehicles"][3].pop("make")), r"vehicles\[3\] \(veh_4\): 'make'"),
        (broken(lambda d: d["vehicles"][3].update(owner="cus_99")), r"vehicles\[3\] \(veh_4\): FOREIGN KEY"),
        (broken(lambda d: d["vehicles"][3].update(plate="AB123CD")), r"vehicles\[3\] \(veh_4\): UNIQUE"),
        (
            broken(lambda d: d["appointments"][0].update(start="domani")),
            r"appointments\[0\].*start: 'domani'",
        ),
        (broken(lambda d: d["appointments"][0].update(services=["svc_99"])), r"appointments\[0\].*'svc_99'"),
        (broken(lambda d: d["appointments"][0].update(end="2026-03-09T10:00")), r"appointments\[0\].*CHECK"),
        (broken(lambda d: d["customers"][2].update(phone=5)), r"customers\[2\] \(cus_3\): phone: 5 is not str"),
        (broken(lambda d: d["customers"][2].update(vat="1")), r"customers\[2\] \(cus_3\): vat: '1' is not a field"),
        (broken(lambda d: d["vehicles"][0].update(colour="argento")), r"vehicles\[0\].*'argento' is not bianco"),
        (broken(lambda d: d["jobs"][7].update(mileage=True)), r"jobs\[7\]: mileage: True is not int"),
        (broken(lambda d: d["jobs"].append("x")), r"jobs\[78\]: jobs: 'x' is not an object"),
        (broken(lambda d: d.update(jobs={})), "'jobs' is not a list"),
        (broken(lambda d: d["workshop"].update(timezone="Mars/Base")), "workshop: cannot be read"),
        (broken(lambda d: d["workshop"]["opening"].update(mon=[["12:00", "10:00"]])), "end before they begin"),
    ],
)
async def test_a_seed_that_cannot_be_used_is_refused_whole(tmp_path: Path, data: Json, said: str) -> None:
    workshop = await open_kept(f"sqlite:///{tmp_path}/new.sqlite", filled=False)
    with pytest.raises(Unusable, match=said):
        await workshop.seed(data)
    assert await workshop.is_empty()
    await workshop.close()


async def test_only_the_embedded_workshop_moves_the_demo_at_first_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    later = Clock(NOW + timedelta(days=400))
    untouched = await open_kept(f"sqlite:///{tmp_path}/new.sqlite", clock=later)
    moved = await open_kept("embedded:", clock=later)
    assert (await untouched.export())["appointments"] == demo()["appointments"]
    assert (await moved.export())["appointments"] == moved_to(demo(), later().date())["appointments"]
    for workshop in (untouched, moved):
        await workshop.close()
    later.pass_by(days=70)
    again = await open_kept("embedded:", clock=later)
    assert (await again.export())["appointments"][0]["start"].startswith("2027-04-13")
    await again.close()


@pytest.mark.parametrize("today", [date(2026, 3, 10), date(2026, 3, 15), date(2026, 11, 24), date(2027, 8, 12)])
def test_the_demo_moves_by_whole_weeks(today: date) -> None:
    moved, still = moved_to(demo(), today), demo()
    calendar = Calendar(Settings.from_json(still["workshop"]))
    shift = datetime.fromisoformat(moved["now"]) - datetime.fromisoformat(still["now"])
    assert shift.days % 7 == 0
    assert datetime.fromisoformat(moved["now"]).date().isocalendar()[:2] == today.isocalendar()[:2]
    before = {item["id"]: item for item in still["appointments"]}
    for item in moved["appointments"]:
        start = datetime.fromisoformat(item["start"])
        assert start - datetime.fromisoformat(before[item["id"]]["start"]) == timedelta(days=shift.days)
        assert calendar.hours(start.date())
    dropped = set(before) - {item["id"] for item in moved["appointments"]}
    for each in dropped:
        day = datetime.fromisoformat(before[each]["start"]).date() + timedelta(days=shift.days)
        assert not calendar.hours(day)
    assert moved["vehicles"] == still["vehicles"]
    assert moved["workshop"] == still["workshop"]


# the terminal


def at(path: Path) -> str:
    return f"sqlite:///{path}"


def test_seed_refuses_a_workshop_that_is_not_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed, path = tmp_path / "seed.json", tmp_path / "w.sqlite"
    seed.write_text(json.dumps(demo()))
    assert run(["workshop", "seed", str(seed), "--workshop", at(path)]) == 0
    assert run(["workshop", "seed", str(seed), "--workshop", at(path)]) == 1
    assert "not empty" in capsys.readouterr().err
    assert run(["workshop", "check", "--workshop", at(path)]) == 0


def test_replace_first_writes_an_export_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed, path = tmp_path / "seed.json", tmp_path / "w.sqlite"
    small = demo() | {"jobs": [], "appointments": []}
    seed.write_text(json.dumps(small))
    assert run(["workshop", "export", "--workshop", at(path), *PINNED]) == 0
    before = json.loads(capsys.readouterr().out)
    for _ in range(2):
        assert run(["workshop", "seed", str(seed), "--replace", "--workshop", at(path), *PINNED]) == 0
    kept = sorted(tmp_path.glob("w.sqlite.before-seed-*.json"))
    assert len(kept) == 2
    assert before in [json.loads(file.read_text()) for file in kept]
    capsys.readouterr()
    assert run(["workshop", "export", "--workshop", at(path), *PINNED]) == 0
    assert json.loads(capsys.readouterr().out)["appointments"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["workshop", "export", "--workshop", "mysql://x"],
        ["workshop", "seed", "missing.json"],
        ["workshop", "check", "--now", "2026-03-10"],
        ["workshop", "fly"],
        ["workshop"],
    ],
)
def test_unusable_arguments_end_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    assert capsys.readouterr().err


def test_check_tells_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    double = demo()
    double["appointments"].append(double["appointments"][5] | {"id": "apt_99"})
    seed, path = tmp_path / "seed.json", tmp_path / "w.sqlite"
    seed.write_text(json.dumps(double))
    assert run(["workshop", "seed", str(seed), "--workshop", at(path)]) == 0
    assert run(["workshop", "check", "--workshop", at(path)]) == 1
    said = capsys.readouterr().out
    assert "overlap: apt_6 and apt_99 both hold stf_1" in said
    assert "overlap: apt_6 and apt_99 both hold veh_11" in said


def test_deliver_tells_what_waits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["workshop", "deliver", "--workshop", at(tmp_path / "w.sqlite"), *PINNED]) == 0
    assert capsys.readouterr().out == "sent 0, failed 0, waiting 0\n"


# copies


async def test_the_file_is_copied_daily_and_seven_are_kept(tmp_path: Path) -> None:
    path, clock = tmp_path / "w.sqlite", Clock()
    workshop = await open_kept(at(path), clock=clock)
    for _ in range(10):
        clock.pass_by(days=1)
        await workshop.deliver()
        await workshop.deliver()
    await workshop.close()
    assert [copy.stem for copy in copies(path)] == [f"w-2026-03-{day}" for day in range(14, 21)]


async def test_a_copy_that_fails_does_not_keep_the_shop_from_working(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    path = tmp_path / "w.sqlite"
    first = await open_kept(at(path), clock=Clock())
    await first.close()
    shutil.rmtree(folder(path))
    folder(path).write_text("in the way")
    expect_log("no copy of today")
    workshop = await open_kept(at(path), clock=Clock())
    assert not await workshop.is_empty()
    await workshop.close()


async def test_restore_goes_back_to_the_latest_copy_and_keeps_what_was_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, clock = tmp_path / "w.sqlite", Clock()
    workshop = await open_kept(at(path), clock=clock)
    before = await workshop.export()
    desk = Desk(workshop, clock, lambda message_id: None)
    await desk.book("AB123CD", "tagliando", "2026-03-18T11:00")
    restored = await workshop.restore()
    assert restored == copies(path)[-1]
    assert await workshop.export() == before
    aside = list(copies(path)[0].parent.glob("w-before-restore-*.sqlite"))
    assert len(aside) == 1
    await workshop.restore(aside[0])
    assert len((await workshop.export())["appointments"]) == len(before["appointments"]) + 1
    with pytest.raises(Unusable, match="no such copy"):
        await workshop.restore(tmp_path / "none.sqlite")
    await workshop.close()


def test_restore_brings_back_a_lost_file(tmp_path: Path) -> None:
    path = tmp_path / "w.sqlite"
    assert run(["workshop", "check", "--workshop", at(path), *PINNED]) == 0
    path.unlink()
    assert run(["workshop", "restore", "--workshop", at(path), *PINNED]) == 0
    assert run(["workshop", "check", "--workshop", at(path), *PINNED]) == 0


def test_addresses() -> None:
    assert path_of("sqlite:////srv/w.sqlite") == Path("/srv/w.sqlite")
    assert path_of("sqlite:///w.sqlite") == Path("w.sqlite")
    assert path_of("embedded:").name == "workshop.sqlite"
    for url in ("https://officina.example", "sqlite:///", "w.sqlite", ""):
        with pytest.raises(Unusable):
            path_of(url)


async def test_the_file_and_its_copies_are_for_one_person(tmp_path: Path) -> None:
    path = tmp_path / "w.sqlite"
    workshop = await open_kept(at(path), clock=Clock())
    await workshop.deliver()
    await workshop.close()
    assert [file.stat().st_mode & 0o077 for file in (path, *copies(path))] == [0, 0]
