"""The small slots: channel, template, status, mileage, count, position, offset, duration, note."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from agent.interpreter.dates import lengths
from agent.interpreter.numbers import number_at, numbers
from agent.interpreter.reading import Context, Found, Word
from agent.interpreter.words import fold, listed, words_between

Phrases = Mapping[tuple[str, ...], object]

_CHANNELS = {
    "whatsapp": "whatsapp|whats app|what 's app|wa|uozzap|wapp|watsapp|whatsap|uatsap",
    "email": "email|e-mail|mail|posta elettronica|e mail|emails|posta",
}
_TEMPLATES = {
    "appointment_confirmed": "conferma|la conferma|messaggio di conferma|confirmation|confirmation message",
    "appointment_reminder": "promemoria|un promemoria|messaggio di promemoria|reminder|reminder message|memo",
    "appointment_moved": "messaggio di spostamento|avviso di spostamento|che è stato spostato|it 's been moved",
    "appointment_cancelled": "messaggio di annullamento|avviso di annullamento|cancellation message|it 's cancelled",
    "vehicle_ready": "è pronta|e pronta|macchina pronta|auto pronta|che è pronta|it 's ready|is ready|ready message|"
    "messaggio di macchina pronta|avviso di ritiro",
}
_STATUSES = {
    "it": {
        "arrived": "arrivato|arrivata|arrivati|arrivate|è qui|è qua|si è presentato|si è presentata",
        "in_progress": "in lavorazione|in corso|iniziato|iniziata|cominciato|cominciata|ci stiamo lavorando|sul ponte|"
        "ci sta lavorando|stiamo lavorando|in officina",
        "waiting_parts": "aspetta i ricambi|in attesa dei ricambi|in attesa di ricambi|aspettiamo i ricambi|"
        "aspetta i pezzi|"
        "aspettiamo i pezzi|in attesa dei pezzi|in attesa di pezzi|aspetta il ricambio|aspettiamo il ricambio|"
        "manca il pezzo|"
        "mancano i pezzi|mancano i ricambi|aspettiamo il pezzo|in attesa ricambi",
        "ready": "pronto|pronta|pronti|pronte",
        "done": "finito|finita|finiti|finite|consegnato|consegnata|ritirato|ritirata|concluso|conclusa|"
        "terminato|terminata|"
        "completato|completata|fatto|fatta",
        "no_show": "non si è presentato|non si è presentata|non si e presentato|non si e presentata|"
        "non è venuto|non è venuta|"
        "non è arrivato|non è arrivata|non si è visto|non si è vista|non è passato|non è passata|non s' è visto|"
        "non s' è vista|non s' è presentato|non s' è presentata|mai arrivato|mai arrivata|assente",
        "confirmed": "confermato|confermata",
        "pending": "da confermare|in sospeso",
        "cancelled": "annullato|annullata|cancellato|cancellata|disdetto|disdetta",
    },
    "en": {
        "arrived": "arrived|here|checked in|turned up|has come|is in|showed up|dropped off|come in",
        "in_progress": "in progress|started|under way|underway|being worked on|work in progress|on the lift|"
        "working on it",
        "waiting_parts": "waiting for parts|waiting on parts|awaiting parts|waiting for the parts|waiting for a part|"
        "waiting for the part",
        "ready": "ready|ready for pickup|ready for collection|ready to go|ready to be collected",
        "done": "done|finished|completed|complete|delivered|collected|picked up|handed over",
        "no_show": "no show|no-show|didn't show up|didn't show|did not show up|did not show|didn't turn up|"
        "did not turn up|"
        "never showed up|never showed|never turned up|hasn't shown up|hasn't turned up|didn't come|did not come|"
        "never came|missed the appointment|missed his appointment|missed her appointment",
        "confirmed": "confirmed",
        "pending": "pending|unconfirmed",
        "cancelled": "cancelled|canceled|called off",
    },
}
_KILOMETRES = frozenset(listed("km chilometri chilometro kilometri kilometres kilometers kilometre kms k's clicks"))
_ODOMETER = frozenset(listed("km chilometri chilometraggio contachilometri mileage odometer kilometres kilometers"))
_TO_ODOMETER = frozenset(
    listed("a di è e sono is at reads segna dice shows says of ha has il the now adesso ora to on")
)
LEAST_BARE = 1000  # kilometres said without the word are at least this many

_REMINDING = frozenset(
    listed(
        "promemoria ricordami ricordaglielo ricordagli ricordale ricorda ricordarglielo reminder reminders remind "
        "memo avviso "
        "avvisalo avvisala avvisa sollecito reminding"
    )
)
_ORDINALS = {
    "it": {name: place for place, names in enumerate(
        ("primo prima", "secondo seconda", "terzo terza", "quarto quarta", "quinto quinta", "sesto sesta",
        "settimo settima",
         "ottavo ottava", "nono nona", "decimo decima"), 1) for name in names.split()} | {"ultimo": -1, "ultima": -1,
         "penultimo": -2, "penultima": -2},
    "en": {name: place for place, name in enumerate(
        listed("first second third fourth fifth sixth seventh eighth ninth tenth"), 1)} | {"last": -1},
}  # fmt: skip
_ARTICLES = {"it": frozenset(("il", "la", "l'", "lo", "quello", "quella")), "en": frozenset(("the", "that"))}
_THINGS = {
    "it": frozenset(listed("appuntamento opzione posto orario scelta messaggio cliente macchina auto slot proposta")),
    "en": frozenset(listed("one option slot choice appointment message customer car time suggestion")),
}
_NUMBERED = frozenset(listed("numero number opzione option scelta choice"))
_NOTES = {
    "it": ("nota", "con nota", "con la nota", "annota", "annota che", "nota che", "prendi nota", "prendi nota che",
    "appunta",
           "aggiungi la nota", "aggiungi una nota", "scrivi nelle note", "metti una nota", "nelle note", "scrivi"),
    "en": ("note", "note that", "with a note", "with the note", "add a note", "make a note", "make a note that",
    "write down",
           "add the note", "put a note", "in the notes", "notes"),
}  # fmt: skip


def _phrases(groups: Mapping[str, str]) -> Phrases:
    return {
        tuple(fold(word) for word in text.split()): value
        for value, texts in groups.items()
        for text in texts.split("|")
    }


_CHANNEL_PHRASES = _phrases(_CHANNELS)
_TEMPLATE_PHRASES = _phrases(_TEMPLATES)
_STATUS_PHRASES = {language: _phrases(groups) for language, groups in _STATUSES.items()}


@lru_cache(maxsize=256)
def _folds(words: tuple[Word, ...]) -> tuple[str, ...]:
    return tuple(fold(word.norm) for word in words)


def _longest(folds: Sequence[str], phrases: Phrases) -> list[tuple[object, int, int]]:
    """Each phrase said, the longest where several begin at a word; none inside another."""
    most = max(map(len, phrases))
    found, taken = [], -1
    for at in range(len(folds)):
        if at <= taken:
            continue
        for length in range(min(most, len(folds) - at), 0, -1):
            key = tuple(folds[at : at + length])
            if key in phrases:
                found.append((phrases[key], at, at + length - 1))
                taken = at + length - 1
                break
    return found


def find_channels(words: Sequence[Word], context: Context) -> Sequence[Found]:
    return [
        Found("channel", value, first, last) for value, first, last in _longest(_folds(tuple(words)), _CHANNEL_PHRASES)
    ]


def find_templates(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """The message meant, of those the workshop has; the value is its id."""
    known = {template.id for template in context.vocabulary.templates}
    said = _longest(_folds(tuple(words)), _TEMPLATE_PHRASES)
    return [Found("template", value, first, last, cost=0.1) for value, first, last in said if value in known]


def find_statuses(words: Sequence[Word], context: Context) -> Sequence[Found]:
    phrases = _STATUS_PHRASES.get(context.language, _STATUS_PHRASES["it"])
    said = _longest(_folds(tuple(words)), phrases)
    return [Found("status", value, first, last, cost=0.1) for value, first, last in said]


def find_mileage(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """Kilometres, by their word or as a large number; the value is an integer."""
    folds = _folds(tuple(words))
    found = []
    for number in numbers(words, context.language):
        first, last = number.first, number.last
        unit = last + 1 < len(folds) and folds[last + 1] in _KILOMETRES
        before = first - 1
        while before >= 0 and before > first - 4 and folds[before] in _TO_ODOMETER:
            before -= 1
        named = before >= 0 and folds[before] in _ODOMETER
        if unit or named:
            found.append(Found("mileage", number.value, before if named else first, last + unit))
        elif LEAST_BARE <= number.value < 2_000_000 and not (1900 <= number.value <= 2100):
            found.append(Found("mileage", number.value, first, last, cost=0.4))
    return found


def find_counts(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """Small numbers that nothing else has claimed."""
    return [
        Found("count", number.value, number.first, number.last, cost=0.5)
        for number in numbers(words, context.language)
        if 0 < number.value <= 999 and words[number.first].norm not in ("un", "una", "un'")
    ]


def find_positions(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """ "il secondo", "the last one", "numero due": the place in a list, from 1; the last is -1."""
    folds = _folds(tuple(words))
    language = context.language if context.language in _ORDINALS else "it"
    found = []
    for at, word in enumerate(folds):
        place = _ORDINALS[language].get(word)
        article = at > 0 and folds[at - 1] in _ARTICLES[language]
        thing = at + 1 < len(folds) and folds[at + 1] in _THINGS[language]
        if place is not None and (article or thing or len(folds) == 1):
            found.append(Found("position", place, at - article, at + thing, cost=0.2))
        if word in _NUMBERED and at + 1 < len(folds):
            number = number_at(words, at + 1, context.language)
            if number is not None and 0 < number.value < 100:
                found.append(Found("position", number.value, at, number.last, cost=0.1))
    return found


def find_offsets(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """How long before the appointment a reminder goes out, in minutes: "il giorno prima" is 1440.

    Where nothing in the sentence reminds, the same words rather say a time.
    """
    folds = _folds(tuple(words))
    reminding = [at for at, word in enumerate(folds) if word in _REMINDING]
    found = []
    for at in range(len(folds)):
        for length in (4, 3, 2):
            minutes = _FIXED_OFFSETS.get(" ".join(folds[at : at + length]))
            if minutes is not None:
                found.append((minutes, at, min(at + length, len(folds)) - 1))
                break
    for length_said, first, last in lengths(words, context):
        after = folds[last + 1 : last + 3]
        if after[:1] and after[0] in ("prima", "before", "earlier", "beforehand") and after[1:2] != ("di",):
            minutes = round(length_said.delta().total_seconds() / 60)
            found.append((minutes, first, last + 1))
        elif tuple(after) in (("in", "anticipo"), ("in", "advance")):
            found.append((round(length_said.delta().total_seconds() / 60), first, last + 2))
    cost = 0.0 if reminding else 0.5
    return [Found("offset", minutes, first, last, cost=cost) for minutes, first, last in dict.fromkeys(found)]


_FIXED_OFFSETS = {
    "il giorno prima": 1440, "giorno prima": 1440, "la vigilia": 1440, "il giorno precedente": 1440,
    "la sera prima": 1440,
    "the day before": 1440, "day before": 1440, "the night before": 1440, "the previous day": 1440,
    "due giorni prima": 2880, "two days before": 2880, "una settimana prima": 10080, "a week before": 10080,
}  # fmt: skip


def find_durations(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """Lengths of time, in minutes: "mezz'ora", "two hours"."""
    return [
        Found("duration", round(length.delta().total_seconds() / 60), first, last, cost=0.3)
        for length, first, last in lengths(words, context)
        if not length.months
    ]


def find_reasons(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """Why, given after an order: "…, he's at the dentist", to the end of the clause.

    A reason with a condition or another order in it is none.
    """
    if context.language != "en":
        return ()
    folds = _folds(tuple(words))
    found = []
    for at in range(1, len(folds)):
        lead = next((lead for lead in _WHY if tuple(folds[at : at + len(lead)]) == lead), None)
        if lead is None:
            continue
        first, last = at + len(lead), _clause_end(words, at)
        inside = folds[first : last + 1]
        if inside and inside[0] in _WHERE and not set(inside) & _NO_REASON:
            found.append(Found("reason", words_between(words, first, last), at, last, cost=0.3))
    return found


def _clause_end(words: Sequence[Word], at: int) -> int:
    """The last word before a pause: where the words' own spaces stop being one character wide."""
    last = at
    while last + 1 < len(words) and words[last + 1].start - words[last].end <= 1:
        last += 1
    return last


_WHY = tuple(
    (*because, *who)
    for because in (("because",), ("as",), ("since",), ("cos",), ())
    for who in (
        ("he", "'s"), ("she", "'s"), ("they", "'re"), ("he", "is"), ("she", "is"), ("they", "are"),
        ("he", "has"), ("she", "has"), ("he", "'ll", "be"), ("she", "'ll", "be"),
    )
)  # fmt: skip
_WHERE = frozenset(listed("at on in off away got going out ill sick having getting taking visiting has a the to with"))
_NO_REASON = frozenset(
    listed("""if unless not but only except when and then or please book cancel move put send add tell call actually no
    sorry wait""")
)


def find_notes(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """What is dictated after "nota" or "note that", to the end."""
    folds = _folds(tuple(words))
    markers = {tuple(marker.split()) for marker in _NOTES.get(context.language, _NOTES["it"])}
    for at in range(len(folds)):
        for length in (5, 4, 3, 2, 1):
            end = at + length
            if tuple(folds[at:end]) in markers and end < len(folds):
                return (Found("note", words_between(words, end, len(words) - 1), end, len(words) - 1, cost=0.3),)
    return ()
