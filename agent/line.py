"""One LiveKit AgentSession without a room, with the ear it hears by and the voice it speaks through.

Its settings are those of push-to-talk. It is opened and closed whole: a closed AgentSession cannot be started again.
"""

from collections.abc import Callable
from dataclasses import dataclass

from livekit.agents import NOT_GIVEN, AgentSession
from livekit.agents.voice import SpeechHandle
from livekit.agents.voice.transcription import TranscriptSynchronizer

from agent import instructions
from agent.cascade import Cascade
from agent.conversation import Conversation
from agent.functions import function_tools
from agent.interpreter.model import InterpreterLLM
from agent.observer import Observer, SaidText
from agent.receptionist import Receptionist
from agent.session import Voice
from agent.speech_input import SpeechInput
from agent.turns import Emit
from agent.voice_output import VoiceOutput

TOOL_STEPS = 12  # calls one sentence may lead to: several requests in one breath, each with a look-up


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told what of a line."""

    emit: Emit
    give: Callable[[Voice], None]
    """Where the voice goes."""
    first_byte: Callable[[], None]
    sounds: Callable[[], None]
    """The first piece of an answer went to the loudspeaker."""
    speech: Callable[[SpeechHandle], None]
    """LiveKit started an answer."""
    broke: Callable[[], None]
    """The session closed on its own, after repeated faults."""


class Line:
    """Open from `open` to `close`."""

    def __init__(self, cascade: Cascade, conversation: Conversation, model: InterpreterLLM, told: Told) -> None:
        self._cascade = cascade
        self.input = SpeechInput()
        self.session: AgentSession[None] = _session(cascade, model)
        self._voice: VoiceOutput | None = None
        self._together: TranscriptSynchronizer | None = None
        if cascade.stt is not None:
            self.session.input.audio = self.input
            self.session.input.set_audio_enabled(False)
        said = SaidText(conversation, told.emit)
        if cascade.tts is None:
            self.session.output.transcription = said
        else:
            self._voice = VoiceOutput(told.give, sounds=told.sounds)
            self._together = TranscriptSynchronizer(next_in_chain_audio=self._voice, next_in_chain_text=said)
            self.session.output.audio = self._together.audio_output
            self.session.output.transcription = self._together.text_output
        Observer(self.session, conversation, emit=told.emit, speech=told.speech, broke=told.broke)
        self._agent = Receptionist(
            instructions=instructions.instructions(conversation.words.known),
            tools=function_tools(conversation.toolbelt.offered, conversation),
            first_byte=told.first_byte,
        )

    async def open(self) -> None:
        await self.session.start(self._agent, record=False)

    async def close(self) -> None:
        if self._cascade.stt is not None:
            # LiveKit commits the user's turn when it closes, an empty one too, and warns about it in manual mode.
            self.session.clear_user_turn()
            self.session.update_options(turn_detection="vad")
        await self.session.aclose()
        if self._together is not None:
            await self._together.aclose()
        if self._voice is not None:
            await self._voice.aclose()


def _session(cascade: Cascade, model: InterpreterLLM) -> AgentSession[None]:
    return AgentSession(
        stt=cascade.stt or NOT_GIVEN,
        vad=cascade.vad,
        llm=model,
        tts=cascade.tts or NOT_GIVEN,
        turn_handling={
            "turn_detection": "manual",
            "endpointing": {"mode": "fixed", "min_delay": 0.0, "max_delay": 0.0},
            "interruption": {"mode": "vad", "discard_audio_if_uninterruptible": False},
            "preemptive_generation": {"enabled": False},
        },
        max_tool_steps=TOOL_STEPS,
        aec_warmup_duration=None,
        user_away_timeout=None,
        session_close_transcript_timeout=0.1,
    )
