"""The agent itself, the same one in the desktop and in a room."""

from collections.abc import AsyncGenerator, AsyncIterable, Callable, Coroutine
from typing import Any

from livekit import rtc
from livekit.agents import Agent, ModelSettings, StopResponse, llm
from livekit.agents.llm import RawFunctionTool


class Receptionist(Agent):
    """Takes a finished sentence, has it answered, and notes when its voice begins."""

    def __init__(
        self, *, instructions: str, tools: list[RawFunctionTool[..., Any]], first_byte: Callable[[], None]
    ) -> None:
        super().__init__(instructions=instructions, tools=list(tools))
        self._first_byte = first_byte

    # LiveKit calls this by keyword: the names of the parameters are part of its interface.
    async def on_user_turn_completed(self, turn_ctx: llm.ChatContext, new_message: llm.ChatMessage) -> None:
        """A press in which nothing was said is answered by nothing."""
        if not (new_message.text_content or "").strip():
            raise StopResponse

    def tts_node(
        self, text: AsyncIterable[str], model_settings: ModelSettings
    ) -> AsyncGenerator[rtc.AudioFrame, None] | Coroutine[Any, Any, None]:
        return self._voiced(text, model_settings)

    async def _voiced(
        self, text: AsyncIterable[str], model_settings: ModelSettings
    ) -> AsyncGenerator[rtc.AudioFrame, None]:
        first = True
        async for frame in Agent.default.tts_node(self, text, model_settings):
            if first:
                first = False
                self._first_byte()
            yield frame
