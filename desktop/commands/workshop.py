"""`bancone workshop seed FILE | export | check | deliver | restore`: the workshop's data, from the terminal."""

import argparse
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.commands import options
from tools.errors import Unusable, WorkshopError

if TYPE_CHECKING:
    from tools.connect import KeptWorkshop

OK, FAULT, UNUSABLE = 0, 1, 2


def add_parser(subparsers: Any) -> None:
    """Put `workshop` among the commands of ``subparsers``."""
    parser = subparsers.add_parser("workshop", help="seed, export, check or restore the workshop's data")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    seed = actions.add_parser("seed", help="fill an empty workshop from a JSON file; dates stay as they are")
    seed.add_argument("file", type=Path, metavar="FILE")
    seed.add_argument("--replace", action="store_true", help="empty it first; an export is written beside it")
    actions.add_parser("export", help="write the whole state as JSON to standard output")
    actions.add_parser("check", help="integrity, references, overlapping bookings, messages of nobody")
    actions.add_parser("deliver", help="count what waits in the outbox; nothing is sent yet")
    restore = actions.add_parser("restore", help="go back to a daily copy, the latest when none is named")
    restore.add_argument("copy", type=Path, nargs="?", metavar="COPY")
    for action in actions.choices.values():
        options.add_workshop(action)


async def run(args: argparse.Namespace) -> int:
    """0 done, 1 a fault or something wrong with the data, 2 unusable arguments; the reason on standard error."""
    from tools.connect import open_kept, path_of

    fresh = args.action in ("seed", "restore")
    try:
        path_of(args.workshop)
        data = _read_seed(args.file) if args.action == "seed" else None
    except Unusable as error:
        print(f"bancone: {error}", file=sys.stderr)
        return UNUSABLE
    try:
        workshop = await open_kept(
            args.workshop, clock=options.clock(args.now), filled=not fresh, copied=args.action != "restore"
        )
        try:
            if data is not None:
                return await _seed(workshop, args, data, path_of(args.workshop))
            return await _ACTIONS[args.action](workshop, args)
        finally:
            await workshop.close()
    except (WorkshopError, OSError) as error:
        print(f"bancone: {error}", file=sys.stderr)
        return FAULT


def _read_seed(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Unusable(f"{file}: {error}") from error
    if not isinstance(data, dict):
        raise Unusable(f"{file}: not a JSON object")
    return data


async def _seed(workshop: "KeptWorkshop", args: argparse.Namespace, data: dict[str, Any], path: Path) -> int:
    if not args.replace:
        await workshop.seed(data)
    else:
        if not await workshop.is_empty():
            now = args.now or datetime.now(UTC)
            kept = path.with_name(f"{path.name}.before-seed-{now:%Y-%m-%dT%H%M%S}.json")
            print(f"what was there: {_write_new(kept, _text(await workshop.export()))}")
        await workshop.replace(data)
    print(f"{args.workshop}: seeded from {args.file}")
    return OK


def _write_new(file: Path, text: str) -> Path:
    """Write a file that is not there yet, numbering the name where it is; the file it became."""
    for number in range(1, 1000):
        target = file if number == 1 else file.with_name(f"{file.stem}-{number}{file.suffix}")
        try:
            with target.open("x", encoding="utf-8") as out:
                out.write(text)
        except FileExistsError:
            continue
        return target
    raise FileExistsError(f"{file}: a thousand exports of that second")


def _text(state: dict[str, Any]) -> str:
    return json.dumps(state, ensure_ascii=False, indent=1) + "\n"


async def _export(workshop: "KeptWorkshop", args: argparse.Namespace) -> int:
    sys.stdout.write(_text(await workshop.export()))
    return OK


async def _check(workshop: "KeptWorkshop", args: argparse.Namespace) -> int:
    problems = await workshop.check()
    print("\n".join(problems) if problems else f"{args.workshop}: nothing wrong")
    return FAULT if problems else OK


async def _deliver(workshop: "KeptWorkshop", args: argparse.Namespace) -> int:
    done = await workshop.deliver()
    print(f"sent {done.sent}, failed {done.failed}, waiting {done.waiting}")
    if done.oldest_overdue is not None:
        print(f"overdue since {done.oldest_overdue.isoformat()}")
    return OK


async def _restore(workshop: "KeptWorkshop", args: argparse.Namespace) -> int:
    print(f"{args.workshop}: restored from {await workshop.restore(args.copy)}")
    return OK


_ACTIONS: dict[str, Callable[["KeptWorkshop", argparse.Namespace], Awaitable[int]]] = {
    "export": _export,
    "check": _check,
    "deliver": _deliver,
    "restore": _restore,
}
