"""Conversations as the desktop gets them: events on the demo workshop, written out, in Italian and in English."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from agent.events import (
    By,
    Call,
    Choice,
    Drafted,
    Event,
    Failed,
    Heard,
    Mode,
    Needs,
    Preview,
    PreviewClosed,
    Refused,
    Result,
    Said,
    Slot,
    State,
    StateChanged,
    ToolEnded,
    ToolStarted,
    TurnEnded,
    Understood,
)
from agent.turn import Span, Stage, Turn

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 3, 10, 10, 0, tzinfo=ROME)
DEMO = Path(__file__).parents[2] / "assets" / "demo-workshop.json"
Data = dict[str, Any]


def clock() -> datetime:
    return NOW


@cache
def shop() -> Data:
    loaded: Data = json.loads(DEMO.read_text(encoding="utf-8"))
    return loaded


def one(kind: str, key: str) -> Data:
    return next(dict(item) for item in shop()[kind] if item["id"] == key)


def instant(text: str) -> str:
    return datetime.fromisoformat(text).replace(tzinfo=ROME).isoformat()


def customer(key: str) -> Data:
    data = one("customers", key)
    data["name"] = f"{data['first_name']} {data['last_name']}" if "last_name" in data else data["name"]
    return data


def vehicle(key: str) -> Data:
    data = one("vehicles", key)
    data["owner"] = customer(data["owner"])
    return data


def appointment(key: str, **changed: Any) -> Data:
    """An appointment of the demo workshop as tools answer it, with changes."""
    return joined(one("appointments", key) | changed)


def joined(data: Data) -> Data:
    """References of the seed replaced by what they mean."""
    return {
        "id": data["id"],
        "version": data.get("version", 1),
        "start": instant(data["start"]),
        "end": instant(data["end"]),
        "status": data.get("status", "confirmed"),
        "services": [one("services", key) for key in data["services"]],
        "staff": one("staff", data["staff"]),
        "customer": customer(data["customer"]),
        "vehicle": vehicle(data["vehicle"]),
    } | ({"notes": data["notes"]} if data.get("notes") else {})


def day(iso: str) -> list[Data]:
    return [joined(item) for item in shop()["appointments"] if item["start"].startswith(iso)]


def new_booking(**changed: Any) -> Data:
    return joined(
        {
            "id": "apt_21",
            "start": "2026-03-18T10:30:00",
            "end": "2026-03-18T12:00:00",
            "services": ["svc_1"],
            "vehicle": "veh_1",
            "customer": "cus_1",
            "staff": "stf_2",
        }
        | changed
    )


def message(template: str, due: str, **changed: Any) -> Data:
    return {
        "id": f"msg_{template}",
        "channel": "whatsapp",
        "template": template,
        "purpose": "utility",
        "to": "+393352698653",
        "text": "Gentile Mario Rossi, il suo appuntamento per Tagliando (AB123CD) è confermato.",
        "due_at": instant(due),
        "status": "queued",
    } | changed


BOOK = Call(
    "call_1",
    "book_appointment",
    {
        "services": ["svc_1"],
        "plate": "AB123CD",
        "vehicle_hint": {"colour": "grigio", "body": "suv"},
        "window": {"from": "2026-03-18", "to": "2026-03-18", "choose": "first"},
        "notify": {"channel": "whatsapp", "confirmation": True, "reminder_before": 1440},
    },
)
DATA: Data = {
    "operation_id": "op_7",
    "version": 1,
    "appointment": new_booking(),
    "messages": [
        message("appointment_confirmed", "2026-03-10T10:00:30"),
        message("appointment_reminder", "2026-03-17T10:30:00"),
    ],
    "alternatives": [],
}
SPANS = (
    Span(Stage.KEY_UP, 6.9),
    Span(Stage.TRANSCRIPT, 7.121),
    Span(Stage.READING, 7.126),
    Span(Stage.TOOL_START, 7.127),
    Span(Stage.TOOL_END, 7.141, 0.014),
    Span(Stage.PREVIEW, 7.149),
    Span(Stage.FIRST_BYTE, 7.302),
    Span(Stage.FIRST_SOUND, 7.331),
    Span(Stage.ANSWER_END, 11.42),
)


@dataclass(frozen=True)
class Lines:
    """What is said in one language."""

    language: str
    ask_day: str
    told_day: str
    interim: str
    book: str
    booked: str
    move: str
    moved: str
    ask_move: str
    chip: str


IT = Lines(
    "it",
    "chi viene domani?",
    "Domani, mercoledì 11 marzo, cinque appuntamenti. Il primo alle otto e trenta: Tagliando.",
    "prenota un tagliando per il suv grigio",
    "prenota un tagliando per il SUV grigio, targa AB 123 CD, primo posto libero mercoledì prossimo, "
    "e manda conferma WhatsApp con promemoria il giorno prima",
    "Fatto: tagliando per la Nissan Qashqai AB 123 CD mercoledì 18 marzo alle dieci e trenta con Luca. "
    "Conferma WhatsApp ora, promemoria martedì 17.",
    "sposta la revisione di Esposito a giovedì alle undici",
    "Fatto: la revisione è giovedì 12 marzo alle undici.",
    "Sposto la revisione di Paolo Esposito a giovedì 12 marzo alle undici con Marco. Va bene?",
    "domani, mer 11 mar, 10:45",
)
EN = Lines(
    "en",
    "who is coming in tomorrow?",
    "Tomorrow, Wednesday 11 March, five appointments. The first at half past eight: Service.",
    "book a service for the grey SUV",
    "book a service for the grey SUV, plate AB 123 CD, first available slot next Wednesday, "
    "and send a WhatsApp confirmation with a reminder the day before",
    "Done: a service for the Nissan Qashqai AB 123 CD on Wednesday 18 March at half past ten with Luca. "
    "WhatsApp confirmation now, reminder on Tuesday 17.",
    "move Esposito's inspection to Thursday at eleven",
    "Done: the inspection is on Thursday 12 March at eleven.",
    "I would move Paolo Esposito's inspection to Thursday 12 March at eleven with Marco. Shall I?",
    "tomorrow, Wed 11 Mar, 10:45",
)
LINES = {"it": IT, "en": EN}


def changed(turn: int, state: State) -> StateChanged:
    return StateChanged(turn, state, Mode.PUSH_TO_TALK)


def ask(lines: Lines, turn: int = 1) -> Iterator[Event]:
    """Who is coming in tomorrow."""
    call = Call(f"call_{turn}_day", "list_appointments", {"from": "2026-03-11", "to": "2026-03-11"})
    items = day("2026-03-11")
    yield changed(turn, State.LISTENING)
    yield Heard(turn, lines.ask_day, True, lines.language, 0.97)
    yield changed(turn, State.THINKING)
    yield Understood(turn, By.INTERPRETER, "list_appointments", (), lines.language)
    yield ToolStarted(turn, call)
    yield ToolEnded(turn, call, Result({"items": items, "total": len(items)}), 0.006)
    yield changed(turn, State.SPEAKING)
    yield Said(turn, lines.told_day, True, lines.language)
    yield TurnEnded(turn, Turn(turn, f"turn-{turn}", lines.ask_day, lines.told_day, "interpreter", SPANS))
    yield changed(turn, State.IDLE)


def draft(lines: Lines, turn: int = 2) -> Iterator[Event]:
    """While the booking is still being said."""
    yield changed(turn, State.LISTENING)
    yield Heard(turn, lines.interim, False, lines.language)
    words = ("tagliando", "SUV grigio") if lines.language == "it" else ("service", "grey SUV")
    slots = (Slot("service", "svc_1", words[0]), Slot("vehicle", "veh_1", words[1]))
    yield Drafted(turn, "book_appointment", slots)


def booking(
    turn: int = 2, *, needs: Needs = Needs.NOTHING, reasons: tuple[str, ...] = (), choices: tuple[Choice, ...] = ()
) -> Preview:
    data = {key: value for key, value in DATA.items() if needs is Needs.NOTHING or key != "operation_id"}
    return Preview(
        turn,
        f"pre_{turn}",
        "booking",
        BOOK,
        data,
        tuple(day("2026-03-18")) + ((new_booking(),) if needs is Needs.NOTHING else ()),
        needs,
        reasons,
        choices,
        None if needs is Needs.NOTHING else NOW + timedelta(seconds=120),
        "op_7" if needs is Needs.NOTHING else None,
    )


def book(lines: Lines, turn: int = 2) -> Iterator[Event]:
    """The booking, done at once."""
    yield changed(turn, State.LISTENING)
    yield Heard(turn, lines.book, True, lines.language, 0.95)
    yield changed(turn, State.THINKING)
    yield Understood(turn, By.INTERPRETER, "book_appointment", (), lines.language)
    yield ToolStarted(turn, BOOK)
    yield ToolEnded(turn, BOOK, Result(DATA), 0.014)
    yield booking(turn, choices=(Choice("1", lines.chip, {"start": instant("2026-03-11T10:45:00")}),))
    yield changed(turn, State.SPEAKING)
    yield Said(turn, lines.booked, True, lines.language)
    yield TurnEnded(turn, Turn(turn, f"turn-{turn}", lines.book, lines.booked, "interpreter", SPANS))
    yield changed(turn, State.IDLE)


def moving(turn: int, needs: Needs) -> Preview:
    call = Call(
        "call_3", "reschedule_appointment", {"appointment_id": "apt_3", "start": instant("2026-03-12T11:00:00")}
    )
    moved = appointment("apt_3", start="2026-03-12T11:00:00", end="2026-03-12T11:30:00")
    data: Data = {
        "appointment": moved,
        "messages": [message("appointment_moved", "2026-03-10T10:00:30")],
        "cancelled_messages": [message("appointment_reminder", "2026-03-09T11:00:00", status="cancelled")],
    }
    reasons = ("heard_unsurely", "message_already_left") if needs is Needs.YES else ()
    expires = NOW + timedelta(seconds=120) if needs is Needs.YES else None
    return Preview(turn, f"pre_{turn}", "move", call, data, tuple(day("2026-03-12")), needs, reasons, (), expires)


def move(lines: Lines, turn: int = 3) -> Iterator[Event]:
    """A move that waits for a yes."""
    preview = moving(turn, Needs.YES)
    call = Call("call_3", preview.call.name, preview.call.arguments, dry_run=True)
    yield changed(turn, State.LISTENING)
    yield Heard(turn, lines.move, True, lines.language, 0.61)
    yield changed(turn, State.THINKING)
    yield Understood(turn, By.INTERPRETER, "reschedule_appointment", (), lines.language)
    look = Call("call_look", "list_appointments", {"from": "2026-03-10", "to": "2026-04-10", "customer_id": "cus_5"})
    yield ToolStarted(turn, look)
    yield ToolEnded(turn, look, Result({"items": [appointment("apt_3")], "total": 1}), 0.003)
    yield ToolStarted(turn, call)
    yield ToolEnded(turn, call, Result(preview.proposal), 0.009)
    yield preview
    yield changed(turn, State.SPEAKING)
    yield Said(turn, lines.ask_move, True, lines.language)
    yield TurnEnded(turn, Turn(turn, f"turn-{turn}", lines.move, lines.ask_move, "interpreter", SPANS))
    yield changed(turn, State.IDLE)


def refused(lines: Lines, turn: int = 4) -> Iterator[Event]:
    """A no from the workshop."""
    call = Call("call_4", "book_appointment", {"plate": "AB123CD", "services": ["svc_3"]})
    refusal = Refused("slot_taken", "2026-03-18 09:00 is taken", {"alternatives": []})
    yield Heard(turn, lines.move, True, lines.language)
    yield ToolStarted(turn, call)
    yield ToolEnded(turn, call, Result(refusal=refusal), 0.004)


def failed(turn: int = 5) -> Failed:
    return Failed(turn, "connection", "unreachable", "no answer from https://officina.example within 5 s", True)


def closed(turn: int, outcome: str) -> PreviewClosed:
    return PreviewClosed(turn, f"pre_{turn}", outcome)
