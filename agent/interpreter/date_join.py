"""Readings that stand side by side become one."""

from agent.interpreter.date_script import Script
from agent.interpreter.date_spec import merged


def join(script: Script, connectors: frozenset[str]) -> None:
    """Merge readings that stand side by side, or apart by one or two ``connectors``."""
    at = 0
    while at < len(script.tags):
        step = _next_reading(script, at, connectors)
        both = merged(script.spec(script.tags[at]), script.spec(script.tags[step])) if step else None
        if step and both:
            script.put(at, step, both)
            at = max(0, at - 3)
        else:
            at += 1


def _next_reading(script: Script, at: int, connectors: frozenset[str]) -> int | None:
    if ":" not in script.tags[at]:
        return None
    for step in range(at + 1, min(at + 4, len(script.tags))):
        if ":" in script.tags[step]:
            return step
        if script.tags[step] not in connectors:
            return None
    return None
