"""One desk's conversation: from what was heard to the next act, with what was asked and what is in focus."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from agent.events import Needs, Preview, Slot
from agent.interpreter import choosing, noting
from agent.interpreter.coverage import Reading
from agent.interpreter.phrases import LANGUAGES
from agent.interpreter.plan import plan
from agent.interpreter.reading import (
    Act,
    AnswerPreview,
    CallTool,
    NotUnderstood,
    Outcome,
    Say,
    Silence,
)
from agent.interpreter.replies import local_now, reply
from agent.interpreter.request import Asked, Focus, Question, Request, Step
from agent.interpreter.texts import say
from agent.interpreter.understanding import Understanding, better, heard_in, understand
from tools.domain import Vocabulary

TALK = frozenset({"help", "thanks", "stop", "repeat", "yes", "no"})
"""Intents that call nothing."""


class Dialogue:
    """The interpreter of one desk. Pure: no clock, no network; it acts through what it returns."""

    def __init__(self, language: Literal["it", "en", "auto"] = "auto") -> None:
        self.setting = language
        self.language: str = "it" if language == "auto" else language
        self.focus = Focus()
        self._question: Question | None = None
        self._steps: Step | None = None
        self._queue: list[Request] = []
        self._said: list[str] = []
        self._last: Request | None = None
        self._reply = ""
        self._waiting: CallTool | None = None
        self._done = False
        """The last request was a write, and it stands."""

    def hear(
        self,
        text: str,
        *,
        vocabulary: Vocabulary,
        now: datetime,
        preview: Preview | None = None,
        unsure: bool = False,
    ) -> Act:
        """What to do about ``text``.

        preview: the one that waits for an answer, or what was done last. unsure: from a recogniser that guesses, so
        every write waits for a yes.
        """
        now = local_now(now, vocabulary)
        heard = self._understand(text, vocabulary=vocabulary, now=now)
        self.language = heard.language
        question, self._question = self._question, None
        waiting = preview is not None and preview.needs is not Needs.NOTHING
        act = self._answered(heard, question, preview, waiting=waiting, unsure=unsure)
        if act is None:
            act = self._commanded(heard, unsure=unsure)
        if isinstance(act, (NotUnderstood, Silence)):
            self._question = question
        elif not isinstance(act, AnswerPreview):
            self._waiting = None
        return act

    def outcome(self, result: Outcome, *, vocabulary: Vocabulary, now: datetime) -> Act:
        """The next step after a call: another call, or the whole reply."""
        now = local_now(now, vocabulary)
        self.note(result)
        self._done = result.data is not None and not result.pending
        language = result.call.language
        if result.pending:
            self._waiting = result.call
            text = reply(result, language=language, now=now, vocabulary=vocabulary)
            return self._say(Say(" ".join([*self._said, text]), language, result.call.intent, result.call.slots, True))
        if self._steps is None:
            text = reply(result, language=language, now=now, vocabulary=vocabulary)
            self._offer(result, vocabulary=vocabulary, now=now)
            return self._say(Say(text, language, result.call.intent, result.call.slots))
        self._waiting = None
        act = self._advance(result)
        if not isinstance(act, CallTool):
            self._offer(result, vocabulary=vocabulary, now=now)
        return act

    def note(self, result: Outcome) -> None:
        """A call made elsewhere, by an LLM or a click: what it was about is now in focus."""
        noting.note(self.focus, result)

    def draft(self, text: str, *, vocabulary: Vocabulary, now: datetime) -> tuple[str, tuple[Slot, ...]] | None:
        """What is understood so far, while the person still speaks; None when nothing is."""
        heard = self._understand(text, vocabulary=vocabulary, now=local_now(now, vocabulary))
        reading = heard.parts[-1] if heard.parts else heard.best
        if reading is None:
            return None
        return reading.intent, self._request(heard, reading, unsure=False).slots()

    # Reading

    def _understand(self, text: str, *, vocabulary: Vocabulary, now: datetime) -> Understanding:
        languages = heard_in(text, LANGUAGES) if self.setting == "auto" else (self.setting,)
        found = [understand(text, language=language, vocabulary=vocabulary, now=now) for language in languages]
        return better(found, setting=self.language)

    def _request(self, heard: Understanding, reading: Reading, *, unsure: bool) -> Request:
        return Request(
            reading=reading,
            text=heard.sheet.text,
            spans=tuple((word.start, word.end) for word in heard.sheet.words),
            folds=heard.sheet.folds,
            context=heard.context,
            focus=self.focus,
            unsure=unsure,
        )

    # Acting

    def _commanded(self, heard: Understanding, *, unsure: bool) -> Act:
        """A sentence that says what it wants."""
        if not heard.parts:
            return self._not_understood(heard)
        if any(part.sets.get("terse") and not _told_all(part) for part in heard.parts):
            return self._not_understood(heard)
        if len(heard.parts) == 1 and heard.parts[0].intent in TALK:
            return self._talked(heard.parts[0], heard)
        requests = [self._request(heard, part, unsure=unsure) for part in heard.parts if part.intent not in TALK]
        return self._begin(requests)

    def _not_understood(self, heard: Understanding) -> Act:
        if not heard.sheet.words or all(
            any(c.phrase.role == "filler" and c.first <= i <= c.last for c in heard.sheet.chunks)
            for i in range(len(heard.sheet.words))
        ):
            return Silence()
        writes = heard.best is not None and heard.best.writes
        key = "not_understood_write" if writes else "not_understood"
        return NotUnderstood(heard.language, say(heard.language, key))

    def _talked(self, reading: Reading, heard: Understanding) -> Act:
        language = heard.language
        match reading.intent:
            case "stop":
                self._steps, self._queue = None, []
                return Silence()
            case "repeat":
                text = self._reply or say(language, "nothing_to_repeat")
            case "yes":
                text = say(language, "yes_unknown")
            case "no":
                text = say(language, "nothing_pending")
            case _:
                text = say(language, reading.intent)
        return Say(text, language, reading.intent)

    def _begin(self, requests: Sequence[Request]) -> Act:
        self._said = []
        self._queue = list(requests)
        return self._next()

    def _next(self) -> Act:
        request = self._queue.pop(0)
        self._last = request
        self._steps = plan(request)
        return self._advance(None)

    def _advance(self, result: Outcome | None) -> Act:
        """Send ``result`` into the plan under way; on its end begin the next, or say it all."""
        assert self._steps is not None
        try:
            return next(self._steps) if result is None else self._steps.send(result)
        except StopIteration as end:
            self._steps = None
            last: Say = end.value
        if isinstance(last, Asked):
            self._question = last.open
            self._queue = []
        if last.text:
            self._said.append(last.text)
        if self._queue and not last.question:
            return self._next()
        return self._say(replace(last, text=" ".join(self._said)))

    def _say(self, act: Say) -> Say:
        self._reply = act.text
        return Say(act.text, act.language, act.intent, act.slots, act.question)

    # Answers

    def _answered(
        self,
        heard: Understanding,
        question: Question | None,
        preview: Preview | None,
        *,
        waiting: bool,
        unsure: bool,
    ) -> Act | None:
        """What the sentence answers: the preview that waits, the question just asked, or the last thing done."""
        single = heard.parts[0] if len(heard.parts) == 1 else None
        if single is not None and single.intent in ("yes", "no"):
            return self._yes_or_no(single.intent, heard, question, preview, waiting=waiting)
        # With a question open, "the second one" answers it, not what was done before it.
        if preview is not None and preview.choices and (waiting or question is None):
            chip = choosing.chip(heard.slots, heard, preview) if not heard.parts else None
            if chip is not None:
                return chip
        bare = heard.slots if heard.slots is not None and heard.slots.whole else None
        completed = question is not None and single is not None and choosing.completes(question, single)
        if completed and bare is None:
            bare = single
        if question is not None and (not heard.parts or completed or choosing.is_answer(question, heard)):
            answer = choosing.answer(question, heard, bare, focus=self.focus)
            if answer is not None:
                return self._begin([replace(answer, unsure=unsure, context=heard.context)])
        hardly = single is not None and bool(single.sets.get("terse")) and not _told_all(single)
        if (heard.parts and not hardly) or bare is None or self._last is None:
            return None
        again = choosing.amended(self._last, bare, heard, waiting=waiting, done=self._done)
        return self._begin([replace(one, unsure=unsure, focus=self.focus) for one in again]) if again else None

    def _yes_or_no(
        self, answer: str, heard: Understanding, question: Question | None, preview: Preview | None, *, waiting: bool
    ) -> Act:
        language = heard.language
        if waiting:
            return AnswerPreview(answer, language)
        if question is not None and answer == "yes" and len(question.options) == 1:
            chosen = choosing.chosen(question, 0, focus=self.focus)
            return self._begin([chosen])
        if question is not None and answer == "no":
            return Say(say(language, "no_done"), language, "no")
        return Say(say(language, "yes_unknown" if answer == "yes" else "nothing_pending"), language, answer)

    def _offer(self, result: Outcome, *, vocabulary: Vocabulary, now: datetime) -> None:
        """After a refusal with candidates or near plates, the next words may choose one of them."""
        options: Sequence[Any] = ()
        if result.refusal_code in ("not_found", "ambiguous"):
            options = result.refusal_details.get("nearest") or result.refusal_details.get("candidates") or ()
        if options and self._last is not None and result.call.intent == self._last.intent:
            kind = "appointment" if "start" in options[0] else "vehicle" if "make" in options[0] else "customer"
            self._question = Question(kind, self._last, tuple(options))


def _told_all(part: Reading) -> bool:
    """Whether a booking without a verb says car and time: less is no command."""
    return bool(part.of("plate", "vehicle", "person") and (part.of("when") or part.sets.get("first")))
