"""The guards of conftest.py, each seen to catch what it is there for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.import_contracts import ROOT

CAUGHT = {
    "a_warning_in_the_log": """
        import logging
        def test_it(): logging.getLogger("agent.x").warning("the key is gone")
        """,
    "an_expected_line_that_never_came": """
        def test_it(expect_log): expect_log("the key is gone")
        """,
    "a_thread_left": """
        import threading
        def test_it(): threading.Thread(target=threading.Event().wait, daemon=True, name="stray").start()
        """,
    "a_task_left": """
        import asyncio
        async def test_it():
            global kept
            kept = asyncio.create_task(asyncio.Event().wait(), name="stray")
        """,
    "a_python_warning": """
        import warnings
        def test_it(): warnings.warn("old", DeprecationWarning)
        """,
    "a_skip": """
        import pytest
        def test_it(): pytest.skip("no microphone")
        """,
    "a_module_skipped": """
        import pytest
        pytest.skip("no microphone", allow_module_level=True)
        """,
    "a_skip_by_mark": """
        import pytest
        @pytest.mark.skipif(True, reason="no microphone")
        def test_it(): pass
        """,
}
LET_THROUGH = {
    "an_expected_warning_in_the_log": """
        import logging
        def test_it(expect_log):
            expect_log("agent.x: the key is gone")
            logging.getLogger("agent.x").warning("the key is gone")
        """,
    "a_reach_beyond_this_machine_that_is_refused": """
        import socket, pytest
        def test_it():
            with pytest.raises(ConnectionRefusedError, match="only this machine"):
                socket.create_connection(("192.0.2.1", 80), timeout=0.1)
            with pytest.raises(ConnectionRefusedError, match="only this machine"):
                socket.getaddrinfo("example.org", 443)
        """,
    "a_server_of_its_own": """
        import socket
        def test_it():
            with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()): pass
        """,
    "a_thread_that_ends": """
        import threading, time
        def test_it(): threading.Thread(target=time.sleep, args=(0.05,)).start()
        """,
    "a_task_that_was_cancelled": """
        import asyncio
        async def test_it(): asyncio.create_task(asyncio.Event().wait()).cancel()
        """,
}


def run(folder: Path, samples: dict[str, str], *, ci: bool) -> dict[str, str]:
    """What pytest, in a process of its own with this repository's settings and guards, prints about each sample."""
    (folder / "conftest.py").write_bytes((ROOT / "tests/conftest.py").read_bytes())
    for name, source in samples.items():
        (folder / f"test_{name}.py").write_text(textwrap.dedent(source))
    command = [sys.executable, "-m", "pytest", "-rA", "--tb=no", "-c", str(ROOT / "pyproject.toml")]
    done = subprocess.run(
        [*command, "--rootdir", str(folder), "--continue-on-collection-errors", str(folder)],
        cwd=folder,
        env={**os.environ, "CI": "true" if ci else "", "PYTEST_ADDOPTS": "-p no:cacheprovider"},
        capture_output=True,
        text=True,
    )
    summary = [line for line in done.stdout.splitlines() if line.startswith(("PASSED", "FAILED", "ERROR", "SKIPPED"))]
    return {name: "\n".join(line for line in summary if f"test_{name}.py" in line) for name in samples}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return run(tmp_path_factory.mktemp("samples"), {**CAUGHT, **LET_THROUGH}, ci=True)


@pytest.mark.parametrize("sample", CAUGHT)
def test_is_caught(sample: str, told: dict[str, str]) -> None:
    assert re.search("^(FAILED|ERROR)", told[sample], re.MULTILINE), told


@pytest.mark.parametrize("sample", LET_THROUGH)
def test_is_let_through(sample: str, told: dict[str, str]) -> None:
    assert re.fullmatch("PASSED .*", told[sample]), told


def test_a_machine_that_lacks_something_may_skip_outside_ci(tmp_path: Path) -> None:
    sample = {"a_skip": CAUGHT["a_skip"]}
    assert run(tmp_path, sample, ci=False)["a_skip"].startswith("SKIPPED")
