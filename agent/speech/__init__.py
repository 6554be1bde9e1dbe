"""Hearing and speaking without a cloud, as LiveKit's stt.STT and tts.TTS."""
