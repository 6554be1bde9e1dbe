"""The bridge between two loops: what goes in, what comes out, and how it ends."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from agent.errors import NotStarted
from agent.events import Command, Event, Failed, Heard, Key, Talk, Type
from agent.session import Voice
from desktop.bridge import Bridge

HEARD = Heard(1, "chi viene oggi?", True, "it")


class FakeSession:
    """A session that writes down what it is given, in order, and says what it is told to."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.out: asyncio.Queue[Event | Exception] = asyncio.Queue()
        self.voice: asyncio.Queue[Voice] = asyncio.Queue()
        self.started = threading.Event()
        self.closed = threading.Event()
        self.thread = ""
        self.refuses: Exception | None = None
        self.lingers = 0.0  # seconds `close` takes
        self.slow = 0.0  # seconds `send` takes
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.thread = threading.current_thread().name
        if self.refuses is not None:
            raise self.refuses
        self.started.set()

    async def send(self, command: Command) -> None:
        await asyncio.sleep(self.slow)
        self.given.append(str(command.key) if isinstance(command, Talk) else getattr(command, "text", "command"))

    def push_audio(self, pcm: bytes) -> None:
        # as the embedded session does: the speech arrives one turn of the loop later
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self.given.append, pcm.decode())

    async def events(self) -> AsyncIterator[Event]:
        while True:
            found = await self.out.get()
            if isinstance(found, Exception):
                raise found
            yield found

    async def audio(self) -> AsyncIterator[Voice]:
        while True:
            yield await self.voice.get()

    async def close(self) -> None:
        await asyncio.sleep(self.lingers)
        self.closed.set()

    def tell(self, item: Event | Exception) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self.out.put_nowait, item)

    def speak(self, voice: Voice) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self.voice.put_nowait, voice)


@pytest.fixture
def bridge(qapp: QCoreApplication) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.close()


@pytest.fixture
def session() -> FakeSession:
    return FakeSession()


def run(bridge: Bridge, session: FakeSession, play: Callable[[Voice], None] = lambda voice: None) -> None:
    async def make() -> FakeSession:
        return session

    bridge.start(make, play)


@pytest.fixture
def running(qtbot: QtBot, bridge: Bridge, session: FakeSession) -> Bridge:
    with qtbot.waitSignal(bridge.ready):
        run(bridge, session)
    return bridge


def test_the_session_lives_in_a_thread_of_its_own(running: Bridge, session: FakeSession) -> None:
    assert session.thread == "agent"
    assert running.running


def test_events_arrive_in_the_main_thread_in_order(qtbot: QtBot, running: Bridge, session: FakeSession) -> None:
    seen: list[tuple[Any, bool]] = []
    running.event.connect(lambda event: seen.append((event, threading.current_thread() is threading.main_thread())))
    for number in range(50):
        session.tell(Heard(number, "", True, "it"))
    qtbot.waitUntil(lambda: len(seen) == 50)
    assert [event.turn for event, _ in seen] == list(range(50))
    assert all(main for _, main in seen)


def test_the_voice_is_played_without_passing_the_window(qtbot: QtBot, bridge: Bridge, session: FakeSession) -> None:
    played: list[tuple[Voice, str]] = []
    with qtbot.waitSignal(bridge.ready):
        run(bridge, session, lambda voice: played.append((voice, threading.current_thread().name)))
    session.speak(Voice(b"ab"))
    until = time.monotonic() + 5
    while not played and time.monotonic() < until:  # the window's loop stands still all the while
        time.sleep(0.01)
    assert played == [(Voice(b"ab"), "agent")]


def test_speech_stays_between_its_down_and_its_up(qtbot: QtBot, running: Bridge, session: FakeSession) -> None:
    session.slow = 0.05
    running.send(Talk(Key.DOWN, "t"))
    for number in range(20):
        running.push_audio(str(number).encode())
    running.send(Talk(Key.UP))
    qtbot.waitUntil(lambda: "up" in session.given)
    assert session.given == ["down", *map(str, range(20)), "up"]


def test_what_is_typed_while_it_starts_waits_and_a_press_does_not(
    qtbot: QtBot, bridge: Bridge, session: FakeSession
) -> None:
    gate = threading.Event()

    async def make() -> FakeSession:
        await asyncio.to_thread(gate.wait)
        return session

    bridge.start(make, lambda voice: None)
    assert bridge.send(Type("chi viene oggi?", "t"))
    assert not bridge.send(Talk(Key.DOWN, "t"))
    with qtbot.waitSignal(bridge.ready):
        gate.set()
    qtbot.waitUntil(lambda: session.given == ["chi viene oggi?"])


def test_without_a_session_nothing_is_taken(bridge: Bridge) -> None:
    assert not bridge.send(Type("chi viene oggi?", "t"))
    bridge.push_audio(b"0")
    assert not bridge.running


def test_what_cannot_start_says_why_and_may_be_started_again(
    qtbot: QtBot, bridge: Bridge, session: FakeSession, expect_log: Callable[[str], None]
) -> None:
    expect_log("WARNING desktop.bridge: the session could not start: NotStarted")
    refusing = FakeSession()
    refusing.refuses = NotStarted("espeak-ng is not installed: install it")
    with qtbot.waitSignal(bridge.failed) as told:
        run(bridge, refusing)
    assert told.args == [Failed(0, "start", "NotStarted", "espeak-ng is not installed: install it", True)]
    assert refusing.closed.wait(5)
    assert not bridge.send(Type("chi viene oggi?", "t"))
    with qtbot.waitSignal(bridge.ready):
        run(bridge, session)


def test_a_session_that_breaks_is_told_once_and_closed(
    qtbot: QtBot, running: Bridge, session: FakeSession, expect_log: Callable[[str], None]
) -> None:
    expect_log("ERROR desktop.bridge: passing on the events broke")
    failures: list[Failed] = []
    running.failed.connect(failures.append)
    session.tell(RuntimeError("the room fell in"))
    qtbot.waitUntil(lambda: bool(failures))
    assert session.closed.wait(5)
    assert [(failure.stage, failure.message) for failure in failures] == [
        ("connection", "RuntimeError: the room fell in")
    ]
    assert not running.running


async def _imports(bridge: Bridge) -> str:
    return await bridge.on_main(lambda: threading.current_thread().name)


def test_work_can_be_done_on_the_main_thread(qtbot: QtBot, bridge: Bridge, session: FakeSession) -> None:
    found: list[str] = []

    async def make() -> FakeSession:
        found.append(await _imports(bridge))
        return session

    with qtbot.waitSignal(bridge.ready):
        bridge.start(make, lambda voice: None)
    assert found == [threading.main_thread().name]


def test_work_that_fails_on_the_main_thread_fails_where_it_was_asked(
    qtbot: QtBot, bridge: Bridge, session: FakeSession, expect_log: Callable[[str], None]
) -> None:
    expect_log("ERROR desktop.bridge: the session could not start")

    async def make() -> FakeSession:
        await bridge.on_main(lambda: 1 // 0)
        return session

    with qtbot.waitSignal(bridge.failed) as told:
        bridge.start(make, lambda voice: None)
    assert told.args[0].code == "ZeroDivisionError"


def test_closing_while_it_waits_for_the_main_thread_does_not_lock_up(qtbot: QtBot, bridge: Bridge) -> None:
    asked = threading.Event()

    async def make() -> FakeSession:
        asked.set()
        await bridge.on_main(lambda: None)
        raise AssertionError("the main thread was never free")

    bridge.start(make, lambda voice: None)
    assert asked.wait(5)
    began = time.monotonic()
    bridge.close()
    assert time.monotonic() - began < 1.0


def test_closing_closes_the_session_and_ends_the_thread(running: Bridge, session: FakeSession) -> None:
    running.close()
    assert session.closed.is_set()
    assert "agent" not in {thread.name for thread in threading.enumerate()}
    running.close()


def test_a_session_that_does_not_close_is_left_after_two_seconds(
    running: Bridge, session: FakeSession, expect_log: Callable[[str], None]
) -> None:
    expect_log("ERROR desktop.bridge: the session did not close")
    session.lingers = 30.0
    began = time.monotonic()
    running.close()
    assert time.monotonic() - began < 2.2


def test_after_closing_nothing_is_told_any_more(qtbot: QtBot, running: Bridge, session: FakeSession) -> None:
    seen: list[Event] = []
    session.tell(HEARD)
    session.tell(HEARD)
    running.close()
    running.event.connect(seen.append)
    qtbot.wait(50)
    assert seen == []


def test_starting_anew_ends_the_one_before(qtbot: QtBot, running: Bridge, session: FakeSession) -> None:
    second = FakeSession()
    with qtbot.waitSignal(running.ready):
        run(running, second)
    assert session.closed.is_set()
    running.send(Type("ciao", "t"))
    qtbot.waitUntil(lambda: second.given == ["ciao"])
    assert session.given == []
