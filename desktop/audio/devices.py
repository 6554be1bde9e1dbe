"""Which sound devices there are, which one a name means, and the streams on them.

Devices are kept by name: PortAudio's numbers change whenever it looks again, and it looks only while nothing is open.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import sounddevice

log = logging.getLogger(__name__)

Direction = Literal["input", "output"]
RATE = 48_000  # Hz; what sound cards do natively
WORDS = {"input": "microphone", "output": "loudspeaker"}


class AudioError(Exception):
    """No sound: the message says which device and what to do."""


@dataclass(frozen=True, slots=True)
class Device:
    index: int
    name: str
    api: str
    default: bool

    @property
    def bluetooth(self) -> bool:
        """Opening its microphone switches the headset to telephone quality and takes seconds."""
        return any(word in self.name.lower() for word in ("bluetooth", "hands-free", "handsfree", "bluez", "airpods"))


@dataclass(frozen=True, slots=True)
class Opened:
    stream: Any
    """A running sounddevice.RawInputStream or RawOutputStream; give it back with `close`."""
    device: Device
    missing: str | None
    """The name of the device that was asked for, when another had to be taken."""


_portaudio = threading.RLock()  # opening, closing and looking are not safe beside each other
_streams: set[int] = set()


def devices(direction: Direction) -> list[Device]:
    """The devices that can record (`input`) or play (`output`), as of the last look."""
    with _portaudio:
        try:
            apis: Any = sounddevice.query_hostapis()
            found: Any = sounddevice.query_devices()
            defaults = tuple(sounddevice.default.device)
        except sounddevice.PortAudioError as error:
            raise AudioError(f"the sound system does not answer: {error}") from error
    default = defaults[0 if direction == "input" else 1]
    return [
        Device(index, item["name"], apis[item["hostapi"]]["name"], index == default)
        for index, item in enumerate(found)
        if item[f"max_{direction}_channels"] > 0
    ]


def pick(direction: Direction, name: str) -> tuple[Device, str | None]:
    """The device called ``name`` (empty: the default), and ``name`` when another had to be taken."""
    known = devices(direction)
    if not known:
        raise AudioError(f"no {WORDS[direction]} found: plug one in or switch it on")
    fallback = next((device for device in known if device.default), known[0])
    if not name:
        return fallback, None
    chosen = next((device for device in known if device.name == name), None)
    return (chosen, None) if chosen is not None else (fallback, name)


def refresh() -> bool:
    """Let PortAudio look again; False when a stream is open, which would die of it."""
    with _portaudio:
        if _streams:
            return False
        sounddevice._terminate()
        sounddevice._initialize()
        return True


def opened(direction: Direction, name: str, *, block: int, callback: Callable[..., None], ended: Any = None) -> Opened:
    """A running mono stream at RATE on the device called ``name``, or on another one when that is not there.

    block: frames per callback. ended: called when the stream dies by itself. Raises AudioError.
    """
    with _portaudio:
        # the list may be older than the device
        if not _known(direction, name):
            refresh()
        try:
            return _open(direction, name, block, callback, ended)
        except AudioError:
            if not refresh():
                raise
        return _open(direction, name, block, callback, ended)


def close(stream: Any) -> None:
    """Let a stream go. It may be dead already."""
    with _portaudio:
        _streams.discard(id(stream))
        try:
            # A suspended source never ends a stop(): PortAudio would wait for it for good.
            stream.abort()
            stream.close()
        except sounddevice.PortAudioError as error:
            log.debug("closing a dead stream: %s", error)


def _known(direction: Direction, name: str) -> bool:
    try:
        return pick(direction, name)[1] is None
    except AudioError:
        return False


def _open(direction: Direction, name: str, block: int, callback: Callable[..., None], ended: Any) -> Opened:
    device, missing = pick(direction, name)
    kind = sounddevice.RawInputStream if direction == "input" else sounddevice.RawOutputStream
    stream = None
    try:
        stream = kind(
            samplerate=RATE,
            blocksize=block,
            device=device.index,
            channels=1,
            dtype="int16",
            latency="low",
            callback=callback,
            finished_callback=ended,
        )
        stream.start()
    except sounddevice.PortAudioError as error:
        if stream is not None:
            stream.close()
        raise AudioError(f"the {WORDS[direction]} {device.name!r} cannot be opened: {error}") from error
    _streams.add(id(stream))
    return Opened(stream, device, missing)
