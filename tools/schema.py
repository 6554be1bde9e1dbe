"""The one validator of tool arguments: a strict reading of a small part of JSON Schema (contract §3).

Stricter than JSON Schema itself, and the same in PHP: `1.0` is no integer, an integer fits 64 bits, a
pattern must end where the text ends, and no string holds a control character. tests/tools/schema_examples.json
is run by both.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, TypeChecker, ValidationError, validators

Json = Mapping[str, Any]

KEYWORDS = frozenset(
    {"type", "properties", "required", "additionalProperties", "items", "enum", "pattern", "minimum", "maximum"}
    | {"minLength", "maxLength", "maxItems", "description", "x-bancone"}
)
TYPES = frozenset({"object", "array", "string", "integer", "number", "boolean"})
SHOWN = 60  # characters of a refused value that a message repeats


@dataclass(frozen=True, slots=True)
class Problem:
    """The first thing that is wrong with a value."""

    field: str
    """Where, as `notify.channel` or `services[0]`; empty for the whole."""
    value: Any
    """What stood there; None when it is missing."""
    message: str
    """Names field, value and rule."""


def _is_integer(_: TypeChecker, value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63


def _is_number(_: TypeChecker, value: object) -> bool:
    return _is_integer(_, value) or (isinstance(value, float) and abs(value) != float("inf") and value == value)


def unprintable(text: str) -> str | None:
    """The first control character or lone surrogate in ``text``, as U+XXXX; None when there is none."""
    bad = next((char for char in text if unicodedata.category(char) in ("Cc", "Cs")), None)
    return None if bad is None else f"U+{ord(bad):04X}"


def _type(validator: Any, wanted: str, value: Any, schema: Json) -> Iterator[ValidationError]:
    if not validator.is_type(value, wanted):
        yield ValidationError(f"{shown(value)} is not {_article(wanted)}")
    elif isinstance(value, str) and (bad := unprintable(value)):
        yield ValidationError(f"{shown(value)} holds the control character {bad}")


def _pattern(validator: Any, pattern: str, value: Any, schema: Json) -> Iterator[ValidationError]:
    if isinstance(value, str) and not _compiled(pattern).search(value):
        yield ValidationError(f"{shown(value)} does not match {pattern}")


@lru_cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """In Python `$` also matches before a final line break; here it is the end."""
    return re.compile(re.sub(r"(?<!\\)\$$", r"\\Z", pattern), re.ASCII)


def _article(word: str) -> str:
    return f"{'an' if word[0] in 'aio' else 'a'} {word}"


def shown(value: object) -> str:
    """``value`` as a message repeats it, cut where it is long."""
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


_Strict: Any = validators.extend(  # type: ignore[no-untyped-call]  # jsonschema leaves it so
    Draft202012Validator,
    {"type": _type, "pattern": _pattern},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer).redefine("number", _is_number),
)
# The first fault told is the one nearest the top: an unknown or missing name before what is inside a value.
_ORDER = ("type", "additionalProperties", "required")


class Schema:
    """One schema, compiled once."""

    def __init__(self, schema: Json) -> None:
        check_keywords(schema)
        self._validator = _Strict(dict(schema))

    def problem(self, value: object) -> Problem | None:
        """What is wrong with ``value``; None when nothing is."""
        errors = sorted(self._validator.iter_errors(value), key=_rank)
        return _told(errors[0]) if errors else None


def _rank(error: ValidationError) -> tuple[int, int, str]:
    keyword = str(error.validator)
    return len(error.absolute_path), _ORDER.index(keyword) if keyword in _ORDER else len(_ORDER), _where(error)


def _where(error: ValidationError) -> str:
    path = ""
    for step in error.absolute_path:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    return path


def _told(error: ValidationError) -> Problem:
    value: Any = error.instance
    rule: Any = error.validator_value
    schema: Any = error.schema
    where, text = _where(error), error.message
    if error.validator == "required":
        missing = next(name for name in rule if name not in value)
        where, value, text = f"{where}.{missing}" if where else missing, None, "is missing"
    elif error.validator == "additionalProperties":
        extra = next(name for name in value if name not in schema.get("properties", {}))
        where, value, text = f"{where}.{extra}" if where else extra, value[extra], "is not an argument"
        if bad := unprintable(extra):
            where, text = ascii(extra), f"is not an argument: its name holds the control character {bad}"
    elif error.validator == "enum":
        text = f"{shown(value)} is not one of {', '.join(rule)}"
    elif error.validator in _SIZE:
        text = f"{shown(value)} is {_SIZE[str(error.validator)]} {rule}"
    return Problem(where, value, f"{where or 'the arguments'}: {text}")


_SIZE = {
    "minLength": "shorter than",
    "maxLength": "longer than",
    "maxItems": "a list longer than",
    "minimum": "less than",
    "maximum": "more than",
}


def check_keywords(schema: Json, where: str = "schema") -> None:
    """Raise ValueError when ``schema`` uses more than the subset of contract §3."""
    if extra := set(schema) - KEYWORDS:
        raise ValueError(f"{where}: keyword '{sorted(extra)[0]}' is outside the subset")
    kind = schema.get("type")
    if not isinstance(kind, str) or kind not in TYPES:
        raise ValueError(f"{where}: type {kind!r} is not one of {', '.join(sorted(TYPES))}")
    if kind == "array" and "items" not in schema:
        raise ValueError(f"{where}: an array without items")
    if kind == "object" and schema.get("additionalProperties") is not False:
        raise ValueError(f"{where}: an object without additionalProperties: false")
    for name, node in schema.get("properties", {}).items():
        check_keywords(node, f"{where}.{name}")
    if "items" in schema:
        check_keywords(schema["items"], f"{where}[]")
