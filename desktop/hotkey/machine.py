"""When the talk key means talking: a pure state machine, no Qt, no clock of its own.

Three ways to use one key: `hold` (talk while it is down), `toggle` (a press starts, the next one ends) and
`auto` (held: as hold; tapped: as toggle).

    IDLE --down--> TALKING --up--> IDLE             (hold; auto when held TAP seconds or longer)
                   TALKING --up--> LATCHED          (auto when shorter; toggle always)
                   LATCHED --down--> IDLE           (its up is ignored)
    TALKING, LATCHED --cancel--> IDLE               (what was said is dropped)
    TALKING, LATCHED --MAX_TALK--> IDLE             (what was said is sent)
"""

from enum import StrEnum

TAP = 0.4  # seconds; a shorter press is a tap (auto)
SHORTEST = 0.15  # seconds; a shorter hold is a slip of the hand and costs nothing (design §5.2)
MAX_TALK = 120.0  # seconds; nobody talks longer, a jammed key does


class Mode(StrEnum):
    HOLD = "hold"
    TOGGLE = "toggle"
    AUTO = "auto"


class Action(StrEnum):
    """What to do with the microphone's gate."""

    START = "start"
    SEND = "send"
    CANCEL = "cancel"


class _State(StrEnum):
    IDLE = "idle"
    TALKING = "talking"
    LATCHED = "latched"


class PushToTalk:
    """Feed it the key's edges with the time in seconds; it says what to do, or None.

    Key repeats and an up without a down are ignored. Never two STARTs without a SEND or CANCEL between.
    """

    def __init__(self, mode: Mode = Mode.HOLD) -> None:
        self.mode = mode
        self._state = _State.IDLE
        self._since = 0.0
        self._down = False

    @property
    def talking(self) -> bool:
        return self._state is not _State.IDLE

    @property
    def latched(self) -> bool:
        return self._state is _State.LATCHED

    def down(self, now: float) -> Action | None:
        if self._down:
            return None
        self._down = True
        if self._state is _State.IDLE:
            self._state, self._since = _State.TALKING, now
            return Action.START
        return self._end(Action.SEND)

    def up(self, now: float) -> Action | None:
        if not self._down:
            return None
        self._down = False
        if self._state is not _State.TALKING:
            return None
        held = now - self._since
        if self.mode is Mode.TOGGLE or (self.mode is Mode.AUTO and held < TAP):
            self._state = _State.LATCHED
            return None
        return self._end(Action.CANCEL if held < SHORTEST else Action.SEND)

    def cancel(self) -> Action | None:
        """Escape, a lost microphone, a locked screen."""
        return self._end(Action.CANCEL) if self.talking else None

    def tick(self, now: float) -> Action | None:
        """To be called every second or so while talking."""
        return self._end(Action.SEND) if self.talking and now - self._since >= MAX_TALK else None

    def _end(self, action: Action) -> Action:
        self._state = _State.IDLE
        return action
