"""What may stand in the entries of a seed, and of which kind: checked before a row is made of one.

Nothing is dropped silently: a field that no table keeps is refused by name. Quick enough for years of jobs.
"""

from collections.abc import Mapping
from typing import Any

from tools.domain import BODIES, COLOURS, STATUSES
from tools.embedded.refused import invalid
from tools.schema import unprintable

TEXTS = "list of texts"
Kind = type | str | tuple[str, ...]
"""A type, a list of texts, or the words that are allowed."""

_CHANNEL = ("whatsapp", "email")
_MESSAGE_STATUS = ("queued", "sent", "delivered", "read", "failed", "unknown", "cancelled")

FIELDS: Mapping[str, Mapping[str, Kind]] = {
    "services": {
        **dict.fromkeys(("id", "name_it", "name_en", "kind"), str),
        **dict.fromkeys(("minutes", "buffer_minutes", "price_cents"), int),
        **dict.fromkeys(("synonyms", "staff"), TEXTS),
    },
    "staff": {"id": str, "name": str, "spoken": TEXTS},
    "templates": {
        **dict.fromkeys(("id", "it", "en", "subject_it", "subject_en"), str),
        "purpose": ("utility", "marketing"),
        "channels": TEXTS,
        "whatsapp": dict,
    },
    "customers": {
        **dict.fromkeys(("id", "name", "first_name", "last_name", "phone", "email"), str),
        "language": ("it", "en"),
        "consents": dict,
    },
    "vehicles": {
        **dict.fromkeys(("id", "plate", "make", "model", "fuel", "first_registered", "owner"), str),
        "colour": COLOURS,
        "body": BODIES,
        "mileage": int,
    },
    "appointments": {
        **dict.fromkeys(("id", "start", "end", "vehicle", "customer", "staff", "notes"), str),
        "services": TEXTS,
        "status": STATUSES,
        "version": int,
    },
    "jobs": {
        **dict.fromkeys(("id", "vehicle", "date", "work", "notes", "appointment"), str),
        "mileage": int,
        "services": TEXTS,
        "falling_odometer": bool,
    },
    "blocked_time": dict.fromkeys(("id", "staff", "from", "to", "reason"), str),
    "campaigns": {
        **dict.fromkeys(("id", "template"), str),
        "segment": dict,
        "channel": _CHANNEL,
        "status": ("planned", "sending", "sent", "cancelled"),
        "counts": dict,
    },
    "messages": {
        **dict.fromkeys(("id", "customer", "appointment", "campaign", "template", "to", "text", "subject"), str),
        **dict.fromkeys(("due_at", "expires_at", "operation"), str),
        "channel": _CHANNEL,
        "purpose": ("utility", "marketing"),
        "language": ("it", "en"),
        "parameters": TEXTS,
        "status": _MESSAGE_STATUS,
        "before": int,
    },
    "operations": dict.fromkeys(("id", "tool", "at", "by", "undone_at"), str),
}


def check(noun: str, item: Any) -> None:
    """Raise `invalid_input` naming the field of an entry that cannot be kept."""
    if not isinstance(item, dict):
        raise invalid(noun, item, "is not an object")
    fields = FIELDS[noun]
    for name, value in item.items():
        kind = fields.get(name)
        if kind is None:
            raise invalid(name, value, "is not a field of this shape")
        if not _is(value, kind):
            wanted = kind if isinstance(kind, str) else kind.__name__ if isinstance(kind, type) else ", ".join(kind)
            raise invalid(name, value, f"is not {wanted}")


def _is(value: Any, kind: Kind) -> bool:
    if kind == TEXTS:
        return isinstance(value, list) and all(isinstance(each, str) and not unprintable(each) for each in value)
    if isinstance(kind, tuple):
        return value in kind
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind) if isinstance(kind, type) and kind is not str else _is_text(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not unprintable(value)
