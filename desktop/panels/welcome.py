"""What the conversation shows before the first word: how to talk, and what one can say."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.basics import Button, column, label, row

SIDE = 17  # px between an example's edge and its words


class Welcome(QWidget):
    """`tried` gives the example that was picked; it goes into the line to type in, not out."""

    tried = Signal(str)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, gap=10, margin=10)
        layout.addStretch(1)
        line = row(gap=7)
        before, after = self.tr("Hold {key} and say, for example:").split("{key}")
        if before.strip():
            line.addWidget(label(before.strip(), "title"))
        cap = label(key, "keycap")
        line.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        layout.addLayout(line)
        layout.addWidget(label(after.strip().capitalize(), "muted"))
        self.examples = [Example(text) for text in self._sentences()]
        for example in self.examples:
            layout.addWidget(example)
            example.clicked.connect(lambda _=False, text=example.sentence: self.tried.emit(text))
        layout.addSpacing(4)
        layout.addWidget(label(self.tr("Or type it below. Pick an example to try it."), "small", wrap=True))
        layout.addStretch(2)

    def _sentences(self) -> tuple[str, ...]:
        return (
            self.tr("Book a service for plate AB 123 CD, first free slot next Wednesday"),
            self.tr("Who is coming in tomorrow?"),
            self.tr("Is Marco free at eleven?"),
            self.tr("When is the MOT due on the Qashqai?"),
        )


class Example(Button):
    """A sentence in quotes, broken into lines as its width has it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(kind="example")
        self.sentence = sentence
        self.setAccessibleName(sentence)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(f"“{sentence}”")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setText(self._broken(f"“{self.sentence}”", self.width() - 2 * SIDE))

    def _broken(self, text: str, width: int) -> str:
        lines, metrics = [""], self.fontMetrics()
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if metrics.horizontalAdvance(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return "\n".join(line for line in lines if line)
