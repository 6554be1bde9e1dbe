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
def look(qapp: QApplication) -> None:
    theme.apply(qapp, theme.Theme.LIGHT)
    texts.use(qapp, "en")


@pytest.fixture(autouse=True)
def nothing_ticks_on(qapp: QApplication) -> Iterator[None]:
    """Fails a test after which a window or a running timer is left."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    left = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    assert left == [], "windows left open"
    ticking = [timer for timer in qapp.findChildren(QTimer) if timer.isActive()]
    assert ticking == [], "timers left running"


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
