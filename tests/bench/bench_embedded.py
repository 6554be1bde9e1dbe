"""From the key's release to the first sound, in process: `python -m tests.bench.bench_embedded [ROUNDS]`.

Speech is pushed as a microphone gives it, 20 ms at a time; the voice is real. Two ways of hearing and speaking: the
offline one (pocketsphinx, espeak-ng), and OpenAI's plugins against a server on loopback that answers after DELAY, whose
part is taken off again in the last column: what remains is the product's own.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from agent.events import Key, Talk, TurnEnded, Undo
from agent.session import MIC_CHUNK
from agent.turn import Stage, Turn
from tests.agent.desk import ENGLISH, Desk, desk
from tests.agent.voices import voice_of
from tests.openai_server import FakeOpenAI
from tests.recordings import spoken

ROUNDS = 10
CHUNK_SECONDS = 0.02
DELAY = 0.2  # seconds the simulated providers take for each answer
STAGES = (
    Stage.TRANSCRIPT,
    Stage.READING,
    Stage.TOOL_START,
    Stage.TOOL_END,
    Stage.PREVIEW,
    Stage.FIRST_BYTE,
    Stage.FIRST_SOUND,
)
LOOK_UP = "who is coming tomorrow"


async def hold(counter: Desk, pcm: bytes) -> None:
    """The key held for as long as the speech lasts."""
    loop = asyncio.get_running_loop()
    await counter.session.send(Talk(Key.DOWN, f"bench-{len(counter.events)}"))
    begun = loop.time()
    for number, start in enumerate(range(0, len(pcm), MIC_CHUNK)):
        await asyncio.sleep(max(0.0, begun + number * CHUNK_SECONDS - loop.time()))
        counter.session.push_audio(pcm[start : start + MIC_CHUNK])
    await counter.do(Talk(Key.UP))


async def measured(counter: Desk, pcm: bytes, rounds: int) -> list[Turn]:
    """So many turns of the same sentence, the first left out, what was written taken back in between."""
    turns: list[Turn] = []
    for number in range(rounds + 1):
        await hold(counter, pcm)
        turn = counter.of(TurnEnded)[-1].summary
        if number:
            turns.append(turn)
        if turn.at(Stage.PREVIEW) is not None:
            await counter.do(Undo())
    return turns


@asynccontextmanager
async def offline(folder: Path) -> AsyncIterator[Desk]:
    given: dict[str, Any] = {"hear": True, "speak": True, "stt": "grammar", "tts": "espeak", "language": "en"}
    async with desk(folder, **given) as counter, voice_of(counter.session):
        yield counter


@asynccontextmanager
async def simulated(folder: Path, rounds: int) -> AsyncIterator[Desk]:
    async with FakeOpenAI(transcripts=[ENGLISH] * (rounds + 1), delay=DELAY, seconds=0.3) as server:
        given = {"hear": True, "speak": True, "api_key": "sk-bench", "base_url": server.url}
        async with desk(folder, **given) as counter, voice_of(counter.session):
            yield counter


def table(turns: list[Turn], *, waited: Mapping[Stage, float]) -> str:
    """Milliseconds from key-up, one stage a line."""
    lines = [f"  {'key-up to':12} {'median':>8} {'p95':>8} {'own':>8}"]
    for stage in STAGES:
        times = [1000 * reached for turn in turns if (reached := turn.after_key_up(stage)) is not None]
        if not times:
            continue
        own = median(times) - 1000 * waited.get(stage, waited[Stage.TRANSCRIPT])
        p95 = quantiles(times, n=20, method="inclusive")[-1]
        lines.append(f"  {stage:12} {median(times):8.0f} {p95:8.0f} {own:8.0f}")
    return "\n".join(lines)


async def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with offline(Path(folder)) as counter:
            turns = await measured(counter, spoken(LOOK_UP), rounds)
    print(f"offline: pocketsphinx and espeak-ng, a look-up, {len(turns)} turns, ms")
    print(table(turns, waited={Stage.TRANSCRIPT: 0.0}))
    with tempfile.TemporaryDirectory() as folder:
        async with simulated(Path(folder), rounds) as counter:
            turns = await measured(counter, spoken(ENGLISH), rounds)
    print(f"\nOpenAI's plugins, providers simulated at {DELAY * 1000:.0f} ms, a booking, {len(turns)} turns, ms")
    waited = {Stage.TRANSCRIPT: DELAY, Stage.FIRST_BYTE: 2 * DELAY, Stage.FIRST_SOUND: 2 * DELAY}
    print(table(turns, waited=waited))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
