"""The demo workshop as a vocabulary, and shorthands for trying a finder on a sentence."""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from agent.interpreter.reading import Context, Found
from agent.interpreter.words import tokenise
from tools.domain import Customer, Service, Staff, Template, Vehicle, Vocabulary

NOW = datetime.fromisoformat("2026-03-10T10:00:00+01:00")
_ASSETS = Path(__file__).parents[3] / "assets" / "demo-workshop.json"


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    data: dict[str, Any] = json.loads(_ASSETS.read_text("utf-8"))
    customers = {item["id"]: Customer.from_json(item) for item in data["customers"]}
    vehicles = [item | {"owner": None} for item in data["vehicles"]]
    owned = [Vehicle.from_json(item) for item in vehicles]
    owners = [customers[item["owner"]] for item in data["vehicles"]]
    return Vocabulary(
        version="demo",
        timezone=data["workshop"]["timezone"],
        workshop=data["workshop"]["name"],
        opening={day: tuple((a, b) for a, b in hours) for day, hours in data["workshop"]["opening"].items()},
        services=tuple(Service.from_json(item) for item in data["services"]),
        staff=tuple(Staff.from_json(item) for item in data["staff"]),
        vehicles=tuple(_with_owner(vehicle, owner) for vehicle, owner in zip(owned, owners, strict=True)),
        customers=tuple(customers.values()),
        templates=tuple(Template.from_json(item) for item in data["templates"]),
    )


def _with_owner(vehicle: Vehicle, owner: Customer) -> Vehicle:
    from dataclasses import replace

    return replace(vehicle, owner=owner)


def context(language: str = "it", now: datetime = NOW) -> Context:
    from zoneinfo import ZoneInfo

    return Context(language, now.astimezone(ZoneInfo("Europe/Rome")), vocabulary())


def found(finder: Any, text: str, language: str = "it") -> list[Found]:
    return list(finder(tokenise(text), context(language)))
