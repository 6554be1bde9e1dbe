"""The body of the summary card: what is read from a metre away, the plate, the lines, the reasons, the choices."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLayout, QWidget

from agent.events import Choice
from desktop.icons import IconLabel
from desktop.summary import Fact, Summary
from desktop.texts import words
from desktop.widgets.basics import Button, column, empty, frame, label, row
from desktop.widgets.facts import FactLine
from desktop.widgets.plate import Plate


class SummaryCard(QWidget):
    """Its headline is the label `anteprima`: title, day and time as plain words to whoever reads it otherwise."""

    chosen = Signal(object)
    """Choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hero = QLabel()
        self._hero.setObjectName("anteprima")
        self._hero.setTextFormat(Qt.TextFormat.RichText)
        self._hero.setWordWrap(True)
        self._plate = Plate()
        self._car = label(role="strong", wrap=True)
        self._facts, self._messages, self._choices = QWidget(), QWidget(), QWidget()
        self._reasons = frame("reasons")
        self._fact_lines = column(self._facts, gap=9)
        self._message_lines = column(self._messages, gap=8)
        self._reason_lines = column(self._reasons, gap=6, margin=10)
        self._chip_lines = column(self._choices, gap=6)
        inside = self._inside = column(self, gap=12)
        for part in (self._hero, self._car, self._plate, self._reasons, self._facts, self._messages, self._choices):
            inside.addWidget(part)

    def show_summary(self, summary: Summary) -> None:
        """Without reasons and choices; those come after."""
        self._hero.setText(_hero(summary))
        self._hero.setVisible(bool(summary.title))
        self._plate.setVisible(summary.plate is not None)
        self._plate.show_plate(summary.plate or "")
        self._car.setText(summary.car)
        self._car.setVisible(bool(summary.car))
        self._fill(self._fact_lines, summary.facts)
        self._fill(self._message_lines, summary.messages, self.tr("Messages"))
        self._facts.setVisible(bool(summary.facts))
        self._messages.setVisible(bool(summary.messages))
        self.show_reasons(())
        self.show_choices(())

    def show_reasons(self, reasons: tuple[str, ...]) -> None:
        """Why a yes is needed, in words."""
        empty(self._reason_lines)
        for reason in reasons:
            line = row(gap=10)
            line.addWidget(IconLabel("alert", "warning"), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(words.reason(reason), wrap=True), 1)
            self._reason_lines.addLayout(line)
        self._reasons.setVisible(bool(reasons))

    def show_choices(self, choices: tuple[Choice, ...], *, first: bool = False) -> None:
        """first: before the details, where one of them is still to be picked."""
        self._inside.removeWidget(self._choices)
        self._inside.insertWidget(
            self._inside.indexOf(self._facts if first else self._messages) + (not first), self._choices
        )
        empty(self._chip_lines)
        if choices:
            self._chip_lines.addWidget(label(self.tr("Or rather:"), "number"))
        for choice in choices:
            chip = Button(f"{choice.id}   {choice.label}", "chip")
            chip.setAccessibleName(choice.label)
            chip.setToolTip(choice.label)
            chip.clicked.connect(lambda _=False, picked=choice: self.chosen.emit(picked))
            self._chip_lines.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        self._choices.setVisible(bool(choices))

    def enable_choices(self, enabled: bool) -> None:
        self._choices.setEnabled(enabled)

    def _fill(self, layout: QLayout, facts: tuple[Fact, ...], title: str = "") -> None:
        empty(layout)
        if facts and title:
            layout.addWidget(frame("line"))
            layout.addWidget(label(title, "number"))
        for fact in facts:
            layout.addWidget(FactLine(fact))


def _hero(summary: Summary) -> str:
    struck = "text-decoration:line-through;"
    strike = struck if summary.gone else ""
    lines = (
        (summary.title, "font-size:21px;font-weight:700"),
        (summary.day, f"{strike}font-size:17px;font-weight:500;margin-top:5px"),
        (summary.time, f"{strike}font-size:30px;font-weight:700;margin-top:3px"),
        (summary.before, f"{struck}font-size:15px;margin-top:4px"),
    )
    return "".join(f'<div style="{style}">{escape(text)}</div>' for text, style in lines if text)
