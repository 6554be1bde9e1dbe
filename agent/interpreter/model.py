"""The interpreter as LiveKit's llm.LLM, with another LLM to ask where it does not understand.

A sentence becomes a tool call or a text, a tool's answer the next call or the reply: what LiveKit expects of any
model, so the same agent runs with and without one.
"""

import json
import logging
from collections.abc import Sequence
from typing import Any, Protocol

from livekit.agents import llm, utils
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS, NOT_GIVEN, APIConnectOptions, NotGivenOr

from agent.conversation import AskLLM, Quiet, Run, Speak, Step

log = logging.getLogger(__name__)

KEPT_ITEMS = 40  # of the history an LLM is shown
ONCE = APIConnectOptions(max_retry=0, timeout=DEFAULT_API_CONNECT_OPTIONS.timeout)  # a sentence is read once


class Mind(Protocol):
    """What answers: agent.conversation.Conversation."""

    async def hear(self, said: str) -> Step: ...

    async def after(self, call_ids: Sequence[str]) -> Step | None: ...

    def heard_by_llm(self) -> None: ...

    def llm_failed(self, error: Exception, question: str) -> Speak: ...


class InterpreterLLM(llm.LLM[Any]):
    """Sentences in, tool calls and replies out; ``fallback`` answers what the interpreter cannot read."""

    def __init__(self, mind: Mind, *, fallback: llm.LLM[Any] | None = None) -> None:
        super().__init__()
        self.mind = mind
        self.fallback = fallback
        self.heard: str | None = None
        """Id of the last user message that was read; what follows it are tools' answers."""
        self.question = ""
        """What to ask should the fallback fail."""

    @property
    def model(self) -> str:
        return "interpreter" if self.fallback is None else f"interpreter, {self.fallback.model}"

    @property
    def provider(self) -> str:
        return "bancone"

    def chat(
        self,
        *,
        chat_ctx: llm.ChatContext,
        tools: list[llm.Tool] | None = None,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
        parallel_tool_calls: NotGivenOr[bool] = NOT_GIVEN,
        tool_choice: NotGivenOr[llm.ToolChoice] = NOT_GIVEN,
        extra_kwargs: NotGivenOr[dict[str, Any]] = NOT_GIVEN,
    ) -> llm.LLMStream:
        return _Answer(self, chat_ctx=chat_ctx, tools=tools or [], tool_choice=tool_choice, patience=conn_options)

    async def aclose(self) -> None:
        if self.fallback is not None:
            await self.fallback.aclose()
        await super().aclose()


class _Answer(llm.LLMStream):
    """One step of a turn."""

    def __init__(
        self,
        owner: InterpreterLLM,
        *,
        chat_ctx: llm.ChatContext,
        tools: list[llm.Tool],
        tool_choice: NotGivenOr[llm.ToolChoice],
        patience: APIConnectOptions,
    ) -> None:
        super().__init__(owner, chat_ctx=chat_ctx, tools=tools, conn_options=ONCE)
        self._owner = owner
        self._tool_choice = tool_choice
        self._patience = patience
        self._id = utils.shortuuid("interpreter_")

    async def _run(self) -> None:
        owner, mind = self._owner, self._owner.mind
        message = _last_said(self._chat_ctx)
        if message is not None and message.id != owner.heard:
            owner.heard = message.id
            step: Step | None = await mind.hear(message.text_content or "")
        else:
            step = await mind.after(_answered_calls(self._chat_ctx))
        if step is None or isinstance(step, AskLLM):
            owner.question = step.question if step is not None else owner.question
            step = await self._ask_llm()
        self._give(step)

    def _give(self, step: Step | None) -> None:
        match step:
            case Speak(text):
                self._send(llm.ChoiceDelta(role="assistant", content=text))
            case Run(call_id, name, arguments):
                call = llm.FunctionToolCall(
                    name=name, arguments=json.dumps(arguments, ensure_ascii=False), call_id=call_id
                )
                self._send(llm.ChoiceDelta(role="assistant", tool_calls=[call]))
            case Quiet() | AskLLM() | None:
                return

    async def _ask_llm(self) -> Speak | None:
        """Pass on what the other LLM says; without one, or when it fails before a word, the question."""
        owner = self._owner
        if owner.fallback is None:
            return Speak(owner.question)
        said = False
        context = self._chat_ctx.copy().truncate(max_items=KEPT_ITEMS)
        try:
            stream = owner.fallback.chat(
                chat_ctx=context, tools=self._tools, conn_options=self._patience, tool_choice=self._tool_choice
            )
            async with stream:
                async for chunk in stream:
                    if not said:
                        owner.mind.heard_by_llm()
                    said = said or chunk.delta is not None
                    self._event_ch.send_nowait(chunk)
        except Exception as error:
            if said:
                raise
            return owner.mind.llm_failed(error, owner.question)
        return None

    def _send(self, delta: llm.ChoiceDelta) -> None:
        self._event_ch.send_nowait(llm.ChatChunk(id=self._id, delta=delta))


def _last_said(context: llm.ChatContext) -> llm.ChatMessage | None:
    """The person's latest sentence."""
    return next((item for item in reversed(context.items) if item.type == "message" and item.role == "user"), None)


def _answered_calls(context: llm.ChatContext) -> list[str]:
    """Ids of the calls answered since then, in order."""
    found: list[str] = []
    for item in reversed(context.items):
        if item.type == "message" and item.role == "user":
            break
        if item.type == "function_call_output":
            found.append(item.call_id)
    return found[::-1]
