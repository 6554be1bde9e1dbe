"""What the workshop was asked, call by call: in words, with its outcome and time; raw JSON behind a click."""

import json
from collections import OrderedDict

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QScrollArea, QWidget

from agent.events import Call, Json, ToolEnded, ToolStarted, Understood
from desktop.icons import IconLabel
from desktop.texts import language, when, wording, words
from desktop.widgets.basics import Button, Elided, column, label, row

KEPT = 60  # calls


class ToolCallsPanel(QWidget):
    """Newest at the end, where it scrolls to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._calls: OrderedDict[str, CallRow] = OrderedDict()
        self._names: dict[str, str] = {}
        self._hint = label(
            self.tr("Each request to the workshop appears here: what was asked, what came back, and how long it took."),
            "muted",
            wrap=True,
        )
        self._list = QWidget()
        self._rows = column(self._list, gap=4)
        self._rows.setContentsMargins(0, 0, 6, 0)
        self._rows.addWidget(self._hint)
        self._rows.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._list)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._to_end)
        column(self).addWidget(self._scroll)

    @property
    def rows(self) -> tuple["CallRow", ...]:
        """Oldest first."""
        return tuple(self._calls.values())

    def on_understood(self, event: Understood) -> None:
        """A line that says who understood what; nothing for small talk."""
        self._hint.hide()
        turn = self.tr("Turn {number}").format(number=event.turn)
        line = label(f"{turn} · {words.understood_by(event.by)}", "number")
        line.setContentsMargins(6, 6, 0, 0)
        self._put(f"understood/{event.turn}/{len(self._calls)}", CallRow.of_label(line))

    def on_tool_started(self, event: ToolStarted) -> None:
        self._hint.hide()
        self._put(_key(event.call), CallRow(event.call, self._names))

    def on_tool_ended(self, event: ToolEnded) -> None:
        shown = self._calls.get(_key(event.call))
        if shown is None:
            self.on_tool_started(ToolStarted(event.turn, event.call))
            shown = self._calls[_key(event.call)]
        self._names.update(wording.names_in(event.result.data, language()))
        shown.finish(event)

    def _put(self, key: str, made: "CallRow") -> None:
        old = self._calls.pop(key, None)
        if old is not None:
            self._drop(old)
        self._calls[key] = made
        self._rows.insertWidget(self._rows.count() - 1, made)
        while len(self._calls) > KEPT:
            self._drop(self._calls.popitem(last=False)[1])

    def _to_end(self) -> None:
        """Follow what is new; what somebody unfolded stays where it is."""
        if not any(shown.unfolded for shown in self._calls.values()):
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _drop(self, gone: "CallRow") -> None:
        self._rows.removeWidget(gone)
        gone.hide()
        gone.deleteLater()


class CallRow(QFrame):
    """One call; `toggle` opens its JSON."""

    def __init__(self, call: Call | None, names: wording.Names) -> None:
        super().__init__()
        self._layout = column(self)
        self._raw: QPlainTextEdit | None = None

        if call is None:
            return
        self._call, self._outcome, self._names = call, {}, names
        self._mark = IconLabel("hourglass", "thinking")
        self._name = Elided(_title(call), "strong")
        self._arguments = Elided(self._words(), "small")
        self._status = label(role="small")
        self._took = label(role="number")
        self.toggle = Button(kind="row", drawing="chevron-right")
        self.toggle.setCheckable(True)
        self.toggle.setAccessibleName(self.tr("Details of {call}").format(call=_title(call)))
        self.toggle.setToolTip(self.tr("Show the call and its answer as JSON"))
        self.toggle.toggled.connect(self._unfold)
        self._layout.addWidget(self._line())

    @classmethod
    def of_label(cls, text: QLabel) -> "CallRow":
        made = cls(None, {})
        made._layout.addWidget(text)
        return made

    _call: Call
    _outcome: Json
    _names: wording.Names

    def _line(self) -> QWidget:
        line = QWidget()
        inner = row(gap=10)
        inner.setContentsMargins(6, 3, 2, 3)
        inner.addWidget(self._mark)
        texts = QWidget()
        inside = column(texts)
        top = row(gap=8)
        top.addWidget(self._name, 1)
        top.addWidget(self._status)
        top.addWidget(self._took)
        inside.addLayout(top)
        inside.addWidget(self._arguments)
        inner.addWidget(texts, 1)
        inner.addWidget(self.toggle)
        line.setLayout(inner)
        return line

    @property
    def unfolded(self) -> bool:
        return self._raw is not None and not self._raw.isHidden()

    def finish(self, event: ToolEnded) -> None:
        result = event.result
        if result.refusal is not None:
            self._mark.show_icon("info", "warning")
            self._status.setText(words.refusal(result.refusal.code))
            self._outcome = {
                "code": result.refusal.code, "message": result.refusal.message, "details": result.refusal.details,
            }  # fmt: skip
        else:
            self._mark.show_icon("check", "done")
            self._outcome = result.data or {}
        self._arguments.setText(self._words())
        self._took.setText(when.seconds(event.seconds))
        self.setAccessibleName(f"{self._name.text()}, {self._status.text()} {self._took.text()}")
        if self._raw is not None:
            self._raw.setPlainText(self._json())

    def _unfold(self, wanted: bool) -> None:
        self.toggle.set_drawing("chevron-down" if wanted else "chevron-right")
        if self._raw is None:
            self._raw = QPlainTextEdit(self._json())
            self._raw.setProperty("role", "json")
            self._raw.setReadOnly(True)
            self._raw.setTabChangesFocus(True)
            self._raw.setAccessibleName(self.tr("JSON of the call"))
            self._raw.setMinimumHeight(150)
            self._layout.addWidget(self._raw)
        self._raw.setVisible(wanted)

    def _words(self) -> str:
        return " · ".join(wording.arguments(self._call.arguments, self._names))

    def _json(self) -> str:
        whole = {"call": self._call.name, "arguments": self._call.arguments, "answer": self._outcome}
        return json.dumps(whole, ensure_ascii=False, indent=2, default=str)


def _key(call: Call) -> str:
    return f"{call.id}/{call.dry_run}"


def _title(call: Call) -> str:
    name = words.tool(call.name)
    return f"{name} · {words.tried()}" if call.dry_run else name
