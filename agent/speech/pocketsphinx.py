"""Hearing without a key or a download: pocketsphinx with a grammar, as LiveKit's stt.STT. English only.

It hears a sentence of the grammar or nothing; what it hears is always a guess (`guesses`), so that every write waits
for a yes. "" is the transcript of speech that was no command.
"""

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Never

from livekit import rtc
from livekit.agents import APIConnectionError, APIConnectOptions, stt
from livekit.agents.language import LanguageCode
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS, NOT_GIVEN, NotGivenOr
from livekit.agents.utils import AudioBuffer

from agent.errors import Unhearable
from agent.speech.ear import CHUNK, RATE
from agent.speech.hearer import Hearer, Hearers
from tools.domain import Vocabulary

LANGUAGE = LanguageCode("en")


class GrammarSTT(stt.STT[Never]):
    """Hears the sentences of the interpreter with the words of the workshop in them."""

    guesses = True
    """Its transcripts are guesses: nothing is written on their strength alone."""

    def __init__(self, vocabulary: Vocabulary | None = None, *, language: str = "en") -> None:
        if language.split("-")[0] not in ("en", "auto"):
            raise Unhearable(
                f"the recogniser that needs neither key nor download knows English only, not {language!r}: "
                'type, install Whisper with `pip install "bancone[whisper]"`, or set an OpenAI key'
            )
        capabilities = stt.STTCapabilities(
            streaming=True, interim_results=True, offline_recognize=True, manual_flush=True
        )
        super().__init__(capabilities=capabilities)
        self._hearers = Hearers()
        if vocabulary is not None:
            self.set_vocabulary(vocabulary)

    @property
    def model(self) -> str:
        return "en-us with the workshop's grammar"

    @property
    def provider(self) -> str:
        return "pocketsphinx"

    def set_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Listen for this workshop's words, from the next utterance on."""
        self._hearers.vocabulary = vocabulary
        with contextlib.suppress(RuntimeError):  # no loop yet: the first stream starts the helper
            asyncio.get_running_loop()
            self._hearers.warm()

    def prewarm(self) -> None:
        self._hearers.warm()

    async def ready(self) -> None:
        """Wait until the next utterance is heard without delay."""
        hearer = await self._hearers.take()
        await asyncio.shield(hearer.ready)
        self._hearers.give_back(hearer)

    def helpers(self) -> tuple[int, ...]:
        """Process ids of the helpers that run."""
        return self._hearers.processes()

    def stream(
        self,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
    ) -> stt.RecognizeStream:
        return _Listening(stt=self, conn_options=conn_options, hearers=self._hearers)

    async def _recognize_impl(
        self, buffer: AudioBuffer, *, language: NotGivenOr[str] = NOT_GIVEN, conn_options: APIConnectOptions
    ) -> stt.SpeechEvent:
        frame = rtc.combine_audio_frames(buffer)
        if frame.sample_rate != RATE:
            resampler = rtc.AudioResampler(frame.sample_rate, RATE)
            frame = rtc.combine_audio_frames([*resampler.push(frame), *resampler.flush()])
        with _as_api_error():
            hearer = await self._hearers.take()
            try:
                await hearer.hear(bytes(frame.data))
                return _event(stt.SpeechEventType.FINAL_TRANSCRIPT, await hearer.end())
            finally:
                self._hearers.give_back(hearer)

    async def aclose(self) -> None:
        await self._hearers.close()


class _Listening(stt.RecognizeStream):
    """Utterance after utterance; a flush ends one, and always brings a final transcript."""

    def __init__(self, *, stt: GrammarSTT, conn_options: APIConnectOptions, hearers: Hearers) -> None:
        super().__init__(stt=stt, conn_options=conn_options, sample_rate=RATE)
        self._hearers = hearers

    async def _run(self) -> None:
        hearer: Hearer | None = None
        held = bytearray()
        try:
            with _as_api_error():
                async for item in self._input_ch:
                    if isinstance(item, rtc.AudioFrame):
                        held += item.data.tobytes()
                        if len(held) < CHUNK // 2:
                            continue
                        hearer = hearer or await self._borrow()
                        await hearer.hear(bytes(held))
                        held.clear()
                        continue
                    text = ""
                    if hearer is not None:
                        await hearer.hear(bytes(held))
                        text = await hearer.end()
                        self._hearers.give_back(hearer)
                        hearer = None
                    held.clear()
                    self._event_ch.send_nowait(_event(stt.SpeechEventType.FINAL_TRANSCRIPT, text))
        finally:
            if hearer is not None:
                hearer.drop()
                self._hearers.give_back(hearer)

    async def _borrow(self) -> Hearer:
        hearer = await self._hearers.take()
        hearer.on_text = self._on_text
        return hearer

    def _on_text(self, text: str) -> None:
        if not self._event_ch.closed:
            self._event_ch.send_nowait(_event(stt.SpeechEventType.INTERIM_TRANSCRIPT, text))


def _event(kind: stt.SpeechEventType, text: str) -> stt.SpeechEvent:
    return stt.SpeechEvent(type=kind, alternatives=[stt.SpeechData(language=LANGUAGE, text=text)])


@contextlib.contextmanager
def _as_api_error() -> Iterator[None]:
    """LiveKit begins a stream anew after an APIError, and gives it up after any other."""
    try:
        yield
    except (Unhearable, OSError) as error:
        raise APIConnectionError(f"hearing failed: {error}") from error
