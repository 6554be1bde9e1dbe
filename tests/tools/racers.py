"""Processes that call one workshop at the same moment, or die in the middle of a write.

Run as `python -m tests.tools.racers race|kill`, arguments as JSON on standard input, results as JSON on standard
output. The children are forked from this small process, which has no threads, so that each costs milliseconds.
"""

import asyncio
import json
import os
import random
import signal
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from tools.connect import open_workshop
from tools.contract import ToolCall
from tools.embedded import messages
from tools.embedded.workshop import EmbeddedWorkshop

Json = dict[str, Any]


async def one_call(url: str, now: datetime, request: Json, ready: int, go: int) -> Json:
    """Open the workshop, say so, wait for the start, call."""
    workshop = await open_workshop(url, clock=lambda: now)
    os.write(ready, b"r")
    os.read(go, 1)
    result = await workshop.call(ToolCall("x", request["tool"], request["arguments"], request.get("key")))
    await workshop.close()
    if result.refusal is not None:
        return {"refusal": result.refusal.code, "details": dict(result.refusal.details)}
    return {"data": dict(result.data or {})}


def race(asked: Json) -> list[Json]:
    """Every request by a process of its own, all at once; their answers in order."""
    now, outs = datetime.fromisoformat(asked["now"]), []
    ready_here, ready_there = os.pipe()
    go_there, go_here = os.pipe()
    for request in asked["requests"]:
        out_here, out_there = os.pipe()
        if os.fork() == 0:
            answer = asyncio.run(one_call(asked["url"], now, request, ready_there, go_there))
            with os.fdopen(out_there, "w") as out:
                json.dump(answer, out)
            os._exit(0)
        os.close(out_there)
        outs.append(out_here)
    waiting = len(outs)
    while waiting:
        waiting -= len(os.read(ready_here, waiting))
    os.write(go_here, b"g" * len(outs))
    answers = []
    for out_here in outs:
        with os.fdopen(out_here) as out:
            answers.append(json.load(out))
    for _ in outs:
        os.wait()
    return answers


async def call_and_die(url: str, now: datetime, request: Json, at_statement: int, pipe: int) -> None:
    """Call, dying by SIGKILL as the nth SQL statement of the call begins; 0: only from outside.

    Says so when it begins, and how many statements and seconds it took if it comes to the end.
    """
    workshop = await open_workshop(url, clock=lambda: now)
    assert isinstance(workshop, EmbeddedWorkshop)
    count = 0

    def statement(text: str) -> None:
        nonlocal count
        count += 1
        if count == at_statement:
            os.kill(os.getpid(), signal.SIGKILL)

    await workshop.call(ToolCall("x", "list_services", {}))
    await workshop._run(lambda: workshop._open_connection.set_trace_callback(statement))
    os.write(pipe, b"r")
    began = time.monotonic()
    await workshop.call(ToolCall("x", request["tool"], request["arguments"], request["key"]))
    os.write(pipe, json.dumps([count, time.monotonic() - began]).encode())


def die(url: str, now: datetime, request: Json, *, at_statement: int, after: float | None) -> tuple[bool, Any]:
    """One process, killed: whether it was, and [statements, seconds] if it came to the end before."""
    here, there = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(here)
        asyncio.run(call_and_die(url, now, request, at_statement, there))
        os._exit(0)
    os.close(there)
    os.read(here, 1)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(here) as told:
        text = told.read()
    return os.WIFSIGNALED(status), json.loads(text) if text else None


def kill(asked: Json) -> Json:
    """For each request but the first a process that is killed in the middle of its write.

    The first is left alone and measured. By turns the others die at a statement of their own, every one of them in
    time, and from outside at any instant of that span.
    """
    now, chance = datetime.fromisoformat(asked["now"]), random.Random(asked["seed"])
    first, *others = asked["requests"]
    _, (statements, seconds) = die(asked["url"], now, first, at_statement=0, after=None)
    killed = 0
    for number, request in enumerate(others):
        at_statement = 1 + (number // 2) % statements if number % 2 else 0
        after = None if at_statement else chance.uniform(0, 1.5 * seconds)
        killed += die(asked["url"], now, request, at_statement=at_statement, after=after)[0]
    return {"killed": killed, "statements": statements, "seconds": seconds}


def main() -> None:
    messages.warm_up()  # once for all children
    asked = json.load(sys.stdin)
    json.dump({"race": race, "kill": kill}[sys.argv[1]](asked), sys.stdout)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main()
