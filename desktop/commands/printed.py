"""Events as a person reads them in a terminal, in Italian or English."""

import json
from collections.abc import Callable

from agent import wire
from agent.events import Event, Failed, Heard, Needs, Preview, PreviewClosed, Said, ToolEnded, TurnEnded
from agent.turn import Stage

_WORDS = {
    "it": {
        "waits": "in attesa di un sì",
        "done": "fatto",
        "refused": "rifiutato",
        "rejected": "tolto",
        "trial": "prova",
    },
    "en": {
        "waits": "waiting for a yes",
        "done": "done",
        "refused": "refused",
        "rejected": "taken down",
        "trial": "trial",
    },
}


def printer(*, as_json: bool, language: str) -> Callable[[Event], None]:
    """What prints one event to standard output."""
    if as_json:
        return lambda event: print(wire.dump(event))
    return _Person("en" if language == "en" else "it").show


class _Person:
    def __init__(self, language: str) -> None:
        self._language = language

    def show(self, event: Event) -> None:
        words = _WORDS[self._language]
        match event:
            case Heard(text=text, final=True):
                print(f"\n> {text}")
            case ToolEnded():
                self._tool(event)
            case Preview() if event.needs is not Needs.NOTHING:
                reasons = ", ".join(event.reasons)
                print(f"  ? {words['waits']} (:yes / :no)" + (f": {reasons}" if reasons else ""))
                self._choices(event)
            case Preview():
                self._choices(event)
            case PreviewClosed(outcome="rejected"):
                print(f"  - {words['rejected']}")
            case Said(final=True):
                self._language = event.language if event.language in _WORDS else self._language
                print(f"< {event.text}")
            case TurnEnded():
                took = event.summary.at(Stage.ANSWER_END)
                print(f"  {took:.2f} s" if took is not None else "")
            case Failed():
                print(f"  ! {event.stage}: {event.message}")
            case _:
                return

    def _tool(self, event: ToolEnded) -> None:
        words = _WORDS[self._language]
        refusal = event.result.refusal
        state = f"{words['refused']}: {refusal.code}" if refusal else words["trial" if event.call.dry_run else "done"]
        arguments = json.dumps(event.call.arguments, ensure_ascii=False)
        print(f"  * {event.call.name} {arguments}\n    {state}, {event.seconds * 1000:.0f} ms")

    def _choices(self, event: Preview) -> None:
        for choice in event.choices:
            print(f"    :{choice.id}  {choice.label}")
