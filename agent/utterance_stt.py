"""A recogniser that takes whole recordings, as one that is fed while somebody speaks.

LiveKit's own adapter cuts at every pause and waits for silence behind the last word; here the whole utterance goes in
one request when it is flushed: nothing is lost in a pause, and what is empty is answered at once.
"""

import logging
from collections.abc import Callable
from typing import Any

from livekit import rtc
from livekit.agents import APIError, LanguageCode, stt, utils
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS, NOT_GIVEN, APIConnectOptions, NotGivenOr

from agent.session import MIC_RATE

log = logging.getLogger(__name__)


class UtteranceSTT(stt.STT[Any]):
    """Wraps ``batch``."""

    def __init__(self, batch: stt.STT[Any]) -> None:
        super().__init__(
            capabilities=stt.STTCapabilities(
                streaming=True, interim_results=False, offline_recognize=False, manual_flush=True
            )
        )
        self.batch = batch
        self.failed: Callable[[Exception], None] = lambda error: None
        """Told of a recording that could not be recognised after all retries."""

    @property
    def model(self) -> str:
        return self.batch.model

    @property
    def provider(self) -> str:
        return self.batch.provider

    def stream(
        self,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
    ) -> stt.RecognizeStream:
        return _Utterances(self, conn_options)

    async def _recognize_impl(
        self, buffer: utils.AudioBuffer, *, language: NotGivenOr[str] = NOT_GIVEN, conn_options: APIConnectOptions
    ) -> stt.SpeechEvent:
        return await self.batch.recognize(buffer, language=language, conn_options=conn_options)

    async def aclose(self) -> None:
        await self.batch.aclose()


class _Utterances(stt.RecognizeStream):
    def __init__(self, owner: UtteranceSTT, conn_options: APIConnectOptions) -> None:
        super().__init__(stt=owner, conn_options=conn_options, sample_rate=MIC_RATE)
        self._owner = owner
        self._patience = conn_options

    async def _run(self) -> None:
        frames: list[rtc.AudioFrame] = []
        async for item in self._input_ch:
            if isinstance(item, rtc.AudioFrame):
                frames.append(item)
            elif frames:
                said, frames = frames, []
                self._event_ch.send_nowait(_final(await self._recognised(said)))

    async def _recognised(self, frames: list[rtc.AudioFrame]) -> stt.SpeechData:
        try:
            event = await self._owner.batch.recognize(rtc.combine_audio_frames(frames), conn_options=self._patience)
        except APIError as error:
            log.error("speech was not recognised: %s", type(error).__name__)
            self._owner.failed(error)
            return stt.SpeechData(language=LanguageCode(""), text="")
        return event.alternatives[0] if event.alternatives else stt.SpeechData(language=LanguageCode(""), text="")


def _final(data: stt.SpeechData) -> stt.SpeechEvent:
    return stt.SpeechEvent(type=stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives=[data])
