"""The head of the window: the mark, the day and time, the state, and the menu."""

from datetime import datetime

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from desktop.icons import ICONS
from desktop.texts import LANGUAGES, language, when, words
from desktop.theme import Theme, tokens
from desktop.widgets.basics import Button, label, row, set_state
from tools.contract import Clock

TICK = 5000  # ms


class Header(QWidget):
    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    quit_chosen = Signal()

    def __init__(self, clock: Clock, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock, self._theme = clock, theme
        self._time = label(role="muted")
        self._state_frame = StateFrame()
        self.menu_button = Button(kind="quiet", drawing="menu")
        self.menu_button.setAccessibleName(self.tr("Menu"))
        self.menu_button.setToolTip(self.tr("Language, theme"))
        self.menu_button.setMenu(self._menu())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(Mark())
        layout.addWidget(label("Bancone", "brand"))
        layout.addStretch(1)
        layout.addWidget(self._time)
        layout.addSpacing(6)
        layout.addWidget(self._state_frame)
        layout.addWidget(self.menu_button)
        self._tick = QTimer(self, interval=TICK)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()
        self._show_time()

    def show_state(self, state: str) -> None:
        self._state_frame.show_state(state)

    def _show_time(self) -> None:
        now: datetime = self._clock()
        text = f"{when.day(now)} · {when.clock(now)}"
        self._time.setText(text[:1].upper() + text[1:])

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Menu"))
        themes = {
            Theme.AUTO: self.tr("As the system"),
            Theme.LIGHT: self.tr("Light"),
            Theme.DARK: self.tr("Dark"),
        }
        self._choices(menu, {str(key): text for key, text in themes.items()}, self._theme, self.theme_chosen)
        menu.addSeparator()
        self._choices(menu, LANGUAGES, language(), self.language_chosen)
        menu.addSeparator()
        leave = menu.addAction(self.tr("Quit Bancone"))
        leave.triggered.connect(self.quit_chosen)
        return menu

    def _choices(self, menu: QMenu, texts: dict[str, str], chosen: str, told: object) -> None:
        group = QActionGroup(menu)
        for key, text in texts.items():
            action = QAction(text, menu, checkable=True)
            action.setChecked(key == chosen)
            action.triggered.connect(lambda _=False, key=key: told.emit(key))  # type: ignore[attr-defined]
            group.addAction(action)
            menu.addAction(action)


class StateFrame(QFrame):
    """A dot and a word. The word is the label `stato`: it is read aloud when it changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "state")
        self.setFixedHeight(34)
        self._dot = Dot()
        self._word = label()
        self._word.setObjectName("stato")
        inner = row(gap=9)
        inner.setContentsMargins(14, 0, 16, 0)
        inner.addWidget(self._dot)
        inner.addWidget(self._word)
        self.setLayout(inner)

    def show_state(self, state: str) -> None:
        self._word.setText(words.state(state))
        self._dot.token = state if state in ("listening", "thinking", "speaking", "error") else "idle"
        if state == "idle":
            self._dot.token = "done"
        set_state(self, state)
        self._dot.update()


class Dot(QFrame):
    token = "idle"

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(10, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens().colour(self.token))
            painter.drawEllipse(self.rect())


class Mark(QWidget):
    """The bell on the counter."""

    def __init__(self) -> None:
        super().__init__()
        self._drawing = QSvgRenderer(str(ICONS / "bancone.svg"), self)
        self.setFixedSize(36, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._drawing.render(painter, QRectF(self.rect()))
