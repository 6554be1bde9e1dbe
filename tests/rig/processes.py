"""Processes of the rig: each in a session of its own, its output in a file, all stopped at the end by their own ids."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

PATIENCE = 15.0  # seconds a process gets to come up
POLL = 0.02  # seconds between two looks at something outside this process
STOP_GRACE = 3.0  # seconds between asking a process to end and ending it


T = TypeVar("T")


class RigError(Exception):
    """The rig could not be set up, or something under test did not happen in time."""


def wait_for(look: Callable[[], T | None], what: str, patience: float = PATIENCE) -> T:
    """What ``look`` gives as soon as it gives something true; RigError naming ``what`` after ``patience`` seconds."""
    until = time.monotonic() + patience
    while not (found := look()):
        if time.monotonic() > until:
            raise RigError(f"{what}: not within {patience:g} s")
        time.sleep(POLL)
    return found


class Processes:
    """The processes of one rig."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: list[tuple[str, subprocess.Popen[bytes]]] = []

    def start(
        self, name: str, command: Sequence[str], env: Mapping[str, str], *, pass_fds: Sequence[int] = ()
    ) -> subprocess.Popen[bytes]:
        """Start ``command``; what it prints goes to ``<name>.log``."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                env=dict(env),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=pass_fds,
            )
        self._running.append((name, process))
        return process

    def log(self, name: str) -> str:
        """What the process called ``name`` has printed so far."""
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def stop(self, process: subprocess.Popen[bytes]) -> int:
        """End ``process`` and whatever it started in its session; its exit status."""
        for kill in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, kill)
            except ProcessLookupError:
                break
            try:
                process.wait(STOP_GRACE)
            except subprocess.TimeoutExpired:
                continue
        self._running = [(name, other) for name, other in self._running if other is not process]
        return process.wait()

    def close(self) -> None:
        """End them all, the last one first."""
        for _, process in reversed(list(self._running)):
            self.stop(process)
