"""Events and commands as JSON, and back: the one place where what comes from outside is validated.

One object each: `type` in snake case, `turn` for events, then the fields. Absent instead of null.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from agent.errors import BadWire
from agent.events import Command, Event

Wire = dict[str, Any]


def _name(kind: type) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def _adapters(union: Any) -> dict[str, TypeAdapter[Any]]:
    return {_name(kind): TypeAdapter(kind) for kind in get_args(union)}


_EVENTS = _adapters(Event)
_COMMANDS = _adapters(Command)
_ALL = {**_EVENTS, **_COMMANDS}


def encode(message: Event | Command) -> Wire:
    """The JSON object of an event or command."""
    kind = _name(type(message))
    fields = _ALL[kind].dump_python(message, mode="json", exclude_none=True)
    call = fields.get("call")
    if isinstance(call, dict) and call.get("dry_run") is False:
        del call["dry_run"]
    return {"type": kind, **fields}


def dump(message: Event | Command) -> str:
    """``encode`` as one line of text."""
    return json.dumps(encode(message), ensure_ascii=False, separators=(",", ":"))


def decode(data: str | bytes | Mapping[str, Any]) -> Event | Command:
    """The event or command a JSON object or its text stands for.

    Raises BadWire naming what is wrong with it.
    """
    message: Event | Command = _decoded(data, _ALL, "event or command")
    return message


def decode_event(data: str | bytes | Mapping[str, Any]) -> Event:
    event: Event = _decoded(data, _EVENTS, "event")
    return event


def decode_command(data: str | bytes | Mapping[str, Any]) -> Command:
    command: Command = _decoded(data, _COMMANDS, "command")
    return command


def _decoded(data: str | bytes | Mapping[str, Any], known: Mapping[str, TypeAdapter[Any]], what: str) -> Any:
    if isinstance(data, str | bytes):
        try:
            data = json.loads(data)
        except ValueError as error:
            raise BadWire(f"not JSON: {error}") from error
    if not isinstance(data, Mapping):
        raise BadWire(f"want a JSON object, got {type(data).__name__}")
    fields = dict(data)
    kind = fields.pop("type", None)
    if not isinstance(kind, str) or kind not in known:
        raise BadWire(f"unknown {what} {kind!r}")
    try:
        return known[kind].validate_python(fields, extra="forbid")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "it"
        raise BadWire(f"{kind}: {place}: {first['msg']}") from error
