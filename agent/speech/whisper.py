"""Hearing any language without a key: Whisper through faster-whisper, as LiveKit's stt.STT.

An optional extra, imported at first use. The model works on its own thread and without the interpreter's lock.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Never

import numpy as np
from livekit import rtc
from livekit.agents import APIConnectionError, APIConnectOptions, stt
from livekit.agents.language import LanguageCode
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS, NOT_GIVEN, NotGivenOr
from livekit.agents.utils import AudioBuffer, is_given

from agent.errors import NotStarted, Unhearable
from agent.speech.models import HUB, Progress, fetch_model
from tools.domain import Vocabulary

log = logging.getLogger(__name__)

RATE = 16_000  # Hz
LANGUAGES = ("it", "en")  # told apart when none is set
SHORTEST = 0.15  # seconds; less is no speech
NO_SPEECH = 0.6  # above it, Whisper itself says that a stretch was no speech
MOST_NAMES = 60  # names of customers in the prompt, which holds about 220 tokens
INSTALL = 'Whisper is not installed: `pip install "bancone[whisper]"`'


class WhisperSTT(stt.STT[Never]):
    """Whole utterances: a flush ends one and brings its transcript.

    model: a name of agent.speech.models.REPOSITORIES, fetched at first use, or the path of a model's folder.
    language: `it`, `en`, or None to tell these two apart for every utterance.
    """

    def __init__(
        self,
        *,
        model: str = "small",
        language: str | None = None,
        vocabulary: Vocabulary | None = None,
        folder: Path | None = None,
        base_url: str = HUB,
        progress: Progress = lambda done, total: None,
    ) -> None:
        _faster_whisper()
        capabilities = stt.STTCapabilities(
            streaming=True, interim_results=False, offline_recognize=True, manual_flush=True
        )
        super().__init__(capabilities=capabilities)
        self._name, self._language = model, language
        self._folder, self._base_url, self._progress = folder, base_url, progress
        self._prompt, self._names = "", ""
        self._whisper: Any = None
        self._loading = asyncio.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="whisper")
        if vocabulary is not None:
            self.set_vocabulary(vocabulary)

    @property
    def model(self) -> str:
        return self._name

    @property
    def provider(self) -> str:
        return "faster-whisper"

    def set_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Expect this workshop's words."""
        services = ", ".join(service.name("en" if self._language == "en" else "it") for service in vocabulary.services)
        cars = ", ".join(dict.fromkeys(f"{vehicle.make} {vehicle.model}" for vehicle in vocabulary.vehicles))
        plate = "plate AB 123 CD" if self._language == "en" else "targa AB 123 CD"
        self._prompt = f"{vocabulary.workshop}. {services}. {', '.join(one.name for one in vocabulary.staff)}. {plate}."
        people = dict.fromkeys(customer.last_name or customer.name for customer in vocabulary.customers[:MOST_NAMES])
        self._names = f"{cars}, {', '.join(people)}"

    def update_options(self, *, language: str | None) -> None:
        """The language from the next utterance on."""
        self._language = language

    async def load(self) -> None:
        """Fetch the model if need be and make it ready; the first utterance does so by itself. Raises NotStarted."""
        async with self._loading:
            if self._whisper is not None:
                return
            try:
                path = Path(self._name)
                if not _is_folder(path):
                    path = await fetch_model(
                        self._name, folder=self._folder, base_url=self._base_url, progress=self._progress
                    )
                self._whisper = await self._on_thread(_opened, path)
            except Unhearable as error:
                raise NotStarted(str(error)) from error

    async def hear(self, samples: np.ndarray, language: str | None) -> tuple[str, str]:
        """Transcript and language of int16 mono at RATE; ("", language) when nothing was said."""
        if samples.size < SHORTEST * RATE:
            return "", language or LANGUAGES[0]
        await self.load()
        heard: tuple[str, str] = await self._on_thread(self._transcribed, samples, language)
        return heard

    async def _on_thread(self, work: Any, *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)

    def _transcribed(self, samples: np.ndarray, language: str | None) -> tuple[str, str]:
        sound = samples.astype(np.float32) / 32768.0
        if language is None:
            _, _, odds = self._whisper.detect_language(sound)
            known = {name: share for name, share in odds if name in LANGUAGES}
            language = max(known, key=lambda name: known[name], default=LANGUAGES[0])
        segments, _ = self._whisper.transcribe(
            sound,
            language=language,
            beam_size=3,
            temperature=0.0,
            without_timestamps=True,
            condition_on_previous_text=False,
            initial_prompt=self._prompt or None,
            hotwords=self._names or None,
        )
        said = (segment.text.strip() for segment in segments if segment.no_speech_prob <= NO_SPEECH)
        return " ".join(text for text in said if text), language

    def stream(
        self,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
    ) -> stt.RecognizeStream:
        return _Listening(whisper=self, conn_options=conn_options, language=lambda: self._for(language))

    def _for(self, language: NotGivenOr[str]) -> str | None:
        return language.split("-")[0] if is_given(language) else self._language

    async def _recognize_impl(
        self, buffer: AudioBuffer, *, language: NotGivenOr[str] = NOT_GIVEN, conn_options: APIConnectOptions
    ) -> stt.SpeechEvent:
        frame = rtc.combine_audio_frames(buffer)
        if frame.sample_rate != RATE:
            resampler = rtc.AudioResampler(frame.sample_rate, RATE)
            frame = rtc.combine_audio_frames([*resampler.push(frame), *resampler.flush()])
        async with _as_api_error():
            return _final(*await self.hear(np.array(frame.data, np.int16), self._for(language)))

    async def aclose(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._whisper = None


class _Listening(stt.RecognizeStream):
    """Holds what is said until the flush."""

    def __init__(
        self, *, whisper: WhisperSTT, conn_options: APIConnectOptions, language: Callable[[], str | None]
    ) -> None:
        super().__init__(stt=whisper, conn_options=conn_options, sample_rate=RATE)
        self._whisper, self._language = whisper, language

    async def _run(self) -> None:
        held: list[np.ndarray] = []
        async with _as_api_error():
            async for item in self._input_ch:
                if isinstance(item, rtc.AudioFrame):
                    held.append(np.array(item.data, np.int16))
                    continue
                samples = np.concatenate(held) if held else np.empty(0, np.int16)
                held = []
                heard = await self._whisper.hear(samples, self._language())
                self._event_ch.send_nowait(_final(*heard))


def _is_folder(path: Path) -> bool:
    return path.is_dir()


def _opened(path: Path) -> Any:
    try:
        return _faster_whisper().WhisperModel(str(path), device="auto", compute_type="default")
    except (RuntimeError, ValueError, OSError) as error:
        raise Unhearable(f"{path} is no Whisper model that can be used: {error}") from error


def _faster_whisper() -> Any:
    try:
        import faster_whisper
        import tqdm
    except ImportError as error:
        raise NotStarted(INSTALL) from error
    tqdm.tqdm.monitor_interval = 0  # its progress bars are not shown, and would leave a thread behind
    return faster_whisper


def _final(text: str, language: str) -> stt.SpeechEvent:
    data = stt.SpeechData(language=LanguageCode(language), text=text, confidence=1.0 if text else 0.0)
    return stt.SpeechEvent(type=stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives=[data])


@asynccontextmanager
async def _as_api_error() -> AsyncIterator[None]:
    """LiveKit gives a stream up for good after any error but an APIError."""
    try:
        yield
    except (NotStarted, Unhearable, RuntimeError, ValueError, OSError) as error:
        log.debug("whisper", exc_info=True)
        raise APIConnectionError(f"hearing failed: {error}", retryable=not isinstance(error, NotStarted)) from error
