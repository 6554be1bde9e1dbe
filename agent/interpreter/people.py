"""Customers and technicians by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from agent.interpreter.lookup import indexed
from agent.interpreter.reading import Context, Found, Word
from agent.interpreter.words import fold, folded, listed, words_between
from tools.domain import Customer, Staff, Vocabulary

TITLES = frozenset(
    listed("""signor signora signore signorina signori sig sig.ra dottor dottore dottoressa dott dr ingegner ingegnere
    ing avvocato avv
    ragionier ragioniere geometra professore professor professoressa prof don mr mrs ms miss mister sir madam""")
)
OWNING = frozenset(listed("di del della dei degli dello da dal dalla per a ad dell' d' for to from of with con"))
EVERYDAY = frozenset(
    listed("""costa bruno bruna fontana verdi neri rossi bianchi grigi blu marino greco bassi lunghi grande grandi
    ricci riccio monti
    vigna fiore fiori forte re conte conti serra vita leone leoni gatti gallo galli amato bello bella belli piazza
    villa croce
    guerra pace sole luna mare colombo parisi franco franchi chiara sara may will mark bill white black brown green
    grey gray
    king young long short small smith cook baker bush wood rose grant price miles carter anna marco""")
)
SIMILAR = 82  # rapidfuzz ratio from which a surname may be the one meant
SAME = 15  # a second one this close is a rival: the operator chooses


@dataclass(frozen=True, slots=True)
class Person:
    """A customer as named."""

    name: str
    """As said, titles left out."""
    customers: tuple[Customer, ...] = ()
    """Whom it may mean; none for somebody new."""


@dataclass(frozen=True, slots=True)
class _Names:
    whole: dict[tuple[str, ...], tuple[Customer, ...]]
    """First and last name, either way round, or a company."""
    last: dict[tuple[str, ...], tuple[Customer, ...]]
    first: dict[tuple[str, ...], tuple[Customer, ...]]
    surnames: dict[str, tuple[str, ...]]
    """Joined surname → its tokens."""
    longest: int


@indexed
def _names(vocabulary: Vocabulary) -> _Names:
    whole: dict[tuple[str, ...], list[Customer]] = {}
    last: dict[tuple[str, ...], list[Customer]] = {}
    first: dict[tuple[str, ...], list[Customer]] = {}
    for customer in vocabulary.customers:
        one, two = folded(customer.first_name or ""), folded(customer.last_name or "")
        for key in {folded(customer.name), one + two, two + one} - {(), one, two}:
            whole.setdefault(key, []).append(customer)
        for index, key in ((last, two or folded(customer.name)), (first, one)):
            if key:
                index.setdefault(key, []).append(customer)
    longest = max((len(key) for key in whole), default=1)
    surnames = {"".join(key): key for key in last}
    return _Names(_tuples(whole), _tuples(last), _tuples(first), surnames, longest)


def _tuples(index: dict[tuple[str, ...], list[Customer]]) -> dict[tuple[str, ...], tuple[Customer, ...]]:
    return {key: tuple(customers) for key, customers in index.items()}


def find_people(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """Customers by name; a surname like one on file is a guess, an unknown name after a title is somebody new."""
    folds = [fold(word.norm) for word in words]
    names = _names(context.vocabulary)
    found: list[Found] = []
    for at in range(len(folds)):
        exact = _exact(words, folds, at, names)
        if exact:
            found += exact
            found += _new_name(words, folds, at, names)
        elif _names_somebody(words, folds, at):
            found += _similar(words, folds, at, names, context)
    return found


def _exact(words: Sequence[Word], folds: Sequence[str], at: int, names: _Names) -> list[Found]:
    found = []
    for last in range(at, min(len(folds), at + names.longest)):
        key = tuple(folds[at : last + 1])
        said = words_between(words, at, last)
        if key in names.whole:
            found.append(_person(said, names.whole[key], folds, at, last, cost=0.0))
        elif key in names.last:
            found.append(_person(said, names.last[key], folds, at, last, cost=_doubt(words, folds, at)))
        elif key in names.first:
            found.append(_person(said, names.first[key], folds, at, last, cost=0.35))
    return found


def _new_name(words: Sequence[Word], folds: Sequence[str], at: int, names: _Names) -> Sequence[Found]:
    """ "Mario Colombo": a first name on file with a surname that is not."""
    last = at + 1
    if (folds[at],) not in names.first or last >= len(words) or not _capital(words, last) or not folds[last].isalpha():
        return ()
    if (folds[at], folds[last]) in names.whole or (folds[last],) in names.last:
        return ()
    return (Found("person", Person(words_between(words, at, last)), at, last, cost=0.4),)


def _person(
    said: str, customers: tuple[Customer, ...], folds: Sequence[str], at: int, last: int, *, cost: float
) -> Found:
    """The titles before the name belong to it."""
    first = at
    while first and folds[first - 1] in TITLES:
        first -= 1
    return Found("person", Person(said, customers), first, last, cost=0.0 if first < at else cost)


def _doubt(words: Sequence[Word], folds: Sequence[str], at: int) -> float:
    """A surname that is an everyday word is one only where something says so."""
    if folds[at] not in EVERYDAY:
        return 0.0
    owned = (at > 0 and folds[at - 1] in OWNING) or folds[at + 1 : at + 2] == ["'s"]
    return 0.05 if owned or _capital(words, at) else 0.5


def _capital(words: Sequence[Word], at: int) -> bool:
    return at > 0 and words[at].text[:1].isupper() and not words[at].text.isupper()


def _names_somebody(words: Sequence[Word], folds: Sequence[str], at: int) -> bool:
    if not folds[at].isalpha() or len(folds[at]) < 3 or folds[at] in TITLES:
        return False
    return _capital(words, at) or (at > 0 and folds[at - 1] in TITLES | _PEOPLE)


_PEOPLE = frozenset(listed("cliente clienti customer client nome name famiglia called"))


def _similar(words: Sequence[Word], folds: Sequence[str], at: int, names: _Names, context: Context) -> Sequence[Found]:
    if any(folds[at] in other for other in _other_names(context.vocabulary)):
        return ()
    titled = at > 0 and folds[at - 1] in TITLES | _PEOPLE
    near = process.extract(
        folds[at], names.surnames.keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR - 8 * titled, limit=4
    )
    first = at
    while first and folds[first - 1] in TITLES:
        first -= 1
    if near:
        best = near[0][1]
        customers = tuple(
            customer for name, score, _ in near if best - score <= SAME for customer in names.last[names.surnames[name]]
        )
        person = Person(words[at].text, customers)
        return (Found("person", person, first, at, cost=0.3, guessed=True, reason="similar_name"),)
    if not titled and not _capital(words, at):
        return ()
    last = at
    while last + 1 < len(words) and last - at < 2 and (_capital(words, last + 1) and folds[last + 1].isalpha()):
        last += 1
    return (Found("person", Person(words_between(words, at, last)), first, last, cost=0.5 if titled else 0.8),)


@indexed
def _other_names(vocabulary: Vocabulary) -> tuple[frozenset[str], ...]:
    """Words that name something else of the workshop: technicians, cars, services."""
    staff = {word for one in vocabulary.staff for name in (one.name, *one.spoken) for word in folded(name)}
    cars = {word for one in vocabulary.vehicles for name in (one.make, one.model) for word in folded(name)}
    services = {
        word
        for one in vocabulary.services
        for name in (one.name_it, one.name_en, *one.synonyms)
        for word in folded(name)
    }
    known = listed("""whatsapp lunedi martedi mercoledi giovedi venerdi sabato domenica monday tuesday wednesday
thursday friday
    saturday sunday suv gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    january february march april june july august september october november december pasqua natale ferragosto easter
    christmas""")
    return (frozenset(staff), frozenset(cars), frozenset(services), frozenset(known))


@indexed
def _staff(vocabulary: Vocabulary) -> dict[tuple[str, ...], Staff]:
    index: dict[tuple[str, ...], Staff] = {}
    for one in vocabulary.staff:
        for name in (one.name.split()[-1], one.name, *one.spoken):
            index[folded(name)] = one
    return index


def find_staff(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """Technicians by the name colleagues call them, or their whole one."""
    folds = [fold(word.norm) for word in words]
    index = _staff(context.vocabulary)
    spoken = {folded(name) for one in context.vocabulary.staff for name in one.spoken}
    found = []
    for at in range(len(folds)):
        for last in range(at, min(len(folds), at + 4)):
            key = tuple(folds[at : last + 1])
            if key in index:
                found.append(Found("staff", index[key], at, last, cost=0.0 if key in spoken or last > at else 0.2))
    return found
