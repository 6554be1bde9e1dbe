"""The desk put together: a session of ours behind the bridge, everything else the real thing."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.errors import NotStarted
from agent.events import Command, Confirm, Event, Heard, Key, Needs, Talk, Type
from agent.session import Session, Voice
from desktop import app, texts
from desktop.cues import cue
from desktop.desk import Desk
from desktop.firststart import FirstStart
from desktop.settings import SettingsFile
from desktop.single import SingleInstance
from tests.desktop import scenes


class FakeSession:
    """Answers every typed line with a preview that waits; records what it is sent."""

    def __init__(self, fails: bool = False) -> None:
        self.commands: list[Command] = []
        self.closed = False
        self._fails = fails
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._end = asyncio.Event()

    async def start(self) -> None:
        if self._fails:
            raise NotStarted("no voice: install espeak-ng")

    async def send(self, command: Command) -> None:
        self.commands.append(command)
        if isinstance(command, Type):
            self._events.put_nowait(Heard(1, command.text, True, "en"))
            self._events.put_nowait(scenes.booking(needs=Needs.YES))
        elif isinstance(command, Confirm):
            self._events.put_nowait(scenes.booking())

    def push_audio(self, pcm: bytes) -> None:
        return None

    async def events(self) -> AsyncIterator[Event]:
        while (event := await self._events.get()) is not None:
            yield event

    async def audio(self) -> AsyncIterator[Voice]:
        await self._end.wait()
        return
        yield

    async def close(self) -> None:
        self.closed = True
        self._events.put_nowait(None)
        self._end.set()


Sessions = list[FakeSession]


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    file = SettingsFile(tmp_path / "settings.toml", {"BANCONE_LANGUAGE": "en"})
    kept = file.load()
    made = Desk(qapp, file, kept=kept, settings=replace(kept, cues=False), clock=scenes.clock)
    # no device is touched here: sound has tests of its own
    made.sound.open = lambda: None  # type: ignore[method-assign]
    made.application = Quiet(qapp)  # type: ignore[assignment]
    yield made
    made.quit()
    made.window.deleteLater()
    made.overlay.deleteLater()
    made.deleteLater()


class Quiet:
    """The application, but for quitting: the tests' own loop goes on."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self.quits = 0

    def quit(self) -> None:
        self.quits += 1

    def __getattr__(self, name: str) -> object:
        return getattr(self._application, name)


def starting(desk: Desk, fails: bool = False) -> Sessions:
    made: Sessions = []

    async def make() -> Session:
        made.append(FakeSession(fails and not made))
        return made[-1]

    desk.start(make)
    return made


@pytest.fixture
def no_talk_key(expect_log: Callable[[str], None]) -> None:
    """There is no X server here."""
    expect_log("WARNING desktop.desk: no talk key")


@pytest.mark.usefixtures("no_talk_key")
def test_a_typed_line_is_proposed_confirmed_and_done(desk: Desk, qtbot: QtBot) -> None:
    made = starting(desk)
    qtbot.waitUntil(lambda: desk.window.composer._starting is False)
    line = desk.window.composer.line
    qtbot.keyClicks(line, "book it")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.window.preview.waiting)
    qtbot.mouseClick(desk.window.preview.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.window.preview.undo.isVisible())
    assert [type(command) for command in made[0].commands] == [Type, Confirm]
    desk.quit()
    assert made[0].closed


@pytest.mark.usefixtures("no_talk_key")
def test_a_session_that_cannot_start_is_told_and_tried_again(
    desk: Desk, qtbot: QtBot, expect_log: Callable[[str], None]
) -> None:
    expect_log("WARNING desktop.bridge: the session could not start")
    expect_log("WARNING desktop.desk: the session is over")
    made = starting(desk, fails=True)
    qtbot.waitUntil(lambda: desk.window.banner._retry.isVisible())
    assert desk.window.banner._detail.text() == "no voice: install espeak-ng"
    qtbot.mouseClick(desk.window.banner._retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.window.composer._starting is False)
    assert len(made) == 2


@pytest.mark.usefixtures("no_talk_key")
def test_without_a_microphone_talking_is_refused_in_words(desk: Desk, qtbot: QtBot) -> None:
    made = starting(desk)
    qtbot.waitUntil(lambda: desk.window.composer._starting is False)
    desk.do(Talk(Key.DOWN, str(uuid.uuid4())))
    qtbot.waitUntil(lambda: not desk.window.banner.isHidden())
    assert desk.window.banner._title.text() == "The microphone does not work"
    assert not any(isinstance(command, Confirm) for command in made[0].commands)


@pytest.mark.usefixtures("no_talk_key")
def test_the_talk_button_waits_for_session_and_microphone(desk: Desk, qtbot: QtBot) -> None:
    starting(desk)
    talk = desk.window.composer.talk
    qtbot.waitUntil(lambda: desk.window.composer._starting is False)
    assert not talk.isEnabled()
    desk.on_microphone("armed", "")
    assert talk.isEnabled()
    desk.on_microphone("lost", "Webcam")
    assert not talk.isEnabled()
    assert desk.window.banner._detail.text() == "Webcam"
    desk.on_microphone("armed", "")
    assert desk.window.banner.isHidden()


@pytest.mark.usefixtures("no_talk_key")
def test_another_language_keeps_the_conversation_and_the_file(desk: Desk, qtbot: QtBot) -> None:
    starting(desk)
    qtbot.waitUntil(lambda: desk.window.composer._starting is False)
    for event in scenes.ask(scenes.EN):
        desk.on_event(event)
    before = desk.window.transcript.lines
    desk.choose_language("it")
    assert desk.window.transcript.lines == before
    assert desk.window.preview.confirm.text() == "Conferma"
    assert 'language = "it"' in desk.file.path.read_text()
    assert texts.language() == "it"


def test_what_the_command_line_pins_is_not_saved(desk: Desk, expect_log: Callable[[str], None]) -> None:
    desk.settings = replace(desk.settings, workshop="sqlite:///elsewhere")
    desk.choose_theme("dark")
    assert desk.settings.workshop == "sqlite:///elsewhere"
    assert "elsewhere" not in desk.file.path.read_text()
    assert 'theme = "dark"' in desk.file.path.read_text()


def test_a_second_start_brings_the_first_ones_window_up(qtbot: QtBot, tmp_path: Path) -> None:
    name = str(tmp_path / "socket")
    first, second = SingleInstance(name), SingleInstance(name)
    assert first.claim()
    with qtbot.waitSignal(first.called):
        assert not second.claim()
    first.close()
    assert second.claim()
    second.close()


@pytest.mark.parametrize(("button", "demo"), [("demo", True), ("own", False)])
def test_the_first_start_asks_how_to_begin(qtbot: QtBot, button: str, demo: bool) -> None:
    dialog = FirstStart()
    qtbot.addWidget(dialog)
    dialog.open()
    with qtbot.waitSignal(dialog.chosen) as told:
        qtbot.mouseClick(getattr(dialog, button), Qt.MouseButton.LeftButton)
    assert told.args == [demo]


@pytest.mark.parametrize("name", ["listening", "sent", "done", "trouble"])
def test_cues_are_short_and_in_the_voices_format(name: str) -> None:
    assert 0.05 < len(cue(name).pcm) / 2 / 24_000 < 0.5


@pytest.mark.parametrize(
    ("argv", "said"),
    [(["--now", "tomorrow"], "'tomorrow' is no ISO-8601 instant"), (["--language", "de"], "invalid choice: 'de'")],
)
def test_unusable_arguments_are_named(argv: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(argv) == 2
    assert said in capsys.readouterr().err


def test_a_command_goes_to_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["fly"]) == 2
    assert "fly" in capsys.readouterr().err
