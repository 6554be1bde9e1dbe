"""Cars by description: "il SUV grigio", "la Clio dei Neri", "Rossi's car"."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.interpreter.lookup import indexed
from agent.interpreter.numbers import numbers
from agent.interpreter.people import TITLES, Person, find_people
from agent.interpreter.reading import Context, Found, Word
from agent.interpreter.vehicle_words import ALIASES, BODIES, COLOURS, LETTER_NAMES, MAKES, NOUNS, OTHER_COLOURS
from agent.interpreter.words import fold, folded, listed
from tools.domain import Vehicle, Vocabulary

_OF = {"it": frozenset(listed("di del della dei degli dello dell' d'")), "en": frozenset(("of",))}
_GLUE = frozenset(listed("il la lo l' the a una un di color colore colour coloured"))


@dataclass(frozen=True, slots=True)
class Description:
    """What was said of a car, and which known ones fit all of it."""

    candidates: tuple[Vehicle, ...] = ()
    make: str | None = None
    model: str | None = None
    colour: str | None = None
    """One of tools.domain.COLOURS."""
    body: str | None = None
    """One of tools.domain.BODIES."""
    owner: Person | None = None
    note: str | None = None
    """A colour word the records have no name for."""


@dataclass(slots=True)
class _Said:
    """A description being put together."""

    make: str | None = None
    model: str | None = None
    models: tuple[tuple[str, str], ...] = ()
    colour: str | None = None
    body: str | None = None
    note: str | None = None
    noun: bool = False
    owner: Found | None = None

    def weight(self) -> int:
        return sum(
            value is not None for value in (self.make, self.model, self.colour, self.body, self.note, self.owner)
        )


@dataclass(frozen=True, slots=True)
class _Cars:
    models: dict[tuple[str, ...], tuple[tuple[str, str], ...]]
    """Spoken form → (make, model)."""
    makes: dict[tuple[str, ...], str]
    longest: int


@indexed
def _cars(vocabulary: Vocabulary) -> _Cars:
    models: dict[tuple[str, ...], dict[tuple[str, str], None]] = {}
    makes = {folded(make): make for make in MAKES}
    for vehicle in vocabulary.vehicles:
        makes[folded(vehicle.make)] = vehicle.make
        for form in _spoken(vehicle.model):
            models.setdefault(form, {})[vehicle.make, vehicle.model] = None
    for alias, make in ALIASES.items():
        known = next((value for key, value in makes.items() if key == folded(make)), make)
        makes[folded(alias)] = known
    forms = {form: tuple(named) for form, named in models.items()}
    return _Cars(forms, makes, max((len(form) for form in (*forms, *makes)), default=1))


def _spoken(model: str) -> set[tuple[str, ...]]:
    """The tokens a model's name may be heard as, numbers as digits: "X1" is also "ics 1"."""
    tokens = folded(model)
    forms = {tokens}
    split: list[str] = []
    for token in tokens:
        if any(char.isdigit() for char in token) and any(char.isalpha() for char in token):
            head = "".join(char for char in token if char.isalpha())
            tail = "".join(char for char in token if char.isdigit())
            split += [head, tail] if token[0].isalpha() else [tail, head]
        else:
            split.append(token)
    forms.add(tuple(split))
    for place, token in enumerate(split):
        for name in LETTER_NAMES.get(token, ()):
            forms.add((*split[:place], name, *split[place + 1 :]))
    return forms


def find_vehicles(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """Every description of a car, each as long as it can be, and as short as without its owner."""
    folds = [fold(word.norm) for word in words]
    if not folds:
        return ()
    units = _with_digits(words, folds, context)
    people = {found.first: found for found in find_people(words, context) if found.value.customers}
    found: list[Found] = []
    at = 0
    while at < len(folds):
        said, last = _describe(units, folds, at, context)
        if last < at:
            at += 1
            continue
        first = _owned_before(said, folds, at, people)
        end = _owned_after(said, folds, last, people, context)
        if said.owner is not None and said.weight() > 1:
            bare, bare_last = _describe(units, folds, at, context)
            found += _made(bare, at, bare_last, context)
        found += _made(said, first, end, context)
        at = max(last, end) + 1
    return found


def _with_digits(words: Sequence[Word], folds: Sequence[str], context: Context) -> list[tuple[str, int]]:
    """Each word as matched, and the last word it takes: a spoken number is its digits, "trenta zero otto" 3008."""
    units = [(word, place) for place, word in enumerate(folds)]
    run: list[int] = []
    spoken = numbers(words, context.language)
    for place, number in enumerate(spoken):
        if folds[number.first] in ("un", "una", "uno", "one", "a"):
            units[number.first] = (
                folds[number.first] if folds[number.first] in ("un", "una", "a") else "1",
                number.last,
            )
            continue
        digits, last = number.digits, number.last
        for following in spoken[place + 1 : place + 3]:
            if following.first != last + 1 or len(digits) + len(following.digits) > 4:
                break
            digits, last = digits + following.digits, following.last
        alone = len(digits) == len(number.digits)
        units[number.first] = (number.digits, number.last) if alone or number.value > 99 else (digits, last)
        run.append(number.first)
    return units


def _describe(units: Sequence[tuple[str, int]], folds: Sequence[str], at: int, context: Context) -> tuple[_Said, int]:
    """The description beginning at word ``at``; its last word is before ``at`` when there is none."""
    cars, said, last, here = _cars(context.vocabulary), _Said(), at - 1, at
    while here < len(folds):
        step = _take(said, units, folds, here, cars)
        if step is not None:
            last, here = step, step + 1
        elif here > at and last >= at and folds[here] in _GLUE and here == last + 1 and said.weight():
            nxt = _take(_Said(), units, folds, here + 1, cars) if here + 1 < len(folds) else None
            named = folds[here] in _OF.get(context.language, frozenset())  # "la Golf di Verdi": an owner, no colour
            if nxt is None or named or folds[here + 1] not in COLOURS.keys() | OTHER_COLOURS:
                break
            here += 1
        else:
            break
    return said, last


def _take(said: _Said, units: Sequence[tuple[str, int]], folds: Sequence[str], at: int, cars: _Cars) -> int | None:
    """Add what word ``at`` says of the car; its last word, or None if it says nothing new of one."""
    for length in range(min(cars.longest, len(folds) - at), 0, -1):
        key, last = _key(units, at, length)
        if len(key) == length and said.model is None and key in cars.models:
            said.models = cars.models[key]
            said.model = said.models[0][1]
            return last
        if len(key) == length and said.make is None and key in cars.makes:
            said.make = cars.makes[key]
            return last
    word = folds[at]
    two = " ".join(folds[at : at + 2])
    if said.body is None and (two in BODIES or word in BODIES):
        said.body = BODIES.get(two) or BODIES[word]
        return at + 1 if two in BODIES else at
    if said.colour is None and said.note is None and word in COLOURS:
        said.colour = COLOURS[word]
        return at
    if said.colour is None and said.note is None and word in OTHER_COLOURS:
        said.note = word
        return at
    if not said.noun and word in NOUNS:
        said.noun = True
        return at
    return None


def _key(units: Sequence[tuple[str, int]], at: int, length: int) -> tuple[tuple[str, ...], int]:
    key: list[str] = []
    last = at - 1
    while len(key) < length and last + 1 < len(units):
        word, last = units[last + 1]
        key.append(word)
    return tuple(key), last


def _owned_after(said: _Said, folds: Sequence[str], last: int, people: dict[int, Found], context: Context) -> int:
    """ "… dei Neri", "… del signor Rossi"."""
    if last + 2 < len(folds) + 0 and folds[last + 1] in _OF.get(context.language, frozenset()):
        person = people.get(last + 2)
        if person is None and folds[last + 2] in TITLES:
            person = people.get(last + 3)
        if person is not None:
            said.owner = person
            return person.last
    return last


def _owned_before(said: _Said, folds: Sequence[str], at: int, people: dict[int, Found]) -> int:
    """ "Rossi's …"."""
    if at >= 2 and folds[at - 1] == "'s":
        for person in people.values():
            if person.last == at - 2:
                said.owner = person
                return person.first
    return at


def _made(said: _Said, first: int, last: int, context: Context) -> Sequence[Found]:
    """The finding, if enough was said: a colour alone, or "la macchina" alone, is no description."""
    if said.weight() == 0 or last < first:
        return ()
    thin = said.weight() == 1 and (said.colour is not None or said.note is not None or said.owner is not None)
    if thin and not said.noun:
        return ()
    model_makes = {make for make, _ in said.models}
    make = said.make or (next(iter(model_makes)) if len(model_makes) == 1 else None)
    owner = said.owner.value if said.owner is not None else None
    candidates = tuple(vehicle for vehicle in context.vocabulary.vehicles if _fits(vehicle, said, owner))
    value = Description(candidates, make, said.model, said.colour, said.body, owner, said.note)
    guessed = said.owner is not None and said.owner.guessed
    reason = said.owner.reason if guessed and said.owner else None
    cost = (said.owner.cost if said.owner else 0.0) + (0.1 if thin else 0.0)
    return (Found("vehicle", value, first, last, cost=cost, guessed=guessed, reason=reason),)


def _fits(vehicle: Vehicle, said: _Said, owner: Person | None) -> bool:
    if said.models and (vehicle.make, vehicle.model) not in said.models:
        return False
    if said.make is not None and vehicle.make != said.make:
        return False
    if said.colour is not None and vehicle.colour != said.colour:
        return False
    if said.body is not None and vehicle.body != said.body:
        return False
    if owner is None:
        return True
    return vehicle.owner is not None and vehicle.owner.id in {customer.id for customer in owner.customers}
