"""The workshop's tools as LiveKit function tools."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from livekit.agents import RunContext, function_tool
from livekit.agents.llm import RawFunctionTool

from agent.arguments import offered_schema
from agent.conversation import ANSWER_PREVIEW
from tools.contract import ToolSpec

_ANSWER_SCHEMA: Mapping[str, Any] = {
    "name": ANSWER_PREVIEW,
    "description": "Answer the proposal that waits on the screen, and only when the person has just done so.",
    "parameters": {
        "type": "object",
        "properties": {"answer": {"type": "string", "description": "yes, no, or the number of a choice"}},
        "required": ["answer"],
        "additionalProperties": False,
    },
}


class Hands(Protocol):
    """What runs the calls: agent.conversation.Conversation."""

    async def execute(self, call_id: str, name: str, arguments: Mapping[str, Any], *, interrupted: bool) -> str: ...


def function_tools(specs: Sequence[ToolSpec], hands: Hands) -> list[RawFunctionTool[..., Any]]:
    """One function tool per spec, and the one that answers a preview."""
    schemas = [
        {"name": spec.name, "description": spec.description, "parameters": offered_schema(spec.input)} for spec in specs
    ]
    return [_function_tool(schema, hands) for schema in (*schemas, dict(_ANSWER_SCHEMA))]


def _function_tool(schema: Mapping[str, Any], hands: Hands) -> RawFunctionTool[..., Any]:
    name = str(schema["name"])

    async def call(raw_arguments: dict[str, object], ctx: RunContext[Any]) -> str:
        return await hands.execute(
            ctx.function_call.call_id, name, raw_arguments, interrupted=ctx.speech_handle.interrupted
        )

    return function_tool(call, raw_schema=dict(schema))
