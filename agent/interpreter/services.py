"""What the workshop does, by any of its names, in either language."""

from collections.abc import Sequence

from agent.interpreter.lookup import indexed
from agent.interpreter.reading import Context, Found, Word
from agent.interpreter.words import fold, folded, listed
from tools.domain import Vocabulary

_BETWEEN = frozenset(listed("di del della delle dei degli dell' il lo la le i gli l' the of a an e and"))
_LEADING = frozenset(listed("controllo cambio sostituzione rifacimento verifica check change replacement"))


@indexed
def _index(vocabulary: Vocabulary) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First stem → (all stems, service id), longest first."""
    index: dict[str, dict[tuple[str, ...], str]] = {}
    for service in vocabulary.services:
        for name in (service.name_it, service.name_en, *service.synonyms):
            said = folded(name)
            # "olio e filtri" is enough of "cambio olio e filtri"; one word that is left may mean anything.
            short = said[1:] if said[:1] and said[0] in _LEADING and len(said) > 2 else ()
            for key in (tuple(stem(word) for word in said), tuple(stem(word) for word in short)):
                if key:
                    index.setdefault(key[0], {}).setdefault(key, service.id)
    return {first: sorted(keys.items(), key=lambda item: -len(item[0])) for first, keys in index.items()}


def stem(word: str) -> str:
    """A word without the ending that tells one from many: "tagliandi", "tyres"."""
    if len(word) < 5:
        return word
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word[:-1] if word[-1] in "aeio" else word


def find_services(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """Each service named, by the longest of its names: "cinghia e pompa acqua", not "cinghia"; the value is its id."""
    index = _index(context.vocabulary)
    folds = [fold(word.norm) for word in words]
    stems = [stem(word) for word in folds]
    found: list[Found] = []
    taken = -1
    for at in range(len(stems)):
        if at <= taken:
            continue
        for key, service in index.get(stems[at], ()):
            last = _matches(key, stems, folds, at)
            if last is not None:
                first = _led(folds, at, taken)
                found.append(Found("service", service, first, last))
                taken = last
                break
    return found


def _matches(key: Sequence[str], stems: Sequence[str], folds: Sequence[str], at: int) -> int | None:
    """The last word of ``key`` spoken from word ``at`` on, small words between its own allowed."""
    here = at
    for part in key[1:]:
        here += 1
        skipped = 0
        while here < len(stems) and stems[here] != part and folds[here] in _BETWEEN and skipped < 2:
            here += 1
            skipped += 1
        if here >= len(stems) or stems[here] != part:
            return None
    return here


def _led(folds: Sequence[str], at: int, taken: int) -> int:
    """ "controllo dei freni": the general word before belongs to it."""
    first = at
    if (
        first - 1 > taken
        and folds[first - 1] in _BETWEEN - {"e", "and"}
        and first - 2 > taken
        and folds[first - 2] in _LEADING
    ):
        return first - 2
    if first - 1 > taken and folds[first - 1] in _LEADING:
        return first - 1
    return first
