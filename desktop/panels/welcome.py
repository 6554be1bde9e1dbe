"""What the conversation shows before the first word: how to talk, and what one can say."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.basics import Button, column, label, row


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
    """A sentence in quotes, as long as it likes to be."""

    def __init__(self, sentence: str) -> None:
        super().__init__(kind="example")
        self.sentence = sentence
        self.setAccessibleName(sentence)
        fits = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        fits.setHeightForWidth(True)
        self.setSizePolicy(fits)
        self._inner = layout = column(self)
        layout.setContentsMargins(14, 10, 14, 10)
        words = label(f"“{sentence}”", "body", wrap=True)
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(words)

    def sizeHint(self) -> QSize:
        return self._inner.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._inner.heightForWidth(width)
