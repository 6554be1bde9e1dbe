"""Faults of a workshop, and the closed list of what it may refuse.

WorkshopError
 ├─ Unreachable        no answer: network, DNS, time-out, a locked database   (retry may help)
 ├─ Unauthorised       the site refuses our credentials                       (settings must change)
 ├─ OutOfContract      an answer our schemas do not know                      (a version mismatch)
 └─ Unusable           the data itself cannot be used: wrong file, newer version, bad seed

Anything the caller can be told ("09:00 is taken") is a Refusal, not an exception.
"""

from enum import StrEnum


class WorkshopError(Exception):
    """Base of every fault a workshop raises; the message names the thing and the value."""


class Unreachable(WorkshopError):
    """No answer came; trying again may help."""


class Unauthorised(WorkshopError):
    """The credentials are not accepted; trying again will not help."""


class OutOfContract(WorkshopError):
    """The answer is not one the tool schemas know."""


class Unusable(WorkshopError):
    """A file or seed that cannot be opened as a workshop."""


class RefusalCode(StrEnum):
    """Why a workshop says no (design §4). The value is what travels on the wire."""

    INVALID_INPUT = "invalid_input"
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"
    VEHICLE_MISMATCH = "vehicle_mismatch"
    SLOT_TAKEN = "slot_taken"
    OUTSIDE_HOURS = "outside_hours"
    IN_THE_PAST = "in_the_past"
    ALREADY_BOOKED = "already_booked"
    UNQUALIFIED = "unqualified"
    STALE = "stale"
    NO_CONSENT = "no_consent"
    NOT_CONFIRMED = "not_confirmed"
    FORBIDDEN = "forbidden"
    RATE_LIMITED = "rate_limited"
    BUSY_TRY_AGAIN = "busy_try_again"
    IDEMPOTENCY_MISMATCH = "idempotency_mismatch"
