"""One utterance heard by pocketsphinx: samples in, words out, and how well they fit.

Beside the grammar runs a loop over all phones, which fits anything anybody says. Speech that was no command fits the
loop much better than the grammar; that difference per frame is the only measure of trust there is, since pocketsphinx's
own score is 1.0 whatever it heard.
"""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pocketsphinx

from agent.speech.typed import typed

RATE = 16_000  # Hz
CHUNK = 3_200  # bytes, 100 ms: process_raw holds the interpreter's lock
FRAMES = 100  # a second
MEAN_FROM = RATE  # samples the microphone's mean spectrum is worked out from, before the words
PRIOR_FRAMES = 500  # what pocketsphinx weighs its initial mean with (cmn_live.c, CMN_WIN)
NOTHING = -1e9  # fit of what is no sentence of the grammar at all
FIT = -13.0  # below it, the words fit too badly to be meant; measured by tests/bench/bench_hearing.py
HARMLESS = frozenset({("no",), ("undo",)})
FIT_OF_HARMLESS = -21.0  # short words fit worse, and taking these wrongly changes nothing without a yes
FLOOR = 33.0  # root mean square of the noise put under everything: digital silence is unlike all that the model knows
TAIL = np.zeros(RATE // 5, np.int16)  # a last word is only complete when something follows it
PHONES = re.findall(
    r"\w+", "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What an utterance was taken for."""

    words: tuple[str, ...]
    """As the grammar marks them; () when nothing in it fits."""
    fit: float
    """Acoustic score a frame of speech, grammar less phone loop: 0 at best, lower is worse."""
    seconds: float

    @property
    def text(self) -> str:
        """As one would type it; "" for what is more likely no command."""
        floor = FIT_OF_HARMLESS if self.words in HARMLESS else FIT
        return typed(self.words) if self.fit >= floor else ""


# The default beam of 1e-48 loses whole sentences of a grammar this wide; what it costs is bounded by a count instead.
WIDE: Mapping[str, Any] = {"beam": 1e-60, "pbeam": 1e-60, "wbeam": 1e-40, "maxhmmpf": 1500}


def phone_loop() -> tuple[str, str]:
    """Grammar and dictionary of the loop."""
    steps = "\n".join(f"TRANSITION 0 0 {1 / len(PHONES):.4f} {phone}_" for phone in PHONES)
    fsg = f"FSG_BEGIN phones\nNUM_STATES 2\nSTART_STATE 0\nFINAL_STATE 1\n{steps}\nTRANSITION 0 1 1.0\nFSG_END\n"
    return fsg, "".join(f"{phone}_ {phone}\n" for phone in PHONES)


def decoder(fsg: str, words: str, **more: Any) -> Any:
    """A pocketsphinx decoder; the arguments are paths, and settings of pocketsphinx's."""
    return pocketsphinx.Decoder(
        hmm=pocketsphinx.get_model_path("en-us/en-us"),
        dict=words,
        fsg=fsg,
        loglevel="FATAL",
        bestpath=False,  # its lattice search ends anywhere, also in the middle of a phrase
        silprob=0.3,
        **more,
    )


class Ear:
    """Hears one utterance after another with the same decoders; each begins from the same state."""

    def __init__(self, words: Any, phones: Any) -> None:
        self._decoders = (words, phones)
        self._begin = words.get_cmn()
        self._noise = np.random.default_rng(1).normal(0.0, FLOOR, RATE * 60)
        self._reset()

    def _reset(self) -> None:
        self._held: list[np.ndarray] = []
        self._samples = 0
        self._started = False

    def hear(self, pcm: bytes) -> str | None:
        """Take s16le mono at RATE, at most CHUNK bytes; the words so far, as text, once there are any."""
        samples = self._with_floor(np.frombuffer(pcm, np.int16))
        if self._started:
            self._decode(samples)
        else:
            self._held.append(samples)
            if self._samples >= MEAN_FROM:
                self._start()  # however the sound was cut on its way, from the same samples
        hypothesis = self._decoders[0].hyp() if self._started else None
        return typed(hypothesis.hypstr.split()) if hypothesis else None

    def end(self) -> Heard:
        """The whole utterance; the next call of `hear` begins another."""
        seconds = self._samples / RATE
        self.hear(TAIL.tobytes())
        if not self._started:
            self._start()
        for one in self._decoders:
            one.end_utt()
        heard = _judged(*self._decoders, seconds=seconds)
        self._reset()
        return heard

    def drop(self) -> None:
        """Forget the utterance."""
        if self._started:
            for one in self._decoders:
                one.end_utt()
        self._reset()

    def _with_floor(self, samples: np.ndarray) -> np.ndarray:
        floor = np.take(self._noise, range(self._samples, self._samples + samples.size), mode="wrap")
        self._samples += samples.size
        return (samples + floor).clip(-32768, 32767).astype(np.int16)

    def _start(self) -> None:
        begun = np.concatenate(self._held)
        mean = self._mean(begun[:MEAN_FROM])
        for one in self._decoders:
            one.set_cmn(mean)
            one.start_utt()
        self._started = True
        for start in range(0, begun.size, CHUNK // 2):
            self._decode(begun[start : start + CHUNK // 2])

    def _mean(self, samples: np.ndarray) -> str:
        """The mean spectrum of the samples alone, without what the decoder heard before."""
        one = self._decoders[0]
        one.set_cmn(self._begin)
        before = np.array([float(value) for value in one.get_cmn().split(",")])
        one.start_utt()
        one.process_raw(samples.tobytes(), True, False)
        after = np.array([float(value) for value in one.get_cmn(True).split(",")])
        one.end_utt()
        frames = max(1, samples.size * FRAMES // RATE - 3)
        return ",".join(f"{value:.2f}" for value in (after * (PRIOR_FRAMES + frames) - before * PRIOR_FRAMES) / frames)

    def _decode(self, samples: np.ndarray) -> None:
        for one in self._decoders:
            one.process_raw(samples.tobytes(), False, False)


def _judged(words: Any, phones: Any, *, seconds: float) -> Heard:
    if words.hyp() is None:
        return Heard((), NOTHING, seconds)
    log = words.get_logmath().log
    spoken = [segment for segment in words.seg() if segment.word[0] not in "<[(+"]
    loop = _a_frame(phones)
    fit, length = 0.0, 0
    for segment in spoken:
        frames = range(segment.start_frame, min(segment.end_frame + 1, len(loop)))
        if frames:
            fit += log(segment.ascore) - sum(loop[frames.start : frames.stop])
            length += len(frames)
    if not length:
        return Heard((), NOTHING, seconds)
    said = tuple(segment.word.partition("(")[0] for segment in spoken)
    return Heard(said, fit / length, seconds)


def _a_frame(phones: Any) -> Sequence[float]:
    """The loop's score of every frame, each phone's spread evenly over its frames."""
    log = phones.get_logmath().log
    spans = ((segment.ascore, segment.end_frame - segment.start_frame + 1) for segment in phones.seg())
    return list(itertools.chain.from_iterable([log(score) / frames] * frames for score, frames in spans))
