"""The parts of the window, each on its own."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from agent.events import Call, Heard, Needs, Preview, Refused, Result, Said, ToolEnded, ToolStarted, TurnEnded
from agent.turn import Span, Stage, Turn
from desktop import theme
from desktop.overlay import Overlay
from desktop.panels.preview import TICK, PreviewPanel
from desktop.panels.timings import TimingsPanel, bars
from desktop.panels.toolcalls import KEPT, ToolCallsPanel
from desktop.panels.transcript import Transcript
from desktop.summary import summarise
from desktop.theme import DARK, LIGHT, Theme, Tokens
from desktop.tray import STATES, Tray, tray_icon
from desktop.widgets.meter import Levels
from tests.desktop import scenes
from tests.desktop.scenes import NOW


@pytest.fixture
def preview(qtbot: QtBot) -> PreviewPanel:
    panel = PreviewPanel("F9")
    qtbot.addWidget(panel)
    panel.show()
    return panel


def put(panel: PreviewPanel, event: Preview) -> None:
    panel.on_preview(event, summarise(event, NOW), NOW)


def shown(panel: PreviewPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel)]


def test_reasons_are_words_while_it_waits(preview: PreviewPanel) -> None:
    put(preview, scenes.booking(needs=Needs.YES, reasons=("nearest_plate",)))
    assert "The plate is the closest one on record, not exactly what was said." in shown(preview)
    assert preview.confirm.isVisibleTo(preview)
    assert not preview.undo.isVisibleTo(preview)


def test_what_is_done_can_only_be_taken_back(preview: PreviewPanel) -> None:
    put(preview, scenes.booking())
    assert preview.undo.isVisibleTo(preview)
    assert not preview.confirm.isVisibleTo(preview)


@pytest.mark.parametrize(
    ("outcome", "words"), [("rejected", "Rejected: nothing was done"), ("expired", "Expired: nothing was done")]
)
def test_a_closed_preview_says_that_nothing_was_done(preview: PreviewPanel, outcome: str, words: str) -> None:
    put(preview, scenes.booking(needs=Needs.YES))
    preview.on_preview_closed(scenes.closed(2, outcome))
    assert words in shown(preview)
    assert not preview.waiting


def test_closing_another_preview_leaves_this_one(preview: PreviewPanel) -> None:
    put(preview, scenes.booking(needs=Needs.YES))
    preview.on_preview_closed(scenes.closed(7, "rejected"))
    assert preview.waiting


def test_it_expires_by_itself(preview: PreviewPanel) -> None:
    put(preview, scenes.booking(needs=Needs.YES))
    for _ in range(120 * 1000 // TICK):
        assert preview.waiting
        preview._on_tick()
    assert not preview.waiting
    assert "Expired: nothing was done" in shown(preview)


def test_the_number_of_recipients_is_repeated(preview: PreviewPanel, qtbot: QtBot) -> None:
    call = Call("c", "send_campaign", {"plan_id": "pln_1"})
    put(preview, Preview(1, "pre_1", "campaign", call, {"sendable": 12}, (), Needs.SCREEN))
    given: list[tuple[str, object]] = []
    preview.confirmed.connect(lambda preview, count: given.append((preview, count)))
    preview.give_yes()
    assert given == []
    preview._count.setText("12")
    preview.give_yes()
    assert given == [("pre_1", 12)]


def test_a_draft_never_hides_what_waits(preview: PreviewPanel) -> None:
    put(preview, scenes.booking(needs=Needs.YES))
    preview.on_drafted(list(scenes.draft(scenes.EN))[-1])  # type: ignore[arg-type]
    assert preview.waiting
    assert "Please confirm" in shown(preview)


def test_a_call_is_told_in_words_and_unfolds_to_json(qtbot: QtBot) -> None:
    panel = ToolCallsPanel()
    qtbot.addWidget(panel)
    panel.on_tool_started(ToolStarted(1, scenes.BOOK))
    panel.on_tool_ended(ToolEnded(1, scenes.BOOK, Result(scenes.DATA), 0.0141))
    (call,) = panel.rows
    texts = [label.text() for label in call.findChildren(QLabel)]
    assert "Book appointment" in texts
    assert "14 ms" in texts
    qtbot.mouseClick(call.toggle, Qt.MouseButton.LeftButton)
    raw = call.findChild(QPlainTextEdit)
    assert raw is not None
    assert json.loads(raw.toPlainText())["answer"] == scenes.DATA


def test_a_refusal_is_named(qtbot: QtBot) -> None:
    panel = ToolCallsPanel()
    qtbot.addWidget(panel)
    panel.on_tool_ended(ToolEnded(1, scenes.BOOK, Result(refusal=Refused("slot_taken", "taken")), 0.004))
    assert "time taken" in [label.text() for label in panel.rows[0].findChildren(QLabel)]


def test_the_list_of_calls_stays_short(qtbot: QtBot) -> None:
    panel = ToolCallsPanel()
    qtbot.addWidget(panel)
    for number in range(KEPT + 5):
        panel.on_tool_started(ToolStarted(1, Call(f"c{number}", "undo", {})))
    assert len(panel.rows) == KEPT


def test_the_waterfall_begins_at_the_released_key() -> None:
    turn = Turn(1, "t", "", "", None, scenes.SPANS)
    found = {bar.stage: (round(bar.start, 3), round(bar.end, 3)) for bar in bars(turn)}
    assert found[Stage.TRANSCRIPT] == (0.0, 0.221)
    assert found[Stage.TOOL_END] == (0.227, 0.241)
    assert found[Stage.FIRST_SOUND][1] == 0.431
    assert bars(Turn(1, "t", "", "", None, (Span(Stage.READING, 1.0),))) == ()


def test_the_turns_before_are_an_arrow_away(qtbot: QtBot) -> None:
    panel = TimingsPanel()
    qtbot.addWidget(panel)
    for number in (1, 2):
        panel.on_turn_ended(TurnEnded(number, Turn(number, "t", "", "", None, scenes.SPANS)))
    qtbot.mouseClick(panel._older, Qt.MouseButton.LeftButton)
    texts = [label.text() for label in panel.findChildren(QLabel)]
    assert "Turn 1" in texts
    assert "on screen 249 ms · first sound 431 ms" in texts


def test_what_was_heard_stands_before_its_answer(qtbot: QtBot) -> None:
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.on_said(Said(4, "Done", True, "en"), NOW)
    transcript.on_heard(Heard(4, "book", True, "en"), NOW)
    transcript.on_heard(Heard(5, "thanks", True, "en"), NOW)
    assert [line.text for line in transcript.lines] == ["book", "Done", "thanks"]


def test_what_was_heard_is_never_read_as_markup(qtbot: QtBot) -> None:
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.on_heard(Heard(1, "<b>AB</b> & <img src=x>", True, "en"), NOW)
    assert "<b>AB</b> & <img src=x>" in transcript.toPlainText()


def test_the_pill_takes_no_focus_and_shows_itself_only_while_needed(qtbot: QtBot) -> None:
    overlay = Overlay("F9")
    qtbot.addWidget(overlay)
    assert overlay.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    overlay.show_state("idle")
    overlay.appear(True)
    assert not overlay.isVisible()
    overlay.show_state("listening")
    overlay.appear(True)
    assert overlay.isVisible()
    overlay.appear(False)
    assert not overlay.isVisible()


def test_the_tray_tells_the_state_and_offers_to_end_talking(qtbot: QtBot) -> None:
    tray = Tray()
    tray.show_state("listening")
    assert tray.toolTip() == "Bancone · Listening"
    assert "Stop talking and send" in [action.text() for action in tray.contextMenu().actions()]
    tray.retire()


def test_every_state_has_an_icon_of_its_own(qapp: QApplication) -> None:
    pictures = [tray_icon(state).pixmap(32, 32).toImage() for state in STATES]
    assert all(a != b for number, a in enumerate(pictures) for b in pictures[number + 1 :])


def test_the_meter_is_quiet_in_silence_and_full_when_loud() -> None:
    levels = Levels(3)
    for level, bar in ((-90.0, 0.0), (-5.0, 1.0)):
        levels.add(level)
        assert levels.latest == bar


def contrast(ink: str, ground: str) -> float:
    """WCAG 2.2 contrast ratio."""

    def light(colour: str) -> float:
        parts = [getattr(QColor(colour), name)() for name in ("redF", "greenF", "blueF")]
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((light(ink), light(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_everything_written_can_be_read(colours: Tokens) -> None:
    # 4.5 : 1, WCAG 2.2 AA for text
    pairs = [("text", "card"), ("text", "ground"), ("muted", "card"), ("muted", "sunken"), ("on_accent", "accent")]
    pairs += [("accent", "accent_soft"), ("text", "accent_soft")]
    pairs += [
        (name, f"{name}_soft") for name in ("idle", "listening", "thinking", "speaking", "warning", "error", "done")
    ]
    poor = [(a, b) for a, b in pairs if contrast(getattr(colours, a), getattr(colours, b)) < 4.5]
    assert poor == []


def test_the_theme_changes_under_an_open_window(qapp: QApplication, qtbot: QtBot, preview: PreviewPanel) -> None:
    put(preview, scenes.booking())
    bright = preview.grab().toImage().pixelColor(20, preview.height() // 2).lightness()
    theme.apply(qapp, Theme.DARK)
    assert preview.grab().toImage().pixelColor(20, preview.height() // 2).lightness() < bright - 100
