"""A line over the window that says what went wrong and what to do; it stays until it is put away."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.icons import IconLabel
from desktop.widgets.basics import Button, column, label, set_state

translate = QCoreApplication.translate


class Banner(QFrame):
    """Hidden while all is well."""

    dismissed = Signal()
    retried = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setObjectName("avviso")
        self._icon = IconLabel("alert", "error", 24)
        self._title = label(role="strong")
        self._advice = label(role="body", wrap=True)
        self._detail = label(role="small", wrap=True)
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._retry = Button(self.tr("Try again"))
        self._retry.clicked.connect(self.retried)
        self._close = Button(kind="quiet", drawing="close")
        self._close.setAccessibleName(translate("Banner", "Put this message away"))
        self._close.setToolTip(translate("Banner", "Put this message away"))
        words = QWidget()
        inner = column(words, gap=2)
        for part in (self._title, self._advice, self._detail):
            inner.addWidget(part)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 10, 10)
        layout.setSpacing(14)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(words, 1)
        layout.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._close.clicked.connect(self.put_away)
        self.hide()

    def show_trouble(self, title: str, advice: str, detail: str = "", *, grave: bool = True) -> None:
        """``detail``: what the program said, for the one who is called to help."""
        self._title.setText(title)
        self._advice.setText(advice)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._icon.show_icon("alert", "error" if grave else "warning")
        set_state(self, "error" if grave else "warning")
        self._retry.hide()
        self.show()

    def offer_retry(self) -> None:
        """With a button that asks to begin again."""
        self._retry.show()

    def put_away(self) -> None:
        if not self.isHidden():
            self.hide()
            self.dismissed.emit()
