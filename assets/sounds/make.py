"""Makes the short cues beside it: `python assets/sounds/make.py`. s16le mono 24 kHz, as the agent's voice."""

import math
import struct
import wave
from pathlib import Path

RATE = 24_000  # Hz
LOUD = 0.22  # of full scale
CUES = {
    "listening": ((587.33, 0.07), (880.0, 0.11)),
    "sent": ((880.0, 0.06), (659.26, 0.10)),
    "done": ((783.99, 0.07), (1046.5, 0.16)),
    "trouble": ((311.13, 0.12), (233.08, 0.20)),
}


def cue(notes: tuple[tuple[float, float], ...]) -> bytes:
    """``notes``: Hz and seconds, one after the other, each with a soft edge."""
    samples = []
    for pitch, seconds in notes:
        count = round(seconds * RATE)
        for number in range(count):
            edge = min(1.0, number / (0.006 * RATE)) * (1 - number / count) ** 1.6
            at = 2 * math.pi * pitch * number / RATE
            samples.append(LOUD * edge * (math.sin(at) + 0.25 * math.sin(2 * at)) / 1.25)
    return struct.pack(f"<{len(samples)}h", *(round(32767 * sample) for sample in samples))


def main() -> None:
    for name, notes in CUES.items():
        with wave.open(str(Path(__file__).parent / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(cue(notes))


if __name__ == "__main__":
    main()
