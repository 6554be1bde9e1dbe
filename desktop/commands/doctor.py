"""`bancone doctor`: what works on this machine, tried one by one, and what to do about the rest."""

import argparse
import asyncio
import queue
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from desktop.settings import Settings, SettingsFile, agent_config

if TYPE_CHECKING:
    from agent.config import AgentConfig
    from desktop.audio.devices import Direction

LISTENS = 1.0  # seconds the microphone is listened to
FIRST_SOUND = 3.0  # seconds a device may take to wake up
KEYRING_PATIENCE = 10.0  # seconds


class Health(StrEnum):
    WORKS = " ok "
    NOTE = " -- "
    """Not there, and not needed for Bancone to work."""
    FAULT = " !! "


@dataclass(frozen=True, slots=True)
class Finding:
    health: Health
    what: tuple[str, str]
    """Italian, English; so everywhere here."""
    said: tuple[str, str]


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("doctor", help="what works here, and what to do about the rest")
    parser.add_argument("--workshop", metavar="URL", help="instead of the one in the settings")
    parser.add_argument("--language", choices=("it", "en"), help="of this report; the settings' otherwise")


async def run(args: argparse.Namespace) -> int:
    """0: everything Bancone needs works; 1: something does not."""
    file = SettingsFile()
    settings = file.load()
    if args.workshop:
        settings = replace(settings, workshop=args.workshop)
    column = 0 if (args.language or settings.shown_language) == "it" else 1
    worst = 0
    for check in checks(file, settings):
        for finding in await check():
            print(f"[{finding.health}] {finding.what[column]}: {finding.said[column]}", flush=True)
            worst = max(worst, finding.health is Health.FAULT)
    return worst


def checks(file: SettingsFile, settings: Settings) -> list[Callable[[], Awaitable[list[Finding]]]]:
    """Every examination, in the order of the report."""

    async def speech() -> list[Finding]:
        from desktop.secrets import SecretStore

        key = await SecretStore(file.secrets, patience=KEYRING_PATIENCE).get("openai")
        return await _speech(agent_config(settings, key))

    return [
        lambda: _settings(file),
        lambda: asyncio.to_thread(_microphone, settings.microphone),
        lambda: asyncio.to_thread(_loudspeaker, settings.speaker),
        lambda: asyncio.to_thread(_hotkey, settings),
        lambda: _keyring(file),
        lambda: _workshop(settings),
        speech,
        _later,
    ]


async def _settings(file: SettingsFile) -> list[Finding]:
    what = ("impostazioni", "settings")
    found = [Finding(Health.FAULT, what, (item.said("it"), item.said("en"))) for item in file.problems]
    return found or [Finding(Health.WORKS, what, (str(file.path), str(file.path)))]


def _microphone(name: str) -> list[Finding]:
    from desktop.audio.gate import SILENCE, level

    what = ("microfono", "microphone")
    blocks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    trial = _try("input", name, lambda data, *_: blocks.put(bytes(data)), blocks)
    if isinstance(trial, Finding):
        return [replace(trial, what=what)]
    found = _missing(what, trial)
    loudness = level(b"".join(trial.blocks))
    if loudness > SILENCE:
        said = f"{trial.device}, {loudness:.0f} dBFS"
        return [*found, Finding(Health.WORKS, what, (said, said))]
    said_it = f"{trial.device}: si apre ma non dà alcun suono; forse è muto: accendilo, o alza il livello nel sistema"
    said_en = (
        f"{trial.device}: opens but gives no sound at all; perhaps muted: switch it on, or raise the system's level"
    )
    return [*found, Finding(Health.FAULT, what, (said_it, said_en))]


def _loudspeaker(name: str) -> list[Finding]:
    what = ("altoparlante", "loudspeaker")
    taken: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def silence(out: Any, *_: object) -> None:
        memoryview(out)[:] = bytes(len(out))
        taken.put(b"")

    trial = _try("output", name, silence, taken)
    if isinstance(trial, Finding):
        return [replace(trial, what=what)]
    return [*_missing(what, trial), Finding(Health.WORKS, what, (trial.device, trial.device))]


@dataclass(frozen=True, slots=True)
class _Trial:
    device: str
    missing: str | None
    blocks: list[bytes]


def _try(
    direction: "Direction", name: str, callback: Callable[..., None], passing: "queue.SimpleQueue[bytes]"
) -> _Trial | Finding:
    """Open a device until a moment of sound has passed; what is wrong when none does."""
    try:
        from desktop.audio import devices
        from desktop.audio.capture import BLOCK

        opened = devices.opened(direction, name, block=BLOCK, callback=callback)
    except OSError as error:  # no PortAudio at all
        return _fault("manca il sistema audio (libportaudio2)", "there is no sound system (libportaudio2)", error)
    except devices.AudioError as error:
        return _fault("non si può usare", "cannot be used", error)
    device = opened.device.name
    try:
        blocks = [passing.get(timeout=FIRST_SOUND) for _ in range(round(LISTENS * devices.RATE / BLOCK))]
    except queue.Empty:
        stands = f"{device}: si apre ma resta fermo; è sospeso?", f"{device}: opens but stands still; is it suspended?"
        return _fault(*stands)
    finally:
        devices.close(opened.stream)
    return _Trial(device, opened.missing, blocks)


def _fault(it: str, en: str, error: Exception | None = None) -> Finding:
    detail = f": {error}" if error else ""
    return Finding(Health.FAULT, ("", ""), (it + detail, en + detail))


def _missing(what: tuple[str, str], trial: _Trial) -> list[Finding]:
    if trial.missing is None:
        return []
    it = f"{trial.missing!r} non c'è; si usa {trial.device!r}: collegalo o scegline un altro nelle impostazioni"
    en = f"{trial.missing!r} is not there; {trial.device!r} is used: plug it in or choose another in the settings"
    return [Finding(Health.FAULT, what, (it, en))]


def _hotkey(settings: Settings) -> list[Finding]:
    from desktop.hotkey import HotkeyError, backend_for

    what = ("tasto per parlare", "talk key")
    backend = backend_for(settings.display or None)
    try:
        backend.start(settings.hotkey, lambda at: None, lambda at: None)
    except HotkeyError as error:
        own = ("; se Bancone è aperto, lo tiene lui", "; an open Bancone holds it itself")
        it, en = own if backend.capabilities.conflicts else ("", "")
        return [Finding(Health.FAULT, what, (f"{error}{it}", f"{error}{en}"))]
    backend.stop()
    if settings.session == "wayland":
        it = f"{settings.hotkey}: solo sopra le finestre X11, perché questa sessione è Wayland"
        en = f"{settings.hotkey}: only over X11 windows, since this session is Wayland"
        return [Finding(Health.NOTE, what, (it, en))]
    return [Finding(Health.WORKS, what, (settings.hotkey, settings.hotkey))]


async def _keyring(file: SettingsFile) -> list[Finding]:
    from desktop.secrets import Available, Locked, SecretStore

    what = ("portachiavi", "keyring")
    match await SecretStore(file.secrets, patience=KEYRING_PATIENCE).state():
        case Available(backend):
            return [Finding(Health.WORKS, what, (backend, backend))]
        case Locked(reason):
            said = f"chiuso: aprilo entrando nella sessione ({reason})", f"locked: open it by logging in ({reason})"
            return [Finding(Health.FAULT, what, said)]
        case missing:
            it = f"non c'è ({missing.reason}); una chiave può venire da OPENAI_API_KEY"
            en = f"there is none ({missing.reason}); a key may come from OPENAI_API_KEY"
            return [Finding(Health.NOTE, what, (it, en))]


async def _workshop(settings: Settings) -> list[Finding]:
    from tools.connect import open_kept, path_of
    from tools.errors import WorkshopError

    what = ("officina", "workshop")
    url = settings.workshop
    try:
        if not path_of(url).exists():
            it, en = f"{url}: non c'è ancora; nasce al primo avvio", f"{url}: not there yet; made at the first start"
            return [Finding(Health.NOTE, what, (it, en))]
        workshop = await open_kept(url, desk=settings.desk, filled=False, copied=False)
        try:
            wrong = await workshop.check()
            data = await workshop.export()
        finally:
            await workshop.close()
    except (WorkshopError, OSError) as error:
        return [Finding(Health.FAULT, what, (f"{url}: {error}", f"{url}: {error}"))]
    if wrong:
        it = f"{url}: {len(wrong)} cose non tornano, la prima: {wrong[0]}; vedi `bancone workshop check`"
        en = f"{url}: {len(wrong)} things are wrong, the first: {wrong[0]}; see `bancone workshop check`"
        return [Finding(Health.FAULT, what, (it, en))]
    vehicles, appointments = len(data["vehicles"]), len(data["appointments"])
    it = f"{url}: {vehicles} veicoli, {appointments} appuntamenti, tutto in ordine"
    en = f"{url}: {vehicles} vehicles, {appointments} appointments, all in order"
    return [Finding(Health.WORKS, what, (it, en))]


async def _speech(config: "AgentConfig") -> list[Finding]:
    from agent.abilities import hears_with, speaks_with, whisper_is_here
    from agent.errors import AgentError

    hearing, voice, model = ("ascolto", "hearing"), ("voce", "voice"), ("Whisper", "Whisper")
    found = []
    try:
        found.append(Finding(Health.WORKS, hearing, HEARING[await hears_with(config)]))
    except AgentError as error:
        found.append(Finding(Health.FAULT, hearing, (str(error), str(error))))
    try:
        found.append(Finding(Health.WORKS, voice, VOICE[await speaks_with(config)]))
    except AgentError as error:
        found.append(Finding(Health.FAULT, voice, (str(error), str(error))))
    name = config.whisper_model
    if whisper_is_here(name):
        found.append(Finding(Health.WORKS, model, (f"il modello {name} c'è", f"the model {name} is here")))
    else:
        it = f"il modello {name} non c'è; `make whisper` per ascoltare ogni lingua senza chiave"
        en = f"the model {name} is not here; `make whisper` to hear any language without a key"
        found.append(Finding(Health.NOTE, model, (it, en)))
    said = (
        ("c'è; i modelli di OpenAI si possono usare", "set; OpenAI's models can be used")
        if config.api_key
        else ("non c'è; non serve per i comandi di ogni giorno", "none; not needed for everyday requests")
    )
    found.append(Finding(Health.WORKS if config.api_key else Health.NOTE, ("chiave OpenAI", "OpenAI key"), said))
    return found


HEARING = {
    "openai": ("OpenAI", "OpenAI"),
    "whisper": ("Whisper, su questo computer", "Whisper, on this computer"),
    "grammar": (
        "grammatica su questo computer: solo inglese, ogni scrittura aspetta un sì; l'italiano si scrive",
        "grammar on this computer: English only, every write waits for a yes; Italian is typed",
    ),
    "none": ("spento nelle impostazioni; si scrive", "off in the settings; one types"),
}
VOICE = {
    "openai": ("OpenAI", "OpenAI"),
    "espeak": ("espeak-ng, su questo computer", "espeak-ng, on this computer"),
    "none": ("spenta nelle impostazioni", "off in the settings"),
}


async def _later() -> list[Finding]:
    said = ("non fa parte di questa versione", "not part of this version")
    return [
        Finding(Health.NOTE, ("sito WordPress", "WordPress site"), said),
        Finding(Health.NOTE, ("LiveKit", "LiveKit"), said),
    ]
