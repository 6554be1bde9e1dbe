"""Who and what is not on record yet: a new customer's name, a new car's make and model, a colour said alone."""

from collections.abc import Sequence

from agent.interpreter.reading import Context, Found, Word
from agent.interpreter.vehicle_words import BODIES, COLOURS
from agent.interpreter.vehicles import Description, find_vehicles
from agent.interpreter.words import fold, words_between

INTRODUCED = {
    "it": ("nuovo cliente", "nuova cliente", "cliente nuovo", "cliente nuova", "si chiama", "di nome", "a nome"),
    "en": ("new customer", "new client", "called", "named", "name is", "customer is"),
}
SKIPPED = frozenset(
    [
        "il",
        "la",
        "lo",
        "signor",
        "signora",
        "signore",
        "sig",
        "si",
        "chiama",
        "e",
        "è",
        "di",
        "nome",
        "mr",
        "mrs",
        "ms",
        "miss",
        "is",
        "called",
        "named",
        "the",
        "a",
    ]
)
ENDS = frozenset(
    [
        "telefono",
        "numero",
        "cellulare",
        "cell",
        "tel",
        "mail",
        "email",
        "e-mail",
        "con",
        "per",
        "targa",
        "targata",
        "nuova",
        "nuovo",
        "domani",
        "oggi",
        "lunedi",
        "martedi",
        "mercoledi",
        "giovedi",
        "venerdi",
        "sabato",
        "domenica",
        "alle",
        "al",
        "alla",
        "il",
        "la",
        "e",
        "su",
        "phone",
        "number",
        "mobile",
        "telephone",
        "with",
        "for",
        "plate",
        "on",
        "at",
        "tomorrow",
        "today",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "and",
        "the",
        "his",
        "her",
        "in",
        "has",
        "suo",
        "sua",
    ]
)
LONGEST = 4  # words of a name


def find_newcomers(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """`new_name` (text), `new_car` (make, model, and colour and body if said), `colour` (as the records name it)."""
    folds = [fold(word.norm) for word in words]
    return [*_names(words, folds, context), *_cars(words, folds, context), *_colours(folds)]


def _names(words: Sequence[Word], folds: Sequence[str], context: Context) -> list[Found]:
    found = []
    line = {tuple(phrase.split()) for phrase in INTRODUCED[context.language]}
    for at in range(len(folds) - 1):
        if tuple(folds[at : at + 2]) not in line and (folds[at],) not in line:
            continue
        first = at + (2 if tuple(folds[at : at + 2]) in line else 1)
        while first < len(folds) and folds[first] in SKIPPED:
            first += 1
        last = _run(words, folds, first) if first < len(folds) else first - 1
        if last >= first:
            found.append(Found("new_name", words_between(words, first, last), first, last, cost=0.1))
    return found


def _run(words: Sequence[Word], folds: Sequence[str], first: int) -> int:
    """The last word of a name that begins at ``first``: it ends at punctuation, a digit or a word no name has."""
    last = first - 1
    for at in range(first, min(len(folds), first + LONGEST)):
        if at > first and words[at].start - words[at - 1].end > 1:
            break
        if not folds[at].replace("'", "").isalpha() or folds[at] in ENDS:
            break
        last = at
    return last


def _cars(words: Sequence[Word], folds: Sequence[str], context: Context) -> list[Found]:
    """A known make with a model no car on record has, or with a model on record, colour and body as said."""
    found = []
    for car in find_vehicles(words, context):
        description: Description = car.value
        if description.make is None or description.owner is not None:
            continue
        said = {"make": description.make}
        last = car.last
        if description.model is not None:
            said["model"] = description.model
        else:
            first = car.last + 1
            last = _model(words, folds, first)
            if last < first:
                continue
            said["model"] = words_between(words, first, last)
        if description.colour is not None:
            said["colour"] = description.colour
        if description.body is not None:
            said["body"] = description.body
        if last + 1 < len(folds) and folds[last + 1] in COLOURS and "colour" not in said:
            last += 1
            said["colour"] = COLOURS[folds[last]]
        found.append(Found("new_car", said, car.first, last, cost=0.05))
    return found


def _model(words: Sequence[Word], folds: Sequence[str], first: int) -> int:
    last = first - 1
    for at in range(first, min(len(folds), first + 2)):
        if words[at].start - words[at - 1].end > 1 or folds[at] in ENDS or folds[at] in COLOURS or folds[at] in BODIES:
            break
        last = at
    return last


def _colours(folds: Sequence[str]) -> list[Found]:
    return [Found("colour", COLOURS[word], at, at, cost=0.2) for at, word in enumerate(folds) if word in COLOURS]
