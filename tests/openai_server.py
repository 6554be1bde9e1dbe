"""A stand-in for OpenAI's server on loopback: chat completions, transcriptions, speech.

It answers from a script and keeps what it was asked.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

RATE = 24_000  # Hz, of OpenAI's pcm


@dataclass(frozen=True, slots=True)
class Answers:
    """One chat completion: a text, or tool calls."""

    text: str = ""
    calls: Sequence[tuple[str, Mapping[str, Any]]] = ()


@dataclass(slots=True)
class FakeOpenAI:
    """``async with FakeOpenAI(...) as server: server.url``."""

    chat: list[Answers] = field(default_factory=list)
    """What is answered to one completion after the other; then an empty text."""
    transcripts: list[str] = field(default_factory=list)
    """What is heard in one recording after the other; then nothing."""
    seconds: float = 0.4
    """Of sound for every sentence."""
    delay: float = 0.0
    """Seconds before every answer."""
    failing: frozenset[str] = frozenset()
    """`chat`, `transcriptions`, `speech`: answered with 500."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    """The completions asked for."""
    heard: list[bytes] = field(default_factory=list)
    """The WAV files sent."""
    prompts: list[str] = field(default_factory=list)
    """What a transcription was told to expect."""
    spoken: list[str] = field(default_factory=list)
    url: str = ""
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=20 << 20)
        app.router.add_get("/v1/models", self._models)
        app.router.add_get("/v1/", self._models)
        app.router.add_post("/v1/chat/completions", self._chat)
        app.router.add_post("/v1/audio/transcriptions", self._transcribe)
        app.router.add_post("/v1/audio/speech", self._speak)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def _models(self, request: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": []})

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(await request.json())
        if "chat" in self.failing:
            return web.json_response({"error": {"message": "out of order"}}, status=500)
        await asyncio.sleep(self.delay)
        answers = self.chat.pop(0) if self.chat else Answers()
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for delta, reason in _deltas(answers, len(self.asked)):
            choice = {"index": 0, "delta": delta, "finish_reason": reason}
            chunk = {
                "id": f"chatcmpl-{len(self.asked)}",
                "object": "chat.completion.chunk",
                "created": 0,
                "model": "gpt-4o",
                "choices": [choice],
            }
            await response.write(f"data: {json.dumps(chunk)}\n\n".encode())
        await response.write(b"data: [DONE]\n\n")
        return response

    async def _transcribe(self, request: web.Request) -> web.Response:
        form = await request.post()
        file = form["file"]
        assert isinstance(file, web.FileField)
        self.heard.append(file.file.read())
        self.prompts.append(str(form.get("prompt", "")))
        if "transcriptions" in self.failing:
            return web.json_response({"error": {"message": "out of order"}}, status=500)
        await asyncio.sleep(self.delay)
        return web.json_response({"text": self.transcripts.pop(0) if self.transcripts else ""})

    async def _speak(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self.spoken.append(asked["input"])
        if "speech" in self.failing:
            return web.json_response({"error": {"message": "out of order"}}, status=500)
        assert asked["response_format"] == "pcm"
        await asyncio.sleep(self.delay)
        samples = int(self.seconds * RATE)
        headers = {"x-request-id": f"req-{len(self.spoken)}", "Content-Type": "audio/pcm"}
        return web.Response(body=b"\x00\x10\x00\xf0" * (samples // 2), headers=headers)


def _deltas(answers: Answers, number: int) -> list[tuple[dict[str, Any], str | None]]:
    """The pieces of a completion as they are streamed, each with its finish reason."""
    if answers.calls:
        first: list[tuple[dict[str, Any], str | None]] = []
        for index, (name, arguments) in enumerate(answers.calls):
            text = json.dumps(arguments)
            begun = {"index": index, "id": f"call_{number}_{index}", "type": "function"}
            half = len(text) // 2
            first.append(({"tool_calls": [{**begun, "function": {"name": name, "arguments": text[:half]}}]}, None))
            first.append(({"tool_calls": [{"index": index, "function": {"arguments": text[half:]}}]}, None))
        return [*first, ({}, "tool_calls")]
    words = answers.text.split(" ")
    pieces = [word if n == 0 else f" {word}" for n, word in enumerate(words)]
    return [*(({"role": "assistant", "content": piece}, None) for piece in pieces), ({}, "stop")]
