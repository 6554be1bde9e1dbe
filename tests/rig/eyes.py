"""What a person who cannot see the screen is told of it: the accessibility tree of one application."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.rig.processes import PATIENCE, Processes, RigError, wait_for

SYSTEM_PYTHON = "/usr/bin/python3"  # the one that has gi
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")


@dataclass(frozen=True, slots=True)
class Node:
    """One accessible."""

    path: tuple[int, ...]
    """Where it is: the number of the child at each step down from the application."""
    role: str
    name: str
    id: str
    """The object names from the application down, joined by dots, when the toolkit tells them."""
    description: str
    text: str
    """What stands in it, for what can be read like a text; a label's words are its name."""
    states: tuple[str, ...]
    actions: tuple[str, ...]

    @property
    def said(self) -> str:
        """All its words."""
        return "\n".join(part for part in (self.name, self.text) if part)


class Eyes:
    """Reads the windows of applications on one session bus."""

    def __init__(self, processes: Processes, env: Mapping[str, str]) -> None:
        launcher = next((path for path in LAUNCHERS if Path(path).exists()), LAUNCHERS[0])
        processes.start("at-spi", [launcher, "--launch-immediately"], env)
        self._reader = subprocess.Popen(
            [SYSTEM_PYTHON, "-W", "ignore", str(Path(__file__).with_name("atspi_reader.py"))],
            env={**env, "GIO_USE_VFS": "local"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def _ask(self, request: dict[str, Any]) -> Any:
        assert self._reader.stdin is not None
        assert self._reader.stdout is not None
        self._reader.stdin.write(json.dumps(request) + "\n")
        self._reader.stdin.flush()
        answer = json.loads(self._reader.stdout.readline() or '{"error": "the reader ended"}')
        if "error" in answer:
            raise RigError(f"{request['do']}: {answer['error']}")
        return answer["answer"]

    def read(self, app: str) -> list[Node]:
        """Every accessible of the application ``app``; none when it is not there."""
        return [
            Node(
                **{
                    **node,
                    "path": tuple(node["path"]),
                    "states": tuple(node["states"]),
                    "actions": tuple(node["actions"]),
                }
            )
            for node in self._ask({"do": "read", "app": app})
        ]

    def find(self, app: str, wanted: Callable[[Node], bool], what: str, patience: float = PATIENCE) -> Node:
        """The first accessible that is ``wanted``; waits until there is one.

        what: names it in the error, which also tells what was there instead.
        """
        seen: list[Node] = []

        def look() -> Node | None:
            seen[:] = self.read(app)
            return next((node for node in seen if wanted(node)), None)

        try:
            return wait_for(look, what, patience)
        except RigError as error:
            there = "\n".join(f"  {n.role} {n.id.rpartition('.')[2]}: {n.said!r}" for n in seen if n.said)
            raise RigError(f"{error}; on the screen:\n{there or '  nothing'}") from None

    def by_id(self, app: str, name: str, patience: float = PATIENCE) -> Node:
        """The widget whose object name is ``name``."""
        return self.find(app, lambda node: node.id.split(".")[-1] == name, f"a widget called {name!r}", patience)

    def act(self, app: str, node: Node, action: str = "press") -> None:
        """Do to ``node`` what a person would."""
        if not self._ask({"do": "act", "app": app, "path": list(node.path), "action": action}):
            raise RigError(f"{node.role} {node.name!r} did not {action}")

    def close(self) -> None:
        """End the reader."""
        assert self._reader.stdin is not None
        assert self._reader.stdout is not None
        self._reader.stdin.close()
        self._reader.stdout.close()
        try:
            self._reader.wait(3)
        except subprocess.TimeoutExpired:
            self._reader.kill()
            self._reader.wait()
