"""Every finder, and what they all propose for a sentence."""

from collections.abc import Sequence
from dataclasses import replace

from agent.interpreter.contacts import find_emails, find_phones
from agent.interpreter.dates import find_when
from agent.interpreter.finders_small import (
    find_channels,
    find_counts,
    find_durations,
    find_mileage,
    find_notes,
    find_offsets,
    find_positions,
    find_reasons,
    find_statuses,
    find_templates,
)
from agent.interpreter.people import find_people, find_staff
from agent.interpreter.plates import find_plates
from agent.interpreter.reading import Context, Finder, Found, Word
from agent.interpreter.repairs import fluent
from agent.interpreter.services import find_services
from agent.interpreter.vehicles import find_vehicles

FINDERS: tuple[Finder, ...] = (
    find_when,
    find_plates,
    find_vehicles,
    find_people,
    find_staff,
    find_services,
    find_channels,
    find_templates,
    find_statuses,
    find_mileage,
    find_phones,
    find_emails,
    find_positions,
    find_offsets,
    find_durations,
    find_counts,
    find_notes,
    find_reasons,
)

WHOLE: tuple[Finder, ...] = (find_when, find_plates, find_vehicles, find_people, find_services, find_mileage)
"""Those whose values have several words, none of them dictated."""


def find_all(words: Sequence[Word], context: Context) -> list[Found]:
    """All proposals, overlapping ones included; a value may have a filler or a pause inside: "at, let me see, nine"."""
    found = [one for finder in FINDERS for one in finder(words, context)]
    kept = fluent(words, context.language)
    if len(kept) == len(words) or len(kept) < 2 or kept[-1] - kept[0] + 1 == len(kept):
        return found
    joined = [words[at] for at in kept]
    for finder in WHOLE:
        for one in finder(joined, context):
            first, last = kept[one.first], kept[one.last]
            if last - first > one.last - one.first:
                found.append(replace(one, first=first, last=last))
    return found
