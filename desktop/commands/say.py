"""`bancone say`: typed turns through the embedded agent."""

import argparse
import asyncio
import sys
import uuid
from collections.abc import AsyncIterator, Sequence
from typing import Any

from desktop.commands import options

STDIN = "-"
HANDS = ":yes :no :1 :2 :undo :wait"
HELP = """\
each TEXT is a turn (words without quotes are one); '-' reads one turn a line from standard input
a line that begins with ':' is a hand on the screen: :yes :no :1 :2 :undo :wait"""


def add_parser(commands: Any) -> None:
    parser = commands.add_parser(
        "say",
        help="type to the assistant",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("text", nargs="*", metavar="TEXT")
    options.add_conversation(parser)


async def run(args: argparse.Namespace) -> int:
    from agent.config import AgentConfig
    from agent.embedded import EmbeddedSession
    from agent.errors import AgentError
    from desktop.commands.counter import Counter
    from desktop.commands.printed import printer

    turns = turns_of(args.text)
    if not turns:
        print("bancone say: nothing to say: give a TEXT, or '-' to read from standard input", file=sys.stderr)
        return 2
    if bad := next((turn for turn in turns if turn != STDIN and not usable(turn)), None):
        print(f"bancone say: {bad!r}: there are {HANDS}", file=sys.stderr)
        return 2
    given = {} if args.llm is None else {"llm": args.llm}
    config = AgentConfig.read(
        workshop=args.workshop,
        language=args.language,
        clock=options.clock(args.now),
        desk="cli",
        speak=False,
        hear=False,
        **given,
    )
    try:
        async with Counter(EmbeddedSession(config), printer(as_json=args.json, language=args.language)) as counter:
            async for line in lines(turns):
                await take(counter, line)
            return 1 if counter.failed else 0
    except AgentError as error:
        print(f"bancone: {error}", file=sys.stderr)
        return 1


def turns_of(texts: Sequence[str]) -> list[str]:
    """The turns the arguments stand for: quoted sentences each by itself, loose words together."""
    if any(text == STDIN or text.startswith(":") or " " in text for text in texts):
        return list(texts)
    return [" ".join(texts)] if texts else []


def usable(line: str) -> bool:
    return not line.startswith(":") or line in (":yes", ":no", ":undo", ":wait") or line[1:].isdecimal()


async def lines(turns: Sequence[str]) -> AsyncIterator[str]:
    """The turns in order; for '-' the lines of standard input as they come."""
    for turn in turns:
        if turn != STDIN:
            yield turn
            continue
        while line := await asyncio.to_thread(sys.stdin.readline):
            if line.strip():
                yield line.strip()


async def take(counter: Any, line: str) -> None:
    """One line: a sentence, or a hand on the screen."""
    from agent.events import Type, Undo

    match line:
        case ":yes":
            await counter.yes()
        case ":no":
            await counter.no()
        case ":undo":
            await counter.do(Undo())
        case ":wait":
            return  # every line before has already been waited for
        case _ if line.startswith(":") and line[1:].isdecimal():
            await counter.choose(line[1:])
        case _ if line.startswith(":"):
            print(f"bancone say: {line!r}: there are {HANDS}", file=sys.stderr)
        case _:
            await counter.do(Type(line, str(uuid.uuid4())))
