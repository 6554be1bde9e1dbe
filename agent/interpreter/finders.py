"""Every finder, and what they all propose for a sentence."""

from collections.abc import Sequence

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


def find_all(words: Sequence[Word], context: Context) -> list[Found]:
    """All proposals, overlapping ones included."""
    return [found for finder in FINDERS for found in finder(words, context)]
