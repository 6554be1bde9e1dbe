"""Which sound devices there are, and which one a name means.

Devices are kept by name and host API: PortAudio's numbers change with every plug.
"""

import logging
from dataclasses import dataclass
from typing import Any, Literal

import sounddevice

log = logging.getLogger(__name__)

Direction = Literal["input", "output"]


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


def devices(direction: Direction) -> list[Device]:
    """The devices that can record (`input`) or play (`output`), as of the last `refresh`."""
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
    """The device called ``name`` (empty: the default), and a note for the person when another had to be taken."""
    known = devices(direction)
    word = "microphone" if direction == "input" else "loudspeaker"
    if not known:
        raise AudioError(f"no {word} found: plug one in, then press the refresh button in the settings")
    fallback = next((device for device in known if device.default), known[0])
    if not name:
        return fallback, None
    chosen = next((device for device in known if device.name == name), None)
    if chosen is None:
        log.warning("%s not found, the default is used", word)
        return fallback, name
    return chosen, None


def refresh() -> None:
    """Let PortAudio look again. Every open stream dies with it: close them first."""
    sounddevice._terminate()
    sounddevice._initialize()
