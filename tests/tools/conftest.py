"""A desk at each workshop, filled with the demo and its clock pinned to Tuesday 10 March 2026, 10:00."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.tools.backends import BACKENDS, NOW, Clock, Desk
from tools.connect import open_workshop
from tools.contract import Workshop


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workshop's file with the demo in it, made once and copied by every test."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"

    async def make() -> None:
        workshop = await open_workshop(f"sqlite:///{path}", clock=lambda: NOW)
        await workshop.close()

    asyncio.run(make())
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=BACKENDS)
async def desk(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock, demo_file: Path) -> AsyncIterator[Desk]:
    async with BACKENDS[request.param](tmp_path, clock, demo_file) as opened:
        yield opened


@pytest.fixture
def workshop(desk: Desk) -> Workshop:
    return desk.workshop
