"""How the values of a slot are said in English: templates in hassil's notation, from the calendar and the vocabulary.

A word may carry what it is, after an underscore, so that the text can be written as one would type it:
`eight_h thirty_m` is a time of day, `a_p` and `one_p` are a letter and a figure of a plate (agent.speech.typed).
"""

import re
from collections.abc import Iterable, Mapping

from agent.speech.lexicon import LETTERS, UNITS, in_dictionary
from tools.domain import Vocabulary

DAYS = "(monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
MONTHS = "(january|february|march|april|may|june|july|august|september|october|november|december)"
ORDINALS = (
    "(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    "|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty first|twenty second|twenty third|twenty fourth"
    "|twenty fifth|twenty sixth|twenty seventh|twenty eighth|twenty ninth|thirtieth|thirty first)"
)
SMALL = "(two|three|four|five|six)"
HOURS = "(" + "|".join(f"{UNITS[hour]}_h" for hour in range(1, 13)) + ")"
MINUTES = (
    "(oh_m five_m|ten_m|fifteen_m|twenty_m|twenty_m five_m|thirty_m|thirty_m five_m|forty_m|forty_m five_m|fifty_m)"
)
HALF_DAY = "(in the morning|in the afternoon|am_t|pm_t)"
CLOCK = (
    f"({HOURS} [o'clock] [{HALF_DAY}]|{HOURS} {MINUTES} [{HALF_DAY}]"
    f"|(half past|quarter past|quarter to|a quarter past|a quarter to|ten past|twenty past|ten to|twenty to) {HOURS}"
    "|noon|midday)"
)
DAY = (
    f"(today|tomorrow|[the] day after tomorrow|[this|next|on|this coming] {DAYS}|{DAYS} next week|this week|next week"
    f"|[{DAYS}] the {ORDINALS} [of {MONTHS}]|{MONTHS} [the] {ORDINALS})"
)
STRONG_DAY = (
    f"(today|tomorrow|[the] day after tomorrow|[this|next] {DAYS}|next week)"
    f" [morning|afternoon|in the morning|in the afternoon] [(at|after|before) {CLOCK}]"
)
"""Said without a little word before it."""
WHEN = (
    f"({DAY} [morning|afternoon|in the morning|in the afternoon] [[at|after|before|from|around] {CLOCK}]"
    f"|{CLOCK} [on] {DAY}|[the] (morning|afternoon) of {DAY}|this (morning|afternoon)|in the (morning|afternoon)"
    f"|[after|before|from|around] {CLOCK}"
    f"|in (a|{SMALL}) (day|days|week|weeks|month|months)|yesterday|last week|last month)"
)
OFFSET = f"((the|one) day before|{SMALL} days before|(an|one) hour before|{SMALL} hours before)"
DURATION = (
    f"(half an hour|(an|one) hour [and a half]|{SMALL} hours|(ten|fifteen|twenty|thirty|forty five) minutes"
    f"|a day|{SMALL} days|a week)"
)
UNIT = "(" + "|".join(UNITS[1:10]) + ")"
TO_99 = "(" + "|".join(UNITS[1:]) + f"|(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety) [{UNIT}])"
MILEAGE = f"([(a|{UNIT}) hundred [and]] {TO_99} thousand [[and] {UNIT} hundred]|[a|{UNIT}] hundred thousand)"
POSITION = "(first|second|third|fourth|last)"
FIGURES = "(" + "|".join(f"{word}_f" for word in ("oh", *UNITS[:10])) + ")"
PHONE = f"[plus_f] {' '.join([FIGURES] * 6)} {' '.join([f'[{FIGURES}]'] * 7)}"
TEMPLATE = "(confirmation|reminder|ready|pick up)"
NATO = (
    "alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "kilo", "lima", "mike",
    "november", "oscar", "papa", "quebec", "romeo", "sierra", "tango", "uniform", "victor", "whiskey", "x-ray",
    "yankee", "zulu",
)  # fmt: skip
COLOURS = "(white|black|grey|silver|red|blue|green|yellow)"
ENGLISH_COLOURS = {
    "bianco": "white", "nero": "black", "grigio": "grey", "rosso": "red", "blu": "blue", "verde": "green",
    "giallo": "yellow",
}  # fmt: skip
ENGLISH_BODIES = {
    "small": "small car", "hatchback": "hatchback", "saloon": "saloon", "estate": "estate", "suv": "suv", "van": "van",
}  # fmt: skip
BODIES = "(suv|hatchback|saloon|estate|van|small car)"

MOST_NAMES = 400  # customers whose names are listened for; more sound too much alike for a grammar to be of use
MOST_PLATES = 2_000  # likewise plates known letter by letter; beyond, only the shape of a plate is known


def spoken_slots(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Slot kind → template of everything that may be said for it."""
    return {
        "when": WHEN,
        "day": STRONG_DAY,
        "offset": OFFSET,
        "duration": DURATION,
        "mileage": MILEAGE,
        "position": POSITION,
        "phone": PHONE,
        "template": TEMPLATE,
        "count": TO_99,
        "channel": "(whatsapp|email|e mail)",
        "plate": plates(vocabulary),
        "service": _any(services(vocabulary)),
        "staff": _any(staff(vocabulary)),
        "person": _any(people(vocabulary)),
        "vehicle": vehicles(vocabulary),
    }


def plates(vocabulary: Vocabulary) -> str:
    """The shape of an Italian plate, and every known one that is of another shape."""
    shape = re.compile(r"[A-Z]{2}\d{3}[A-Z]{2}")
    letter = "(" + "|".join(map(_letter, "abcdefghjklmnprstvwxyz")) + ")"
    figure = "(" + "|".join(map(_figure, "0123456789")) + ")"
    shapes = [f"{letter} {letter} {figure} {figure} {figure} {letter} {letter}"]
    known = [vehicle.plate for vehicle in vocabulary.vehicles if vehicle.plate]
    return _any([*shapes, *(_spelt(plate) for plate in known[:MOST_PLATES] if not shape.fullmatch(plate))])


def known_plates(vocabulary: Vocabulary) -> str:
    """The plates of the workshop's cars; "" when there are none."""
    known = [vehicle.plate for vehicle in vocabulary.vehicles if vehicle.plate]
    return _any(_spelt(plate) for plate in known[:MOST_PLATES]) if known else ""


def _spelt(plate: str) -> str:
    return " ".join(_figure(sign) if sign.isdigit() else _letter(sign) for sign in plate.lower() if sign.isalnum())


def _letter(letter: str) -> str:
    name = NATO[ord(letter) - ord("a")] if letter in LETTERS else letter
    return f"({letter}_p|{name}_n)"


def _figure(figure: str) -> str:
    return "(zero_p|oh_p)" if figure == "0" else f"{UNITS[int(figure)]}_p"


def services(vocabulary: Vocabulary) -> Iterable[str]:
    """English names and synonyms; a synonym is English when the dictionary knows all of its words."""
    for service in vocabulary.services:
        yield _plain(service.name_en)
        for synonym in service.synonyms:
            if synonym.lower() != service.name_it.lower() and all(
                in_dictionary(word) for word in _plain(synonym).split()
            ):
                yield _plain(synonym)


def staff(vocabulary: Vocabulary) -> Iterable[str]:
    for one in vocabulary.staff:
        for name in (one.name, *one.spoken):
            yield _plain(name)


def people(vocabulary: Vocabulary) -> Iterable[str]:
    for customer in vocabulary.customers[:MOST_NAMES]:
        last = _plain(customer.last_name or customer.name)
        yield _owned(last)
        if customer.first_name and customer.last_name:
            yield f"{_plain(customer.first_name)} {_owned(last)}"


def vehicles(vocabulary: Vocabulary) -> str:
    """ "the grey qashqai", "the grey suv", "rossi's clio"; article and "car" stand in the phrases."""
    models = _any({name for one in vocabulary.vehicles for name in _car_names(one.make, one.model)} or {"car"})
    owners = {customer.last_name for customer in vocabulary.customers[:MOST_NAMES] if customer.last_name}
    owned = f"|{_any(map(_owners, sorted(owners)))} [{COLOURS}] {models}" if owners else ""
    return f"([{COLOURS}] {models}|{COLOURS} {BODIES}{owned})"


def known_vehicles(vocabulary: Vocabulary) -> str:
    """The cars of the workshop as they are: colour with model or body, owner with model; "" when there are none."""
    said: list[str] = []
    for one in vocabulary.vehicles[:MOST_NAMES]:
        colour = ENGLISH_COLOURS.get(one.colour or "")
        names = f"({'|'.join(_car_names(one.make, one.model))})"
        said.append(f"[{colour}] {names}" if colour else names)
        if colour and one.body in ENGLISH_BODIES:
            said.append(f"{colour} {ENGLISH_BODIES[one.body]}")
        if one.owner and one.owner.last_name:
            said.append(f"{_owners(one.owner.last_name)} {names}")
    return _any(said) if said else ""


def _owners(last_name: str) -> str:
    *first, last = _plain(last_name).split()
    return " ".join([*first, f"{last}-s_o"])


def _car_names(make: str, model: str) -> Iterable[str]:
    yield _plain(model)
    yield f"{_plain(make)} {_plain(model)}"
    yield _plain(make)


def _owned(name: str) -> str:
    *first, last = name.split()
    return " ".join([*first, f"({last}|{last}-s_o)"])


def _plain(name: str) -> str:
    """A name as words of a template: lower case, without signs that mean something there."""
    return " ".join(re.findall(r"[^\W_]+(?:'[^\W_]+)?", name.lower()))


def _any(templates: Iterable[str]) -> str:
    return "(" + "|".join(dict.fromkeys(templates)) + ")"
