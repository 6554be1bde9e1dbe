"""The spoken texts, replies/{it,en}.yaml, and how a `{place}` in them is filled."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

REPLIES = Path(__file__).with_name("replies")
PLURAL = re.compile(r"\{(\w+), plural, one: ([^{}]*), other: ((?:[^{}]|\{\w+\})*)\}")


@cache
def texts(language: str) -> Mapping[str, Any]:
    """All texts of ``language``, by section."""
    path = REPLIES / f"{language}.yaml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    return data


def say(language: str, key: str, *, section: str = "replies", **values: Any) -> str:
    """The text ``key`` with its places filled. `{Name}` is `{name}` with a capital."""
    template: str = texts(language)[section][key]
    text = fill(template, values)
    return contracted(text) if language == "it" else text


def has(language: str, key: str, *, section: str) -> bool:
    return key in texts(language)[section]


CONTRACTED = {
    "di": "del",
    "a": "al",
    "su": "sul",
    "da": "dal",
    "in": "nel",
}
BEFORE_ARTICLE = re.compile(r"\b(di|a|su|da|in) (la |l')", re.IGNORECASE)


def contracted(text: str) -> str:
    """Italian prepositions joined to the article after them: "di la" is "della", "su l'" is "sull'"."""

    def join(match: re.Match[str]) -> str:
        stem = CONTRACTED[match[1].lower()]
        joined = f"{stem}la " if match[2] == "la " else f"{stem}l'"
        return capital(joined) if match[1][0].isupper() else joined

    return BEFORE_ARTICLE.sub(join, text)


def fill(template: str, values: Mapping[str, Any]) -> str:
    def plural(match: re.Match[str]) -> str:
        return match[2] if int(values[match[1]]) == 1 else match[3]

    places = dict(values)
    places.update({capital(name): capital(str(value)) for name, value in values.items()})
    return (
        capital(PLURAL.sub(plural, template).format_map(places).strip())
        if _opens(template)
        else PLURAL.sub(plural, template).format_map(places)
    )


def _opens(template: str) -> bool:
    """A text that is a sentence of its own, not a piece that is put after another."""
    return template.endswith((".", "?", "!")) and not template.startswith((" ", ","))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
