"""What the offline recogniser listens for: the interpreter's English phrases with the workshop's own words in them.

Written as a finite-state grammar and a small dictionary for pocketsphinx:

    start → [opener] → a phrase that says an intent → any number of slots in their little words → [closer] → end
    start → one of those slots alone, as the answer to a question

A slot's network is copied for every place it leads on to, unless it is large: then all phrases share one, and what
may follow the slot is what follows it in any of them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.interpreter.phrases import Phrase, Phrases, phrases
from agent.speech.lexicon import LETTERS, OWN, dictionary, pronunciations
from agent.speech.network import Network, network
from agent.speech.slots import known_plates, known_vehicles, spoken_slots
from tools.domain import Vocabulary

# The little words that are listened for; the files know many more, each of which would be heard in other words' place.
HEARD_RULES = {
    "the": "(a|an|the|his|her)",
    "want": "(please|i want to|i'd like to|i need to|can you|could you)",
    "channel": "[by|via|on] {channel}",
    "appointment": "(appointment|appointments|booking|bookings)",
    "car": "(car|vehicle)",
    "free": "(free|available)",
    "place": "(slot|slots|appointment)",
    "party": "(the customer|the owner|him|her)",
    "book": "(book|schedule|arrange|make)",
    "move": "(move|reschedule|postpone|change)",
    "cancel": "(cancel|delete)",
    "send": "(send)",
    "tell": "(tell|let|notify|message)",
}
HEARD_FILLERS = {"(please|hello|hi|good morning|okay|um|uh|can you tell me|show me)": 1.0}
HEARD_FRAMES = {
    "(on|for|at|from|to) {when}": 1.0,
    "{day}": 1.0,
    "[for|with|of] [the] [car|vehicle] [with] [the] (plate|number plate|registration) [number] {plate}": 1.0,
    "(for|of|with) {plate}": 0.3,
    "(for|on|of) [the] {vehicle}": 1.0,
    "(for|of|with|to) [mr|mrs|miss] {person}": 0.7,
    "(with|by|to) {staff}": 0.5,
    "(for|of) [a|an|the] {service}": 0.5,
    "[the|at the|in the] (first|next) (available|free) (slot|time)": 0.3,
    "as soon as possible": 0.1,
}
# What is asked at a counter all day is expected more than the rest.
USUAL = {
    "book": 1.0, "yes": 1.0, "no": 1.0, "undo": 0.6, "move": 0.6, "cancel": 0.6, "appointments": 0.6, "free_slots": 0.6,
    "staff_free": 0.4, "opening": 0.4, "history": 0.4, "due": 0.4, "find_vehicle": 0.4, "status": 0.4, "mileage": 0.4,
}  # fmt: skip
SELDOM = 0.2
NEVER = frozenset({"no_tool", "note", "services", "help"})
"""Intents that are typed, not listened for."""
FADE = 1.0
MOST_COPIED = 40  # states of a slot's network
OPENER = 0.05
SLOT_ALONE = 0.02
NEXT_SLOT = 0.3
UNKNOWN_PLATE = 0.0001  # a plate that is none of the known ones has to sound much better than all of them
UNKNOWN_VEHICLE = 0.02  # a colour or owner that no such car has
SPELLED = {"am": ("EY EH M",), "pm": ("P IY EH M",)}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to say a slot."""

    words: Network
    odds: float = 1.0
    """How likely beside the others."""


@dataclass(frozen=True, slots=True)
class HearingGrammar:
    """What a decoder is made from."""

    fsg: str
    """In pocketsphinx's FSG format."""
    words: str
    """Dictionary: word and phones a line."""


def hearing_grammar(vocabulary: Vocabulary, source: Phrases | None = None) -> HearingGrammar:
    """The grammar for this workshop; takes some tenths of a second, so not on the event loop."""
    source = source or phrases("en")
    slots = spoken_slots(vocabulary)
    writer = _Writer()
    values = {kind: [Reading(network({text: 1.0}, {}, writer.sayable))] for kind, text in slots.items()}
    for kind, text, odds in (
        ("plate", known_plates(vocabulary), UNKNOWN_PLATE),
        ("vehicle", known_vehicles(vocabulary), UNKNOWN_VEHICLE),
    ):
        if text:
            values[kind] = [
                Reading(network({text: 1.0}, {}, writer.sayable)),
                Reading(values[kind][0].words, odds),
            ]

    def usable(symbol: str) -> bool:
        return symbol[1:-1] in values if symbol.startswith("{") else writer.sayable(symbol)

    core = {
        phrase.template: _weight(phrase.owner)
        for phrase in source.phrases
        if phrase.role == "core" and phrase.owner not in NEVER
    }
    extra = HEARD_FRAMES | {phrase.template: 0.2 for phrase in source.phrases if _says_something(phrase)}
    rules = {**source.rules, **HEARD_RULES}
    start, said, end = writer.new(), writer.new(), writer.new()
    opened = writer.new()
    writer.pass_on(start, opened, 1.0)
    writer.insert(network(HEARD_FILLERS, {}, usable, fade=FADE), start, opened, {}, odds=OPENER)
    writer.insert(network(core, rules, usable, fade=FADE), opened, said, values)
    writer.insert(network(extra, rules, usable, fade=FADE), said, said, values, odds=NEXT_SLOT)
    writer.pass_on(opened, said, SLOT_ALONE)
    writer.pass_on(said, end, 1.0)
    writer.insert(network({"(please|thank you|thanks)": 1.0}, {}, usable), said, end, {}, odds=OPENER)
    return HearingGrammar(fsg=writer.fsg(start, end), words=writer.dictionary())


def _weight(intent: str) -> float:
    return USUAL.get(intent, SELDOM)


def _says_something(phrase: Phrase) -> bool:
    """Whether a phrase around the intent is listened for: it has a meaning of its own."""
    kinds = set(re.findall(r"\{(\w+)", phrase.template))
    return phrase.role == "extra" and kinds <= {"channel", "offset"} and bool(set(phrase.sets) - {"first"})


class _Writer:
    """Collects states, transitions and words."""

    def __init__(self) -> None:
        self._states = 0
        self._lines: list[str] = []
        self._said: dict[str, tuple[str, ...]] = {}

    def new(self) -> int:
        self._states += 1
        return self._states - 1

    def pass_on(self, start: int, end: int, odds: float) -> None:
        """A step without a word."""
        self._lines.append(f"TRANSITION {start} {end} {odds:g}")

    def sayable(self, word: str) -> bool:
        if word not in self._said:
            self._said[word] = said_as(word)
        return bool(self._said[word])

    def insert(
        self, part: Network, start: int, end: int, values: Mapping[str, Sequence[Reading]], *, odds: float = 1.0
    ) -> None:
        """Put a network between two states; its slots lead through the networks in ``values``, each put there once."""
        places = [self.new() for _ in part.steps]
        self.pass_on(start, places[0], odds)
        for state in part.ends:
            if state != 0:
                self.pass_on(places[state], end, 1.0)
        doors: dict[tuple[str, int], tuple[int, int]] = {}
        ways: dict[tuple[int, int], float] = {}
        for place, steps in zip(places, part.steps, strict=True):
            for symbol, (target, share) in steps.items():
                if not symbol.startswith("{"):
                    self._lines.append(f"TRANSITION {place} {places[target]} {share:.3g} {symbol}")
                    continue
                readings = values[symbol[1:-1]]
                own = sum(len(reading.words.steps) for reading in readings) <= MOST_COPIED
                door = (symbol, target if own else -1)
                if door not in doors:
                    doors[door] = self._slot(readings)
                enter, leave = doors[door]
                ways[place, enter] = share
                ways[leave, places[target]] = 1.0
        for (before, after), odds in sorted(ways.items()):
            self.pass_on(before, after, odds)

    def _slot(self, readings: Sequence[Reading]) -> tuple[int, int]:
        enter, leave = self.new(), self.new()
        for reading in readings:
            self.insert(reading.words, enter, leave, {}, odds=reading.odds)
        return enter, leave

    def fsg(self, start: int, end: int) -> str:
        head = ["FSG_BEGIN counter", f"NUM_STATES {self._states}", f"START_STATE {start}", f"FINAL_STATE {end}"]
        return "\n".join([*head, *self._lines, "FSG_END"]) + "\n"

    def dictionary(self) -> str:
        used = {line.rsplit(" ", 1)[1] for line in self._lines if line.count(" ") == 4}
        return dictionary((word, self._said[word]) for word in used)


def said_as(word: str) -> tuple[str, ...]:
    """How a word of a template sounds; () for one that cannot be listened for ("'s", "4")."""
    plain, _, mark = word.partition("_")
    if mark == "p" and plain in LETTERS:
        return LETTERS[plain]
    if mark == "t":
        return SPELLED[plain]
    if plain in OWN:
        return OWN[plain]
    if plain.endswith("-s"):
        return pronunciations(f"{plain[:-2]}'s")
    if not plain[:1].isalnum() or plain == "s" or (plain.isdigit() and len(plain) == 1):
        return ()
    return pronunciations(plain)
