"""Where a turn's time went: a waterfall from the released key to the end of the answer."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget

from agent.events import TurnEnded
from agent.turn import Stage, Turn
from desktop.texts import when, words
from desktop.theme import tokens
from desktop.widgets.basics import Button, column, empty, label, row

KEPT = 50  # turns
COLOURS = {
    Stage.TRANSCRIPT: "listening",
    Stage.READING: "thinking",
    Stage.TOOL_START: "faint",
    Stage.TOOL_END: "accent",
    Stage.PREVIEW: "done",
    Stage.FIRST_BYTE: "speaking",
    Stage.FIRST_SOUND: "speaking",
    Stage.ANSWER_END: "idle",
}
LEFT_OUT = (Stage.KEY_UP, Stage.TOOL_START)


@dataclass(frozen=True, slots=True)
class Bar:
    """One stage, in seconds after the key was released."""

    stage: Stage
    start: float
    end: float


def bars(turn: Turn) -> tuple[Bar, ...]:
    """From the stage before to each stage, in order; empty when the turn has no released key."""
    zero = turn.at(Stage.KEY_UP)
    if zero is None:
        return ()
    made, before = [], 0.0
    for span in sorted(turn.spans, key=lambda span: span.at):
        at = max(0.0, span.at - zero)
        if span.stage is Stage.TOOL_START:
            before = at
        if span.stage in LEFT_OUT:
            continue
        start = at - span.seconds if span.seconds and span.stage is Stage.TOOL_END else before
        made.append(Bar(span.stage, max(0.0, start), at))
        before = at
    return tuple(made)


class TimingsPanel(QWidget):
    """The last turn; the ones before by the arrows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turns: list[Turn] = []
        self._shown = -1
        self._title = label(role="strong")
        self._figure = label(role="muted")
        self._older = Button(kind="quiet", drawing="chevron-left")
        self._newer = Button(kind="quiet", drawing="chevron-right")
        for button, name in ((self._older, self.tr("Earlier turn")), (self._newer, self.tr("Later turn"))):
            button.setAccessibleName(name)
            button.setToolTip(name)
        self._hint = label(
            self.tr("After each turn you see here where the time went, from the released key to the first sound."),
            "muted",
            wrap=True,
        )
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._grid.setContentsMargins(2, 4, 8, 4)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        scroll = QScrollArea()
        scroll.setWidget(self._grid_holder)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = row(gap=8)
        for part in (self._title, self._figure):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self._older)
        head.addWidget(self._newer)
        layout = column(self, gap=2)
        layout.addLayout(head)
        layout.addWidget(self._hint)
        layout.addWidget(scroll, 1)
        self._older.clicked.connect(lambda: self._show(self._shown - 1))
        self._newer.clicked.connect(lambda: self._show(self._shown + 1))
        self._settle()

    @property
    def stages(self) -> tuple[Bar, ...]:
        """Of the turn shown."""
        return bars(self._turns[self._shown]) if self._turns else ()

    def on_turn_ended(self, event: TurnEnded) -> None:
        self._turns.append(event.summary)
        del self._turns[:-KEPT]
        self._show(len(self._turns) - 1)

    def _show(self, number: int) -> None:
        self._shown = min(max(0, number), len(self._turns) - 1)
        turn = self._turns[self._shown]
        self._title.setText(self.tr("Turn {number}").format(number=turn.number))
        sound = turn.after_key_up(Stage.FIRST_SOUND)
        seen = turn.after_key_up(Stage.PREVIEW)
        figures = [
            text.format(time=when.seconds(value))
            for text, value in ((self.tr("on screen {time}"), seen), (self.tr("first sound {time}"), sound))
            if value is not None
        ]
        self._figure.setText(" · ".join(figures))
        empty(self._grid)
        stages = bars(turn)
        whole = max((bar.end for bar in stages), default=0.0) or 1.0
        for line, bar in enumerate(stages):
            self._grid.addWidget(label(words.stage(bar.stage), "small"), line, 0)
            self._grid.addWidget(BarLine(bar, whole), line, 1)
            took = label(when.seconds(bar.end), "number")
            took.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(took, line, 2)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self._settle()

    def _settle(self) -> None:
        some = bool(self._turns)
        self._hint.setVisible(not some)
        for part in (self._title, self._figure, self._older, self._newer):
            part.setVisible(some)
        self._older.setEnabled(self._shown > 0)
        self._newer.setEnabled(self._shown < len(self._turns) - 1)


class BarLine(QWidget):
    """One bar on a common scale."""

    def __init__(self, bar: Bar, whole: float) -> None:
        super().__init__()
        self._bar, self._whole = bar, whole
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens().colour("sunken"))
            area = QRectF(0, 2, self.width(), self.height() - 4)
            painter.drawRoundedRect(area, 4, 4)
            left = self.width() * self._bar.start / self._whole
            width = max(4.0, self.width() * (self._bar.end - self._bar.start) / self._whole)
            painter.setBrush(tokens().colour(COLOURS.get(self._bar.stage, "idle")))
            painter.drawRoundedRect(QRectF(min(left, self.width() - width), 2, width, area.height()), 4, 4)
