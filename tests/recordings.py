"""Recordings made on the spot: espeak-ng speaks, sox brings it to the microphone's rate.

pcm = spoken("who is coming tomorrow", voice="en-us+f3")        # s16le mono 16 kHz
save(tmp_path / "hello.wav", pcm)                               # what `bancone hear` reads
"""

import shutil
import subprocess
import wave
from functools import lru_cache
from pathlib import Path

import numpy as np

RATE = 16_000  # Hz
ENGLISH_VOICES = ("en-us", "en-us+f3")
"""Two people: a man and a woman. ("en" is British; as "en-gb" espeak-ng would ignore the variant.)"""
ITALIAN_VOICES = ("it", "it+f3")
SPEED = 150  # words a minute: somebody who speaks to be understood
LEAD, TAIL = 0.3, 0.3  # seconds of room before and after, as pre-roll and tail give


def can_record() -> bool:
    return shutil.which("espeak-ng") is not None and shutil.which("sox") is not None


@lru_cache(maxsize=256)
def spoken(text: str, *, voice: str = "en-us", speed: int = SPEED, noise: float = 0.0) -> bytes:
    """The text as somebody says it; s16le mono 16 kHz.

    noise: level of white noise under it, root mean square of full scale (0.003 is a quiet room).
    """
    said = subprocess.run(
        ["espeak-ng", "-v", voice, "-s", str(speed), "-b", "1", "--stdin", "--stdout"],
        input=text.encode(),
        capture_output=True,
        check=True,
    ).stdout
    to_pcm = (
        f"sox -D -t wav --ignore-length - -r {RATE} -c 1 -b 16 -e signed -t raw - gain -3 pad {LEAD} {TAIL}".split()
    )
    pcm = subprocess.run(to_pcm, input=said, capture_output=True, check=True).stdout
    return with_noise(pcm, noise) if noise else pcm


def with_noise(pcm: bytes, level: float, *, seed: int = 7) -> bytes:
    """The same with white noise under it; level: root mean square of full scale."""
    samples = np.frombuffer(pcm, np.int16).astype(np.float64)
    samples += np.random.default_rng(seed).normal(0.0, level * 32768, samples.size)
    return samples.clip(-32768, 32767).astype(np.int16).tobytes()


def save(path: Path, pcm: bytes, *, rate: int = RATE) -> Path:
    """Write s16le mono as a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
    return path


def record(path: Path, text: str, *, voice: str = "en-us", speed: int = SPEED) -> Path:
    """Say the text into a WAV file."""
    return save(path, spoken(text, voice=voice, speed=speed))
