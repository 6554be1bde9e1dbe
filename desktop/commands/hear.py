"""`bancone hear`: recorded speech through voice detection and recognition, one file a turn."""

import argparse
import sys
import uuid
import wave
from pathlib import Path
from typing import Any

from desktop.commands import options

FULL_SCALE = {1: 2**7, 2: 2**15, 3: 2**23, 4: 2**31}  # by bytes a sample


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("hear", help="let the assistant hear recordings", description=__doc__)
    parser.add_argument("file", nargs="+", metavar="FILE.wav", type=Path)
    parser.add_argument("--yes", action="store_true", help="confirm what a file leads to, where a yes is wanted")
    options.add_conversation(parser)
    parser.add_argument("--stt", choices=("auto", "openai", "whisper", "grammar"), default="auto")


async def run(args: argparse.Namespace) -> int:
    from agent.config import AgentConfig
    from agent.embedded import EmbeddedSession
    from agent.errors import AgentError
    from desktop.commands.counter import Counter
    from desktop.commands.printed import printer

    try:
        recordings = [pcm_of(path) for path in args.file]
    except (OSError, wave.Error, EOFError, ValueError) as error:
        print(f"bancone hear: {error}", file=sys.stderr)
        return 2
    given = {} if args.llm is None else {"llm": args.llm}
    config = AgentConfig.read(
        workshop=args.workshop,
        language=args.language,
        clock=options.clock(args.now),
        desk="cli",
        speak=False,
        stt=args.stt,
        **given,
    )
    session = EmbeddedSession(config)
    try:
        async with Counter(session, printer(as_json=args.json, language=args.language)) as counter:
            for pcm in recordings:
                await _play(counter, session, pcm)
                if args.yes and counter.asks:
                    await counter.yes()
            return 1 if counter.failed else 0
    except AgentError as error:
        print(f"bancone: {error}", file=sys.stderr)
        return 1


async def _play(counter: Any, session: Any, pcm: bytes) -> None:
    """One press of the key, as fast as it can be taken."""
    from agent.events import Key, Talk
    from agent.session import MIC_CHUNK

    await session.send(Talk(Key.DOWN, str(uuid.uuid4())))
    for start in range(0, len(pcm), MIC_CHUNK):
        session.push_audio(pcm[start : start + MIC_CHUNK])
    await counter.do(Talk(Key.UP))


def pcm_of(path: Path) -> bytes:
    """The recording as s16le mono at 16 kHz. Raises ValueError naming the file when it cannot be used."""
    import numpy as np
    import soxr

    from agent.session import MIC_RATE

    if not path.is_file():
        raise ValueError(f"{path}: no such file")
    try:
        with wave.open(str(path)) as file:
            rate, channels, width = file.getframerate(), file.getnchannels(), file.getsampwidth()
            raw = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError(f"{path}: not a PCM WAV file: {error or 'it is cut short'}") from error
    raw = raw[: len(raw) - len(raw) % (width * channels)]
    if width == 3:
        padded = np.zeros((len(raw) // 3, 4), np.uint8)
        padded[:, 1:] = np.frombuffer(raw, np.uint8).reshape(-1, 3)
        samples = padded.reshape(-1).view("<i4").astype(np.float64) / 2**31
    elif width == 1:
        samples = (np.frombuffer(raw, np.uint8).astype(np.float64) - 128) / FULL_SCALE[1]
    else:
        samples = np.frombuffer(raw, f"<i{width}").astype(np.float64) / FULL_SCALE[width]
    mono = samples.reshape(-1, channels).mean(axis=1)
    if rate != MIC_RATE:
        mono = soxr.resample(mono, rate, MIC_RATE)
    return bytes((np.clip(mono, -1.0, 1.0) * 32767).astype("<i2").tobytes())
