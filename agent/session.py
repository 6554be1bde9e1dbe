"""What the desktop sees of the agent, wherever it runs."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from agent.events import Command, Event

MIC_RATE = 16_000  # Hz, mono s16le: what push_audio takes
MIC_CHUNK = 640  # bytes, 20 ms
VOICE_RATE = 24_000  # Hz, mono s16le: what audio() gives


@dataclass(frozen=True, slots=True)
class Voice:
    """A piece of the agent's voice."""

    pcm: bytes
    """s16le mono at VOICE_RATE; empty with `cut`."""
    cut: bool = False
    """Drop what is queued: the voice was interrupted."""


class Session(Protocol):
    """One desk's talk with the agent. All methods on one event loop, but `push_audio`."""

    async def start(self) -> None:
        """Ready to talk on return.

        Raises agent.errors.AgentError with what to do when it cannot be.
        """
        ...

    async def send(self, command: Command) -> None:
        """Hand over a command; it never raises for what a person did, that comes back as an event."""
        ...

    def push_audio(self, pcm: bytes) -> None:
        """Hand over 20 ms of speech.

        pcm: s16le mono at 16 kHz, 640 bytes. Called from the sound thread; never blocks, drops when the talk key is up.
        """
        ...

    def events(self) -> AsyncIterator[Event]:
        """Every event in order, until `close`. One reader."""
        ...

    def audio(self) -> AsyncIterator[Voice]:
        """The agent's voice, until `close`. One reader."""
        ...

    async def close(self) -> None:
        """End it; idempotent."""
        ...
