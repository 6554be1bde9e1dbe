"""Secrets: kept where they belong, or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import InitError, PasswordDeleteError

from desktop.secrets import LONGEST, Available, Locked, Missing, SecretError, SecretStore
from tests.import_contracts import ROOT


class Memory(KeyringBackend):  # type: ignore[no-untyped-call]
    """A keyring that works."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.threads: set[str] = set()

    def get_password(self, service: str, username: str) -> str | None:
        self.threads.add(threading.current_thread().name)
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError(username)
        del self.kept[service, username]


class Shut(Memory):
    """A keyring whose question was dismissed."""

    def get_password(self, service: str, username: str) -> str | None:
        raise InitError("Failed to create the collection: Prompt dismissed..")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise InitError("Failed to create the collection: Prompt dismissed..")


class Asking(Memory):
    """A keyring that waits for the person, until told otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.answered.wait(10)
        return super().get_password(service, username)


async def test_a_secret_is_kept_and_found_by_another_start() -> None:
    backend = Memory()
    await SecretStore(backend=backend).set("openai", "sk-one")
    assert await SecretStore(backend=backend).get("openai") == "sk-one"
    assert backend.kept == {("bancone", "openai"): "sk-one"}


async def test_a_keyring_that_works_is_available() -> None:
    assert isinstance(await SecretStore(backend=Memory()).state(), Available)


async def test_the_keyring_is_never_asked_on_the_thread_that_draws() -> None:
    backend = Memory()
    await SecretStore(backend=backend).get("openai")
    assert backend.threads == {"keyring"}


async def test_a_secret_for_this_session_is_nowhere_else() -> None:
    backend = Memory()
    store = SecretStore(backend=backend)
    await store.set("openai", "sk-now", only_now=True)
    assert await store.get("openai") == "sk-now"
    assert backend.kept == {}


async def test_keeping_a_secret_ends_the_one_of_this_session() -> None:
    store = SecretStore(backend=Memory())
    await store.set("openai", "sk-now", only_now=True)
    await store.set("openai", "sk-kept")
    assert await store.get("openai") == "sk-kept"


async def test_without_a_keyring_the_environment_answers() -> None:
    store = SecretStore({"openai": "sk-env"}, backend=NoKeyring())  # type: ignore[no-untyped-call]
    assert await store.get("openai") == "sk-env"
    assert isinstance(await store.state(), Missing)


async def test_without_a_keyring_nothing_is_kept_and_it_is_said() -> None:
    store = SecretStore(backend=NoKeyring())  # type: ignore[no-untyped-call]
    with pytest.raises(SecretError, match="no keyring"):
        await store.set("openai", "sk-one")
    assert await store.get("openai") is None


async def test_the_keyring_comes_before_the_environment() -> None:
    backend = Memory()
    store = SecretStore({"openai": "sk-env"}, backend=backend)
    await store.set("openai", "sk-kept")
    assert await store.get("openai") == "sk-kept"


async def test_a_locked_keyring_is_told_from_a_missing_one() -> None:
    store = SecretStore({"openai": "sk-env"}, backend=Shut())
    assert isinstance(await store.state(), Locked)
    assert await store.get("openai") == "sk-env"
    with pytest.raises(SecretError, match="locked"):
        await store.set("openai", "sk-one")


async def test_a_keyring_nobody_answers_is_given_up() -> None:
    backend = Asking()
    store = SecretStore(backend=backend, patience=0.05)
    began = time.monotonic()
    assert isinstance(await store.state(), Locked)
    assert time.monotonic() - began < 2.0
    backend.answered.set()


async def test_forgetting_removes_it_everywhere_and_twice_is_no_fault() -> None:
    backend = Memory()
    store = SecretStore(backend=backend)
    await store.set("openai", "sk-one")
    await store.forget("openai")
    await store.forget("openai")
    assert await store.get("openai") is None


@pytest.mark.parametrize("value", ["", "x" * (LONGEST + 1), "sk-one\n"])
async def test_what_is_no_key_is_refused_without_showing_it(value: str) -> None:
    with pytest.raises(SecretError) as refused:
        await SecretStore(backend=Memory()).set("openai", value)
    assert "openai" in str(refused.value)
    assert not value or value not in str(refused.value)


REAL = """
import asyncio
from desktop.secrets import Available, SecretStore
async def main():
    store = SecretStore()
    state = await store.state()
    assert isinstance(state, Available), state
    await store.set("openai", "sk-" + "x" * 1100)
    assert await SecretStore().get("openai") == "sk-" + "x" * 1100
    await store.forget("openai")
    assert await SecretStore().get("openai") is None
    print(state.backend)
asyncio.run(main())
"""


def test_a_real_keyring_keeps_it(tmp_path: Path) -> None:
    lacking = [name for name in ("gnome-keyring-daemon", "dbus-run-session") if not shutil.which(name)]
    if lacking:
        pytest.skip(f"this machine has no {', '.join(lacking)}")
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    env = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ} | {
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_RUNTIME_DIR": str(runtime),
        "PYTHONPATH": str(ROOT),
    }
    unlock = "printf test | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null"
    command = ["dbus-run-session", "--", "sh", "-c", f'{unlock}; exec "$0" -c "$1"', sys.executable, REAL]
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "keyring.backends.SecretService"
