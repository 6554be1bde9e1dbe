"""Words for colours, bodies and makes, in both languages, as the records name them."""

from agent.interpreter.words import listed

NOUNS = frozenset(
    listed("macchina macchine auto automobile automobili vettura vetture veicolo mezzo car cars vehicle motor")
)
_COLOURS = {
    "bianco": "bianco bianca bianchi bianche panna avorio perla white ivory cream",
    "nero": "nero nera nere neri black",
    "grigio": "grigio grigia grigi grigie argento argentata argentato antracite silver grey gray anthracite",
    "rosso": "rosso rossa rossi rosse bordeaux amaranto granata red burgundy maroon",
    "blu": "blu azzurro azzurra azzurri azzurre celeste blue navy turchese turquoise",
    "verde": "verde verdi green",
    "giallo": "giallo gialla gialli gialle yellow",
}
COLOURS = {word: colour for colour, words in _COLOURS.items() for word in words.split()}
OTHER_COLOURS = frozenset(
    listed(
        "arancione arancio viola lilla rosa marrone beige oro dorata dorato bronzo fucsia orange purple violet pink "
        "brown gold "
        "golden bronze tan"
    )
)
_BODIES = {
    "suv": "suv|fuoristrada|crossover|off roader|four by|4x4",
    "saloon": "berlina|berline|saloon|sedan",
    "estate": "station wagon|station|familiare|giardinetta|sw|estate|wagon",
    "van": "furgone|furgoncino|furgonetta|van|pulmino|minivan|camioncino",
    "small": "utilitaria|citycar|city car|macchinina|supermini|small car|runabout",
    "hatchback": "hatchback|due volumi|hatch",
}
BODIES = {word: body for body, words in _BODIES.items() for word in words.split("|")}
MAKES = [
    "Abarth",
    "Alfa Romeo",
    "Audi",
    "BMW",
    "BYD",
    "Chevrolet",
    "Chrysler",
    "Citroën",
    "Cupra",
    "Dacia",
    "DR",
    "DS",
    "Fiat",
    "Ford",
    "Honda",
    "Hyundai",
    "Infiniti",
    "Isuzu",
    "Iveco",
    "Jaguar",
    "Jeep",
    "Kia",
    "Lamborghini",
    "Lancia",
    "Land Rover",
    "Lexus",
    "Mahindra",
    "Maserati",
    "Mazda",
    "Mercedes",
    "MG",
    "Mini",
    "Mitsubishi",
    "Nissan",
    "Opel",
    "Peugeot",
    "Piaggio",
    "Porsche",
    "Renault",
    "Rover",
    "Saab",
    "Seat",
    "Skoda",
    "Smart",
    "SsangYong",
    "Subaru",
    "Suzuki",
    "Tesla",
    "Toyota",
    "Vauxhall",
    "Volkswagen",
    "Volvo",
]
ALIASES = {
    "vw": "Volkswagen", "volkswagon": "Volkswagen", "alfa": "Alfa Romeo", "mercedes benz": "Mercedes",
    "merc": "Mercedes",
    "bi emme vu": "BMW", "bmv": "BMW", "toiota": "Toyota", "pegeot": "Peugeot", "peugot": "Peugeot", "reno": "Renault",
}  # fmt: skip
LETTER_NAMES = {
    "x": ("ics", "ex", "iks"), "a": ("ah",), "c": ("ci", "see"), "q": ("cu", "queue", "q"), "i": ("eye",),
    "z": ("zeta",),
    "s": ("esse",), "t": ("ti",), "v": ("vi", "vu"), "r": ("erre",), "e": ("ee",), "b": ("bi",), "k": ("kappa",
    "cappa"),
}  # fmt: skip
