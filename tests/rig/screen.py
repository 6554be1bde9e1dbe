"""A private screen: X server, window manager, a place for tray icons; a keyboard and a camera in front of it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.rig.processes import PATIENCE, Processes, RigError, wait_for

SIZE = "1600x1000x24"
PROGRAMS = ("Xvfb", "openbox", "trayer", "xdotool", "xprop", "import")


class Screen:
    """One X display nobody else uses."""

    def __init__(self, processes: Processes, env: dict[str, str]) -> None:
        """Bring the display up; ``env`` gets its DISPLAY."""
        self.processes = processes
        self.display = self._server(env)
        env["DISPLAY"] = self.display
        self.env = env
        processes.start("openbox", ["openbox"], env)
        wait_for(lambda: self._root_has("_NET_SUPPORTING_WM_CHECK"), "the window manager")
        tray = [
            "--edge",
            "bottom",
            "--align",
            "right",
            "--height",
            "32",
            "--widthtype",
            "request",
            "--SetDockType",
            "true",
        ]
        processes.start("trayer", ["trayer", *tray], env)

    def _server(self, env: Mapping[str, str]) -> str:
        # the server picks a free number itself and writes it when it is ready
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"]
        self.processes.start("xvfb", command, env, pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise RigError(f"no X server: {self.processes.log('xvfb')}")
        return f":{number}"

    def _root_has(self, name: str) -> bool:
        done = subprocess.run(["xprop", "-root", name], env=self.env, capture_output=True, text=True, timeout=PATIENCE)
        return "window id #" in done.stdout

    def xdotool(self, *words: str) -> str:
        """Run one xdotool command; what it prints."""
        done = subprocess.run(["xdotool", *words], env=self.env, capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode:
            raise RigError(f"xdotool {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout.strip()

    @contextmanager
    def holding(self, key: str) -> Iterator[None]:
        """Hold ``key`` (an X key name) down for as long as the block runs."""
        self.xdotool("keydown", key)
        try:
            yield
        finally:
            self.xdotool("keyup", key)

    def press(self, key: str) -> None:
        """Press and release ``key``."""
        self.xdotool("key", key)

    def type(self, text: str) -> None:
        """Type ``text`` into whatever has the focus."""
        self.xdotool("type", "--delay", "10", text)

    def window(self, title: str) -> str:
        """The id of the visible window whose title matches ``title``; waits for it, raises and focuses it."""
        found = wait_for(lambda: self._visible(title), f"a window called {title!r}", 30)
        self.xdotool("windowactivate", "--sync", found)
        return found

    def _visible(self, title: str) -> str | None:
        done = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", title],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        return done.stdout.split()[-1] if done.stdout.split() else None

    def photograph(self, path: Path, window: str = "root") -> Path:
        """Write a picture of the whole screen, or of one window, to ``path``."""
        subprocess.run(["import", "-window", window, str(path)], env=self.env, check=True, timeout=PATIENCE)
        return path
