"""A private sound system: a microphone to speak into and a loudspeaker to listen to, neither of them real.

The microphone is ``reception_mic`` to ALSA and PortAudio and ``vmic`` to PulseAudio; the loudspeaker is
``reception_speaker`` and ``vspk``. Both are also the defaults.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.rig.processes import PATIENCE, Processes, wait_for

RATE = 48_000  # Hz; everything in the rig is mono s16le at this rate, so nothing is resampled
FRAME = RATE // 50  # samples; 20 ms
LETTING_GO = 0.25  # seconds
ROOM = 0.0005  # of full scale; about -70 dBFS
AUDIBLE = 100  # rms of a frame, of 32768; about -50 dBFS
PROGRAMS = ("pulseaudio", "pactl", "pacat", "paplay", "parec", "espeak-ng", "sox")

# PulseAudio 16 loses track of blocks shared through memfd (its issue 824): everything goes over the socket
CLIENT = "enable-shm = no\nautospawn = no\n"
PULSE = """\
load-module module-native-protocol-unix auth-anonymous=1 socket={socket}
load-module module-null-sink sink_name=vmic_in rate=48000 channels=1
load-module module-remap-source source_name=vmic master=vmic_in.monitor
load-module module-null-sink sink_name=vspk rate=48000 channels=1
set-default-source vmic
set-default-sink vspk
"""
ALSA = """\
</usr/share/alsa/alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
pcm.pulse { type pulse }
pcm.reception_mic { type pulse device "vmic" hint { show on description "Reception microphone" } }
pcm.reception_speaker { type pulse device "vspk" hint { show on description "Reception loudspeaker" } }
"""


class Sound:
    """One PulseAudio server nobody else uses."""

    def __init__(self, processes: Processes, env: dict[str, str], folder: Path) -> None:
        """Bring it up; ``env`` gets what a program needs to use it."""
        self.processes, self.folder = processes, folder
        home = folder / "pulse"
        home.mkdir(mode=0o700)
        socket = home / "native"
        (folder / "asound.conf").write_text(ALSA)
        (folder / "rig.pa").write_text(PULSE.format(socket=socket))
        (folder / "client.conf").write_text(CLIENT)
        env |= {
            "PULSE_CLIENTCONFIG": str(folder / "client.conf"),
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_RUNTIME_PATH": str(home),
            "PULSE_STATE_PATH": str(home),
            "ALSA_CONFIG_PATH": str(folder / "asound.conf"),
        }
        self.env = env
        command = ["pulseaudio", "-n", "-F", str(folder / "rig.pa"), "--daemonize=no", "--exit-idle-time=-1"]
        processes.start("pulseaudio", [*command, "--use-pid-file=no", "--disable-shm=yes"], env)
        wait_for(self._answers, "the sound server")
        # an idle null sink renders in blocks of two seconds: this keeps the microphone awake
        silence = ["pacat", "--playback", "-d", "vmic_in", f"--rate={RATE}", "--channels=1", "--latency-msec=10"]
        processes.start("silence", [*silence, "/dev/zero"], env)
        wait_for(self._awake, "the virtual microphone")

    def _answers(self) -> bool:
        return subprocess.run(["pactl", "info"], env=self.env, capture_output=True, timeout=PATIENCE).returncode == 0

    def _awake(self) -> bool:
        listed = subprocess.run(["pactl", "list", "short", "sinks"], env=self.env, capture_output=True, text=True)
        return any("vmic_in" in line and "RUNNING" in line for line in listed.stdout.splitlines())

    def speak(self, text: str, voice: str = "en", *, speed: int = 150) -> Path:
        """A WAV file in which a synthetic ``voice`` says ``text``, at the rig's rate.

        speed: words per minute.
        """
        raw = self.folder / f"said-{abs(hash((text, voice, speed)))}.wav"
        ready = raw.with_suffix(".48k.wav")
        subprocess.run(["espeak-ng", "-v", voice, "-s", str(speed), "-w", str(raw), text], check=True, timeout=PATIENCE)
        # a person lets go of the key a moment after the last word
        convert = [
            "sox",
            "-D",
            str(raw),
            "-r",
            str(RATE),
            "-c",
            "1",
            "-b",
            "16",
            str(ready),
            "pad",
            "0",
            str(LETTING_GO),
        ]
        subprocess.run(convert, check=True, timeout=PATIENCE)
        return ready

    def play(self, wav: Path) -> None:
        """Play ``wav`` into the microphone; returns when its last sample is in."""
        command = ["paplay", "-d", "vmic_in", "--latency-msec=500", str(wav)]
        subprocess.run(command, env=self.env, check=True, timeout=120)

    @contextmanager
    def quiet_room(self) -> Iterator[None]:
        """Let the microphone hear a quiet room instead of nothing at all, which is what a muted one gives."""
        noise = f"sox -q -n -t raw -r {RATE} -c 1 -b 16 -e signed - synth whitenoise vol {ROOM}"
        feed = f"pacat --playback -d vmic_in --format=s16le --rate={RATE} --channels=1"
        room = self.processes.start("room", ["sh", "-c", f"{noise} | {feed}"], self.env)
        try:
            yield
        finally:
            self.processes.stop(room)

    @contextmanager
    def recording(self, source: str = "vspk.monitor") -> Iterator[Tape]:
        """Record ``source`` (the loudspeaker, unless told otherwise) for as long as the block runs."""
        path = self.folder / f"tape-{len(list(self.folder.glob('tape-*')))}.raw"
        path.touch()
        words = ["--format=s16le", f"--rate={RATE}", "--channels=1", "--latency-msec=20", "--raw", str(path)]
        recorder = self.processes.start("parec", ["parec", "-d", source, *words], self.env)
        wait_for(lambda: path.stat().st_size > 0, f"the first samples of {source}")
        try:
            yield Tape(path)
        finally:
            self.processes.stop(recorder)


class Tape:
    """What was recorded, so far or in the end."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def samples(self) -> NDArray[np.int16]:
        """Mono, 48 kHz."""
        data = self.path.read_bytes()
        return np.frombuffer(data[: len(data) // 2 * 2], dtype="<i2")

    def audible(self) -> float:
        """Seconds in which there was sound."""
        samples = self.samples().astype(np.float64)
        frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
        return float((np.sqrt((frames**2).mean(axis=1)) > AUDIBLE).sum()) * FRAME / RATE if len(frames) else 0.0
