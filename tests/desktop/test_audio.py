"""Microphone and loudspeaker on a real sound server, with nothing behind it but this test."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import soxr
from numpy.typing import NDArray

from agent.session import MIC_CHUNK, VOICE_RATE, Voice
from desktop.audio import Microphone, MicrophoneState, Speaker, SpeakerState
from desktop.audio import devices as sound_devices
from desktop.audio.capture import STALLED
from desktop.audio.gate import PRE_ROLL, TAIL
from tests.rig import sound
from tests.rig.processes import Processes, wait_for
from tests.rig.sound import RATE, Sound

MIC, LOUDSPEAKER = "reception_mic", "reception_speaker"
ARRIVES = 5.0  # seconds a state may take on a busy machine


@pytest.fixture(scope="module")
def server() -> Iterator[Sound]:
    """A sound server, and this process's own PortAudio on it."""
    lacking = [name for name in sound.PROGRAMS if not shutil.which(name)]
    if lacking:
        pytest.skip(f"this machine has no {', '.join(lacking)}")
    with tempfile.TemporaryDirectory(prefix="bancone-sound-") as name:
        folder = Path(name)
        runtime = folder / "run"
        runtime.mkdir(mode=0o700)
        env = {**os.environ, "XDG_RUNTIME_DIR": str(runtime)}
        processes = Processes(folder)
        before = dict(os.environ)
        try:
            place = Sound(processes, env, folder)
            os.environ.update(env)
            sound_devices.refresh()
            yield place
        finally:
            processes.close()
            for key in set(os.environ) - set(before):
                del os.environ[key]
            os.environ.update(before)
            sound_devices.refresh()


def pactl(place: Sound, *words: str) -> None:
    subprocess.run(["pactl", *words], env=place.env, check=True, timeout=15, capture_output=True)


@dataclass
class Listener:
    """Everything a microphone tells."""

    device: str
    sent: list[bytes] = field(default_factory=list)
    levels: list[float] = field(default_factory=list)
    ends: queue.Queue[str] = field(default_factory=queue.Queue)
    states: queue.Queue[tuple[MicrophoneState, str | None]] = field(default_factory=queue.Queue)
    mic: Microphone = field(init=False)

    def __post_init__(self) -> None:
        self.mic = Microphone(
            device=self.device,
            send=self.sent.append,
            ended=self.ends.put,
            metered=self.levels.append,
            changed=lambda state, missing: self.states.put((state, missing)),
        )

    def expect(self, wanted: MicrophoneState) -> str | None:
        """Wait for the state; the missing device it came with."""
        while True:
            state, missing = self.states.get(timeout=ARRIVES)
            if state is wanted:
                return missing

    def heard(self) -> NDArray[np.int16]:
        return np.frombuffer(b"".join(self.sent), dtype=np.int16)


@pytest.fixture
def listen(server: Sound) -> Iterator[Callable[[str], Listener]]:
    made: list[Listener] = []

    def build(device: str = MIC) -> Listener:
        made.append(Listener(device))
        made[-1].mic.open()
        return made[-1]

    yield build
    for listener in made:
        listener.mic.close()


@pytest.fixture
def ear(listen: Callable[..., Listener]) -> Listener:
    found = listen()
    assert found.expect(MicrophoneState.ARMED) is None
    return found


def tone(seconds: float, rate: int, height: float = 440.0) -> NDArray[np.int16]:
    return (10_000 * np.sin(2 * np.pi * height * np.arange(int(seconds * rate)) / rate)).astype(np.int16)


@pytest.fixture
def humming(server: Sound) -> Iterator[Callable[[float], None]]:
    """Hums into the microphone for so many seconds, from another process; returns when it is heard there."""
    running: list[subprocess.Popen[bytes]] = []

    def hum(seconds: float) -> None:
        path = server.folder / f"hum-{len(running)}.raw"
        path.write_bytes(tone(seconds, RATE).tobytes())
        words = ["--raw", "--format=s16le", f"--rate={RATE}", "--channels=1", "--latency-msec=20", str(path)]
        running.append(server.processes.start("hum", ["paplay", "-d", "vmic_in", *words], server.env))

    yield hum
    for process in running:
        server.processes.stop(process)


def until_loud(ear: Listener) -> None:
    ear.levels.clear()
    wait_for(lambda: any(level > -30 for level in ear.levels), "the hum in the microphone", ARRIVES)


def test_nothing_leaves_while_the_gate_is_closed(ear: Listener, humming: Callable[[float], None]) -> None:
    humming(1.0)
    until_loud(ear)
    ear.mic.release(time.monotonic())
    assert ear.sent == []


def test_what_was_said_before_the_key_arrives(ear: Listener, humming: Callable[[float], None]) -> None:
    humming(3.0)
    until_loud(ear)
    wait_for(lambda: len(ear.levels) > (PRE_ROLL + 0.1) * 30, "a pre-roll full of it", ARRIVES)
    ear.mic.talk(time.monotonic(), "one")
    at_once = len(ear.sent)
    wait_for(lambda: len(ear.sent) > at_once + 10, "live speech", ARRIVES)
    ear.mic.release(time.monotonic())
    assert ear.ends.get(timeout=ARRIVES) == "one"
    assert {len(chunk) for chunk in ear.sent} == {MIC_CHUNK}
    assert at_once * 0.02 == pytest.approx(PRE_ROLL, abs=0.06)
    heard = ear.heard().astype(float)
    loud = np.sqrt((heard[: len(heard) // 320 * 320].reshape(-1, 320) ** 2).mean(axis=1))
    assert (loud[:-1] > 5000).all(), "a gap between pre-roll and live speech"


def test_what_arrives_is_what_was_said_unbroken(ear: Listener, humming: Callable[[float], None]) -> None:
    humming(12.0)
    until_loud(ear)
    # The sound server of a busy machine may itself drop a piece now and then; what we break is broken every time.
    assert min(_beside_the_tone(ear) for _ in range(4)) < 1e-4


def _beside_the_tone(ear: Listener) -> float:
    """Share of the energy that is not the tone: a chunk lost, doubled or swapped spreads it."""
    ear.sent.clear()
    ear.mic.talk(time.monotonic(), "one")
    wait_for(lambda: len(ear.sent) > 60, "a second of it", ARRIVES)
    ear.mic.release(time.monotonic())
    ear.ends.get(timeout=ARRIVES)
    heard = ear.heard().astype(float)[3200:16000]
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    peak = int(np.argmax(spectrum))
    assert peak * 16_000 / len(heard) == pytest.approx(440, abs=2)
    beside = np.delete(spectrum, np.s_[peak - 4 : peak + 5])
    return float((beside**2).sum() / (spectrum**2).sum())


def test_the_tail_is_short_in_silence_and_long_in_speech(ear: Listener, humming: Callable[[float], None]) -> None:
    def tail() -> float:
        ear.mic.talk(time.monotonic(), "one")
        wait_for(lambda: len(ear.sent) > 25, "half a second", ARRIVES)
        up, sent = time.monotonic(), len(ear.sent)
        ear.mic.release(up)
        ear.ends.get(timeout=ARRIVES)
        seconds = (len(ear.sent) - sent) * 0.02
        ear.sent.clear()
        return seconds

    assert tail() < TAIL * 0.7
    humming(4.0)
    until_loud(ear)
    assert tail() == pytest.approx(TAIL, abs=0.06)


def test_a_cancelled_press_ends_without_a_word(ear: Listener) -> None:
    ear.mic.talk(time.monotonic(), "one")
    ear.mic.cancel()
    sent = len(ear.sent)
    ear.levels.clear()
    wait_for(lambda: len(ear.levels) > 10, "the meter", ARRIVES)
    assert len(ear.sent) == sent
    assert ear.ends.empty()


def test_a_muted_microphone_is_noticed_and_so_is_its_return(
    server: Sound, ear: Listener, humming: Callable[[float], None]
) -> None:
    ear.expect(MicrophoneState.MUTED)  # nobody speaks: the virtual microphone is exactly zero
    humming(2.0)
    ear.expect(MicrophoneState.ARMED)
    pactl(server, "set-source-mute", "vmic", "1")
    try:
        ear.expect(MicrophoneState.MUTED)
    finally:
        pactl(server, "set-source-mute", "vmic", "0")


def test_a_suspended_microphone_is_lost_ends_the_press_and_comes_back(server: Sound, ear: Listener) -> None:
    assert ear.mic.talk(time.monotonic(), "one")
    pactl(server, "suspend-source", "vmic", "1")
    try:
        ear.expect(MicrophoneState.LOST)
        assert ear.ends.get(timeout=STALLED) == "one"
        assert not ear.mic.talk(time.monotonic(), "two")
    finally:
        pactl(server, "suspend-source", "vmic", "0")
    ear.expect(MicrophoneState.ARMED)
    assert ear.mic.talk(time.monotonic(), "three")


def test_a_microphone_that_is_not_there_is_replaced_and_named(listen: Callable[[str], Listener]) -> None:
    assert listen("Blue Yeti").expect(MicrophoneState.ARMED) == "Blue Yeti"


def test_closing_lets_the_device_go(server: Sound, ear: Listener) -> None:
    ear.mic.close()
    ear.mic.close()
    ear.expect(MicrophoneState.OFF)
    assert sound_devices.refresh(), "a stream is still open"


# The loudspeaker


@dataclass
class Told:
    states: queue.Queue[tuple[SpeakerState, str | None]] = field(default_factory=queue.Queue)

    def __call__(self, state: SpeakerState, missing: str | None) -> None:
        self.states.put((state, missing))

    def expect(self, wanted: SpeakerState) -> str | None:
        while True:
            state, missing = self.states.get(timeout=ARRIVES)
            if state is wanted:
                return missing


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def mouth(server: Sound, told: Told) -> Iterator[Speaker]:
    speaker = Speaker(device=LOUDSPEAKER, changed=told)
    speaker.open()
    told.expect(SpeakerState.READY)
    yield speaker
    speaker.close()


def test_a_voice_is_played_as_it_is(server: Sound, mouth: Speaker) -> None:
    with server.recording() as tape:
        voice = tone(0.6, VOICE_RATE)
        for start in range(0, len(voice), 480):
            mouth.play(Voice(voice[start : start + 480].tobytes()))
        wait_for(lambda: tape.audible() > 0.5, "the voice", ARRIVES)
        wait_for(lambda: not mouth.playing, "its end", ARRIVES)
    heard = tape.samples().astype(float)
    heard = heard[np.flatnonzero(np.abs(heard) > 100)[0] :][: RATE // 2]
    expected = soxr.resample(tone(0.6, VOICE_RATE).astype(float), VOICE_RATE, RATE)[: RATE // 2]
    assert np.corrcoef(np.abs(np.fft.rfft(heard)), np.abs(np.fft.rfft(expected)))[0, 1] > 0.98


def test_half_the_volume_is_half_as_high(server: Sound, told: Told) -> None:
    speaker = Speaker(device=LOUDSPEAKER, changed=told, volume=0.5)
    speaker.open()
    told.expect(SpeakerState.READY)
    with server.recording() as tape:
        speaker.play(Voice(tone(0.4, VOICE_RATE).tobytes()))
        wait_for(lambda: tape.audible() > 0.3, "the voice", ARRIVES)
    speaker.close()
    assert np.abs(tape.samples()).max() == pytest.approx(5000, rel=0.1)


@pytest.mark.parametrize("how", ["cut", "hush"])
def test_the_voice_falls_silent_at_once(server: Sound, mouth: Speaker, how: str) -> None:
    with server.recording() as tape:
        mouth.play(Voice(tone(5.0, VOICE_RATE).tobytes()))
        wait_for(lambda: tape.audible() > 0.3, "the voice", ARRIVES)
        before = len(tape.samples())
        if how == "cut":
            mouth.play(Voice(b"", cut=True))
        else:
            mouth.hush()
        assert not mouth.playing or mouth_is_fading(mouth)
        wait_for(lambda: len(tape.samples()) > before + RATE, "a second after it", ARRIVES)
    after = tape.samples()[before:].astype(float)
    still = np.flatnonzero(np.abs(after) > 100)
    assert len(still) == 0 or still[-1] / RATE < 0.25  # what the sound server had already


def mouth_is_fading(mouth: Speaker) -> bool:
    """Only the few milliseconds that avoid a click are left."""
    return wait_for(lambda: not mouth.playing, "the end of the fade", 0.1)


def test_while_the_person_speaks_nothing_is_played(server: Sound, mouth: Speaker) -> None:
    mouth.hush()
    mouth.play(Voice(tone(0.5, VOICE_RATE).tobytes()))
    assert not mouth.playing
    mouth.resume()
    mouth.play(Voice(tone(0.1, VOICE_RATE).tobytes()))
    assert mouth.playing


def test_a_loudspeaker_that_is_not_there_is_replaced_and_named(server: Sound, told: Told) -> None:
    speaker = Speaker(device="Bose", changed=told)
    speaker.open()
    assert told.expect(SpeakerState.READY) == "Bose"
    speaker.close()


def test_a_dead_server_hangs_nothing_and_sound_returns_with_it(
    server: Sound, ear: Listener, mouth: Speaker, told: Told
) -> None:
    running = dict(server.processes._running)
    server.processes.stop(running["silence"])
    server.processes.stop(running["pulseaudio"])
    try:
        ear.expect(MicrophoneState.LOST)
        told.expect(SpeakerState.LOST)
        mouth.play(Voice(tone(0.5, VOICE_RATE).tobytes()))
        assert not mouth.playing, "it would be said later, out of the blue"
    finally:
        shutil.rmtree(server.folder / "pulse", ignore_errors=True)
        Sound(server.processes, server.env, server.folder)
    ear.expect(MicrophoneState.ARMED)
    told.expect(SpeakerState.READY)


def test_with_a_dead_server_closing_hangs_nothing(server: Sound, ear: Listener, mouth: Speaker, told: Told) -> None:
    running = dict(server.processes._running)
    server.processes.stop(running["silence"])
    server.processes.stop(running["pulseaudio"])
    try:
        ear.expect(MicrophoneState.LOST)
        began = time.monotonic()
        ear.mic.close()
        mouth.close()
        assert time.monotonic() - began < 1.0
    finally:
        shutil.rmtree(server.folder / "pulse", ignore_errors=True)
        Sound(server.processes, server.env, server.folder)
