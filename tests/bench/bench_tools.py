"""How long a call of the embedded workshop takes with 50,000 jobs on record: `python -m tests.bench.bench_tools`.

The target is p95 ≤ 20 ms for every tool (design §8). The workshop is made up, but of a real shop's proportions: ten
thousand cars of eight thousand customers, fifty thousand jobs, ten years of appointments, six weeks booked half full.
"""

import argparse
import asyncio
import random
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

from tools.connect import KeptWorkshop, demo, open_kept
from tools.contract import ToolCall

NOW = datetime.fromisoformat("2026-03-10T10:00:00+01:00")
JOBS, CARS, CUSTOMERS = 50_000, 10_000, 8_000
ROUNDS = 200
TARGET = 20.0  # ms
Json = dict[str, Any]
LETTERS = "ABCDEFGHJKLMNPRSTVWXYZ"


def plate(number: int) -> str:
    pair, rest = divmod(number, 1000)
    first, second = divmod(pair, len(LETTERS))
    return f"F{LETTERS[first]}{rest:03}{LETTERS[second]}{LETTERS[number % len(LETTERS)]}"


def big_workshop(seed: int = 1) -> Json:
    """The demo's services and staff with a real shop's years of work behind them."""
    chance, data = random.Random(seed), demo()
    staff = [{"id": f"stf_{n}", "name": f"Tecnico {n}", "spoken": [f"T{n}"]} for n in range(4, 9)]
    for service in data["services"]:
        service["staff"] += [each["id"] for each in staff]
    names = [(c["first_name"], c["last_name"]) for c in data["customers"]]
    customers = [
        {
            "id": f"cus_{n}",
            "first_name": names[n % 25][0],
            "last_name": f"{names[n // 25 % 25][1]}{n}",
            "phone": f"+3933{n:08}",
            "email": f"c{n}@example.test",
            "language": "it",
            "consents": {},
        }
        for n in range(1, CUSTOMERS + 1)
    ]
    models = [(v["make"], v["model"], v["body"], v["colour"]) for v in data["vehicles"]]
    cars = [
        dict(zip(("make", "model", "body", "colour"), models[n % len(models)], strict=True))
        | {"id": f"veh_{n}", "plate": plate(n), "owner": f"cus_{n % CUSTOMERS + 1}", "first_registered": "2018-05-01"}
        for n in range(1, CARS + 1)
    ]
    services = [service["id"] for service in data["services"][:6]]
    jobs = [
        {
            "vehicle": f"veh_{chance.randint(1, CARS)}",
            "date": (date(2016, 3, 10) + timedelta(days=n * 3650 // JOBS)).isoformat(),
            "mileage": 10_000 + n,
            "services": [chance.choice(services)],
            "work": "Olio, filtri, controllo livelli",
        }
        for n in range(JOBS)
    ]
    data |= {"staff": data["staff"] + staff, "customers": customers, "vehicles": cars, "jobs": jobs}
    return data | {"appointments": list(_appointments(chance, services))}


def _appointments(chance: random.Random, services: list[str]) -> Any:
    """Eight technicians: ten years nearly full, the six weeks to come half full."""
    number, day = 0, date(2016, 3, 10)
    while day < NOW.date() + timedelta(weeks=6):
        share = 0.3 if day < NOW.date() else 0.5
        for staff in range(1, 9):
            for hour in ("08:30", "10:00", "11:00", "14:30", "16:00", "17:00"):
                if day.weekday() < 5 and chance.random() < share:
                    number += 1
                    start = datetime.fromisoformat(f"{day}T{hour}")
                    yield {
                        "id": f"apt_{number}",
                        "start": start.isoformat(),
                        "end": (start + timedelta(minutes=60)).isoformat(),
                        "services": [chance.choice(services)],
                        "vehicle": f"veh_{chance.randint(1, CARS)}",
                        "customer": f"cus_{chance.randint(1, CUSTOMERS)}",
                        "staff": f"stf_{staff}",
                        "status": "done" if day < NOW.date() else "confirmed",
                        "notes": "",
                    }
        day += timedelta(days=1)


def requests(chance: random.Random) -> dict[str, Any]:
    """What is measured: name → a maker of arguments."""

    def car() -> str:
        return plate(chance.randint(1, CARS))

    def day() -> str:
        return (NOW.date() + timedelta(days=chance.randint(1, 40))).isoformat()

    def window() -> Json:
        start = NOW.date() + timedelta(days=chance.randint(1, 30))
        return {"from": start.isoformat(), "to": (start + timedelta(days=7)).isoformat()}

    notify = {"channel": "whatsapp", "confirmation": True, "reminder_before": 1440}
    return {
        "find_vehicle": lambda: {"plate": car()},
        "find_vehicle (unknown plate)": lambda: {"plate": car()[:-1] + "Q"},
        "find_vehicle (make, model)": lambda: {"make": "Fiat", "model": "Panda"},
        "find_customer": lambda: {"name": f"Rossi{chance.randint(1, CUSTOMERS)}"},
        "vehicle_history": lambda: {"plate": car()},
        "list_services": dict,
        "opening_hours": window,
        "list_appointments": lambda: {"from": (d := day()), "to": d},
        "list_appointments (ten years ago)": lambda: {"from": "2016-05-02", "to": "2016-05-06"},
        "find_slots": lambda: window() | {"services": ["tagliando"]},
        "book_appointment": lambda: {"plate": car(), "services": ["tagliando"], "window": window(), "notify": notify},
        "reschedule_appointment": lambda: {"appointment_id": chance.choice(_booked), "window": window()},
        "cancel_appointment": lambda: {"appointment_id": _booked.pop()},
        "undo": dict,
        "record_work": lambda: {"plate": car(), "mileage": 900_000, "services": ["tagliando"]},
        "save_customer": lambda: {"name": f"Nuovo Cliente{chance.random()}"},
        "block_time": lambda: {"staff": "T8", **window()},
    }


_booked: list[str] = []


async def measure(workshop: KeptWorkshop, rounds: int) -> list[tuple[str, float, float, float]]:
    """(what, p50, p95, max) in ms, as the workshop itself took."""
    chance, rows = random.Random(2), []
    for name, arguments in requests(chance).items():
        took = []
        for number in range(rounds if name != "cancel_appointment" else rounds // 2):
            key, yes = f"bench-{name}/{number}", ("appointments_in_the_way",)
            call = ToolCall("b", name.split()[0], arguments(), key, accepted=yes)
            result = await workshop.call(call)
            took.append(result.took * 1000)
            if result.data is not None and name == "book_appointment":
                _booked.append(result.data["appointment"]["id"])
        cuts = quantiles(took, n=100)
        rows.append((name, cuts[49], cuts[94], max(took)))
    return rows


async def bench(rounds: int) -> bool:
    """Print the table; whether every tool keeps to the target."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.sqlite"
        workshop = await open_kept(f"sqlite:///{path}", clock=lambda: NOW, filled=False)
        began = time.perf_counter()
        await workshop.seed(big_workshop())
        print(f"seeded {JOBS:,} jobs in {time.perf_counter() - began:.1f} s, {datetime.now(UTC):%Y-%m-%d}")
        began = time.perf_counter()
        vocabulary = await workshop.vocabulary()
        assert vocabulary is not None
        print(f"vocabulary of {len(vocabulary.vehicles):,} cars in {time.perf_counter() - began:.2f} s\n")
        rows = await measure(workshop, rounds)
        await workshop.close()
    print(f"{'tool':36}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}")
    for name, half, most, worst in rows:
        print(f"{name:36}{half:9.2f}{most:9.2f}{worst:9.2f}{'' if most <= TARGET else '  over'}")
    return all(most <= TARGET for _, _, most, _ in rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return 0 if asyncio.run(bench(parser.parse_args().rounds)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
