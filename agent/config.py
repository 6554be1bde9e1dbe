"""What an agent is built from: one dataclass, made in one place from the environment and what the caller says.

Nothing else in this room reads os.environ.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

import platformdirs

from tools.contract import Clock

Language = Literal["it", "en", "auto"]

KEEP_DAYS = 30  # days a turn stays in the log, contract §7


@dataclass(frozen=True, slots=True)
class AgentConfig:
    workshop: str = "embedded:"
    """`embedded:`, `sqlite:///path` or `https://site`."""
    language: Language = "auto"
    """Of the conversation; `auto` follows the person."""
    llm: Literal["none", "openai"] = "none"
    """What answers where the interpreter does not understand."""
    clock: Clock | None = None
    """None: the real one. A pinned clock stands still."""
    desk: str = "cli"
    """Whose last write `undo` takes back."""
    speak: bool = True
    hear: bool = True
    stt: Literal["auto", "openai", "whisper", "grammar", "none"] = "auto"
    """`auto`: OpenAI with a key, else Whisper when its model is there, else the grammar."""
    tts: Literal["auto", "openai", "espeak", "none"] = "auto"
    """`auto`: OpenAI with a key, else espeak-ng."""
    api_key: str | None = field(default=None, repr=False)
    base_url: str | None = None
    """Of an OpenAI-compatible server; None: OpenAI's."""
    llm_model: str = "gpt-4o"
    stt_model: str = "gpt-4o-mini-transcribe"
    tts_model: str = "gpt-4o-mini-tts"
    tts_voice: str = "ash"
    espeak_voice: str = ""
    """A variant of espeak-ng, such as `f3`."""
    whisper_model: str = "small"
    tool_timeout: float = 8.0
    """Seconds a tool may take; a write is asked for once more before it counts as lost."""
    turn_log: Path | None = None
    """The SQLite file of the turns; None: none is kept."""
    log_text: bool = True
    """False: the turn log keeps times only, nothing that was said."""
    keep_days: int = KEEP_DAYS

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None, **given: Any) -> Self:
        """From the environment; what is given wins.

        OPENAI_API_KEY, OPENAI_BASE_URL; BANCONE_LLM_MODEL, BANCONE_STT_MODEL, BANCONE_TTS_MODEL, BANCONE_TTS_VOICE.
        With a key the LLM is `openai` unless it is given otherwise.
        """
        env = os.environ if environ is None else environ
        names = {
            "api_key": "OPENAI_API_KEY",
            "base_url": "OPENAI_BASE_URL",
            "llm_model": "BANCONE_LLM_MODEL",
            "stt_model": "BANCONE_STT_MODEL",
            "tts_model": "BANCONE_TTS_MODEL",
            "tts_voice": "BANCONE_TTS_VOICE",
        }
        values: dict[str, Any] = {name: env[key] for name, key in names.items() if env.get(key)}
        values["llm"] = "openai" if values.get("api_key") else "none"
        values["turn_log"] = turn_log_path()
        values.update(given)
        return cls(**values)


def turn_log_path() -> Path:
    """Where the turn log is kept: the user's data folder."""
    return platformdirs.user_data_path("bancone", appauthor=False) / "turns.sqlite3"
