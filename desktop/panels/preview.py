"""The card on the right: what is about to happen or was done, why a yes is needed, and the buttons that give it."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from agent.events import Choice, Drafted, Needs, Preview, PreviewClosed
from desktop.summary import Fact, Summary
from desktop.texts import words
from desktop.texts.wording import plain
from desktop.widgets.basics import Button, column, label, row, set_state
from desktop.widgets.card import SummaryCard
from desktop.widgets.teaching import Teaching

TICK = 250  # ms between two looks at how long a preview is still up


class PreviewPanel(QFrame):
    """`showing` is the preview on it; `waiting` while that wants an answer and none was given here."""

    confirmed = Signal(str, object)
    """Preview, and the number of recipients typed, or None."""
    rejected = Signal(str)
    chosen = Signal(str, str)
    undone = Signal(object)
    """Operation."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Preview"))
        self.showing: Preview | None = None
        self.waiting = False
        self._life = 0.0
        self._left = 0.0
        self._build(key)
        self._tick = QTimer(self, interval=TICK)
        self._connect()
        self.clear()

    def _build(self, key: str) -> None:
        self._badge = label(role="badge")
        self._kind = label(role="muted")
        self._teaching, self.card = Teaching(key), SummaryCard()
        body = QWidget()
        inside = column(body)
        inside.setContentsMargins(20, 4, 16, 12)
        inside.addWidget(self._teaching)
        inside.addWidget(self.card)
        inside.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = row()
        head.setContentsMargins(20, 16, 16, 10)
        head.addWidget(self._badge)
        head.addWidget(self._kind, 1)
        layout = column(self)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(self._build_buttons())

    def _build_buttons(self) -> QVBoxLayout:
        self._bar = QProgressBar(textVisible=False)
        self._count = QLineEdit()
        self._count.setAccessibleName(self.tr("Number of recipients"))
        self.confirm = Button(self.tr("Confirm"), "primary", "check")
        self.confirm.setObjectName("conferma")
        self.reject = Button(self.tr("Reject"), "large", "close")
        self.reject.setObjectName("rifiuta")
        self.undo = Button(self.tr("Undo"), "large", "undo")
        self.undo.setObjectName("annulla")
        self._keys = label(role="small")
        self._keys.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        answers = row(gap=10)
        answers.addWidget(self.reject, 2)
        answers.addWidget(self.confirm, 3)
        buttons = QVBoxLayout()
        buttons.setContentsMargins(20, 8, 20, 16)
        buttons.setSpacing(9)
        buttons.addWidget(self._bar)
        buttons.addWidget(self._count)
        buttons.addLayout(answers)
        buttons.addWidget(self.undo)
        buttons.addWidget(self._keys)
        return buttons

    def _connect(self) -> None:
        self._tick.timeout.connect(self._on_tick)
        self.confirm.clicked.connect(self.give_yes)
        self.reject.clicked.connect(self.give_no)
        self.undo.clicked.connect(self._give_undo)
        self._count.textChanged.connect(lambda _: self._settle())
        self.card.chosen.connect(self._choose)

    def clear(self) -> None:
        """Nothing to show: teach how it goes."""
        self.showing, self.waiting = None, False
        self._mark("", "")
        self._kind.clear()
        self.card.hide()
        self._teaching.show()
        self._settle()

    def on_preview(self, event: Preview, summary: Summary, now: datetime) -> None:
        """now: by the clock ``event.expires`` is told in."""
        self.showing = event
        self.waiting = event.needs is not Needs.NOTHING
        done = not self.waiting
        badge = self.tr("Done") if done else self.tr("Please confirm")
        self._show(summary, badge=badge, state="done" if done else "waiting", kind=words.kind(event.kind))
        self.card.show_reasons(event.reasons if self.waiting else ())
        self.card.show_choices(event.choices, first=self.waiting)
        self._count.clear()
        self._life = self._left = (event.expires - now).total_seconds() if event.expires and self.waiting else 0.0
        self._settle()

    def on_preview_closed(self, event: PreviewClosed) -> None:
        if self.showing is None or self.showing.id != event.id or self.showing.needs is Needs.NOTHING:
            return
        self.waiting = False
        match event.outcome:
            case "done":
                self._mark(self.tr("Done"), "done")
            case "rejected":
                self._mark(self.tr("Rejected: nothing was done"), "failed")
            case "expired":
                self._mark(self.tr("Expired: nothing was done"), "failed")
            case _:
                self._mark(self.tr("Replaced"), "")
        self._settle()

    def on_drafted(self, event: Drafted) -> None:
        """What is understood so far; never in the way of a preview that waits."""
        if self.waiting or not event.slots:
            return
        self.showing = None
        facts = tuple(
            Fact("tag", f"{words.slot(item.kind)}: {item.words or plain(item.value, {})}") for item in event.slots
        )
        title = words.tool(event.intent)
        self._show(Summary(title, facts=facts), badge=self.tr("Listening"), state="drafted", kind="")
        self._settle()

    def show_answer(self, summary: Summary) -> None:
        """What a look-up found."""
        if not self.waiting:
            self.showing = None
            self._show(summary, badge=self.tr("Found"), state="", kind="")
            self._settle()

    def give_yes(self) -> None:
        if self.showing is not None and self.waiting and self.confirm.isEnabled():
            self._answered(self.tr("One moment…"))
            self.confirmed.emit(self.showing.id, int(self._count.text()) if self._recipients() is not None else None)

    def give_no(self) -> None:
        if self.showing is not None and self.waiting:
            self._answered(self.tr("One moment…"))
            self.rejected.emit(self.showing.id)

    def _give_undo(self) -> None:
        if self.showing is not None and self.showing.operation_id is not None:
            self.undo.setEnabled(False)
            self.undone.emit(self.showing.operation_id)

    def _choose(self, choice: Choice) -> None:
        if self.showing is not None:
            self._answered(self.tr("One moment…"))
            self.chosen.emit(self.showing.id, choice.id)

    def _answered(self, words_: str) -> None:
        """An answer was given here: the same one is not given twice."""
        self.waiting = False
        self._mark(words_, "")
        self._settle()

    def _show(self, summary: Summary, *, badge: str, state: str, kind: str) -> None:
        self._teaching.hide()
        self._mark(badge, state)
        self._kind.setText(kind)
        self.card.show_summary(summary)
        self.card.show()
        self._scroll.verticalScrollBar().setValue(0)

    def _mark(self, text: str, state: str) -> None:
        self._badge.setText(text)
        self._badge.setVisible(bool(text))
        set_state(self._badge, state)

    def _settle(self) -> None:
        """Buttons and bar as the state has it."""
        waits = self.waiting
        wanted = self._recipients()
        self._count.setVisible(waits and wanted is not None)
        if wanted is not None:
            self._count.setPlaceholderText(self.tr("Type {count} to confirm").format(count=wanted))
        for button in (self.confirm, self.reject):
            button.setVisible(waits)
        self.confirm.setEnabled(wanted is None or self._count.text().strip() == str(wanted))
        self.card.enable_choices(self.showing is not None and (waits or self.showing.needs is Needs.NOTHING))
        operation = self.showing.operation_id if self.showing else None
        self.undo.setVisible(operation is not None and not waits)
        self.undo.setEnabled(operation is not None)
        self._keys.setText(self.tr("Enter confirms · Esc rejects") if waits else self.tr("Ctrl+Z takes it back"))
        self._keys.setVisible(waits or operation is not None)
        ticking = waits and self._life > 0
        self._bar.setVisible(ticking)
        if ticking:
            self._on_tick(step=0)
            self._tick.start()
        else:
            self._tick.stop()

    def _recipients(self) -> int | None:
        """How many get the message, where that has to be repeated."""
        if self.showing is None or self.showing.needs is not Needs.SCREEN:
            return None
        count = self.showing.proposal.get("sendable")
        return count if isinstance(count, int) else None

    def _on_tick(self, step: int = TICK) -> None:
        self._left = max(0.0, self._left - step / 1000)
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(1000 * self._left / self._life))
        seconds = round(self._left)
        self._bar.setToolTip(self.tr("Expires in {seconds} s").format(seconds=seconds))
        if self._left == 0.0:
            self.waiting = False
            self._mark(self.tr("Expired: nothing was done"), "failed")
            self._settle()
