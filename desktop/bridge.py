"""The one place that knows two loops: Qt's in the main thread, asyncio's in a thread of its own.

Events come out as Qt signals in the main thread; commands and speech go in, in the order they were given, from
whatever thread. The session itself lives, starts and ends in the asyncio thread.
"""

import asyncio
import concurrent.futures
import logging
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from agent.errors import AgentError
from agent.events import Command, Failed, Talk
from agent.session import Session, Voice

log = logging.getLogger(__name__)

Found = TypeVar("Found")
Making = Callable[[], Awaitable[Session]]
Play = Callable[[Voice], None]

SWITCH = 0.0005  # seconds; Python's 5 ms between threads makes sound wait for a busy window
END_WITHIN = 1.4  # seconds the session gets to close
JOIN_WITHIN = 2.0  # seconds `close` takes at the most
WAITING = 3000  # commands and 20 ms chunks that may wait for the session, a minute of speech


class Bridge(QObject):
    """Made in the main thread. All signals arrive there; all methods but `on_main` may be called from any thread."""

    # Qt's own QObject.event is C++ and not called through this name.
    event = Signal(object)  # type: ignore[assignment]
    """Every agent.events.Event."""
    ready = Signal()
    failed = Signal(object)
    """agent.events.Failed: it could not start, or died. `start` may be called again."""
    _errand = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine: _Engine | None = None
        self._lock = threading.Lock()
        sys.setswitchinterval(SWITCH)
        self._errand.connect(self._run_errand, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Starting or started, and not ended."""
        engine = self._engine
        return engine is not None and engine.is_alive() and not engine.over

    def start(self, make_session: Making, play: Play) -> None:
        """Start a session; one that runs is closed first.

        make_session: called in the asyncio thread, where slow imports stall nothing; play: where the voice goes,
        called in that thread and never blocking. What comes of it is `ready` or `failed`.
        """
        self.close()
        with self._lock:
            self._engine = _Engine(self, make_session, play)
            self._engine.start()

    def send(self, command: Command) -> bool:
        """Hand over a command. While it is starting, commands wait, but the talk key's do not.

        False when nobody takes it.
        """
        engine = self._engine
        return engine is not None and engine.take(command)

    def push_audio(self, pcm: bytes) -> None:
        """20 ms of speech, in order with the commands: after a Talk(down), before its Talk(up)."""
        engine = self._engine
        if engine is not None:
            engine.take(pcm)

    async def on_main(self, work: Callable[[], Found]) -> Found:
        """Run ``work`` in Qt's main thread, awaited from the asyncio thread."""
        errand: concurrent.futures.Future[Found] = concurrent.futures.Future()
        self._errand.emit((errand, work))
        return await asyncio.wrap_future(errand)

    def close(self) -> None:
        """End session and thread, within two seconds; idempotent."""
        with self._lock:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.end()

    @Slot(object)
    def _run_errand(self, errand: tuple["concurrent.futures.Future[Any]", Callable[[], Any]]) -> None:
        future, work = errand
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)


class _Engine(threading.Thread):
    """One session's life: a thread, a loop, a session, three tasks."""

    def __init__(self, bridge: Bridge, make_session: Making, play: Play) -> None:
        super().__init__(name="agent", daemon=True)
        self._bridge = bridge
        self._make_session = make_session
        self._play = play
        # made here, so that what is sent while the thread comes up waits in it
        self._loop: asyncio.AbstractEventLoop | None = asyncio.new_event_loop()
        self._inbox: asyncio.Queue[Command | bytes] = asyncio.Queue(WAITING)
        self._main: asyncio.Task[None] | None = None
        self._lock = threading.Lock()
        self._ready = False
        self._ended = False
        self.over = False
        """It failed or was told to end."""

    # any thread

    def take(self, item: Command | bytes) -> bool:
        with self._lock:
            if self.over or self._loop is None or (not self._ready and isinstance(item, Talk | bytes)):
                return False
            # under the lock the loop is not closed meanwhile, and the order is that of the calls
            self._loop.call_soon_threadsafe(self._put, item)
        return True

    def end(self) -> None:
        """Ask it to end and wait."""
        with self._lock:
            self._ended = True
            # once it is over the session is being closed already, which is to be waited for
            if not self.over and self._loop is not None and self._main is not None:
                self._loop.call_soon_threadsafe(self._main.cancel)
            self.over = True
        if threading.current_thread() is not self:
            self.join(JOIN_WITHIN)
            if self.is_alive():
                log.error("the agent did not end within %.0f s; it is left behind", JOIN_WITHIN)

    # the asyncio thread

    def run(self) -> None:
        loop = self._loop
        assert loop is not None
        try:
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                runner.run(self._live())
        except asyncio.CancelledError:
            log.debug("the agent was told to end")
        except BaseException as error:
            log.exception("the agent's loop broke")
            self._tell_failed("connection", error)
        finally:
            self.over = True

    async def _live(self) -> None:
        with self._lock:
            if self._ended:
                self._loop = None
                return
            self._main = asyncio.current_task()
        session: Session | None = None
        try:
            try:
                session = await self._make_session()
                await session.start()
            except Exception as error:
                self._log_failure("the session could not start", error)
                self._tell_failed("start", error)
                return
            self._ready = True
            self._emit(lambda: self._bridge.ready.emit())
            await self._serve(session)
        finally:
            with self._lock:
                self.over, self._loop = True, None
            if session is not None:
                await self._close_session(session)

    async def _serve(self, session: Session) -> None:
        """Until one of the three breaks or all is cancelled."""
        parts: dict[str, Coroutine[Any, Any, None]] = {
            "events": self._pass_on(session.events(), lambda found: self._emit(lambda: self._bridge.event.emit(found))),
            "voice": self._pass_on(session.audio(), self._play),
            "commands": self._take_in(session),
        }
        tasks = [asyncio.create_task(part, name=name) for name, part in parts.items()]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        broken = next((task for task in done if task.exception() is not None), None)
        if broken is None:
            error: BaseException = AgentError("the session ended by itself")
            log.error("the session ended by itself")
        else:
            error = broken.exception() or AgentError()
            log.error("passing on the %s broke", broken.get_name(), exc_info=error)
        self._tell_failed("connection", error)

    @staticmethod
    async def _pass_on(items: AsyncIterator[Found], give: Callable[[Found], None]) -> None:
        async for item in items:
            give(item)

    async def _take_in(self, session: Session) -> None:
        while True:
            item = await self._inbox.get()
            if isinstance(item, bytes):
                session.push_audio(item)
                # push_audio works through the loop: what comes next must not overtake it
                await asyncio.sleep(0)
            else:
                await session.send(item)

    def _put(self, item: Command | bytes) -> None:
        try:
            self._inbox.put_nowait(item)
        except asyncio.QueueFull:
            log.error("the session does not take what is sent; a %s is dropped", type(item).__name__)

    async def _close_session(self, session: Session) -> None:
        closing = asyncio.ensure_future(session.close())
        try:
            await asyncio.wait_for(asyncio.shield(closing), END_WITHIN)
        except TimeoutError:
            log.error("the session did not close within %.1f s", END_WITHIN)
            closing.cancel()
        except Exception:
            log.exception("closing the session broke")

    @staticmethod
    def _log_failure(what: str, error: Exception) -> None:
        if isinstance(error, AgentError):
            log.warning("%s: %s", what, type(error).__name__)
        else:
            log.error("%s", what, exc_info=error)

    def _tell_failed(self, stage: str, error: BaseException) -> None:
        message = str(error) if isinstance(error, AgentError) else f"{type(error).__name__}: {error}"
        failed = Failed(0, stage, type(error).__name__, message, True)
        self.over = True
        self._emit(lambda: self._bridge.failed.emit(failed))

    def _emit(self, emit: Callable[[], None]) -> None:
        """Nothing is told any more once it was asked to end: the window may be gone."""
        if not self._ended:
            emit()
