"""Settings: one place, from file and environment, and nothing of what a person wrote is lost."""

from __future__ import annotations

import re
import stat
import uuid
from dataclasses import fields, replace
from pathlib import Path

import pytest

from desktop.settings import Settings, SettingsFile, agent_config, markdown_table
from tests.import_contracts import ROOT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bancone" / "settings.toml"


def written(path: Path, text: str) -> SettingsFile:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return SettingsFile(path, {})


def test_without_a_file_the_defaults_hold(path: Path) -> None:
    file = SettingsFile(path, {})
    found = file.load()
    assert replace(found, desk="") == Settings()
    assert file.problems == ()


def test_the_desk_is_named_once(path: Path) -> None:
    desk = SettingsFile(path, {}).load().desk
    assert uuid.UUID(desk)
    assert SettingsFile(path, {}).load().desk == desk


def test_a_key_is_taken_from_the_file(path: Path) -> None:
    file = written(path, 'hotkey = "Pause"\nvolume = 1\nlog_text = false\nlog_days = 7\n')
    found = file.load()
    assert (found.hotkey, found.volume, found.log_text, found.log_days) == ("Pause", 1.0, False, 7)
    assert file.problems == ()


def test_the_environment_wins_and_is_never_saved(path: Path) -> None:
    written(path, 'hotkey = "Pause"\n')
    file = SettingsFile(path, {"BANCONE_HOTKEY": "F8", "BANCONE_VOLUME": "0.5", "BANCONE_CUES": "no"})
    found = file.load()
    assert (found.hotkey, found.volume, found.cues) == ("F8", 0.5, False)
    file.save(replace(found, theme="dark"))
    again = SettingsFile(path, {}).load()
    assert (again.hotkey, again.volume, again.cues, again.theme) == ("Pause", 1.0, True, "dark")


def test_an_unknown_key_is_named_and_kept(path: Path) -> None:
    file = written(path, '# mine\ncolour = "red"\nhotkey = "F8"  # the foot pedal\n')
    found = file.load()
    assert [(problem.kind, problem.key) for problem in file.problems] == [("unknown", "colour")]
    assert "colour" in file.problems[0].said("en")
    file.save(replace(found, volume=0.5))
    text = path.read_text(encoding="utf-8")
    assert "# mine" in text
    assert 'colour = "red"' in text
    assert "# the foot pedal" in text
    assert "volume = 0.5" in text


def test_an_unknown_variable_is_named(path: Path) -> None:
    file = SettingsFile(path, {"BANCONE_HOTKY": "F8", "BANCONE_OPENAI_API_KEY": "sk-one", "BANCONE_CI_RUN": "1"})
    file.load()
    assert [problem.key for problem in file.problems] == ["BANCONE_HOTKY"]


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ('theme = "pink"', "theme", "'pink'"),
        ("volume = 9.5", "volume", "9.5"),
        ("volume = true", "volume", "True"),
        ('volume = "loud"', "volume", "'loud'"),
        ("volume = nan", "volume", "nan"),
        ("log_days = 2.5", "log_days", "2.5"),
        ("log_days = 0", "log_days", "0"),
        ("cues = 1", "cues", "1"),
        ("hotkey = 9", "hotkey", "9"),
        ('hotkey = "F9\\n"', "hotkey", "'F9\\n'"),
        ("[microphone]\nname = 1", "microphone", "{'name': 1}"),
    ],
)
def test_a_value_that_cannot_be_is_named_and_the_default_holds(path: Path, line: str, key: str, value: str) -> None:
    file = written(path, f"{line}\n")
    assert getattr(file.load(), key) == getattr(Settings(), key)
    (problem,) = file.problems
    for language in ("it", "en"):
        assert f"{key} = " in problem.said(language)
        assert value in problem.said(language)


def test_a_bad_value_stays_in_the_file_until_it_is_changed(path: Path) -> None:
    file = written(path, 'theme = "pink"\n')
    found = file.load()
    file.save(replace(found, volume=0.5))
    assert 'theme = "pink"' in path.read_text(encoding="utf-8")
    file.save(replace(found, theme="dark"))
    assert 'theme = "dark"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["BANCONE_VOLUME", "BANCONE_LOG_DAYS", "BANCONE_CUES", "BANCONE_THEME"])
def test_a_bad_variable_is_named_and_the_default_holds(path: Path, name: str) -> None:
    file = SettingsFile(path, {name: "perhaps"})
    assert replace(file.load(), desk="") == Settings()
    assert "perhaps" in file.problems[0].said("en")


@pytest.mark.parametrize("content", [b"hotkey = \n", b"\xff\xfe", b"a = 1\na = 2\n"])
def test_a_file_that_cannot_be_read_is_told_and_put_aside_when_something_is_saved(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    file = SettingsFile(path, {})
    found = file.load()
    assert [problem.kind for problem in file.problems] == ["unreadable"]
    assert str(path) in file.problems[0].said("it")
    assert path.read_bytes() == content
    file.save(replace(found, theme="dark"))
    assert path.with_name("settings.toml.bad").read_bytes() == content
    assert SettingsFile(path, {}).load().theme == "dark"


def full(handle: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_failed_save_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(path, 'hotkey = "F8"\ndesk = "d"\n')
    found = file.load()

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        file.save(replace(found, hotkey="F7"))
    assert path.read_text() == 'hotkey = "F8"\ndesk = "d"\n'
    assert [item.name for item in path.parent.iterdir()] == ["settings.toml"]


def test_the_file_is_the_persons_own(path: Path) -> None:
    SettingsFile(path, {}).load()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_disk_that_is_full_is_told_and_the_desk_still_has_a_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", full)
    file = SettingsFile(path, {})
    assert file.load().desk
    assert [problem.kind for problem in file.problems] == ["unwritable"]
    assert "No space" in file.problems[0].said("en")


@pytest.mark.parametrize(
    ("language", "locale", "shown"),
    [("auto", "it_IT.UTF-8", "it"), ("auto", "de_DE.UTF-8", "en"), ("auto", "", "en"), ("it", "en_GB", "it")],
)
def test_windows_speak_the_language_chosen_or_the_systems(path: Path, language: str, locale: str, shown: str) -> None:
    file = SettingsFile(path, {"BANCONE_LANGUAGE": language, "LANG": locale})
    assert file.load().shown_language == shown


def test_the_systems_own_are_no_settings_of_the_file(path: Path) -> None:
    file = written(path, 'display = ":7"\n')
    assert file.load().display == ""
    assert [problem.key for problem in file.problems] == ["display"]
    assert SettingsFile(path, {"DISPLAY": ":8"}).load().display == ":8"


def test_secrets_are_no_settings(path: Path) -> None:
    file = SettingsFile(path, {"OPENAI_API_KEY": "sk-two", "BANCONE_OPENAI_API_KEY": "sk-one"})
    found = file.load()
    assert file.secrets == {"openai": "sk-one"}
    assert "sk-" not in repr(found)
    assert "sk-" not in path.read_text()


@pytest.mark.parametrize(
    ("llm", "key", "expected"),
    [("auto", None, "none"), ("auto", "sk", "openai"), ("none", "sk", "none"), ("openai", None, "openai")],
)
def test_the_language_model_follows_the_key_unless_it_is_chosen(llm: str, key: str | None, expected: str) -> None:
    assert agent_config(replace(Settings(), llm=llm), key).llm == expected  # type: ignore[arg-type]


def test_every_setting_of_the_agent_reaches_it() -> None:
    chosen = Settings(
        workshop="sqlite:///x", desk="d", tts_voice="coral", espeak_voice="f3", log_days=3, log_text=False
    )
    config = agent_config(chosen, "sk")
    assert (config.workshop, config.desk, config.tts_voice, config.espeak_voice) == ("sqlite:///x", "d", "coral", "f3")
    assert (config.keep_days, config.log_text, config.api_key, config.base_url) == (3, False, "sk", None)
    assert "sk" not in repr(config).split("=")


def test_the_readme_holds_the_table() -> None:
    lines = markdown_table("en").splitlines()[2:]
    assert len(lines) == len(fields(Settings))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [line for line in lines if line not in readme] == []


# Nobody else asks the environment

READERS = {
    "desktop/settings.py": "made here",
    "agent/config.py": "the same for commands without a desktop",
    "agent/speech/hearer.py": "hands its own on to the process that hears",
}


def test_nothing_else_reads_the_environment() -> None:
    asks = re.compile(r"\bos\.(environ|getenv)|from os import .*(environ|getenv)")
    found = {
        str(source.relative_to(ROOT))
        for room in ("desktop", "agent", "tools")
        for source in (ROOT / room).rglob("*.py")
        for line in source.read_text(encoding="utf-8").splitlines()
        if asks.search(line) and "reads os.environ" not in line
    }
    assert found == set(READERS)
