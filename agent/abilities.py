"""What this machine can hear and speak with, tried rather than guessed: for `bancone doctor`."""

from dataclasses import replace

from agent import cascade
from agent.config import AgentConfig
from agent.speech import models


async def hears_with(config: AgentConfig) -> str:
    """What would listen: `openai`, `whisper`, `grammar`, or `none`. Raises NotStarted naming what is missing."""
    made = cascade.build(replace(config, hear=True, speak=False, llm="none"))
    try:
        return "none" if made.stt is None else _kind(getattr(made.stt, "batch", made.stt))
    finally:
        await made.aclose()


async def speaks_with(config: AgentConfig) -> str:
    """What would speak: `openai`, `espeak`, or `none`. Raises NotStarted naming what is missing."""
    made = cascade.build(replace(config, hear=False, speak=True, llm="none"))
    try:
        return "none" if made.tts is None else _kind(made.tts)
    finally:
        await made.aclose()


def whisper_is_here(model: str) -> bool:
    """Whether that Whisper model can be used at once."""
    return models.installed(model)


def _kind(model: object) -> str:
    """What the config calls it, by where it comes from."""
    module = type(model).__module__
    known = {"plugins.openai": "openai", "whisper": "whisper", "pocketsphinx": "grammar", "espeak": "espeak"}
    return next(kind for word, kind in known.items() if word in module)
