"""A window without a screen, in English and light unless a test says otherwise; no timer outlives its test."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from agent.events import Command
from desktop import texts, theme
from desktop.window import MainWindow
from tests.desktop import scenes


@pytest.fixture(autouse=True)
def look(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where there is an application: English, light, and nothing of it left behind."""
    if not {"qapp", "qtbot", "window"} & set(request.fixturenames):
        yield
        return
    application: QApplication = request.getfixturevalue("qapp")
    theme.apply(application, theme.Theme.LIGHT)
    texts.use(application, "en")
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.processEvents()
    assert [widget for widget in application.topLevelWidgets() if widget.isVisible()] == [], "windows left open"
    timers = [timer for widget in application.topLevelWidgets() for timer in widget.findChildren(QTimer)]
    timers += application.findChildren(QTimer)
    assert [timer.parent() for timer in timers if timer.isActive()] == [], "timers left running"


class Heard:
    """Records what a window asks for."""

    def __init__(self) -> None:
        self.commands: list[Command] = []

    def __call__(self, command: Command) -> None:
        self.commands.append(command)

    @property
    def last(self) -> Command:
        return self.commands[-1]


@pytest.fixture
def asked() -> Heard:
    return Heard()


@pytest.fixture
def open_window(qtbot: QtBot, asked: Heard) -> Iterator[Callable[[], MainWindow]]:
    """Makes a window that is ready and shown."""
    made: list[MainWindow] = []

    def build() -> MainWindow:
        window = MainWindow(key="F9", clock=scenes.clock)
        made.append(window)
        window.command.connect(asked)
        window.show()
        window.show_state("idle")
        window.show_ear("armed")
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield build
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(open_window: Callable[[], MainWindow]) -> MainWindow:
    return open_window()


def focusable(root: QWidget) -> list[QWidget]:
    """What Tab or a click can reach."""
    from PySide6.QtCore import Qt

    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusPolicy() & Qt.FocusPolicy.ClickFocus
    ]
