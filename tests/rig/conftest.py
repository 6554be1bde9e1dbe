"""The counter, put up once for all the tests that stand in front of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rig.counter import Counter, missing


@pytest.fixture(scope="session")
def counter() -> Iterator[Counter]:
    """A private screen, keyboard, microphone, loudspeaker and pair of eyes."""
    lacking = missing()
    if lacking:
        pytest.skip(f"this machine has no {', '.join(lacking)}")
    place = Counter()
    yield place
    place.close()
