"""Answers: to a question just asked, to a preview's chips, and corrections of what was last asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.events import Preview
from agent.interpreter import saying
from agent.interpreter.coverage import Reading
from agent.interpreter.reading import AnswerPreview, Found
from agent.interpreter.request import Focus, Question, Request
from agent.interpreter.slots import described, person_of, plate_of, position_of
from agent.interpreter.understanding import Understanding
from agent.interpreter.when import When
from agent.interpreter.windows import fits
from tools.domain import Customer, Vehicle

Json = Mapping[str, Any]

ANSWERS = {
    "service": ("service",),
    "vehicle": ("plate", "vehicle", "person"),
    "person": ("person",),
    "customer": ("person",),
    "when": ("when",),
    "staff": ("staff",),
    "mileage": ("mileage", "count"),
    "phone": ("phone", "email"),
    "template": ("template",),
    "note": ("note",),
    "new_name": ("new_name", "person"),
    "appointment": ("plate", "vehicle", "person", "when", "service", "staff"),
}
"""Which slots answer a question about what."""

CORRECTING = frozenset(
    [
        "no",
        "anzi",
        "invece",
        "meglio",
        "scusa",
        "scusami",
        "volevo",
        "intendevo",
        "dicevo",
        "actually",
        "instead",
        "rather",
        "sorry",
        "meant",
        "mean",
        "wait",
        "aspetta",
        "e",
        "and",
    ]
)


def chip(reading: Reading | None, heard: Understanding, preview: Preview) -> AnswerPreview | None:
    """The choice of ``preview`` that was named by its place or by its label's day."""
    if reading is None or not preview.choices:
        return None
    for found in reading.of("position"):
        index = position_of(found)
        if 0 <= index < len(preview.choices):
            return AnswerPreview(preview.choices[index].id, heard.language)
    for found in reading.of("when"):
        when: When = found.value
        named = [choice for choice in preview.choices if _names(choice.arguments, when, heard)]
        if named and (len(named) == 1 or when.start is None):
            return AnswerPreview(named[0].id, heard.language)
    return None


def _names(arguments: Json, when: When, heard: Understanding) -> bool:
    """Whether ``when`` says the start, or the day, of a choice's arguments."""
    if "start" in arguments:
        return fits(saying.instant(str(arguments["start"]), heard.context.now), when)
    return when.day is not None and str(arguments.get("window", {}).get("from", ""))[:10] == when.day.isoformat()


def is_answer(question: Question, heard: Understanding) -> bool:
    """Whether a sentence that could be a command of its own rather answers ``question``."""
    part = heard.parts[0]
    if question.missing == "note" or len(heard.parts) > 1:
        return question.missing == "note"
    bare = heard.slots
    if bare is None or not bare.whole:
        return False
    kinds = ANSWERS.get(question.missing, ())
    # A terse "tagliando per la Panda", or a look-up of the very thing asked for.
    return bool(bare.of(*kinds)) and (bool(part.sets.get("terse")) or bare.cost <= part.cost + 0.3)


PUTTING = frozenset({"book", "move"})


def completes(question: Question, part: Reading) -> bool:
    """Whether "mettila venerdì" or "spostalo a lunedì" says what a booking or move was asked; it names nothing else."""
    kinds = set(ANSWERS.get(question.missing, ()))
    said = {bound.found.kind for bound in part.slots}
    other = {"plate", "vehicle", "person", "service", "position"} - kinds
    return bool(part.intent in PUTTING and question.request.intent in PUTTING and said & kinds and not said & other)


def answer(question: Question, heard: Understanding, bare: Reading | None, *, focus: Focus) -> Request | None:
    """The request of ``question`` completed by what was said; None when it is no answer."""
    if bare is None:
        return _free_answer(question, heard)
    if question.options:
        index = option(question.options, bare, heard)
        if index is not None:
            return chosen(question, index, focus=focus)
    kinds = ANSWERS.get(question.missing, (question.missing,))
    given = list(bare.of(*kinds))
    if not given:
        return _free_answer(question, heard) or _beside(question.request, bare, heard)
    extra = [bound.found for bound in bare.slots if bound.found not in given]
    request = question.request
    if question.missing in ("vehicle", "appointment", "customer", "person"):
        request = request.without("plate", "vehicle") if question.options or question.missing == "vehicle" else request
    if question.missing == "when":
        request = _keep_old_when(request)
    given = [replace(found, kind="mileage") if found.kind == "count" else found for found in given]
    return request.answer([*given, *extra])


def _beside(request: Request, bare: Reading, heard: Understanding) -> Request | None:
    """Something else of the same request was said: it takes its place, and the question is put again."""
    takes = heard.sheet.grammar.source.intents[request.intent].takes
    kinds = {bound.found.kind for bound in bare.slots}
    if not kinds <= takes:
        return None
    swapped = kinds | ({"plate", "vehicle", "person"} if kinds & {"plate", "vehicle", "person"} else set())
    return request.without(*swapped).answer([bound.found for bound in bare.slots])


def _keep_old_when(request: Request) -> Request:
    """A move's own time is settled; what is said now is where it goes."""
    return request.without("when") if request.intent == "move" and "appointment" in request.chosen else request


def _free_answer(question: Question, heard: Understanding) -> Request | None:
    """A note is whatever is said next."""
    if question.missing not in ("note", "new_name") or not heard.sheet.words or heard.parts:
        return None
    return question.request.answer([Found(question.missing, heard.sheet.text.strip(" .,!"), 0, 0)])


def option(options: Sequence[Json], bare: Reading, heard: Understanding) -> int | None:
    """Which of ``options`` was named: by its place, or as the only one that fits what was said."""
    for found in bare.of("position"):
        index = position_of(found)
        if -len(options) <= index < len(options):
            return index % len(options)
    fitting = [index for index, row in enumerate(options) if _fits(row, bare, heard)]
    said = any(bound.found.kind != "note" for bound in bare.slots)
    return fitting[0] if said and len(fitting) == 1 else None


def _fits(row: Json, bare: Reading, heard: Understanding) -> bool:
    vehicle = row if "make" in row else row.get("vehicle") or {}
    for found in bare.of("vehicle"):
        if vehicle.get("id") not in {one.id for one in described(found)}:
            return False
    for found in bare.of("plate"):
        text, known = plate_of(found)
        if vehicle.get("plate") != (known.plate if known is not None else text):
            return False
    for found in bare.of("person"):
        owner = row.get("customer") or vehicle.get("owner") or (row if "make" not in row else {})
        if owner.get("id") not in {one.id for one in person_of(found).customers}:
            return False
    for found in bare.of("when"):
        if "start" in row and not fits(saying.instant(row["start"], heard.context.now), found.value):
            return False
    return True


def chosen(question: Question, index: int, *, focus: Focus) -> Request:
    """The request with option ``index`` settled."""
    row = question.options[index]
    request = question.request
    if question.missing == "appointment" or "start" in row:
        return request.choose("appointment", row)
    if "make" in row:
        return request.without("plate").choose("vehicle", Vehicle.from_json(row))
    return request.choose("customer", Customer.from_json(row))


def amended(last: Request, bare: Reading, heard: Understanding, *, waiting: bool, done: bool) -> list[Request]:
    """The last request with other values: "no, alle quattro", "e domani?", "e Luca?".

    done: it was a write that stands; what it cannot be moved to is taken back and done anew.
    """
    correcting = waiting or bool(set(heard.sheet.folds) & CORRECTING) or heard.sheet.text.rstrip().endswith("?")
    kinds = {bound.found.kind for bound in bare.slots}
    takes = heard.sheet.grammar.source.intents[last.intent].takes | {"channel", "offset"}
    if not correcting or not kinds <= takes:
        return []
    founds = [bound.found for bound in bare.slots]
    if last.reading.writes and done and not waiting:
        return _redone(last, founds, kinds, heard)
    car = {"plate", "vehicle", "person"}
    # A day or an hour said again amends the other half; anything else takes the place of its kind.
    swapped = (kinds | (car if kinds & car else set())) - ({"when"} if waiting else set())
    return [replace(last.without(*swapped).answer(founds, source="said"), context=heard.context)]


def _redone(last: Request, founds: Sequence[Found], kinds: set[str], heard: Understanding) -> list[Request]:
    """A correction of what was done: moved or handed over where that says it, else taken back and done again."""
    become = {"when": "move", "staff": "change_staff"}.get(next(iter(kinds))) if len(kinds) == 1 else None
    if last.intent in ("book", "move") and become is not None:
        bare = replace(last.reading, intent=become, slots=(), sets={})
        moved = replace(last, reading=bare, answered=(), chosen={}, extra=())
        return [replace(moved.answer(founds, source="said"), context=heard.context)]
    car = {"plate", "vehicle", "person", "position"}
    swapped = kinds | (car if kinds & car else set())
    if last.intent in ("cancel", "status", "add_service"):
        swapped |= car | {"when"}
    again = replace(last.without(*swapped).answer(founds, source="said"), context=heard.context, chosen={}, extra=())
    back = replace(
        last, reading=replace(last.reading, intent="undo", slots=(), sets={}), answered=(), chosen={}, extra=()
    )
    return [back, again]
