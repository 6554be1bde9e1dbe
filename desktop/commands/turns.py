"""`bancone turns`: the turns of the local log, with their stages."""

import argparse
import json
from datetime import datetime
from typing import Any


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("turns", help="what was said lately, and where the time went", description=__doc__)
    parser.add_argument("--last", type=int, default=20, metavar="N", help="how many (20)")
    parser.add_argument("--all", action="store_true", help="every turn that is kept")
    parser.add_argument("--json", action="store_true", help="one JSON object a turn, to export")


async def run(args: argparse.Namespace) -> int:
    from agent import turnlog
    from agent.config import turn_log_path

    turns = list(turnlog.read(turn_log_path(), limit=None if args.all else args.last))
    for turn in reversed(turns):
        print(json.dumps(turn, ensure_ascii=False) if args.json else _shown(turn))
    if not turns and not args.json:
        print("Nessun turno registrato. / No turns are kept.")
    return 0


def _shown(turn: Any) -> str:
    """A turn over three lines: when and who read it, what was said, where the time went."""
    at = datetime.fromisoformat(turn["at"])
    lines = [f"{at:%Y-%m-%d %H:%M:%S}  #{turn['number']}  {turn.get('understood_by', '-')}"]
    if turn.get("heard"):
        lines.append(f"  > {turn['heard']}")
    if turn.get("said"):
        lines.append(f"  < {turn['said']}")
    stages = [
        f"{span['stage']} {span['at'] * 1000:.0f}" + (f" (+{span['seconds'] * 1000:.0f})" if span["seconds"] else "")
        for span in turn["spans"]
    ]
    lines.append("  ms: " + ", ".join(stages))
    return "\n".join(lines)
