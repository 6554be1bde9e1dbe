"""The first start's one question: try it with invented people, or begin with an empty workshop."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from desktop.widgets.basics import Button, column, label


class FirstStart(QDialog):
    """`chosen` says whether it shall be the demo; closing it is choosing the demo, which costs nothing."""

    chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Welcome to Bancone"))
        self.setModal(True)
        self._answered = False
        self.demo = Button(self.tr("Try it with the demo workshop"), "primary")
        self.own = Button(self.tr("Begin with my own, empty workshop"), "large")
        layout = column(self, gap=14, margin=28)
        layout.addWidget(label(self.tr("Welcome to Bancone"), "title"))
        layout.addWidget(label(self.tr("How would you like to begin?"), "muted"))
        layout.addSpacing(4)
        for button, text in (
            (self.demo, self.tr("A workshop with invented customers, cars and appointments. No message leaves it.")),
            (self.own, self.tr("Nothing in it yet: services, technicians and customers are yours to bring.")),
        ):
            layout.addWidget(button)
            layout.addWidget(label(text, "small", wrap=True))
        self.setMinimumWidth(440)
        self.demo.setFocus(Qt.FocusReason.OtherFocusReason)
        self.demo.clicked.connect(lambda: self._choose(True))
        self.own.clicked.connect(lambda: self._choose(False))
        self.rejected.connect(lambda: self._choose(True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, Button):
            focus.click()
        else:
            super().keyPressEvent(event)

    def _choose(self, demo: bool) -> None:
        if not self._answered:
            self._answered = True
            self.chosen.emit(demo)
            self.accept()
