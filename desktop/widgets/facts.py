"""Lines of the summary card: a drawing, what it says, a smaller note."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.icons import IconLabel
from desktop.summary import Fact
from desktop.widgets.basics import column, label


class FactLine(QWidget):
    """One fact."""

    def __init__(self, fact: Fact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(IconLabel(fact.icon, "faint" if fact.gone else "muted"), 0, Qt.AlignmentFlag.AlignTop)
        words = QWidget()
        inner = column(words, gap=1)
        text = label(fact.text, "muted" if fact.gone else "body", wrap=True)
        if fact.gone:
            struck = text.font()
            struck.setStrikeOut(True)
            text.setFont(struck)
        inner.addWidget(text)
        if fact.note:
            inner.addWidget(label(fact.note, "small", wrap=True))
        layout.addWidget(words, 1)
