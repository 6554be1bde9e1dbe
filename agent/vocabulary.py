"""The workshop's own words, fetched once and again only when they changed."""

import logging
from collections.abc import Callable

from tools.contract import Workshop
from tools.domain import Vocabulary
from tools.errors import WorkshopError

log = logging.getLogger(__name__)


class Words:
    """One desk's copy of the vocabulary."""

    def __init__(self, workshop: Workshop, *, changed: Callable[[Vocabulary], None]) -> None:
        """changed: called with every new version, for recognisers that listen for these words."""
        self._workshop = workshop
        self._changed = changed
        self.known: Vocabulary | None = None

    async def fresh(self) -> Vocabulary:
        """The current vocabulary; the one known where the workshop cannot be asked now.

        Raises WorkshopError when it could not be asked even once.
        """
        known = self.known
        try:
            newer = await self._workshop.vocabulary(known.version if known else None)
        except WorkshopError as error:
            if known is None:
                raise
            log.warning("the vocabulary could not be refreshed: %s", type(error).__name__)
            return known
        if newer is not None:
            self.known = newer
            self._changed(newer)
            return newer
        assert known is not None, "a workshop answers a first question with its vocabulary"
        return known
