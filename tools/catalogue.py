"""The tools as their schema files tell them: one JSON file per family, with shared shapes put in."""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from tools.contract import ToolSpec
from tools.schema import Schema

Json = Mapping[str, Any]

FAMILIES = ("availability", "bookings", "customers", "vehicles", "messages", "campaigns", "undo")
SHAPE = "shape:"


def _read(name: str) -> dict[str, Any]:
    text = resources.files("tools").joinpath("schemas", f"{name}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


CONTRACT_VERSION: int = _read("version")["contract_version"]


def _with_shapes(node: Any, shapes: Json) -> Any:
    """``node`` with every `"x-bancone": "shape:NAME"` replaced by that shape, however deep."""
    if isinstance(node, list):
        return [_with_shapes(item, shapes) for item in node]
    if not isinstance(node, dict):
        return node
    mark = node.get("x-bancone")
    if isinstance(mark, str) and mark.startswith(SHAPE):
        shape = _with_shapes(shapes[mark.removeprefix(SHAPE)], shapes)
        return shape | {key: value for key, value in node.items() if key == "description"}
    return {key: _with_shapes(value, shapes) for key, value in node.items()}


@cache
def shapes() -> Json:
    """The shared shapes by name, whole."""
    raw = _read("shapes")["shapes"]
    return {name: _with_shapes(shape, raw) for name, shape in raw.items()}


@cache
def catalogue() -> Mapping[str, ToolSpec]:
    """Every tool that is specified, by name."""
    specs: dict[str, ToolSpec] = {}
    for family in FAMILIES:
        for tool in _with_shapes(_read(family)["tools"], shapes()):
            specs[tool["name"]] = ToolSpec(
                name=tool["name"],
                description=tool["description"],
                input=tool["input"],
                output=tool["output"],
                risk=tool["risk"],
            )
    return specs


@cache
def arguments_of(name: str) -> Schema:
    """The compiled schema of a tool's arguments."""
    return Schema(catalogue()[name].input)


@cache
def data_of(name: str) -> Schema:
    """The compiled schema of a tool's answer."""
    return Schema(catalogue()[name].output)
