"""Microphone and loudspeaker: sounddevice streams, a gate with memory, and somebody who notices when they die."""

from desktop.audio.capture import Microphone, MicrophoneState
from desktop.audio.devices import AudioError, Device
from desktop.audio.playout import Speaker, SpeakerState

__all__ = ["AudioError", "Device", "Microphone", "MicrophoneState", "Speaker", "SpeakerState"]
