"""Faults of the agent.

AgentError
 ├─ NotStarted      the session could not be built: no model, no voice, no workshop   (settings must change)
 ├─ Unhearable      speech could not be turned into text                              (say it again, or type)
 ├─ Unspeakable     the answer could not be spoken                                    (it is on the screen)
 └─ BadWire         JSON that is no event or command of ours

Workshop faults stay tools.errors.WorkshopError; the toolbelt turns them into the event Failed.
"""


class AgentError(Exception):
    """Base; the message is for the operator and says what to do."""


class NotStarted(AgentError):
    """The session could not be built."""


class Unhearable(AgentError):
    """Speech could not be turned into text."""


class Unspeakable(AgentError):
    """The answer could not be spoken."""


class BadWire(AgentError):
    """JSON that is no event or command of ours."""
