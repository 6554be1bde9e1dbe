"""A workshop by its address: `embedded:`, `sqlite:///path`; `https://site` is not built in yet.

The one place that knows where workshops come from; everybody else has the Protocol.
"""

import json
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any, Protocol

from platformdirs import user_data_path

from tools.contract import Clock, Workshop
from tools.embedded import database
from tools.embedded.seed import moved_to
from tools.embedded.workshop import EmbeddedWorkshop
from tools.errors import Unreachable, Unusable

Json = Mapping[str, Any]
EMBEDDED = "embedded:"
SQLITE = "sqlite:///"


class KeptWorkshop(Workshop, Protocol):
    """A workshop whose whole state can be put in, taken out and checked (contract §5)."""

    async def seed(self, data: dict[str, Any]) -> None: ...

    async def replace(self, data: dict[str, Any]) -> None: ...

    async def export(self) -> dict[str, Any]: ...

    async def is_empty(self) -> bool: ...

    async def check(self) -> Sequence[str]: ...

    async def restore(self, copy: Path | None = None) -> Path: ...


def demo() -> dict[str, Any]:
    """The packaged demo workshop, as it is in its file."""
    text = resources.files("assets").joinpath("demo-workshop.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def path_of(url: str) -> Path:
    """The file behind a local address; Unusable for any other."""
    if url == EMBEDDED:
        return user_data_path("bancone", appauthor=False) / "workshop.sqlite"
    if url.startswith(SQLITE) and len(url) > len(SQLITE):
        # sqlite:///name is relative, sqlite:////name absolute; a drive letter is absolute either way
        return Path(url.removeprefix(SQLITE))
    raise Unusable(f"{url!r} is no workshop's address: embedded:, sqlite:///path")


async def open_workshop(url: str, *, clock: Clock | None = None, desk: str = "cli") -> Workshop:
    """Open the workshop at ``url``.

    A file that is not there yet is made with the packaged demo in it: `embedded:` moved to today by whole weeks,
    `sqlite:///` as it stands. desk: whose writes `undo` without an id takes back.
    """
    return await open_kept(url, clock=clock, desk=desk)


async def open_kept(
    url: str, *, clock: Clock | None = None, desk: str = "cli", filled: bool = True, copied: bool = True
) -> KeptWorkshop:
    """The same with its administration.

    filled: a missing file gets the demo; else it is made empty. copied: today's copy is made where there is none.
    """
    path = path_of(url)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unreachable(f"{path.parent}: {error}") from error
    if filled and not path.exists():
        today = (clock() if clock else datetime.now(UTC)).date()
        await _make(path, moved_to(demo(), today) if url == EMBEDDED else demo())
    return await EmbeddedWorkshop.open(path, clock=clock, desk=desk, copied=copied)


async def _make(path: Path, data: dict[str, Any]) -> None:
    """Fill a new file beside ``path``, then give it its name: nobody ever sees it half filled."""
    part = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        workshop = await EmbeddedWorkshop.open(part)
        try:
            await workshop.seed(data)
        finally:
            await workshop.close()
        database.put_in_place(part, path)
    finally:
        for left in (part, *path.parent.glob(f"{part.name}-*")):
            left.unlink(missing_ok=True)
