"""Whisper: its model is fetched from a hub on loopback, loaded and run for real; only its weights are random."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from livekit import rtc
from livekit.agents import APIConnectionError, APIConnectOptions, stt

from agent.errors import NotStarted, Unhearable
from agent.speech.models import fetch_model, installed
from agent.speech.whisper import WhisperSTT
from tests.agent.speech.counter import demo_vocabulary
from tests.agent.speech.hub import Hub, serving
from tests.agent.speech.tiny_whisper import make_model
from tests.recordings import RATE, spoken

ONCE = APIConnectOptions(max_retry=0)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("whisper") / "tiny")


@pytest.fixture
def hub(model: Path) -> Iterator[Hub]:
    with serving(model) as hub:
        yield hub


async def heard_by(recogniser: WhisperSTT, *utterances: bytes) -> list[stt.SpeechData]:
    heard: list[stt.SpeechData] = []
    async with recogniser.stream(conn_options=ONCE) as stream:
        for pcm in utterances:
            if pcm:
                stream.push_frame(rtc.AudioFrame(pcm, RATE, 1, len(pcm) // 2))
            stream.flush()
            event = await anext(stream)
            assert event.type == stt.SpeechEventType.FINAL_TRANSCRIPT
            heard.append(event.alternatives[0])
    return heard


async def test_the_first_utterance_fetches_the_model_and_is_transcribed(hub: Hub, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    recogniser = WhisperSTT(
        model="tiny",
        vocabulary=demo_vocabulary(),
        folder=tmp_path,
        base_url=hub.url,
        progress=lambda done, total: seen.append((done, total)),
    )
    try:
        first, second = await heard_by(recogniser, spoken("chi viene domani", voice="it"), spoken("who is there"))
    finally:
        await recogniser.aclose()
    assert first.text, "random weights say something, and always the same"
    assert {first.language, second.language} <= {"it", "en"}
    assert seen[-1][0] == seen[-1][1] == sum(path.stat().st_size for path in hub.folder.iterdir())
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert installed("tiny", folder=tmp_path)


async def test_a_press_without_speech_loads_nothing_and_answers_at_once(hub: Hub, tmp_path: Path) -> None:
    recogniser = WhisperSTT(model="tiny", folder=tmp_path, base_url=hub.url)
    try:
        assert [data.text for data in await heard_by(recogniser, b"")] == [""]
    finally:
        await recogniser.aclose()
    assert hub.asked == []


async def test_a_model_that_is_there_needs_no_network(hub: Hub, tmp_path: Path) -> None:
    await fetch_model("tiny", folder=tmp_path, base_url=hub.url)
    hub.asked.clear()
    await fetch_model("tiny", folder=tmp_path, base_url=hub.url)
    assert hub.asked == []


async def test_a_broken_download_goes_on_where_it_stopped(hub: Hub, tmp_path: Path) -> None:
    hub.break_after = 100_000
    with pytest.raises(Unhearable, match="goes on where it stopped"):
        await fetch_model("tiny", folder=tmp_path, base_url=hub.url)
    assert not installed("tiny", folder=tmp_path)
    kept = (tmp_path / "tiny" / "model.bin.part").stat().st_size
    hub.break_after = None
    hub.asked.clear()
    home = await fetch_model("tiny", folder=tmp_path, base_url=hub.url)
    spans = [span for path, span in hub.asked if path.endswith("model.bin")]
    assert spans == [f"bytes={kept}-"]
    assert 0 < kept <= 100_000
    assert (home / "model.bin").read_bytes() == (hub.folder / "model.bin").read_bytes()


async def test_a_damaged_file_is_deleted_and_said(hub: Hub, tmp_path: Path) -> None:
    hub.spoilt = True
    with pytest.raises(Unhearable, match=r"model.bin of the Whisper model 'tiny' is damaged"):
        await fetch_model("tiny", folder=tmp_path, base_url=hub.url)
    assert not list((tmp_path / "tiny").glob("model.bin*"))
    assert not installed("tiny", folder=tmp_path)
    hub.spoilt = False
    assert installed("tiny", folder=(await fetch_model("tiny", folder=tmp_path, base_url=hub.url)).parent)


async def test_a_server_that_is_away_is_an_api_error_of_the_stream(tmp_path: Path) -> None:
    recogniser = WhisperSTT(model="tiny", folder=tmp_path, base_url="http://127.0.0.1:9")
    try:
        with pytest.raises(APIConnectionError, match="could not be loaded"):
            await heard_by(recogniser, spoken("ciao", voice="it"))
    finally:
        await recogniser.aclose()


async def test_an_unknown_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unhearable, match="unknown Whisper model 'enormous'"):
        await fetch_model("enormous", folder=tmp_path)


async def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    recogniser = WhisperSTT(model=str(tmp_path))
    try:
        with pytest.raises(NotStarted, match="is no Whisper model"):
            await recogniser.load()
    finally:
        await recogniser.aclose()


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(NotStarted, match=r'pip install "bancone\[whisper\]"'):
        WhisperSTT()
