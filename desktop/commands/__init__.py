"""The terminal commands: everything Bancone does, without a window.

Each module has `add_parser(subparsers)` and an asynchronous `run(args) -> int`. What is slow to import is imported in
run.
"""

import argparse
import asyncio
import importlib
import sys
from collections.abc import Sequence

NAMES = ("say", "hear", "workshop", "turns", "doctor")

FAULT = 1  # a fault; the message is on standard error
UNUSABLE = 2  # the arguments cannot be used


def parser() -> argparse.ArgumentParser:
    """The parser of every command that is there."""
    made = argparse.ArgumentParser(prog="bancone", description="The voice assistant at a workshop's reception counter.")
    commands = made.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in NAMES:
        try:
            module = importlib.import_module(f"{__name__}.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"{__name__}.{name}":
                raise
            continue
        module.add_parser(commands)
    return made


def run(argv: Sequence[str]) -> int:
    """Run one command; the exit status: 0 done, 1 a fault, 2 unusable arguments."""
    try:
        args = parser().parse_args(list(argv))
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else UNUSABLE
    module = importlib.import_module(f"{__name__}.{args.command}")
    try:
        return int(asyncio.run(module.run(args)))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return FAULT
