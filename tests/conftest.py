"""What holds for every test: no window on the screen, no unexpected warning in the log, nothing left running.

Nothing of the person who runs them is read or written: settings, data, keys. Nothing beyond this machine is reached.
Under ``CI=true`` nothing may be skipped either.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
for _name in [name for name in os.environ if re.match(r"(?i)OPENAI_|LIVEKIT_|BANCONE_|\w+_proxy$", name)]:
    del os.environ[_name]
_home = tempfile.TemporaryDirectory(prefix="bancone-tests-")
for _kind in ("CONFIG", "DATA", "STATE", "CACHE"):
    os.environ[f"XDG_{_kind}_HOME"] = f"{_home.name}/{_kind.lower()}"

IN_CI = os.environ.get("CI") == "true"
# Threads of libraries that live as long as the process.
LASTING_THREADS = re.compile(
    r"pytest_timeout|asyncio_\d|ThreadPoolExecutor|OtelBatch|livekit|QThread|Dummy-|tokio|pydevd"
)
THREAD_GRACE = 2.0  # seconds a thread has to end after its test


def _stay_here(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: a test that reaches beyond this machine fails there."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
    elif event == "socket.getaddrinfo":
        host = arguments[0].decode() if isinstance(arguments[0], bytes) else str(arguments[0] or "localhost")
    else:
        return
    if host != "localhost" and not host.startswith(("127.", "::1", "0.0.0.0")) and not host.endswith(".invalid"):
        raise ConnectionRefusedError(f"a test reached for {host}: only this machine is there")


sys.addaudithook(_stay_here)


class LogWatch(logging.Handler):
    """Keeps what is logged at WARNING and above, and what of it was expected."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.expected: list[re.Pattern[str]] = []
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def unexpected(self) -> list[str]:
        """The lines no pattern accounts for."""
        return [line for line in self.lines if not any(pattern.search(line) for pattern in self.expected)]

    def unmet(self) -> list[str]:
        """The patterns no line answered."""
        return [p.pattern for p in self.expected if not any(p.search(line) for line in self.lines)]


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[LogWatch]:
    """Fails a test that logs at WARNING or above without having said so with ``expect_log``."""
    watch = LogWatch()
    root = logging.getLogger()
    root.addHandler(watch)
    yield watch
    root.removeHandler(watch)
    assert watch.unexpected() == [], "unexpected in the log"
    assert watch.unmet() == [], "expected in the log and not there"


@pytest.fixture
def expect_log(log_watch: LogWatch) -> Callable[[str], None]:
    """Call it with a regular expression over ``LEVEL logger: message``: such a line may be logged, and one must be."""
    return lambda pattern: log_watch.expected.append(re.compile(pattern))


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fails a test that leaves a thread running."""
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + THREAD_GRACE
    left = [t for t in threading.enumerate() if t not in before and not LASTING_THREADS.search(t.name)]
    for thread in left:
        thread.join(max(0.0, until - time.monotonic()))
    assert [thread.name for thread in left if thread.is_alive()] == [], "threads left running"


@pytest.fixture
async def no_task_left() -> AsyncIterator[None]:
    """Fails an asynchronous test that leaves a task running; every such test has it."""
    before = asyncio.all_tasks()
    yield
    for _ in range(3):  # a task just cancelled or just done needs a turn of the loop to be gone
        await asyncio.sleep(0)
    left = asyncio.all_tasks() - before - {asyncio.current_task()}
    assert [task.get_name() + ": " + repr(task.get_coro()) for task in left] == [], "tasks left running"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        function = getattr(item, "obj", None)
        names: list[str] | None = getattr(item, "fixturenames", None)
        if names is not None and inspect.iscoroutinefunction(function) and "no_task_left" not in names:
            names.insert(0, "no_task_left")


def _refuse_skip(report: Any) -> None:
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"nothing may be skipped under CI=true: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    _refuse_skip(report)
    return report
