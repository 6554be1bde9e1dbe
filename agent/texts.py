"""The few sentences the agent itself says, beside the interpreter's replies: no, nothing to confirm, a fault."""

from collections.abc import Mapping
from types import MappingProxyType

_TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "rejected": ("Va bene, non faccio niente.", "All right, nothing was done."),
        "nothing_to_confirm": ("Non c'è niente da confermare.", "There is nothing to confirm."),
        "nothing_to_reject": ("Non c'è niente da annullare.", "There is nothing to reject."),
        "no_such_choice": ("Questa scelta non c'è: {choice}.", "There is no such choice: {choice}."),
        "which": ("Quale? {choices}.", "Which one? {choices}."),
        "not_heard": ("Non ho sentito bene. Puoi ripetere?", "I did not catch that. Can you say it again?"),
        "needs_count": (
            "Serve la conferma sullo schermo, con il numero dei destinatari.",
            "This needs a yes on the screen, with the number of recipients.",
        ),
        "unreachable": (
            "Il gestionale non risponde: non è stato fatto niente. Riprova tra poco.",
            "The workshop system does not answer: nothing was done. Try again shortly.",
        ),
        "unknown_state": (
            "Il gestionale non risponde: non so se è stato salvato. Controlla prima di ripetere.",
            "The workshop system does not answer: it may or may not have been saved. Check before you repeat it.",
        ),
        "fault": ("Si è verificato un errore: è sullo schermo.", "Something went wrong: it is on the screen."),
        "llm_unreachable": ("Ora non ho la rete. {question}", "I am offline just now. {question}"),
    }
)


def text(name: str, language: str, **values: object) -> str:
    """The sentence called ``name`` in ``language`` (`it` or `en`)."""
    italian, english = _TEXTS[name]
    return (italian if language == "it" else english).format(**values)
