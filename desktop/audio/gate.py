"""What of the microphone leaves it: nothing until the talk key, then the moment before it too.

Pure: chunks go in with their time, chunks to be sent come out. A chunk is 20 ms s16le mono at 16 kHz.
"""

import math
from array import array
from collections import deque

CHUNK = 0.02  # seconds
PRE_ROLL = 0.3  # seconds before key-down that are sent too, so that no first word is clipped
MEMORY = 2.0  # seconds kept while closed; more than the pre-roll, for the time until the session is ready for it
TAIL = 0.2  # seconds after key-up at the most, for those who let go too early
QUIET_TAIL = 0.06  # seconds of quiet after key-up that end the tail sooner
QUIET = -45.0  # dBFS


def level(pcm: bytes) -> float:
    """Loudness of s16le PCM in dBFS; -96 for silence."""
    samples = array("h", pcm)
    if not samples:
        return -96.0
    power = sum(sample * sample for sample in samples) / len(samples)
    return max(-96.0, 10 * math.log10(power / 32768**2)) if power else -96.0


class Gate:
    """Closed: remembers. Open: lets through. Closing: lets the tail through, then closes by itself."""

    def __init__(self) -> None:
        self._memory: deque[tuple[float, bytes]] = deque(maxlen=round(MEMORY / CHUNK))
        self._open = False
        self._closing_since: float | None = None
        self._quiet = 0.0

    @property
    def open(self) -> bool:
        return self._open

    def let_in(self, key_down: float) -> list[bytes]:
        """Open; what was heard since the pre-roll before ``key_down`` (same clock as `feed`) comes back."""
        self._open, self._closing_since, self._quiet = True, None, 0.0
        kept = [pcm for at, pcm in self._memory if at >= key_down - PRE_ROLL]
        self._memory.clear()
        return kept

    def let_out(self, key_up: float) -> None:
        """The key is up: close after the tail."""
        if self._open:
            self._closing_since = key_up

    def shut(self) -> None:
        """Close at once and forget."""
        self._open, self._closing_since = False, None
        self._memory.clear()

    def feed(self, at: float, pcm: bytes) -> tuple[bytes | None, bool]:
        """One chunk recorded until ``at``: what to send of it, and whether the utterance ended with it."""
        if not self._open:
            self._memory.append((at, pcm))
            return None, False
        if self._closing_since is None:
            return pcm, False
        self._quiet = self._quiet + CHUNK if level(pcm) < QUIET else 0.0
        since_up = at - self._closing_since
        ended = since_up >= TAIL or (since_up > 0 and self._quiet >= QUIET_TAIL)
        if ended:
            self._open, self._closing_since = False, None
        return pcm, ended
