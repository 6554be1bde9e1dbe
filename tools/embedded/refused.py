"""How a rule says no from deep inside a write: raised, rolled back, turned into `ToolResult.refusal`."""

from typing import Any

from tools.contract import Refusal
from tools.errors import RefusalCode


class Refused(Exception):
    """Carries the refusal; nothing of the call is written."""

    def __init__(self, code: RefusalCode, message: str, **details: Any) -> None:
        super().__init__(message)
        self.refusal = Refusal(code, message, {key: value for key, value in details.items() if value is not None})


def invalid(field: str, value: object, rule: str, **details: Any) -> Refused:
    """`invalid_input` naming the field and the value."""
    said = {} if value is None else {"value": value}
    text = f"{field}: {rule}" if value is None else f"{field}: {value!r} {rule}"
    return Refused(RefusalCode.INVALID_INPUT, text, field=field, **said, **details)


def not_found(noun: str, value: object, **details: Any) -> Refused:
    return Refused(RefusalCode.NOT_FOUND, f"no {noun} {value!r} on record", what=noun, value=value, **details)
