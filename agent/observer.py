"""LiveKit's events of a session as ours: what is being heard, what is being said, what went wrong."""

import logging
from collections.abc import Callable

from livekit.agents import (
    AgentSession,
    CloseEvent,
    CloseReason,
    ErrorEvent,
    SpeechCreatedEvent,
    UserInputTranscribedEvent,
    io,
)
from livekit.agents.stt import STTError
from livekit.agents.tts import TTSError
from livekit.agents.voice import SpeechHandle

from agent.conversation import Conversation
from agent.events import Drafted, Failed, Heard, Said
from agent.turns import Emit

log = logging.getLogger(__name__)


class Observer:
    """Listens to one AgentSession."""

    def __init__(
        self,
        session: AgentSession[None],
        conversation: Conversation,
        *,
        emit: Emit,
        speech: Callable[[SpeechHandle], None],
        broke: Callable[[], None],
    ) -> None:
        """speech: told of every answer LiveKit starts by itself. broke: the session closed on its own."""
        self._conversation = conversation
        self._emit = emit
        self._speech = speech
        self._broke = broke
        session.on("user_input_transcribed", self._transcribed)
        session.on("speech_created", self._speech_created)
        session.on("error", self._error)
        session.on("close", self._closed)

    def _transcribed(self, event: UserInputTranscribedEvent) -> None:
        """What is heard so far, and what it is understood as; the final one is told when the turn is committed."""
        if event.is_final or not event.transcript.strip():
            return
        turn = self._conversation.turn
        language = str(event.language or turn.language)[:2]
        self._emit(Heard(turn.number, event.transcript, False, language if language in ("it", "en") else turn.language))
        if (draft := self._conversation.draft(event.transcript)) is not None:
            self._emit(Drafted(turn.number, draft[0], draft[1]))

    def _speech_created(self, event: SpeechCreatedEvent) -> None:
        self._speech(event.speech_handle)

    def _error(self, event: ErrorEvent) -> None:
        error = event.error
        if getattr(error, "recoverable", False):
            log.info("a model failed once and is tried again: %s", type(error).__name__)
            return
        stage = (
            "hearing" if isinstance(error, STTError) else "speaking" if isinstance(error, TTSError) else "understanding"
        )
        cause = getattr(error, "error", error)
        turn = self._conversation.turn
        turn.failed = True
        self._emit(Failed(turn.number, stage, type(cause).__name__.lower(), str(cause), True))

    def _closed(self, event: CloseEvent) -> None:
        if event.reason is CloseReason.ERROR:
            self._broke()


class SaidText(io.TextOutput):
    """The answer as it is being said, word by word."""

    def __init__(self, conversation: Conversation, emit: Emit) -> None:
        super().__init__(label="said", next_in_chain=None)
        self._conversation = conversation
        self._emit = emit
        self._so_far = ""

    async def capture_text(self, text: str) -> None:
        self._so_far += text
        turn = self._conversation.turn
        if self._so_far.strip():
            self._emit(Said(turn.number, self._so_far.strip(), False, turn.language))

    def flush(self) -> None:
        self._so_far = ""
