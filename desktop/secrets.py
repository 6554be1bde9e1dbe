"""Secrets: in the system's keyring, or in memory for this session; never in a file of ours.

Where there is no keyring (a server, a bare desktop) a secret may come from the environment, which `desktop/settings.py`
has read. A keyring may ask the person for its password and make the call wait: every call is a coroutine, runs in a
thread of its own, and gives up after a while.
"""  # noqa: A005

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import keyring
import keyring.backend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError

log = logging.getLogger(__name__)

SERVICE = "bancone"
LONGEST = 1200  # characters; Windows takes 1280 (keyring issue 355)
PATIENCE = 60.0  # seconds for the person to answer the keyring's own question
PROBE = "availability"  # a name that is asked for to see whether anything can be

Found = TypeVar("Found")


class SecretError(Exception):
    """A secret was not stored; the message says why."""


@dataclass(frozen=True, slots=True)
class Available:
    """Secrets can be kept."""

    backend: str


@dataclass(frozen=True, slots=True)
class Locked:
    """There is a keyring and it does not open: its question was dismissed, or not answered."""

    reason: str


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no keyring here."""

    reason: str


Keyring = Available | Locked | Missing


class SecretStore:
    """One person's secrets by name ("openai")."""

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        *,
        backend: keyring.backend.KeyringBackend | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """environment: what `SettingsFile.secrets` found; backend: the system's when None."""
        self._environment = environment or {}
        self._backend = backend
        self._patience = patience
        self._session: dict[str, str] = {}

    async def state(self) -> Keyring:
        """Whether secrets can be kept; may make the keyring ask the person."""
        try:
            await self._ask(lambda chosen: chosen.get_password(SERVICE, PROBE))
        except _NotKept as error:
            return error.state
        return Available(type(self._chosen()).__module__)

    async def get(self, name: str) -> str | None:
        """The secret: from this session, the keyring, or the environment, the first that has it."""
        if name in self._session:
            return self._session[name]
        try:
            found = await self._ask(lambda chosen: chosen.get_password(SERVICE, name))
        except _NotKept as error:
            log.info("no secret from the keyring: %s", type(error.state).__name__)
            found = None
        return found or self._environment.get(name)

    async def set(self, name: str, value: str, *, only_now: bool = False) -> None:
        """Keep it; `only_now`: until the program ends. Raises SecretError, and then nothing was kept."""
        if not value or not value.isprintable():
            raise SecretError(f"the {name} key is empty or holds characters no key has")
        if len(value) > LONGEST:
            raise SecretError(f"the {name} key is {len(value)} characters long; {LONGEST} fit in a keyring")
        if only_now:
            self._session[name] = value
            return
        try:
            await self._ask(lambda chosen: chosen.set_password(SERVICE, name, value))
        except _NotKept as error:
            raise SecretError(f"the {name} key could not be kept: {error.state.reason}") from error
        self._session.pop(name, None)

    async def forget(self, name: str) -> None:
        """Remove it from session and keyring; what the environment holds stays. Raises SecretError."""
        self._session.pop(name, None)
        try:
            await self._ask(lambda chosen: _delete(chosen, name))
        except _NotKept as error:
            if isinstance(error.state, Locked):
                raise SecretError(f"the {name} key could not be removed: {error.state.reason}") from error

    def _chosen(self) -> keyring.backend.KeyringBackend:
        return self._backend or keyring.get_keyring()

    async def _ask(self, call: Callable[[keyring.backend.KeyringBackend], Found]) -> Found:
        """Ask the keyring in a thread. Raises _NotKept.

        A thread of its own, not the loop's pool: one that waits for an answer nobody gives must not hold up the end.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Found] = loop.create_future()
        threading.Thread(
            target=lambda: _answer(loop, answer, lambda: call(self._chosen())), name="keyring", daemon=True
        ).start()
        try:
            async with asyncio.timeout(self._patience):
                return await answer
        except TimeoutError as error:
            raise _NotKept(Locked(f"the keyring did not answer within {self._patience:.0f} s")) from error
        except NoKeyringError as error:
            raise _NotKept(Missing("this desktop has no keyring")) from error
        except (KeyringLocked, InitError) as error:
            raise _NotKept(Locked(f"the keyring is locked: {error}")) from error
        except Exception as error:  # backends raise what their libraries do
            raise _NotKept(Missing(f"the keyring does not work: {type(error).__name__}: {error}")) from error


class _NotKept(Exception):
    def __init__(self, state: Locked | Missing) -> None:
        super().__init__(state.reason)
        self.state = state


def _answer(loop: asyncio.AbstractEventLoop, answer: "asyncio.Future[Any]", call: Callable[[], Any]) -> None:
    try:
        result, fault = call(), None
    except Exception as error:
        result, fault = None, error

    def settle() -> None:
        if answer.done():
            return
        if fault is None:
            answer.set_result(result)
        else:
            answer.set_exception(fault)

    with contextlib.suppress(RuntimeError):  # the loop ended meanwhile
        loop.call_soon_threadsafe(settle)


def _delete(chosen: keyring.backend.KeyringBackend, name: str) -> None:
    if isinstance(chosen, NoKeyring):
        return
    with contextlib.suppress(PasswordDeleteError):  # it was not there
        chosen.delete_password(SERVICE, name)
