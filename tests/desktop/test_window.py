"""The window as a person uses it: what comes shows up, what is pressed goes out."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from agent.events import (
    Choice,
    Choose,
    Confirm,
    Failed,
    Heard,
    Key,
    Needs,
    Reject,
    State,
    Stop,
    Talk,
    Type,
    Undo,
)
from desktop import texts
from desktop.window import TWICE, MainWindow
from tests.desktop import scenes
from tests.desktop.conftest import Heard as Asked
from tests.desktop.conftest import focusable
from tests.desktop.gallery import SCENES

EN = scenes.EN


def tell(window: MainWindow, *events: object) -> None:
    for event in events:
        window.on_event(event)  # type: ignore[arg-type]


def words(window: MainWindow, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert label is not None
    return label.text()


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (State.LISTENING, "Listening"),
        (State.THINKING, "One moment"),
        (State.SPEAKING, "Speaking"),
        (State.IDLE, "Ready"),
    ],
)
def test_the_state_is_a_word(window: MainWindow, state: State, shown: str) -> None:
    tell(window, scenes.changed(1, state))
    assert words(window, "stato") == shown


def test_what_is_heard_and_said_is_one_readable_text(window: MainWindow) -> None:
    tell(window, *scenes.ask(EN))
    text = window.transcript.toPlainText()
    assert text.splitlines() == ["You  10:00", EN.ask_day, "Bancone  10:00", EN.told_day]


def test_interim_words_are_replaced_by_the_final_ones(window: MainWindow) -> None:
    tell(
        window,
        Heard(1, "who is", False, "en"),
        Heard(1, "who is coming", False, "en"),
        Heard(1, "who comes", True, "en"),
    )
    assert [(line.text, line.final) for line in window.transcript.lines] == [("who comes", True)]


def test_what_was_never_finished_does_not_stay_unfinished(window: MainWindow) -> None:
    ended = list(scenes.ask(EN))[-2]
    tell(window, Heard(1, "who is", False, "en"), ended)
    assert [line.final for line in window.transcript.lines] == [True]


def test_a_done_booking_is_shown_with_all_that_matters(window: MainWindow) -> None:
    tell(window, *scenes.book(EN))
    summary = window.findChild(QLabel, "anteprima")
    assert summary is not None
    said = QAccessible.queryAccessibleInterface(summary).text(QAccessible.Text.Name)
    assert said.splitlines() == ["Service", "Wednesday 18 March", "10:30 – 12:00"]
    shown = [label.text() for label in window.preview.findChildren(QLabel) if label.isVisibleTo(window)]
    for expected in ("AB 123 CD", "Mario Rossi", "+39 335 269 8653", "Luca Ferri", "Reminder by WhatsApp"):
        assert expected in shown


def test_the_plate_on_the_screen_can_be_read_out(window: MainWindow) -> None:
    tell(window, *scenes.book(EN))
    named = [label for label in window.preview.findChildren(QLabel) if label.text() == "AB 123 CD"]
    assert QAccessible.queryAccessibleInterface(named[0]).text(QAccessible.Text.Name) == "AB 123 CD"


def test_enter_confirms_what_waits_once(window: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    tell(window, scenes.booking(needs=Needs.YES, reasons=("heard_unsurely",)))
    qtbot.keyClick(window, Qt.Key.Key_Return)
    qtbot.keyClick(window, Qt.Key.Key_Return)
    assert asked.commands == [Confirm("pre_2")]


def test_enter_confirms_from_the_empty_line_too(window: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    window.composer.line.setFocus()
    tell(window, scenes.booking(needs=Needs.YES))
    qtbot.keyClick(window.composer.line, Qt.Key.Key_Return)
    assert asked.commands == [Confirm("pre_2")]


def test_escape_rejects_what_waits(window: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    tell(window, scenes.booking(needs=Needs.YES))
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert asked.commands == [Reject("pre_2")]


def test_enter_with_nothing_waiting_does_nothing(window: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Return)
    tell(window, *scenes.book(EN))
    qtbot.keyClick(window, Qt.Key.Key_Return)
    assert asked.commands == []


def test_control_z_takes_back_what_was_done(window: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    tell(window, *scenes.book(EN))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked.commands == [Undo("op_7")]


def test_control_z_with_nothing_shown_is_the_last_write_of_the_desk(
    window: MainWindow, asked: Asked, qtbot: QtBot
) -> None:
    window.composer.line.setFocus()
    qtbot.keyClick(window.composer.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked.commands == [Undo(None)]


def test_control_z_in_a_line_with_text_is_the_texts(window: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    window.composer.line.setFocus()
    qtbot.keyClicks(window.composer.line, "abc")
    qtbot.keyClick(window.composer.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked.commands == []
    assert window.composer.line.text() == ""


def test_a_typed_line_goes_out_once_with_a_turn_id_of_its_own(window: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    for _ in range(2):
        qtbot.keyClicks(window.composer.line, "who comes")
        qtbot.keyClick(window.composer.line, Qt.Key.Key_Return)
    first, second = asked.commands
    assert isinstance(first, Type)
    assert isinstance(second, Type)
    assert first.text == second.text == "who comes"
    assert first.turn_id != second.turn_id
    assert window.composer.line.text() == ""


def test_a_double_enter_does_not_confirm_what_nobody_has_read(
    window: MainWindow, asked: Asked, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = 100.0
    monkeypatch.setattr("desktop.window.time.monotonic", lambda: at)
    qtbot.keyClicks(window.composer.line, "book")
    qtbot.keyClick(window.composer.line, Qt.Key.Key_Return)
    tell(window, scenes.booking(needs=Needs.YES))
    qtbot.keyClick(window.composer.line, Qt.Key.Key_Return)
    assert [type(command) for command in asked.commands] == [Type]
    at += TWICE
    qtbot.keyClick(window.composer.line, Qt.Key.Key_Return)
    assert asked.last == Confirm("pre_2")


def test_a_choice_is_a_button(window: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    tell(window, scenes.booking(needs=Needs.YES, choices=(Choice("1", "tomorrow", {}), Choice("2", "Friday", {}))))
    chip = next(b for b in window.preview.findChildren(QAbstractButton) if b.accessibleName() == "Friday")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert asked.commands == [Choose("pre_2", "2")]


def test_the_talk_button_is_held(window: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    now = 10.0
    window.composer._clock = lambda: now
    qtbot.mousePress(window.composer.talk, Qt.MouseButton.LeftButton)
    now += 1.5
    qtbot.mouseRelease(window.composer.talk, Qt.MouseButton.LeftButton)
    down, up = asked.commands
    assert isinstance(down, Talk)
    assert down.key is Key.DOWN
    assert down.turn_id
    assert up == Talk(Key.UP)


def test_the_talk_button_is_tapped_twice(window: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    now = 10.0
    window.composer._clock = lambda: now
    qtbot.mouseClick(window.composer.talk, Qt.MouseButton.LeftButton)
    assert [command.key for command in asked.commands if isinstance(command, Talk)] == [Key.DOWN]
    now += 2.0
    qtbot.mouseClick(window.composer.talk, Qt.MouseButton.LeftButton)
    assert [command.key for command in asked.commands if isinstance(command, Talk)] == [Key.DOWN, Key.UP]


def test_the_talk_button_is_held_by_the_space_bar(window: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    now = 10.0
    window.composer._clock = lambda: now
    window.composer.talk.setFocus()
    qtbot.keyPress(window.composer.talk, Qt.Key.Key_Space)
    now += 1.0
    qtbot.keyRelease(window.composer.talk, Qt.Key.Key_Space)
    assert [command.key for command in asked.commands if isinstance(command, Talk)] == [Key.DOWN, Key.UP]


def test_escape_drops_what_is_being_said(window: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    tell(window, scenes.booking(needs=Needs.YES), scenes.changed(3, State.LISTENING))
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert asked.commands == [Talk(Key.CANCEL)]


def test_escape_silences_the_voice(window: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    tell(window, scenes.changed(3, State.SPEAKING))
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert asked.commands == [Stop()]


def test_a_fault_says_what_to_do_and_stays_until_put_away(window: MainWindow, qtbot: QtBot) -> None:
    tell(window, scenes.failed())
    shown = [label.text() for label in window.banner.findChildren(QLabel)]
    assert "Check the network; Bancone keeps trying by itself." in shown
    assert window.banner.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.banner.isVisible()


def test_a_fault_that_will_not_pass_colours_the_state(window: MainWindow) -> None:
    tell(window, Failed(1, "tool", "unusable", "no such file", False))
    assert words(window, "stato") == "Problem"
    tell(window, scenes.changed(2, State.LISTENING))
    assert words(window, "stato") == "Listening"


def test_an_example_goes_into_the_line_not_out(window: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    example = window.welcome.examples[1]
    qtbot.mouseClick(example, Qt.MouseButton.LeftButton)
    assert window.composer.line.text() == "Who is coming in tomorrow?"
    assert window.composer.line.hasFocus()
    assert asked.commands == []


def test_all_of_it_by_keyboard(window: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    """From the line to each button by Tab alone, and Enter presses it."""
    tell(window, *scenes.ask(EN), scenes.booking(needs=Needs.YES, choices=(Choice("1", "tomorrow", {}),)))
    window.composer.line.setFocus()
    seen: list[QWidget] = []
    for _ in range(80):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in seen:
            break
        seen.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    names = {widget.objectName() for widget in seen}
    assert {"scrivi", "parla", "trascrizione", "conferma", "rifiuta", "appuntamento"} <= names
    window.preview.reject.setFocus()
    qtbot.keyClick(window.preview.reject, Qt.Key.Key_Return)
    assert asked.commands == [Reject("pre_2")]


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("language", ["it", "en"])
def test_everything_that_takes_the_focus_has_a_name(
    open_window: Callable[[], MainWindow], qapp: QApplication, scene: str, language: str
) -> None:
    texts.use(qapp, language)
    window = open_window()
    tell(window, *SCENES[scene](scenes.LINES[language]))
    nameless = []
    for widget in focusable(window):
        interface = QAccessible.queryAccessibleInterface(widget)
        if not widget.isWindow() and widget.isVisibleTo(window) and not interface.text(QAccessible.Text.Name):
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert nameless == []


@pytest.mark.parametrize(
    "name", ["stato", "trascrizione", "anteprima", "conferma", "rifiuta", "annulla", "parla", "scrivi"]
)
def test_what_is_looked_for_by_name_is_there_once(window: MainWindow, name: str) -> None:
    assert len(window.findChildren(QWidget, name)) == 1


def test_no_label_hides_its_text_behind_a_name(window: MainWindow) -> None:
    tell(window, *scenes.ask(EN), *scenes.book(EN))
    assert [label.text() for label in window.findChildren(QLabel) if label.accessibleName()] == []


def test_a_window_in_another_language_takes_over_the_conversation(
    open_window: Callable[[], MainWindow], qapp: QApplication
) -> None:
    first = open_window()
    tell(first, *scenes.ask(EN), *scenes.book(EN))
    texts.use(qapp, "it")
    second = open_window()
    for event, at in list(first.history):
        second.on_event(event, at)
    assert second.transcript.lines == first.transcript.lines
    assert second.preview.undo.text() == "Annulla"


def test_closing_only_hides_where_there_is_a_tray(window: MainWindow) -> None:
    window.keeps_running = True
    window.close()
    assert not window.isVisible()
    window.keeps_running = False


def test_closing_quits_where_there_is_none(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.quit_chosen):
        window.close()
