"""A helper process that hears, seen from the event loop; and the few of them that are kept ready.

Decoding holds the interpreter's lock; done here it would stall voice and window alike.
"""

import asyncio
import contextlib
import json
import os
import pickle
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path

from agent.errors import Unhearable
from agent.speech.hearing_process import HEAD
from tools.domain import Vocabulary

PACKAGES = Path(__file__).parents[2]
MODULE = "agent.speech.hearing_process"
SPARE = 1  # helpers kept ready beside those at work


class Hearer:
    """One process; hears one utterance at a time. Begun by `start`, ended by `close`."""

    def __init__(self, process: asyncio.subprocess.Process, vocabulary: Vocabulary) -> None:
        self._process = process
        self.vocabulary = vocabulary
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.on_text: Callable[[str], None] | None = None
        """Told the text so far, while somebody speaks."""
        self._result: asyncio.Future[str] | None = None
        self._reader = asyncio.create_task(self._read(), name="hearer")

    @classmethod
    async def start(cls, vocabulary: Vocabulary) -> "Hearer":
        """Start a process and give it its vocabulary; it is of use at once and quick some seconds later (`ready`)."""
        path = os.pathsep.join([str(PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])])
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", MODULE, stdin=pipe, stdout=pipe, env={**os.environ, "PYTHONPATH": path}
        )
        hearer = cls(process, vocabulary)
        hearer._send(b"V", pickle.dumps(vocabulary))
        return hearer

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.returncode is None and not self._reader.done()

    async def hear(self, pcm: bytes) -> None:
        """Hand over s16le mono at 16 kHz."""
        self._send(b"A", pcm)
        assert self._process.stdin is not None
        with contextlib.suppress(ConnectionError):  # the reader knows why it is gone
            await self._process.stdin.drain()

    async def end(self) -> str:
        """The text of the utterance; "" when it was no command. Raises Unhearable."""
        self._result = asyncio.get_running_loop().create_future()
        self._send(b"E")
        if not self.alive:
            raise Unhearable("the hearing process has ended")
        try:
            return await self._result
        finally:
            self._result = None

    def drop(self) -> None:
        """Forget what was said since the last end."""
        self.on_text = None
        self._send(b"D")

    async def close(self) -> None:
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)
        await self._process.communicate()
        if not self.ready.done():
            self.ready.cancel()

    def _send(self, kind: bytes, body: bytes = b"") -> None:
        assert self._process.stdin is not None
        if not self._process.stdin.is_closing():
            self._process.stdin.write(HEAD.pack(kind, len(body)) + body)

    async def _read(self) -> None:
        assert self._process.stdout is not None
        told = "the hearing process has ended"
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                kind, size = HEAD.unpack(await self._process.stdout.readexactly(HEAD.size))
                body = (await self._process.stdout.readexactly(size)).decode()
                if kind == b"X":
                    told = f"the hearing process failed: {body}"
                    break
                self._take(kind, body)
        for waiting in (self.ready, self._result):
            if waiting is not None and not waiting.done():
                waiting.set_exception(Unhearable(told))
        self.ready.exception()  # whoever waits has it; nobody has to

    def _take(self, kind: bytes, body: str) -> None:
        if kind == b"R" and not self.ready.done():
            self.ready.set_result(None)
        elif kind == b"I" and self.on_text is not None:
            self.on_text(body)
        elif kind == b"H" and self._result is not None and not self._result.done():
            self._result.set_result(json.loads(body)["text"])


class Hearers:
    """The helpers of one recogniser: those at work, and one spare for whoever speaks next."""

    def __init__(self) -> None:
        self.vocabulary: Vocabulary | None = None
        self._idle: list[Hearer] = []
        self._all: set[Hearer] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    def processes(self) -> tuple[int, ...]:
        return tuple(hearer.pid for hearer in self._all if hearer.alive)

    async def take(self) -> Hearer:
        """A helper for one utterance, with the vocabulary of now."""
        if self._closed or self.vocabulary is None:
            raise Unhearable("the recogniser is closed" if self._closed else "the recogniser knows no vocabulary yet")
        while self._idle:
            hearer = self._idle.pop()
            if hearer.alive and hearer.vocabulary is self.vocabulary:
                self.warm()
                return hearer
            await self._end(hearer)
        hearer = await self._start(self.vocabulary)
        self.warm()
        return hearer

    def give_back(self, hearer: Hearer) -> None:
        """The helper is free again."""
        hearer.on_text = None
        if not self._closed and hearer.alive and hearer.vocabulary is self.vocabulary and len(self._idle) <= SPARE:
            self._idle.append(hearer)
        else:
            self._later(self._end(hearer))

    def warm(self) -> None:
        """See to it that a spare one stands ready."""
        if not self._closed and self.vocabulary is not None and not self._tasks:
            self._later(self._fill())

    async def _fill(self) -> None:
        ready = [hearer for hearer in self._idle if hearer.vocabulary is self.vocabulary and hearer.alive]
        stale = [hearer for hearer in self._idle if hearer not in ready]
        self._idle = ready
        for hearer in stale:
            await self._end(hearer)
        while len(self._idle) < SPARE and self.vocabulary is not None:
            self._idle.append(await self._start(self.vocabulary))

    async def _start(self, vocabulary: Vocabulary) -> Hearer:
        hearer = await Hearer.start(vocabulary)
        self._all.add(hearer)
        return hearer

    async def _end(self, hearer: Hearer) -> None:
        self._all.discard(hearer)
        await hearer.close()

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work, name="hearers")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        self._closed = True
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(hearer.close() for hearer in self._all))
        self._all.clear()
        self._idle.clear()
