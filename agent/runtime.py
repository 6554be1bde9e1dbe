"""One desk's agent at work: workshop, conversation and AgentSession, whatever carries sound and events to it."""

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any, assert_never

from livekit.agents import llm
from livekit.agents.voice import SpeechHandle

from agent import line as lines
from agent.cascade import FINAL_WITHIN, Cascade
from agent.config import AgentConfig
from agent.conversation import Conversation
from agent.events import (
    Choose,
    Command,
    Confirm,
    Failed,
    Key,
    Mode,
    Reject,
    Said,
    SetMode,
    State,
    StateChanged,
    Stop,
    Talk,
    TurnEnded,
    Type,
    Undo,
)
from agent.interpreter.dialogue import Dialogue
from agent.interpreter.model import InterpreterLLM
from agent.line import Line
from agent.session import Voice
from agent.speech_input import SHORTEST, TAIL, SpeechWatch, Utterance
from agent.texts import text
from agent.toolbelt import Fault, Told, Toolbelt
from agent.turn import Stage
from agent.turnlog import TurnLog
from agent.turns import Emit, OpenTurn
from agent.utterance_stt import UtteranceSTT
from agent.vocabulary import Words
from tools.contract import Operation, Workshop

log = logging.getLogger(__name__)

TURNS_PER_SESSION = 100  # LiveKit keeps every event of a session in memory; a fresh one after so many turns
REPLY_WITHIN = 10.0  # seconds from the transcript to the start of an answer, an LLM's first word included
SILENCE = bytes(int(TAIL * 16_000) * 2)


class Runtime:
    """Takes commands and utterances, emits events and voice. All on one event loop."""

    def __init__(
        self, config: AgentConfig, workshop: Workshop, cascade: Cascade, *, emit: Emit, give: Callable[[Voice], None]
    ) -> None:
        """give: where the voice goes."""
        self._config = config
        self._workshop = workshop
        self._cascade = cascade
        self._emit = emit
        self._give = give
        self._now = config.clock or (lambda: datetime.now().astimezone())
        self._mode = Mode.PUSH_TO_TALK
        self._number = 0
        self._tasks: set[asyncio.Task[Any]] = set()
        self._utterances: asyncio.Queue[Utterance] = asyncio.Queue()  # one per press of the key
        self._utterance: Utterance | None = None
        self._expected: asyncio.Future[SpeechHandle] | None = None
        self._turns_here = 0
        self._lines: list[Line] = []  # the one that is open
        self._open: set[int] = set()  # numbers of the turns that have not ended
        self._changing = asyncio.Lock()  # held while the session is replaced, and while it is given work
        self._renewal: asyncio.Task[None] | None = None
        self._closed = False
        self._log = TurnLog(config.turn_log, log_text=config.log_text, keep_days=config.keep_days)
        language = "en" if config.language == "en" else "it"
        self.words = Words(workshop, changed=cascade.set_vocabulary)
        self.toolbelt = Toolbelt(workshop, emit=emit, now=self._now, timeout=config.tool_timeout)
        self.conversation = Conversation(
            dialogue=Dialogue(config.language),
            toolbelt=self.toolbelt,
            words=self.words,
            now=self._now,
            emit=emit,
            speak_in=cascade.speak_in,
            language=language,
        )
        self.conversation.has_llm = cascade.llm is not None
        self._llm = InterpreterLLM(self.conversation, fallback=cascade.llm)
        if isinstance(cascade.stt, UtteranceSTT):
            cascade.stt.failed = self._not_recognised

    async def start(self) -> None:
        """Ready on return. Raises WorkshopError when the workshop cannot be reached."""
        await self.toolbelt.start()
        await self.words.fresh()
        await asyncio.to_thread(self.conversation.draft, "buongiorno, good morning")  # builds the grammars
        await self._open_line()
        if self._cascade.stt is not None:
            self._spawn(self._listen())
        self._emit(StateChanged(self._number, State.IDLE, self._mode))

    async def close(self) -> None:
        """End everything this started; idempotent."""
        if self._closed:
            return
        self._closed = True
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._renewal is not None:
            await self._renewal  # LiveKit's sessions do not bear being cancelled while they close
        self.toolbelt.close()
        await self._close_lines()
        await self._log.close()

    async def send(self, command: Command) -> None:
        """Take a command; what comes of it comes as events."""
        match command:
            case Talk(key, turn_id):
                self._talk(key, turn_id)
            case Type(typed, turn_id):
                self._type(typed, turn_id)
            case Confirm(preview, count):
                self._click(lambda turn: self.toolbelt.confirm(turn, preview_id=preview, count=count))
            case Choose(preview, choice):
                self._click(lambda turn: self.toolbelt.choose(turn, choice, preview_id=preview))
            case Reject(preview):
                self._click(lambda turn: _ready(self.toolbelt.reject(turn, preview_id=preview)))
            case Undo(operation):
                self._click(lambda turn: self.toolbelt.undo(turn, operation))
            case SetMode(mode):
                self._mode = self.conversation.mode = mode
                self._emit(StateChanged(self._number, State.LISTENING if self._utterance else State.IDLE, mode))
            case Stop():
                self._interrupt()
            case _:
                assert_never(command)

    def push_audio(self, pcm: bytes) -> None:
        """Speech of the press under way; dropped when the key is up. On the loop's thread."""
        if self._utterance is not None:
            self._utterance.push(pcm)

    # typed and clicked turns

    def _type(self, typed: str, turn_id: str) -> None:
        self._interrupt()
        turn = self._begin(turn_id)
        turn.heard = typed
        turn.mark(Stage.KEY_UP)
        turn.mark(Stage.TRANSCRIPT)
        self._emit(StateChanged(turn.number, State.THINKING, self._mode))
        self._spawn(self._typed(turn, typed), turn)

    async def _typed(self, turn: OpenTurn, typed: str) -> None:
        async with self._changing:
            handle = self._line.session.generate_reply(user_input=typed)
        await self._follow(turn, handle)

    def _click(self, act: Callable[[OpenTurn], Awaitable[Told]]) -> None:
        self._interrupt()
        turn = self._begin(str(uuid.uuid4()), sent=False)
        turn.mark(Stage.KEY_UP)
        self._emit(StateChanged(turn.number, State.THINKING, self._mode))
        self._spawn(self._clicked(turn, act), turn)

    async def _clicked(self, turn: OpenTurn, act: Callable[[OpenTurn], Awaitable[Told]]) -> None:
        try:
            told = await act(turn)
            self.conversation.note(told)
            said = await self.conversation.tell(told)
        except Fault as fault:
            said = fault.say
        async with self._changing:
            handle = self._line.session.say(said)
        await self._follow(turn, handle)

    # spoken turns

    def _talk(self, key: Key, turn_id: str | None) -> None:
        current = self._utterance
        match key:
            case Key.DOWN:
                if current is not None:
                    current.close()
                if self._cascade.stt is None:
                    message = self._cascade.deaf or "nothing listens: speech recognition is off; typing works"
                    self._emit(Failed(self._number, "hearing", "no_recogniser", message, False))
                    return
                self._utterance = Utterance(turn_id or str(uuid.uuid4()))
                self._utterances.put_nowait(self._utterance)
            case Key.UP if current is not None:
                current.close()
                self._utterance = None
            case Key.CANCEL if current is not None:
                current.cancel()
                self._utterance = None

    async def _listen(self) -> None:
        """One utterance after the other; a press while the one before is still being recognised waits for it."""
        while True:
            utterance = await self._utterances.get()
            async with self._changing:
                await self._hear(utterance)

    async def _hear(self, utterance: Utterance) -> None:
        self._interrupt()
        self._line.session.clear_user_turn()
        assert self._cascade.vad is not None
        watch = SpeechWatch(self._cascade.vad)
        turn = self._begin(utterance.turn_id, spoken=True)
        self._emit(StateChanged(turn.number, State.LISTENING, self._mode))
        try:
            self._line.session.input.set_audio_enabled(True)
            async for pcm in utterance:
                self._line.input.push(pcm)
                watch.push(pcm)
            turn.mark(Stage.KEY_UP)
            if utterance.overflowed:
                self._emit(Failed(turn.number, "hearing", "too_long", "the end of what was said was dropped", False))
            meant = not utterance.cancelled and utterance.seconds >= SHORTEST
            if meant:
                self._line.input.push(SILENCE)
                await self._line.input.ran_empty()
                meant = await watch.spoke()
        finally:
            # Before the commit: with the input attached LiveKit may drop the committed turn (agents #7010).
            self._line.session.input.set_audio_enabled(False)
            await watch.aclose()
        if not meant:
            self._line.session.clear_user_turn()
            self._drop(turn)
            return
        await self._commit(turn)

    async def _commit(self, turn: OpenTurn) -> None:
        self._emit(StateChanged(turn.number, State.THINKING, self._mode))
        self._expected = asyncio.get_running_loop().create_future()
        heard = (await self._line.session.commit_user_turn(transcript_timeout=FINAL_WITHIN)).strip()
        turn.mark(Stage.TRANSCRIPT, once=True)
        if not heard:
            self._expected = None
            self._unheard(turn)
            return
        turn.heard = heard
        self._spawn(self._answered(turn, self._expected), turn)

    def _unheard(self, turn: OpenTurn) -> None:
        """Somebody spoke, and no words came of it: said after a press, passed over at an open counter."""
        if self._mode is Mode.COUNTER and not turn.failed:
            self._drop(turn)
            return
        self._spawn(self._follow(turn, self._line.session.say(text("not_heard", turn.language))), turn)

    async def _answered(self, turn: OpenTurn, expected: "asyncio.Future[SpeechHandle]") -> None:
        """Follow the answer LiveKit starts by itself once the turn is committed."""
        try:
            handle = await asyncio.wait_for(expected, REPLY_WITHIN)
        except TimeoutError:
            self._emit(Failed(turn.number, "understanding", "no_answer", "no answer was started", True))
            return
        await self._follow(turn, handle)

    def _speech_started(self, handle: SpeechHandle) -> None:
        if self._expected is not None and not self._expected.done():
            self._expected.set_result(handle)

    def _not_recognised(self, error: Exception) -> None:
        turn = self.conversation.turn
        turn.failed = True
        self._emit(Failed(turn.number, "hearing", "stt_unreachable", str(error), True))

    # turns

    def _begin(self, turn_id: str, *, spoken: bool = False, sent: bool = True) -> OpenTurn:
        """sent: by the desk, which may send the same turn again."""
        self._number += 1
        turn = OpenTurn(self._number, turn_id, spoken=spoken, unsure=spoken and self._cascade.hears_unsurely)
        self.conversation.begin(turn, before=self._asked_before(turn_id) if sent else None)
        self._open.add(turn.number)
        return turn

    def _asked_before(self, turn_id: str) -> "asyncio.Task[Sequence[Operation]]":
        """What an earlier sending of the turn has done; asked for while the person still speaks."""
        asked = asyncio.create_task(_operations(self._workshop, turn_id), name="operations of the turn")
        self._tasks.add(asked)
        asked.add_done_callback(self._tasks.discard)
        asked.add_done_callback(lambda task: task.cancelled() or task.exception())  # a press may be dropped
        return asked

    async def _follow(self, turn: OpenTurn, handle: SpeechHandle) -> None:
        """Until the answer has been said, or was interrupted."""
        await handle
        for item in handle.chat_items:
            if isinstance(item, llm.ChatMessage) and item.role == "assistant" and item.text_content:
                turn.said.append(item.text_content)
                self._emit(Said(turn.number, item.text_content, True, turn.language))
        turn.mark(Stage.ANSWER_END)

    def _drop(self, turn: OpenTurn) -> None:
        """Nothing was said: it never was a turn."""
        self._open.discard(turn.number)
        if turn.number == self._number:
            self._number -= 1
        self._emit(StateChanged(self._number, State.IDLE, self._mode))

    def _end(self, turn: OpenTurn) -> None:
        summary = turn.finished()
        self._emit(TurnEnded(turn.number, summary))
        self._log.record(summary, at=datetime.now(UTC))
        self._turns_here += 1
        self._open.discard(turn.number)
        if turn.number == self._number:
            self._emit(StateChanged(turn.number, State.IDLE, self._mode))
        if self._turns_here >= TURNS_PER_SESSION and not self._open:
            self._renew_soon()

    def _interrupt(self) -> None:
        # Without force a press during an answer that may not be interrupted is garbled or lost.
        self._line.session.interrupt(force=True)

    def _sounds(self) -> None:
        turn = self.conversation.turn
        turn.mark(Stage.FIRST_SOUND, once=True)
        self._emit(StateChanged(turn.number, State.SPEAKING, self._mode))

    def _first_byte(self) -> None:
        self.conversation.turn.mark(Stage.FIRST_BYTE, once=True)

    # the line to LiveKit

    @property
    def _line(self) -> Line:
        assert self._lines, "the runtime was not started"
        return self._lines[-1]

    async def _open_line(self) -> None:
        told = lines.Told(
            emit=self._emit,
            give=self._give,
            first_byte=self._first_byte,
            sounds=self._sounds,
            speech=self._speech_started,
            broke=self._broke,
        )
        line = Line(self._cascade, self.conversation, self._llm, told)
        self._lines.append(line)
        await line.open()
        self._turns_here = 0

    async def _close_lines(self) -> None:
        while self._lines:
            await self._lines[-1].close()
            self._lines.pop()

    def _broke(self) -> None:
        """Too many faults in a row closed LiveKit's session; a new one takes over."""
        log.error("the session closed after repeated faults")
        self._renew_soon(broken=True)

    def _renew_soon(self, *, broken: bool = False) -> None:
        if self._renewal is None or self._renewal.done():
            self._renewal = asyncio.create_task(self._run(self._renew(broken=broken), None), name="renew the session")

    async def _renew(self, *, broken: bool = False) -> None:
        """A fresh AgentSession; what was talked about is the conversation's and stays."""
        async with self._changing:
            if self._closed or (self._open and not broken):
                return  # somebody spoke meanwhile; after that turn
            await self._close_lines()
            await self._open_line()

    def _spawn(self, work: Coroutine[Any, Any, None], turn: OpenTurn | None = None) -> None:
        """Run ``work`` beside the commands; when it is over, so is ``turn``."""
        task = asyncio.create_task(self._run(work, turn), name=f"turn {turn.number}" if turn else "runtime")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: work.close())  # cancelled before its first step, it was never entered

    async def _run(self, work: Coroutine[Any, Any, None], turn: OpenTurn | None) -> None:
        try:
            await work
        except Exception as error:
            log.exception("the turn broke off")
            self._emit(Failed(self._number, "understanding", type(error).__name__.lower(), str(error), False))
        if turn is not None:
            self._end(turn)


async def _operations(workshop: Workshop, turn_id: str) -> Sequence[Operation]:
    return await workshop.operations(turn_id)


async def _ready(told: Told) -> Told:
    return told
