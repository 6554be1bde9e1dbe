"""Times as people say them, in Italian and English, read against the workshop's clock and opening hours.

`date_rules_it` and `date_rules_en` hold the phrases, `date_days`, `date_spans`, `date_hours` and
`date_bounds` what they mean, `date_calendar` the policies of
naming
a day, `date_spec` how a half-said hour is settled.
"""

from collections.abc import Sequence

from agent.interpreter import date_rules_en, date_rules_it
from agent.interpreter.date_join import join
from agent.interpreter.date_script import Script, write
from agent.interpreter.date_spec import Length, Spec, to_when
from agent.interpreter.reading import Context, Found, Word
from agent.interpreter.say_when import say_when
from agent.interpreter.when import When, amend
from agent.interpreter.words import fold, tokenise, words_between

__all__ = ["When", "amend", "find_when", "lengths", "resolve", "say_when"]

_PLAIN_LENGTH = "L"


def find_when(words: Sequence[Word], context: Context) -> Sequence[Found]:
    """Every time expression in ``words``, each as long as it can be; they do not overlap."""
    script = _read(words, context)
    found = []
    for tag, (first, last) in zip(script.tags, script.spans, strict=True):
        if ":" not in tag or not tag.partition(":")[2].isdigit():
            continue
        spec = script.spec(tag)
        if spec.kind != _PLAIN_LENGTH:
            found.append(_found(spec, first, last, words, context))
    return found


def resolve(text: str, context: Context) -> When | None:
    """``text`` read whole, as one time expression; None where it holds none or several that do not join."""
    words = tokenise(text)
    found = find_when(words, context)
    if not found:
        return None
    assert context.now.tzinfo is not None
    whole: When = found[0].value
    for more in found[1:]:
        if (whole.has_day and more.value.has_day and not whole.first) or (whole.has_time and more.value.has_time):
            return None
        whole = amend(whole, more.value, context.now.tzinfo)
    return whole


def lengths(words: Sequence[Word], context: Context) -> Sequence[tuple[Length, int, int]]:
    """Lengths of time, wherever they stand, with their first and last word."""
    rules = date_rules_it if context.language == "it" else date_rules_en
    script = write(words, [fold(word.norm) for word in words], rules.LEXICON, context)
    script.run(rules.LENGTHS)
    return [
        (script.length(tag), first, last)
        for tag, (first, last) in zip(script.tags, script.spans, strict=True)
        if tag.startswith("L:")
    ]


def _read(words: Sequence[Word], context: Context) -> Script:
    rules = date_rules_it if context.language == "it" else date_rules_en
    script = write(words, [fold(word.norm) for word in words], rules.LEXICON, context)
    for stage in rules.STAGES:
        script.run(stage)
    join(script, rules.CONNECTORS)
    return script


def _found(spec: Spec, first: int, last: int, words: Sequence[Word], context: Context) -> Found:
    when = to_when(spec, context, words_between(words, first, last))
    return Found("when", when, first, last, cost=spec.weak, guessed=spec.doubt is not None, reason=spec.doubt)
