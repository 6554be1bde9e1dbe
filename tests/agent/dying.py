"""`python -m tests.agent.dying FOLDER TURN_ID before|after TEXT`: an agent whose process is killed at its first write.

Really killed, with SIGKILL: `before` the workshop got it, or `after` the workshop has done it and before an answer.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from agent.config import AgentConfig
from agent.embedded import EmbeddedSession
from agent.events import Type
from desktop.commands.counter import Counter
from tests.agent.desk import config
from tools.connect import open_workshop
from tools.contract import ToolCall, ToolResult, Workshop


class DyingWorkshop:
    """A workshop that takes its caller with it."""

    def __init__(self, inner: Workshop, when: str) -> None:
        self._inner = inner
        self._when = when

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def call(self, call: ToolCall) -> ToolResult:
        write = call.key is not None and not call.dry_run
        if write and self._when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = await self._inner.call(call)
        if write:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


async def main(folder: Path, turn_id: str, when: str, text: str) -> None:
    async def opener(settings: AgentConfig) -> Workshop:
        inner = await open_workshop(settings.workshop, clock=settings.clock, desk=settings.desk)
        dying: Any = DyingWorkshop(inner, when)
        return dying  # type: ignore[no-any-return]

    async with Counter(EmbeddedSession(config(folder), opener=opener), lambda event: None) as counter:
        await counter.do(Type(text, turn_id))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]))
