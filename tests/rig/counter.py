"""A reception counter in a box: a screen, a keyboard, a microphone, a loudspeaker and a pair of eyes.

Everything in it is private to one test run: display, session bus, sound server, home and runtime folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.rig import screen, sound
from tests.rig.eyes import LAUNCHERS, SYSTEM_PYTHON, Eyes
from tests.rig.processes import Processes, wait_for
from tests.rig.screen import Screen
from tests.rig.sound import Sound

# of this process's own environment, nothing else is handed on: no keys, no proxies, no other desktop
INHERITED = ("PATH", "CI", "CI_RUN_MARK", "TZ")
# No services are started on demand: what answers must not depend on what this machine has installed.
BUS = """\
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


def missing() -> list[str]:
    """What this machine lacks to be a counter."""
    lacking = [name for name in (*screen.PROGRAMS, *sound.PROGRAMS, "dbus-daemon") if not shutil.which(name)]
    if not any(Path(path).exists() for path in LAUNCHERS):
        lacking.append("at-spi-bus-launcher")
    probe = "import gi; gi.require_version('Atspi', '2.0')"
    if subprocess.run([SYSTEM_PYTHON, "-c", probe], capture_output=True).returncode:
        lacking.append("python3-gi with gir1.2-atspi-2.0")
    return lacking


class Counter:
    """One counter, standing until closed."""

    screen: Screen
    sound: Sound
    eyes: Eyes

    def __init__(self) -> None:
        # a short path: it ends up in names of sockets
        self.folder = Path(tempfile.mkdtemp(prefix="bancone-rig-"))
        self.processes = Processes(self.folder)
        home, runtime = self.folder / "home", self.folder / "run"
        home.mkdir()
        runtime.mkdir(mode=0o700)
        self.env = {name: os.environ[name] for name in INHERITED if name in os.environ} | {
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        try:
            self.screen = Screen(self.processes, self.env)
            self._session_bus()
            self.sound = Sound(self.processes, self.env, self.folder)
            self.eyes = Eyes(self.processes, self.env)
        except BaseException:
            self.close()
            raise

    def _session_bus(self) -> None:
        socket = self.folder / "run/bus"
        self.env["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={socket}"
        settings = self.folder / "bus.conf"
        settings.write_text(BUS.format(socket=socket))
        self.processes.start("dbus", ["dbus-daemon", f"--config-file={settings}", "--nofork", "--nopidfile"], self.env)
        wait_for(socket.exists, "the session bus")

    def run(self, name: str, command: Sequence[str], **env: str) -> subprocess.Popen[bytes]:
        """Start a program in front of the counter; what it prints is ``processes.log(name)``."""
        return self.processes.start(name, [*command], {**self.env, **env})

    def python(self, name: str, *words: str, **env: str) -> subprocess.Popen[bytes]:
        """Start this Python on ``words``, with the repository importable."""
        root = str(Path(__file__).parents[2])
        return self.run(name, [sys.executable, *words], PYTHONPATH=root, **env)

    def close(self) -> None:
        """Clear it all away."""
        if hasattr(self, "eyes"):
            self.eyes.close()
        self.processes.close()
        shutil.rmtree(self.folder, ignore_errors=True)
