"""From the config to what hears, thinks and speaks: OpenAI's with a key, the offline ones without.

`livekit.plugins.*` are imported only where a key is set, and only on the main thread: LiveKit refuses them elsewhere.
A host that runs its loop in another thread calls `import_plugins` from the main one first.
"""

import importlib.util
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from livekit.agents import inference
from livekit.agents.llm import LLM
from livekit.agents.stt import STT
from livekit.agents.tts import TTS
from livekit.agents.vad import VAD

from agent.config import AgentConfig
from agent.errors import NotStarted, Unhearable, Unspeakable
from agent.instructions import transcription_prompt
from agent.utterance_stt import UtteranceSTT
from tools.domain import Vocabulary

PLUGIN = "livekit.plugins.openai"
VAD_THREAD = "livekit vad"
FINAL_WITHIN = 30.0  # seconds the final transcript may take: a cold start, OpenAI's slow tail, a small PC


@dataclass(slots=True)
class Cascade:
    """The models of one desk; they outlive the AgentSessions that use them."""

    llm: LLM[Any] | None = None
    """None: the interpreter alone."""
    vad: VAD | None = None
    stt: STT[Any] | None = None
    tts: TTS[Any] | None = None
    deaf: str | None = None
    """Why nothing listens, and what to do about it."""
    hears_unsurely: bool = False
    """What it hears is always guessed: every write waits for one yes."""
    set_vocabulary: Callable[[Vocabulary], None] = field(default=lambda vocabulary: None)
    speak_in: Callable[[str], None] = field(default=lambda language: None)
    threads: ThreadPoolExecutor | None = None
    client: Any = None
    """openai.AsyncClient of all three: one pool of connections, closed with them."""

    async def aclose(self) -> None:
        for part in (self.llm, self.stt, self.tts):
            if part is not None:
                await part.aclose()
        if self.client is not None:
            await self.client.close()
        if self.threads is not None:
            self.threads.shutdown(wait=True, cancel_futures=True)


def import_plugins(config: AgentConfig) -> None:
    """Import what the config needs of LiveKit's plugins; on the main thread, before the session starts."""
    if _wants_openai(config):
        _openai()


def build(config: AgentConfig) -> Cascade:
    """The models ``config`` asks for. Raises NotStarted naming what is missing."""
    made = Cascade()
    if config.llm == "openai":
        made.llm = _openai().LLM(
            model=config.llm_model, parallel_tool_calls=False, temperature=0.2, client=_client(made, config, "the LLM")
        )
    if config.hear and config.stt != "none":
        made.threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix=VAD_THREAD)
        made.vad = inference.VAD(executor=made.threads)
        _add_hearing(made, config)
    if config.speak and config.tts != "none":
        _add_voice(made, config)
    return made


def _add_hearing(made: Cascade, config: AgentConfig) -> None:
    kind = config.stt
    if kind == "auto":
        kind = "openai" if config.api_key else "whisper" if _has_whisper(config) else "grammar"
    language = "en" if config.language == "en" else "it"
    if kind == "openai":
        given = {"detect_language": True} if config.language == "auto" else {"language": language}
        heard = _openai().STT(model=config.stt_model, **given, client=_client(made, config, "speech recognition"))
        made.stt = UtteranceSTT(heard)
        made.set_vocabulary = lambda vocabulary: heard.update_options(prompt=transcription_prompt(vocabulary))
        return
    try:
        made.stt = _whisper(config) if kind == "whisper" else _grammar(config)
    except Unhearable as error:
        if config.stt != "auto":
            raise NotStarted(str(error)) from error
        made.deaf = str(error)  # typing works all the same
        return
    made.hears_unsurely = bool(getattr(made.stt, "guesses", False))
    made.set_vocabulary = getattr(made.stt, "set_vocabulary", made.set_vocabulary)


def _add_voice(made: Cascade, config: AgentConfig) -> None:
    kind = config.tts
    if kind == "auto":
        kind = "openai" if config.api_key else "espeak"
    if kind == "openai":
        made.tts = _openai().TTS(
            model=config.tts_model,
            voice=config.tts_voice,
            response_format="pcm",
            instructions="Italian or English as the text is; calm, quick, friendly.",
            client=_client(made, config, "the voice"),
        )
        return
    from agent.speech.espeak import EspeakTTS

    try:
        voice = EspeakTTS(language="en" if config.language == "en" else "it", voice=config.espeak_voice)
    except Unspeakable as error:
        raise NotStarted(str(error)) from error
    made.tts = voice
    made.speak_in = lambda language: voice.update_options(language=language)


def _client(made: Cascade, config: AgentConfig, what: str) -> Any:
    """The connection to OpenAI's server, or to one like it."""
    if not config.api_key:
        raise NotStarted(f"{what} is set to OpenAI and no key is set: OPENAI_API_KEY, or choose another")
    if made.client is None:
        import openai

        made.client = openai.AsyncClient(api_key=config.api_key, base_url=config.base_url, max_retries=0)
    return made.client


def _wants_openai(config: AgentConfig) -> bool:
    hears = config.hear and (config.stt == "openai" or (config.stt == "auto" and bool(config.api_key)))
    speaks = config.speak and (config.tts == "openai" or (config.tts == "auto" and bool(config.api_key)))
    return config.llm == "openai" or hears or speaks


def _openai() -> Any:
    if PLUGIN not in sys.modules and threading.current_thread() is not threading.main_thread():
        raise NotStarted("the OpenAI plugin must be imported on the main thread first: agent.cascade.import_plugins")
    return importlib.import_module(PLUGIN)


def _grammar(config: AgentConfig) -> STT[Any]:
    from agent.speech.pocketsphinx import GrammarSTT

    heard: STT[Any] = GrammarSTT(language=config.language)
    return heard


def _has_whisper(config: AgentConfig) -> bool:
    """Whether Whisper and its model are both here; only asked for by name is the model fetched."""
    from agent.speech import models

    if importlib.util.find_spec("faster_whisper") is None:
        return False
    return Path(config.whisper_model).is_dir() or models.is_complete(models.models_folder() / config.whisper_model)


def _whisper(config: AgentConfig) -> STT[Any]:
    from agent.speech.whisper import WhisperSTT

    heard: STT[Any] = WhisperSTT(model=config.whisper_model, language=config.language)
    return heard
