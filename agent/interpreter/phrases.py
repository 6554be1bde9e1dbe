"""The phrase files: what people say for each intent, read once from sentences/{it,en}/*.yaml.

A file holds any of: `rules` (named fragments, `<name>` in a template), `glue` (words that explain themselves),
`fillers` (phrases that mean nothing to a workshop), `frames` (a slot with the little words around it) and `intents`.
Templates are in hassil's notation; `{kind}` or `{kind:role}` stands for a slot, and an Italian verb followed by "+"
for itself with any pronoun that may hang on it: "metti+" is also "mettila", "mettimi", "mettiglielo". With "~" it
stands only for those that say what: "metti~" is "mettila", "mettimelo", not "mettimi"; with "^" for the verb alone
and those that say for whom: "metti^" is "metti", "mettimi", "mettigli".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SENTENCES = Path(__file__).with_name("sentences")
LANGUAGES = ("it", "en")


WHOM = ("mi", "gli", "le", "ci")
WHAT = ("lo", "la", "li", *(f"{whom}{what}" for whom in ("me", "glie", "ce") for what in ("lo", "la", "li", "le")))
_HANGING = re.compile(r"([a-zàèéìòù]+)([+~^])")


class BadPhrases(ValueError):
    """A phrase file that cannot be used; the message names file and entry."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One template and what it says beyond its slots."""

    template: str
    role: str
    """`core` says the intent, `extra` belongs to one intent, `frame` is a slot in any that takes it; or `filler`."""
    owner: str = ""
    """The intent of a core or extra phrase."""
    sets: Mapping[str, Any] = field(default_factory=dict)
    """Values the words themselves carry: `{status: ready}`."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing that can be asked for."""

    name: str
    kind: str
    """`order`, `question` or `statement` (a statement with a question mark is no order)."""
    takes: frozenset[str]
    """Kinds of slots that may stand in it outside its own phrases."""
    writes: bool = False
    bias: float = 0.0
    """Added to the cost: above 0 gives way to others."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """All of one language."""

    language: str
    intents: Mapping[str, Intent]
    phrases: tuple[Phrase, ...]
    rules: Mapping[str, str]
    glue: frozenset[str]


@cache
def phrases(language: str) -> Phrases:
    """Every phrase file of ``language``, merged."""
    intents: dict[str, Intent] = {}
    rules: dict[str, str] = {}
    found: list[Phrase] = []
    glue: set[str] = set()
    for path in sorted((SENTENCES / language).glob("*.yaml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        rules.update({rule: spread(text) for rule, text in data.get("rules", {}).items()})
        glue.update(word for line in data.get("glue", ()) for word in str(line).split())
        found += _entries(path, data.get("fillers", ()), "filler", "")
        for kind, templates in data.get("frames", {}).items():
            found += _entries(path, templates, "frame", kind)
        for name, body in data.get("intents", {}).items():
            if name in intents:
                raise BadPhrases(f"{path.name}: intent '{name}' is there twice")
            intents[name] = _intent(path, name, body)
            found += _entries(path, body["core"], "core", name)
            found += _entries(path, body.get("extra", ()), "extra", name)
    return Phrases(language=language, intents=intents, phrases=tuple(found), rules=rules, glue=frozenset(glue))


def _intent(path: Path, name: str, body: Mapping[str, Any]) -> Intent:
    unknown = set(body) - {"kind", "takes", "core", "extra", "writes", "bias"}
    if unknown:
        raise BadPhrases(f"{path.name}: intent '{name}' has unknown keys {sorted(unknown)}")
    return Intent(
        name=name,
        kind=body.get("kind", "order"),
        takes=frozenset(str(body.get("takes", "")).split()),
        writes=bool(body.get("writes", False)),
        bias=float(body.get("bias", 0.0)),
    )


def _entries(path: Path, entries: Sequence[Any], role: str, owner: str) -> list[Phrase]:
    found: list[Phrase] = []
    for entry in entries:
        if isinstance(entry, str):
            found.append(Phrase(template=spread(entry), role=role, owner=owner))
        elif isinstance(entry, Mapping) and set(entry) == {"say", "set"}:
            templates = [entry["say"]] if isinstance(entry["say"], str) else entry["say"]
            found += [Phrase(template=spread(text), role=role, owner=owner, sets=entry["set"]) for text in templates]
        else:
            raise BadPhrases(f"{path.name}: {owner or role}: '{entry}' is neither a template nor {{say, set}}")
    return found


def spread(template: str) -> str:
    """``template`` with each "verb+" and "verb~" as the choice of its forms: "mettere~" is "(metterlo|metterla|…)"."""

    def forms(match: re.Match[str]) -> str:
        verb = match[1]
        stem = verb[:-1] if verb.endswith("re") else verb
        said = [verb, *(stem + end for end in WHOM)] if match[2] != "~" else []
        hung = [stem + end for end in WHAT] if match[2] != "^" else []
        return f"({'|'.join([*said, *hung])})"

    return _HANGING.sub(forms, template)
