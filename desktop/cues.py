"""Short sounds: assets/sounds/*.wav, in the agent's own format."""

import wave

from agent.session import VOICE_RATE, Voice
from desktop.theme import ASSETS


def cue(name: str) -> Voice:
    """`listening`, `sent`, `done` or `trouble`. Raises ValueError for a file in another format."""
    with wave.open(str(ASSETS / "sounds" / f"{name}.wav"), "rb") as file:
        if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (VOICE_RATE, 1, 2):
            raise ValueError(f"{name}.wav is not s16le mono at {VOICE_RATE} Hz")
        return Voice(file.readframes(file.getnframes()))
