"""Models fetched when first used: listed, loaded with progress, taken up again after a break, held to their hashes.

The server is laid out like the public model hub: `/api/models/{repo}/tree/{revision}` lists the files with size and
hash, `/{repo}/resolve/{revision}/{file}` is a file. A folder is whole when `complete.json` stands in it.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx
import platformdirs

from agent.errors import Unhearable

HUB = "https://huggingface.co"
REVISION = "main"
REPOSITORIES: Mapping[str, str] = MappingProxyType(
    {size: f"Systran/faster-whisper-{size}" for size in ("tiny", "base", "small", "medium", "large-v3")}
)
WANTED = ("config.json", "preprocessor_config.json", "tokenizer.json", "vocabulary.txt", "vocabulary.json", "model.bin")
NEEDED = ("config.json", "tokenizer.json", "model.bin")
COMPLETE = "complete.json"
BLOCK = 1 << 20  # bytes hashed at a time
TIMEOUT = httpx.Timeout(30.0, connect=10.0)  # seconds without a byte

Progress = Callable[[int, int], None]
"""Bytes here, bytes in all."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as the server lists it."""

    name: str
    size: int
    sha256: str | None
    """Of large files; small ones have git's hash."""
    git: str


def models_folder() -> Path:
    """Where models are kept: the user's cache."""
    return Path(platformdirs.user_cache_dir("bancone", appauthor=False)) / "models"


async def fetch_model(
    name: str,
    *,
    folder: Path | None = None,
    base_url: str = HUB,
    progress: Progress = lambda done, total: None,
) -> Path:
    """The folder of the Whisper model ``name``, fetched if it is not there; raises Unhearable saying what to do.

    What was loaded before a break is kept and not loaded again.
    """
    if name not in REPOSITORIES:
        raise Unhearable(f"unknown Whisper model {name!r}: there are {', '.join(REPOSITORIES)}")
    home = (folder or models_folder()) / name
    if is_complete(home):
        return home
    home.mkdir(parents=True, exist_ok=True)
    async with httpx.AsyncClient(base_url=base_url, timeout=TIMEOUT, follow_redirects=True) as client:
        try:
            files = await _listed(client, name)
            total = sum(file.size for file in files)
            done = 0
            for file in files:
                await _load(client, name, home, file, partial(_add, progress, done, total))
                done += file.size
        except httpx.HTTPError as error:
            raise Unhearable(
                f"the Whisper model {name!r} could not be loaded from {base_url}: {error or type(error).__name__}; "
                "it goes on where it stopped next time"
            ) from error
    _write(home / COMPLETE, json.dumps({file.name: file.size for file in files}).encode())
    return home


def _add(progress: Progress, before: int, total: int, here: int) -> None:
    progress(before + here, total)


def installed(name: str, *, folder: Path | None = None) -> bool:
    """Whether the model can be used at once, without the network."""
    return Path(name).is_dir() or is_complete((folder or models_folder()) / name)


def is_complete(home: Path) -> bool:
    """Whether every file of the model is there in its full size."""
    try:
        sizes: Mapping[str, int] = json.loads((home / COMPLETE).read_bytes())
        return all((home / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError):
        return False


async def _listed(client: httpx.AsyncClient, name: str) -> Sequence[Listed]:
    answer = await client.get(f"/api/models/{REPOSITORIES[name]}/tree/{REVISION}")
    answer.raise_for_status()
    try:
        found = [_entry(entry) for entry in answer.json() if entry["path"] in WANTED]
    except (ValueError, KeyError, TypeError) as error:
        raise Unhearable(f"{answer.url}: this is no list of a model's files") from error
    missing = set(NEEDED) - {file.name for file in found}
    if missing:
        raise Unhearable(f"{answer.url}: the model has no {', '.join(sorted(missing))}")
    return sorted(found, key=lambda file: file.size)


def _entry(entry: Mapping[str, Any]) -> Listed:
    large = entry.get("lfs") or {}
    return Listed(name=entry["path"], size=int(entry["size"]), sha256=large.get("oid"), git=entry["oid"])


async def _load(
    client: httpx.AsyncClient, name: str, home: Path, file: Listed, progress: Callable[[int], None]
) -> None:
    target, part = home / file.name, home / f"{file.name}.part"
    if target.exists() and target.stat().st_size == file.size:
        progress(file.size)
        return
    here = part.stat().st_size if part.exists() else 0
    if here > file.size:
        part.unlink()
        here = 0
    if here < file.size or not part.exists():
        url = f"/{REPOSITORIES[name]}/resolve/{REVISION}/{file.name}"
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={here}-"} if here else {})
        async with client.stream("GET", url, headers=headers) as answer:
            answer.raise_for_status()
            resumed = answer.status_code == httpx.codes.PARTIAL_CONTENT
            here = here if resumed else 0
            with part.open("ab" if resumed else "wb") as out:
                async for block in answer.aiter_bytes():
                    out.write(block)
                    here += len(block)
                    progress(here)
    if not _is(part, file):
        part.unlink()
        raise Unhearable(
            f"{file.name} of the Whisper model {name!r} is damaged: its hash is not the one listed "
            f"by {client.base_url}; it was deleted and is loaded anew next time"
        )
    part.replace(target)


def _is(path: Path, file: Listed) -> bool:
    sha256, git = hashlib.sha256(), hashlib.sha1(f"blob {path.stat().st_size}\0".encode(), usedforsecurity=False)
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            sha256.update(block)
            git.update(block)
    return sha256.hexdigest() == file.sha256 if file.sha256 else git.hexdigest() == file.git


def _write(path: Path, data: bytes) -> None:
    beside = path.with_suffix(".part")
    beside.write_bytes(data)
    beside.replace(path)
