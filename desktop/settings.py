"""What the person at this desk has chosen: one dataclass, made here from file, environment and defaults.

The file is TOML in the user's config folder; `BANCONE_<NAME>` in the environment wins over it and is never saved.
Nothing else in the desktop reads the environment. Secrets are not settings: `desktop/secrets.py`.
"""

import math
import os
import re
import tempfile
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, cast

import platformdirs
import tomlkit
from tomlkit.exceptions import ParseError

from agent.config import AgentConfig, turn_log_path
from tools.contract import Clock

PREFIX = "BANCONE_"
SECRETS = {"openai": ("BANCONE_OPENAI_API_KEY", "OPENAI_API_KEY")}
"""Secret → the environment variables it may come from where there is no keyring, first one first."""

Value = str | int | float | bool


def _setting(
    default: Value,
    it: str,
    en: str,
    *,
    one_of: tuple[str, ...] = (),
    least: float = -math.inf,
    most: float = math.inf,
    env: tuple[str, ...] = (),
    saved: bool = True,
) -> Any:
    """A field with what the person reads about it. env: variables asked after `BANCONE_<NAME>`."""
    meaning = {"it": it, "en": en, "one_of": one_of, "least": least, "most": most, "env": env, "saved": saved}
    return field(default=default, metadata=meaning)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every field has its meaning in both languages beside it, and a line in the README."""

    workshop: str = _setting(
        "embedded:",
        "l'officina: `embedded:` (un file tuo), `sqlite:///percorso`",
        "the workshop: `embedded:` (a file of your own), `sqlite:///path`",
    )
    language: Literal["auto", "it", "en"] = _setting(
        "auto",
        "lingua di finestre e conversazione; `auto` segue il sistema e chi parla",
        "language of windows and conversation; `auto` follows the system and the person",
        one_of=("auto", "it", "en"),
    )
    desk: str = _setting(
        "",
        "nome di questo banco, creato una volta; Annulla riprende l'ultima scrittura del banco",
        "this desk's name, made once; Undo takes back the desk's last write",
    )
    hotkey: str = _setting(
        "F9",
        "il tasto per parlare, ovunque: `F9`, `Pause`, `Ctrl+Alt+Space`",
        "the talk key, everywhere: `F9`, `Pause`, `Ctrl+Alt+Space`",
    )
    talk_mode: Literal["hold", "toggle", "auto"] = _setting(
        "hold",
        "`hold` tenere premuto, `toggle` premere due volte, `auto` secondo la durata",
        "`hold` keep it down, `toggle` press twice, `auto` by how long it is held",
        one_of=("hold", "toggle", "auto"),
    )
    microphone: str = _setting(
        "", "nome del microfono; vuoto: quello di sistema", "the microphone's name; empty: the system's"
    )
    speaker: str = _setting(
        "", "nome dell'altoparlante; vuoto: quello di sistema", "the loudspeaker's name; empty: the system's"
    )
    volume: float = _setting(1.0, "volume della voce, da 0 a 2", "the voice's volume, 0 to 2", least=0.0, most=2.0)
    theme: Literal["auto", "light", "dark"] = _setting(
        "auto",
        "aspetto: `auto` come il sistema, `light` chiaro, `dark` scuro",
        "look: `auto` as the system, `light`, `dark`",
        one_of=("auto", "light", "dark"),
    )
    cues: bool = _setting(True, "un breve suono quando si può parlare", "a short sound when one may speak")
    overlay: bool = _setting(
        True, "il riquadro sopra le altre finestre mentre si parla", "the strip above other windows while talking"
    )
    autostart: bool = _setting(False, "parte con la sessione", "starts with the session")
    llm: Literal["auto", "none", "openai"] = _setting(
        "auto",
        "chi risponde se l'interprete non capisce: `auto` OpenAI se c'è una chiave, `none` nessuno",
        "who answers where the interpreter does not understand: `auto` OpenAI with a key, `none` nobody",
        one_of=("auto", "none", "openai"),
    )
    base_url: str = _setting(
        "",
        "indirizzo di un server compatibile con OpenAI; vuoto: OpenAI",
        "address of an OpenAI-compatible server; empty: OpenAI's",
        env=("OPENAI_BASE_URL",),
    )
    llm_model: str = _setting("gpt-4o", "modello linguistico", "language model")
    stt: Literal["auto", "openai", "whisper", "grammar", "none"] = _setting(
        "auto",
        "chi ascolta: `auto` OpenAI con una chiave, poi Whisper se c'è, poi la grammatica (inglese)",
        "who listens: `auto` OpenAI with a key, else Whisper when it is there, else the grammar (English)",
        one_of=("auto", "openai", "whisper", "grammar", "none"),
    )
    stt_model: str = _setting("gpt-4o-mini-transcribe", "modello di ascolto di OpenAI", "OpenAI's listening model")
    whisper_model: str = _setting("small", "modello di Whisper", "Whisper's model")
    tts: Literal["auto", "openai", "espeak", "none"] = _setting(
        "auto",
        "chi parla: `auto` OpenAI con una chiave, altrimenti espeak-ng",
        "who speaks: `auto` OpenAI with a key, else espeak-ng",
        one_of=("auto", "openai", "espeak", "none"),
    )
    tts_model: str = _setting("gpt-4o-mini-tts", "modello vocale di OpenAI", "OpenAI's voice model")
    tts_voice: str = _setting("ash", "voce di OpenAI", "OpenAI's voice")
    espeak_voice: str = _setting("", "variante di espeak-ng, per esempio `f3`", "a variant of espeak-ng, such as `f3`")
    tool_timeout: float = _setting(
        8.0, "secondi che un'operazione può durare", "seconds an operation may take", least=1.0, most=60.0
    )
    log_text: bool = _setting(
        True,
        "il registro dei turni tiene le parole; `false`: solo i tempi",
        "the turn log keeps what was said; `false`: times only",
    )
    log_days: int = _setting(
        30, "giorni che un turno resta nel registro", "days a turn stays in the log", least=1, most=365
    )
    display: str = _setting(
        "", "lo schermo X11 (dal sistema)", "the X11 display (from the system)", env=("DISPLAY",), saved=False
    )
    session: str = _setting(
        "",
        "tipo di sessione: `x11`, `wayland` (dal sistema)",
        "kind of session: `x11`, `wayland` (from the system)",
        env=("XDG_SESSION_TYPE",),
        saved=False,
    )
    locale: str = _setting(
        "",
        "lingua del sistema (dal sistema)",
        "the system's language (from the system)",
        env=("LC_ALL", "LC_MESSAGES", "LANG"),
        saved=False,
    )

    @property
    def shown_language(self) -> Literal["it", "en"]:
        """The language of windows and messages."""
        if self.language != "auto":
            return self.language
        return "it" if self.locale.lower().startswith("it") else "en"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in the file or the environment that could not be used."""

    key: str
    """The setting, or the file."""
    value: str
    kind: Literal["unknown", "bad", "unreadable", "unwritable"]
    wanted: str = ""

    def said(self, language: str) -> str:
        """What is wrong, for the person."""
        return _PROBLEMS[self.kind]["it" if language == "it" else "en"].format(
            key=self.key, value=self.value, wanted=self.wanted
        )


_PROBLEMS = {
    "unknown": {
        "it": "impostazione sconosciuta: {key} (lasciata dov'è)",
        "en": "unknown setting: {key} (left where it is)",
    },
    "bad": {
        "it": "{key} = {value}: non va bene, serve {wanted}; vale il valore predefinito",
        "en": "{key} = {value}: cannot be used, wanted {wanted}; the default holds",
    },
    "unreadable": {
        "it": "{key}: non si legge ({value}); valgono i valori predefiniti",
        "en": "{key}: cannot be read ({value}); the defaults hold",
    },
    "unwritable": {"it": "{key}: non si può scrivere ({value})", "en": "{key}: cannot be written ({value})"},
}


class SettingsFile:
    """The file, and what came of reading it. Unknown keys and comments in it survive a `save`."""

    def __init__(self, path: Path | None = None, environ: Mapping[str, str] | None = None) -> None:
        """environ: the process's own when None."""
        self.path = path or platformdirs.user_config_path("bancone", appauthor=False) / "settings.toml"
        self._environ = os.environ if environ is None else environ
        self._document = tomlkit.document()
        self._loaded = Settings()
        self._broken = False
        self.problems: tuple[Problem, ...] = ()

    @property
    def secrets(self) -> dict[str, str]:
        """The secrets the environment holds, by the name `SecretStore` knows them by."""
        found = {name: self._first(variables) for name, variables in SECRETS.items()}
        return {name: value for name, value in found.items() if value}

    def load(self) -> Settings:
        """Read file and environment; what cannot be used is in `problems`, and the default holds in its place."""
        problems: list[Problem] = []
        self._read(problems)
        known = {item.name: item for item in fields(Settings)}
        values: dict[str, Any] = {}
        for key, raw in self._document.unwrap().items():
            if key not in known or not known[key].metadata["saved"]:
                problems.append(Problem(key, str(raw), "unknown"))
            else:
                self._take(known[key], raw, values, problems)
        for name, item in known.items():
            if text := self._first((PREFIX + name.upper(), *item.metadata["env"])):
                self._take(item, _from_text(item, text), values, problems)
        for variable in sorted(self._environ):
            if _is_ours(variable) and variable.removeprefix(PREFIX).lower() not in known:
                problems.append(Problem(variable, self._environ[variable], "unknown"))
        self._loaded = Settings(**values)
        if not self._loaded.desk:
            self._name_desk(problems)
        self.problems = tuple(problems)
        return self._loaded

    def save(self, settings: Settings) -> None:
        """Write what was changed since `load`. Raises OSError; the file is then as it was."""
        if self._broken and self.path.exists():
            os.replace(self.path, self.path.with_name(self.path.name + ".bad"))
            self._broken = False
        for item in fields(Settings):
            value = getattr(settings, item.name)
            if item.metadata["saved"] and value != getattr(self._loaded, item.name):
                self._document[item.name] = value
        _write(self.path, tomlkit.dumps(self._document))
        self._loaded = settings

    def _read(self, problems: list[Problem]) -> None:
        self._document = tomlkit.document()
        try:
            self._document = tomlkit.parse(self.path.read_text(encoding="utf-8"))
            self._broken = False
        except FileNotFoundError:
            return
        except (OSError, UnicodeDecodeError, ParseError) as error:
            self._broken = True
            problems.append(Problem(str(self.path), str(error), "unreadable"))

    def _name_desk(self, problems: list[Problem]) -> None:
        named = replace(self._loaded, desk=str(uuid.uuid4()))
        if self._broken:
            self._loaded = named
            return
        try:
            self.save(named)
        except OSError as error:
            problems.append(Problem(str(self.path), str(error), "unwritable"))
            self._loaded = named

    def _first(self, variables: Iterable[str]) -> str:
        return next((self._environ[name] for name in variables if self._environ.get(name)), "")

    @staticmethod
    def _take(item: "Field[Any]", raw: object, values: dict[str, Any], problems: list[Problem]) -> None:
        wanted = _wanted(item)
        value = float(raw) if isinstance(item.default, float) and type(raw) is int else raw
        if type(value) is not type(item.default) or not _within(item, cast(Value, value)):
            problems.append(Problem(item.name, repr(raw), "bad", wanted))
            return
        values[item.name] = value


def agent_config(settings: Settings, api_key: str | None, *, now: Clock | None = None) -> AgentConfig:
    """What the desktop's agent is built from. now: None is the real clock."""
    llm = settings.llm
    if llm == "auto":
        llm = "openai" if api_key else "none"
    return AgentConfig(
        workshop=settings.workshop,
        language=settings.language,
        llm=llm,
        clock=now,
        desk=settings.desk,
        stt=settings.stt,
        tts=settings.tts,
        api_key=api_key,
        base_url=settings.base_url or None,
        llm_model=settings.llm_model,
        stt_model=settings.stt_model,
        tts_model=settings.tts_model,
        tts_voice=settings.tts_voice,
        espeak_voice=settings.espeak_voice,
        whisper_model=settings.whisper_model,
        tool_timeout=settings.tool_timeout,
        turn_log=turn_log_path(),
        log_text=settings.log_text,
        keep_days=settings.log_days,
    )


def markdown_table(language: str = "en") -> str:
    """The settings as the README shows them."""
    head = ("Impostazione", "Se manca", "Che cosa è") if language == "it" else ("Setting", "Default", "What it is")
    rows = [head, ("---", "---", "---")]
    for item in fields(Settings):
        default = str(item.default).lower() if isinstance(item.default, bool) else str(item.default)
        shown = f"`{default}`" if default else ""
        rows.append((f"`{item.name}`", shown, str(item.metadata["it" if language == "it" else "en"])))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _is_ours(variable: str) -> bool:
    """Whether a variable is meant for the settings; the test runner's own and the secrets are not."""
    secret = any(variable in names for names in SECRETS.values())
    return variable.startswith(PREFIX) and not secret and not re.match(r"BANCONE_(CI_RUN|NO_APT)$", variable)


def _from_text(item: "Field[Any]", text: str) -> object:
    """What ``text`` means for this setting; the text itself when it means nothing."""
    match item.default:
        case bool():
            words = {
                "true": True,
                "1": True,
                "yes": True,
                "on": True,
                "false": False,
                "0": False,
                "no": False,
                "off": False,
            }
            return words.get(text.lower(), text)
        case int():
            return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else text
        case float():
            return float(text) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", text) else text
    return text


def _within(item: "Field[Any]", value: Value) -> bool:
    meaning = item.metadata
    if isinstance(value, str):
        return (not meaning["one_of"] or value in meaning["one_of"]) and value.isprintable()
    if isinstance(value, bool):
        return True
    return bool(meaning["least"] <= value <= meaning["most"])


def _wanted(item: "Field[Any]") -> str:
    meaning = item.metadata
    if meaning["one_of"]:
        return " | ".join(meaning["one_of"])
    if isinstance(item.default, bool):
        return "true | false"
    if isinstance(item.default, int | float):
        return f"{meaning['least']:g} … {meaning['most']:g}"
    return '"…"'


def _write(path: Path, text: str) -> None:
    """Replace the file as a whole: a reader sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
