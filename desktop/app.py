"""Where everything meets: `bancone` and its commands.

Without a command it is the desktop. Up to the tray icon only Qt is imported; the agent follows in the bridge's thread.
"""

import argparse
import asyncio
import logging
import logging.handlers
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import platformdirs

from tools.contract import Clock

if TYPE_CHECKING:
    from agent.session import Session
    from desktop.bridge import Making
    from desktop.desk import Desk

log = logging.getLogger(__name__)

LOG_SIZE, LOGS = 1_000_000, 5  # bytes, files
MORE = """commands, each with its own --help:
  say       typed turns          hear      recorded speech      turns     the log of the turns
  workshop  seed, export, check  doctor    what works here"""


def main(argv: Sequence[str] | None = None) -> int:
    """The program. Returns its exit status: 0, 1 for a fault, 2 for unusable arguments."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given and not given[0].startswith("-"):
        from desktop import commands

        return commands.run(given)
    try:
        options = _parser().parse_args(given)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 2
    return _desktop(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bancone",
        description="The voice assistant at a workshop's reception counter. Without a command: tray icon and window.",
        epilog=MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--workshop", metavar="URL", help="embedded:, sqlite:///path, https://site")
    parser.add_argument("--language", choices=("it", "en"), help="of windows and conversation")
    parser.add_argument("--now", type=_instant, metavar="ISO-8601", help="pin the clock, with its offset")
    parser.add_argument("--hotkey", metavar="KEY", help="the talk key, such as F9 or Ctrl+Alt+Space")
    return parser


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO-8601 instant") from error
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no offset: write 2026-03-10T10:00:00+01:00")
    return moment


def _desktop(options: argparse.Namespace) -> int:
    from PySide6.QtWidgets import QApplication

    from desktop import texts, theme
    from desktop.desk import Desk
    from desktop.faults import Endings, Faults
    from desktop.settings import SettingsFile
    from desktop.single import SingleInstance
    from desktop.tray import tray_icon

    _log_to_file()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Bancone")
    application.setDesktopFileName("bancone")
    application.setQuitOnLastWindowClosed(False)
    single = SingleInstance()
    if not single.claim():
        print("bancone: it is already running; its window comes up", file=sys.stderr)
        return 0
    file = SettingsFile()
    kept = file.load()
    pinned = {name: getattr(options, name) for name in ("workshop", "language", "hotkey") if getattr(options, name)}
    settings = replace(kept, **pinned)
    theme.apply(application, theme.Theme(settings.theme))
    texts.use(application, settings.shown_language)
    application.setWindowIcon(tray_icon("idle"))
    clock: Clock = (lambda: options.now) if options.now else (lambda: datetime.now().astimezone())
    desk = Desk(application, file, kept=kept, settings=settings, clock=clock)
    single.called.connect(desk.show_window)
    faults, endings = Faults(desk), Endings(desk.quit, desk)
    faults.install()
    faults.found.connect(lambda name: desk.window.show_trouble("desktop", name))
    desk.start(_making(desk, options.now))
    status = application.exec()
    desk.quit()
    endings.close()
    faults.remove()
    single.close()
    return status


def _making(desk: "Desk", now: datetime | None) -> "Making":
    """What makes the session: in the asyncio thread, where slow imports stall nothing."""

    async def make() -> "Session":
        from agent.embedded import EmbeddedSession, import_plugins
        from desktop.secrets import SecretStore
        from desktop.settings import agent_config
        from tools.connect import EMBEDDED, open_kept, path_of

        settings = desk.settings
        key = await SecretStore(desk.file.secrets).get("openai")
        config = agent_config(settings, key, now=(lambda: now) if now else None)
        if settings.workshop == EMBEDDED and not path_of(EMBEDDED).exists():
            answer = await desk.bridge.on_main(desk.ask_how_to_begin)
            if not await asyncio.wrap_future(answer):
                await (await open_kept(EMBEDDED, clock=config.clock, desk=config.desk, filled=False)).close()
        await desk.bridge.on_main(lambda: import_plugins(config))
        return EmbeddedSession(config)

    return make


def _log_to_file() -> None:
    """bancone.log, INFO; what people say never reaches it (it is logged at DEBUG)."""
    folder = platformdirs.user_log_path("bancone", appauthor=False)
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / "bancone.log", maxBytes=LOG_SIZE, backupCount=LOGS - 1, encoding="utf-8"
        )
    except OSError as error:
        print(f"bancone: no log file: {error}", file=sys.stderr)
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
