"""What of the microphone leaves it: nothing until the talk key, then the moment before it too.

Pure: chunks go in with their time, chunks to be sent come out. A chunk is 20 ms s16le mono at 16 kHz.
"""

import math
from array import array
from collections import deque

CHUNK = 0.02  # seconds
PRE_ROLL = 0.3  # seconds before key-down that are sent too, so that no first word is clipped
MEMORY = 1.0  # seconds kept while closed: the pre-roll, and what came between the press and hearing of it
TAIL = 0.2  # seconds after key-up at the most, for those who let go too early
QUIET_TAIL = 0.06  # seconds of quiet after key-up that end the tail sooner
QUIET = -45.0  # dBFS
SILENCE = -96.0  # dBFS; the least 16 bits can hold


def level(pcm: bytes) -> float:
    """Loudness of s16le PCM in dBFS; SILENCE when there is none."""
    samples = array("h", pcm)
    if not samples:
        return SILENCE
    power = sum(sample * sample for sample in samples) / len(samples)
    return max(SILENCE, 10 * math.log10(power / 32768**2)) if power else SILENCE


class Gate:
    """Closed: remembers. Open: lets through. Closing: lets the tail through, then closes by itself.

    Times are of one clock, in seconds, and never go back.
    """

    def __init__(self) -> None:
        self._memory: deque[tuple[float, bytes]] = deque(maxlen=round(MEMORY / CHUNK))
        self._open = False
        self._closing_since: float | None = None
        self._quiet = 0.0

    @property
    def open(self) -> bool:
        return self._open

    def let_in(self, key_down: float) -> list[bytes]:
        """Open; what was heard since the pre-roll before ``key_down`` comes back. Nothing of it ever comes twice."""
        self._open, self._closing_since = True, None
        kept = [pcm for at, pcm in self._memory if at >= key_down - PRE_ROLL]
        self._memory.clear()
        return kept

    def let_out(self, key_up: float) -> None:
        """The key is up: close after the tail."""
        if self._open and self._closing_since is None:
            self._closing_since, self._quiet = key_up, 0.0

    def shut(self) -> bool:
        """Close at once and forget; whether it was open."""
        was_open, self._open, self._closing_since = self._open, False, None
        self._memory.clear()
        return was_open

    def feed(self, at: float, pcm: bytes) -> tuple[bytes | None, bool]:
        """One chunk recorded until ``at``: what to send of it, and whether the utterance ended with it."""
        if not self._open:
            self._memory.append((at, pcm))
            return None, False
        if self._closing_since is None or at <= self._closing_since:
            return pcm, False
        self._quiet = self._quiet + CHUNK if level(pcm) < QUIET else 0.0
        # half a chunk of slack: sums of 0.02 are not exact
        ended = at - self._closing_since >= TAIL or self._quiet >= QUIET_TAIL - CHUNK / 2
        if ended:
            self._open, self._closing_since = False, None
        return pcm, ended
