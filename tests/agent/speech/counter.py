"""The demo workshop's own words, as a recogniser is told them."""

import json
from functools import cache
from importlib import resources

from tools.domain import Vocabulary


@cache
def demo_vocabulary() -> Vocabulary:
    demo = json.loads(resources.files("assets").joinpath("demo-workshop.json").read_text(encoding="utf-8"))
    owners = {customer["id"]: customer for customer in demo["customers"]}
    return Vocabulary.from_json(
        {
            "version": "demo",
            "timezone": demo["workshop"]["timezone"],
            "workshop": demo["workshop"]["name"],
            "opening": demo["workshop"]["opening"],
            "services": demo["services"],
            "staff": demo["staff"],
            "customers": demo["customers"],
            "templates": demo["templates"],
            "vehicles": [{**vehicle, "owner": owners[vehicle["owner"]]} for vehicle in demo["vehicles"]],
        }
    )
