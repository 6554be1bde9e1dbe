"""The offline voice: espeak-ng as LiveKit's tts.TTS, Italian and English.

espeak-ng (GPL-3) runs as its own program. What it says goes in by standard input, never on the command line, where
every user of the machine could read it.
"""

import asyncio
import contextlib
import re
import shutil
from collections.abc import AsyncIterator, Mapping
from types import MappingProxyType
from typing import Never

import numpy as np
import soxr
from livekit.agents import APIConnectionError, APIConnectOptions, tts
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS
from livekit.agents.utils import shortuuid

from agent.errors import Unspeakable

PROGRAM = "espeak-ng"
SAMPLE_RATE = 24_000  # Hz, what the rest of the voice path runs at
ESPEAK_RATE = 22_050  # Hz, of every formant voice of espeak-ng
WAV_HEADER = 44  # bytes before the samples; the length in it is a dummy, since the end is not known yet
FRAME = 20  # ms of sound handed on at a time
QUIET = 160  # of 32768; anything below is the silence espeak-ng begins with
VOICES: Mapping[str, str] = MappingProxyType({"it": "it", "en": "en"})
"""espeak-ng's names; "en" is British, and as "en-gb" it would take no variant."""
WORDS_PER_MINUTE = 165
SLOWEST, FASTEST = 80, 450  # words a minute espeak-ng can do
PLATE = re.compile(r"\b([A-Z]{2}) ?([0-9]{3}) ?([A-Z]{2})\b")
INSTALL = (
    "espeak-ng is not installed, so nothing can be spoken: `sudo apt install espeak-ng` (Debian, Ubuntu), "
    "`brew install espeak-ng` (macOS), `winget install eSpeak-NG.eSpeak-NG` (Windows)"
)


class EspeakTTS(tts.TTS[Never]):
    """One voice for both languages; whole sentences in, PCM out while espeak-ng is still working.

    voice: a variant of espeak-ng ("f3", "m1"…; `espeak-ng --voices=variant` lists them), "" for the plain one.
    speed: words a minute.
    """

    def __init__(
        self, *, language: str = "it", voice: str = "", speed: int = WORDS_PER_MINUTE, program: str = PROGRAM
    ) -> None:
        super().__init__(capabilities=tts.TTSCapabilities(streaming=False), sample_rate=SAMPLE_RATE, num_channels=1)
        found = shutil.which(program)
        if found is None:
            raise Unspeakable(INSTALL)
        self._program = found
        self._voice, self._speed, self._language = "", WORDS_PER_MINUTE, "it"
        self.update_options(language=language, voice=voice, speed=speed)

    @property
    def model(self) -> str:
        return f"{VOICES[self._language]}+{self._voice}" if self._voice else VOICES[self._language]

    @property
    def provider(self) -> str:
        return "espeak-ng"

    def update_options(
        self, *, language: str | None = None, voice: str | None = None, speed: int | None = None
    ) -> None:
        """What the next sentence is spoken with; a sentence being spoken keeps its own."""
        if language is not None:
            if language.split("-")[0] not in VOICES:
                raise Unspeakable(f"no voice for the language {language!r}: there are {', '.join(VOICES)}")
            self._language = language.split("-")[0]
        if voice is not None:
            if re.fullmatch(r"[A-Za-z0-9 ]*", voice) is None:
                raise Unspeakable(f"voice variant {voice!r}: want a name as `espeak-ng --voices=variant` lists them")
            self._voice = voice
        if speed is not None:
            if not SLOWEST <= speed <= FASTEST:
                raise Unspeakable(f"speed {speed}: want {SLOWEST} to {FASTEST} words a minute")
            self._speed = speed

    def synthesize(
        self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS
    ) -> tts.ChunkedStream:
        command = (self._program, "-v", self.model, "-s", str(self._speed), "-b", "1", "--stdin", "--stdout")
        return _Speech(tts=self, input_text=text, conn_options=conn_options, command=command)


class _Speech(tts.ChunkedStream):
    """One sentence being spoken; cancelling it kills its espeak-ng."""

    def __init__(
        self, *, tts: EspeakTTS, input_text: str, conn_options: APIConnectOptions, command: tuple[str, ...]
    ) -> None:
        super().__init__(tts=tts, input_text=input_text, conn_options=conn_options)
        self._command = command

    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        output_emitter.initialize(
            request_id=shortuuid("say_"),
            sample_rate=SAMPLE_RATE,
            num_channels=1,
            mime_type="audio/pcm",
            frame_size_ms=FRAME,
        )
        resample = soxr.ResampleStream(ESPEAK_RATE, SAMPLE_RATE, 1, dtype="int16")
        async with _espeak(self._command, as_spoken(self._input_text)) as samples:
            async for chunk in _without_leading_silence(samples):
                output_emitter.push(resample.resample_chunk(chunk).tobytes())
        output_emitter.push(resample.resample_chunk(np.empty(0, np.int16), last=True).tobytes())
        output_emitter.flush()


@contextlib.asynccontextmanager
async def _espeak(command: tuple[str, ...], text: str) -> AsyncIterator[AsyncIterator[np.ndarray]]:
    """Start espeak-ng on the text; yields its samples (int16 mono at ESPEAK_RATE); gone when the block is left."""
    pipe = asyncio.subprocess.PIPE
    try:
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe)
    except OSError as error:
        raise APIConnectionError(f"{command[0]} cannot be started: {error}", retryable=False) from error
    assert process.stdin is not None
    try:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it says on standard error why it left
            process.stdin.write(text.encode())
            process.stdin.write_eof()
        yield _samples(process)
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.communicate()  # reads the pipes empty and closes them


async def _samples(process: asyncio.subprocess.Process) -> AsyncIterator[np.ndarray]:
    assert process.stdout is not None
    assert process.stderr is not None
    held, skip = b"", WAV_HEADER
    while block := await process.stdout.read(8192):
        held += block
        if skip:
            if len(held) < skip:
                continue
            held, skip = held[skip:], 0
        whole = len(held) & ~1
        yield np.frombuffer(held[:whole], np.int16)
        held = held[whole:]
    complaint = (await process.stderr.read()).decode(errors="replace").strip()
    if await process.wait() != 0:
        raise APIConnectionError(f"espeak-ng failed: {complaint or process.returncode}", retryable=False)


async def _without_leading_silence(chunks: AsyncIterator[np.ndarray]) -> AsyncIterator[np.ndarray]:
    spoken = False
    async for chunk in chunks:
        if not spoken:
            loud = np.flatnonzero(np.abs(chunk.astype(np.int32)) > QUIET)
            if not loud.size:
                continue
            chunk, spoken = chunk[max(0, loud[0] - ESPEAK_RATE // 200) :], True  # 5 ms of onset
        yield chunk


def as_spoken(text: str) -> str:
    """The text as espeak-ng should read it: a plate letter by letter, figure by figure."""
    return PLATE.sub(lambda found: ", ".join(" ".join(group) for group in found.groups()), text)
