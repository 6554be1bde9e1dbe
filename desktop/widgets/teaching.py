"""The empty card on the right: how a request goes, in four steps."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.widgets.basics import column, label, row


class Teaching(QWidget):
    """The empty card: the three steps."""

    def __init__(self, key: str) -> None:
        super().__init__()
        layout = column(self, gap=16)
        layout.setContentsMargins(0, 18, 0, 0)
        layout.addWidget(label(self.tr("You see it before it happens"), "title", wrap=True))
        steps = (
            self.tr("Hold {key} and say what the customer wants.").format(key=key),
            self.tr("Here you see car, day, time and messages, as they stand in the workshop."),
            self.tr("Clear requests are done at once. When something was guessed, you confirm with Enter."),
            self.tr("Changed your mind? Ctrl+Z takes it back, messages included."),
        )
        for number, text in enumerate(steps, 1):
            line = row(gap=12)
            digit = label(str(number), "step")
            digit.setFixedSize(26, 26)
            digit.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.addWidget(digit, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(text, "body", wrap=True), 1)
            layout.addLayout(line)
