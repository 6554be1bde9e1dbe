"""What several commands take: the workshop, the language, the clock."""

import argparse
from datetime import datetime

from tools.contract import Clock


def add_workshop(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workshop",
        default="embedded:",
        metavar="URL",
        help="embedded: (the default: a file of your own), sqlite:///path, https://site",
    )
    parser.add_argument("--now", type=instant, metavar="ISO-8601", help="pin the clock, with its offset")


def add_conversation(parser: argparse.ArgumentParser) -> None:
    add_workshop(parser)
    parser.add_argument("--language", choices=("it", "en", "auto"), default="auto")
    parser.add_argument(
        "--llm", choices=("none", "openai"), help="what answers where nothing is understood; openai when a key is set"
    )
    parser.add_argument("--json", action="store_true", help="each event as one JSON object a line")


def instant(text: str) -> datetime:
    """An instant with its offset, or what argparse makes an error of."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO-8601 instant") from error
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no offset: write 2026-03-10T10:00:00+01:00")
    return moment


def clock(now: datetime | None) -> Clock | None:
    """A clock that stands still at ``now``; None: the real one."""
    return None if now is None else lambda: now
