"""One outcome on its way to be said: its data, its language, and the pieces every reply needs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent.interpreter import saying
from agent.interpreter.reading import Outcome
from agent.interpreter.texts import say, texts
from tools.domain import Vocabulary

Json = Mapping[str, Any]
NOW = 120  # seconds; a message due within them leaves "now" (risk-2 messages are held back 30 s)


@dataclass(frozen=True, slots=True)
class Telling:
    outcome: Outcome
    language: str
    now: datetime
    vocabulary: Vocabulary

    @property
    def data(self) -> Json:
        assert self.outcome.data is not None
        return self.outcome.data

    @property
    def intent(self) -> str:
        return self.outcome.call.intent

    @property
    def arguments(self) -> Json:
        return self.outcome.call.arguments

    def say(self, key: str, **values: Any) -> str:
        return say(self.language, key, **values)

    def when(self, text: str) -> str:
        return saying.when(text, self.language, now=self.now)

    def car(self, vehicle: Json | None, *, plate: bool = True) -> str:
        return saying.car(vehicle, self.language, plate=plate)

    def status(self, status: str) -> str:
        return say(self.language, status, section="statuses")

    def channel(self, channel: str) -> str:
        return say(self.language, channel, section="words")

    def template(self, template: str) -> str:
        name: str = texts(self.language)["templates"].get(template, template)
        return name

    def appointment(self, item: Json) -> dict[str, str]:
        """services, car, when and staff of an appointment."""
        return {
            "services": saying.services(item["services"], self.language),
            "car": self.car(item.get("vehicle")),
            "when": self.when(item["start"]),
            "staff": item["staff"]["name"],
        }

    def contact(self, customer: Json) -> dict[str, str]:
        """customer, phone and email parts of a customer."""
        phone = customer.get("phone")
        email = customer.get("email")
        return {
            "customer": customer["name"],
            "phone": self.say("phone_part", phone=saying.spoken_phone(phone)) if phone else "",
            "email": self.say("email_part", email=email) if email else "",
        }

    def messages(self, *, but: Collection[str] = ()) -> str:
        """The messages that are queued, each with when it leaves; ``but``: templates left aside."""
        parts = []
        for row in self.data.get("messages", ()):
            if row.get("status", "queued") != "queued" or row["template"] in but:
                continue
            facts = {"template": self.template(row["template"]), "channel": self.channel(row["channel"])}
            due = saying.instant(row["due_at"], self.now)
            if (due - self.now).total_seconds() < NOW:
                parts.append(self.say("message_now", **facts))
            else:
                parts.append(self.say("message_later", **facts, when=self.when(row["due_at"])))
        return "".join(parts)
