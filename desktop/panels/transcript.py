"""The conversation: what was heard and what was said, as bubbles in one readable text."""

from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from agent.events import Heard, Said
from desktop.texts import when
from desktop.theme import font, tokens

PAD_X, PAD_Y = 14, 9  # px between a bubble's edge and its words
INSET = 26  # px a bubble keeps from the other side
CORNER = 14  # px
KEPT = 200  # entries; older ones are in the turn log
FRAME = 33  # ms; what arrives within one frame is drawn once
ROLE_SIZE, TEXT_SIZE = 12, 16  # px


@dataclass(frozen=True, slots=True)
class Line:
    """One bubble."""

    turn: int
    heard: bool
    text: str
    final: bool
    at: datetime


class Transcript(QTextEdit):
    """Every line is two blocks: who and when, and the words. The whole is one text for those who have it read aloud."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._dirty = QTimer(self, singleShot=True, interval=FRAME)
        self._dirty.timeout.connect(self._render)
        self.setObjectName("trascrizione")
        self.setAccessibleName(self.tr("Conversation"))
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(6)

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self._lines)

    def on_heard(self, event: Heard, at: datetime) -> None:
        self._put(Line(event.turn, True, event.text, event.final, at))

    def on_said(self, event: Said, at: datetime) -> None:
        self._put(Line(event.turn, False, event.text, event.final, at))

    def on_turn_ended(self, turn: int) -> None:
        """What is still unfinished stays so no longer; what stayed empty goes."""
        self._lines = [
            replace(line, final=True) if line.turn == turn else line
            for line in self._lines
            if line.turn != turn or line.text.strip()
        ]
        self._dirty.start()

    def _put(self, line: Line) -> None:
        """Replace the unfinished line of the same turn and side, or add one."""
        for number in range(len(self._lines) - 1, -1, -1):
            old = self._lines[number]
            if old.turn == line.turn and old.heard is line.heard and (not old.final or old.text == line.text):
                self._lines[number] = replace(line, at=old.at)
                break
        else:
            # what was heard stands before its answer, whichever was told first
            later = (n for n, old in enumerate(self._lines) if line.heard and old.turn == line.turn and not old.heard)
            self._lines.insert(next(later, len(self._lines)), line)
            del self._lines[:-KEPT]
        self._render() if line.final else self._dirty.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_lines"):
            self._render()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dirty.start()

    def _render(self) -> None:
        bar = self.verticalScrollBar()
        follows = bar.value() >= bar.maximum() - 40
        old = bar.value()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        for number, line in enumerate(self._lines):
            self._write(cursor, line, first=number == 0)
        cursor.endEditBlock()
        bar.setValue(bar.maximum() if follows else old)
        self.viewport().update()

    def _write(self, cursor: QTextCursor, line: Line, *, first: bool) -> None:
        colours = tokens()
        role = self.tr("You") if line.heard else "Bancone"
        made = _characters(font(ROLE_SIZE, QFont.Weight.DemiBold), colours.colour("muted"))
        shape = QTextBlockFormat()
        shape.setTopMargin(4 if first else 16)
        shape.setBottomMargin(PAD_Y + 5)
        shape.setLeftMargin(4)
        shape.setRightMargin(4)
        shape.setAlignment(Qt.AlignmentFlag.AlignRight if line.heard else Qt.AlignmentFlag.AlignLeft)
        if first:
            cursor.setBlockFormat(shape)
        else:
            cursor.insertBlock(shape)
        cursor.block().setUserState(0)
        cursor.insertText(f"{role}  {when.clock(line.at)}", made)
        words = font(TEXT_SIZE, QFont.Weight.Medium if line.heard else QFont.Weight.Normal)
        words.setItalic(not line.final)
        text = " ".join(line.text.split()) + ("" if line.final else " …")
        cursor.insertBlock(self._bubble(line, text, words))
        cursor.block().setUserState(1 if line.heard else 2)
        cursor.insertText(text, _characters(words, colours.colour("text" if line.final else "muted")))

    def _bubble(self, line: Line, text: str, words: QFont) -> QTextBlockFormat:
        """Margins that make the bubble as wide as its words, on its own side."""
        room = self.viewport().width() - 2 * self.document().documentMargin()
        widest = room - INSET - 2 * PAD_X
        wide = min(QFontMetricsF(words).horizontalAdvance(text) + 4, widest)
        shape = QTextBlockFormat()
        shape.setBottomMargin(PAD_Y)
        shape.setLineHeight(128, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        near, far = PAD_X, max(PAD_X, room - PAD_X - wide)
        shape.setLeftMargin(far if line.heard else near)
        shape.setRightMargin(near if line.heard else far)
        return shape

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.translate(0, -self.verticalScrollBar().value())
            block = self.document().begin()
            while block.isValid():
                if block.userState() > 0:
                    self._paint_bubble(painter, block)
                block = block.next()
        super().paintEvent(event)

    def _paint_bubble(self, painter: QPainter, block: QTextBlock) -> None:
        heard = block.userState() == 1
        area = self.document().documentLayout().blockBoundingRect(block)
        shape = block.blockFormat()
        margin = self.document().documentMargin()
        left = margin + shape.leftMargin() - PAD_X
        right = self.viewport().width() - margin - shape.rightMargin() + PAD_X
        lines = block.layout()
        top = area.top() - PAD_Y
        height = lines.boundingRect().height() + 2 * PAD_Y
        painter.setBrush(QBrush(tokens().colour("accent_soft" if heard else "sunken")))
        painter.drawRoundedRect(QRectF(left, top, right - left, height), CORNER, CORNER)


def _characters(made: QFont, colour: QColor) -> QTextCharFormat:
    characters = QTextCharFormat()
    characters.setFont(made)
    characters.setForeground(colour)
    return characters
