"""Names for what the contract calls by code: tools, states, statuses, reasons, refusals, channels.

A code that is not listed is shown as it is, underscores as spaces: never nothing.
"""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def _named(code: str, names: dict[str, str]) -> str:
    return names.get(code) or code.replace("_", " ")


def tool(name: str) -> str:
    return _named(
        name,
        {
            "find_customer": translate("Tool", "Find customer"),
            "find_vehicle": translate("Tool", "Find car"),
            "vehicle_history": translate("Tool", "Car history"),
            "list_services": translate("Tool", "List services"),
            "opening_hours": translate("Tool", "Opening hours"),
            "list_appointments": translate("Tool", "List appointments"),
            "find_slots": translate("Tool", "Find free times"),
            "query_customers": translate("Tool", "Search customers"),
            "book_appointment": translate("Tool", "Book appointment"),
            "reschedule_appointment": translate("Tool", "Move appointment"),
            "cancel_appointment": translate("Tool", "Cancel appointment"),
            "update_appointment": translate("Tool", "Change appointment"),
            "save_customer": translate("Tool", "Save customer"),
            "save_vehicle": translate("Tool", "Save car"),
            "record_work": translate("Tool", "Record work"),
            "send_message": translate("Tool", "Send message"),
            "schedule_reminder": translate("Tool", "Schedule reminder"),
            "block_time": translate("Tool", "Block time"),
            "plan_campaign": translate("Tool", "Plan campaign"),
            "send_campaign": translate("Tool", "Send campaign"),
            "erase_customer": translate("Tool", "Erase customer"),
            "undo": translate("Tool", "Undo"),
        },
    )


def kind(name: str) -> str:
    """What a preview is about."""
    return _named(
        name,
        {
            "booking": translate("Kind", "Booking"),
            "move": translate("Kind", "New time"),
            "cancellation": translate("Kind", "Cancellation"),
            "update": translate("Kind", "Change"),
            "message": translate("Kind", "Message"),
            "record": translate("Kind", "Work record"),
            "customer": translate("Kind", "Customer"),
            "vehicle": translate("Kind", "Car"),
            "block": translate("Kind", "Time off"),
            "undo": translate("Kind", "Taken back"),
            "campaign": translate("Kind", "Campaign"),
        },
    )


def state(name: str) -> str:
    return _named(
        name,
        {
            "starting": translate("State", "Starting…"),
            "idle": translate("State", "Ready"),
            "listening": translate("State", "Listening"),
            "thinking": translate("State", "One moment"),
            "speaking": translate("State", "Speaking"),
            "error": translate("State", "Problem"),
        },
    )


def status(name: str) -> str:
    """How an appointment stands."""
    return _named(
        name,
        {
            "pending": translate("Status", "to be confirmed"),
            "confirmed": translate("Status", "confirmed"),
            "arrived": translate("Status", "arrived"),
            "in_progress": translate("Status", "in progress"),
            "waiting_parts": translate("Status", "waiting for parts"),
            "ready": translate("Status", "ready"),
            "done": translate("Status", "done"),
            "no_show": translate("Status", "did not come"),
            "cancelled": translate("Status", "cancelled"),
        },
    )


def channel(name: str) -> str:
    return _named(name, {"whatsapp": "WhatsApp", "email": translate("Channel", "E-mail")})


def template(name: str) -> str:
    """What a message is for."""
    return _named(
        name,
        {
            "appointment_confirmed": translate("Template", "Confirmation"),
            "appointment_reminder": translate("Template", "Reminder"),
            "appointment_moved": translate("Template", "New time"),
            "appointment_cancelled": translate("Template", "Cancellation"),
            "vehicle_ready": translate("Template", "Car ready"),
            "time_for_tyres": translate("Template", "Time for tyres"),
        },
    )


def colour(name: str) -> str:
    return _named(
        name,
        {
            "bianco": translate("Colour", "white"),
            "nero": translate("Colour", "black"),
            "grigio": translate("Colour", "grey"),
            "rosso": translate("Colour", "red"),
            "blu": translate("Colour", "blue"),
            "verde": translate("Colour", "green"),
            "giallo": translate("Colour", "yellow"),
            "altro": translate("Colour", "other colour"),
        },
    )


def body(name: str) -> str:
    return _named(
        name,
        {
            "small": translate("Body", "small car"),
            "hatchback": translate("Body", "hatchback"),
            "saloon": translate("Body", "saloon"),
            "estate": translate("Body", "estate"),
            "suv": "SUV",
            "van": translate("Body", "van"),
            "other": translate("Body", "other"),
        },
    )


def reason(code: str) -> str:
    """Why a yes is needed, as a sentence to check."""
    known = {
        "nearest_plate": translate("Reason", "The plate is the closest one on record, not exactly what was said."),
        "similar_name": translate("Reason", "The name is the closest one on record, not exactly what was said."),
        "heard_unsurely": translate("Reason", "Recognised on this computer: please check that every detail is right."),
        "falling_odometer": translate("Reason", "The odometer would go down compared with the last reading."),
        "appointments_in_the_way": translate("Reason", "There are appointments in that time; they stay."),
        "message_already_left": translate("Reason", "A message about this has already gone out to the customer."),
        "guessed": translate("Reason", "Part of it was worked out, not said exactly."),
        "another_day": translate("Reason", "The appointment is on another day, not today."),
    }
    return known.get(code) or translate("Reason", "Please check: {code}.").format(code=code.replace("_", " "))


def refusal(code: str) -> str:
    """A workshop's no, in two or three words."""
    return _named(
        code,
        {
            "invalid_input": translate("Refusal", "not possible like this"),
            "not_found": translate("Refusal", "not found"),
            "ambiguous": translate("Refusal", "more than one fits"),
            "vehicle_mismatch": translate("Refusal", "another car on record"),
            "slot_taken": translate("Refusal", "time taken"),
            "outside_hours": translate("Refusal", "closed then"),
            "in_the_past": translate("Refusal", "in the past"),
            "already_booked": translate("Refusal", "already booked"),
            "unqualified": translate("Refusal", "somebody else does this"),
            "stale": translate("Refusal", "changed since"),
            "no_consent": translate("Refusal", "no consent"),
            "not_confirmed": translate("Refusal", "wants a yes"),
            "forbidden": translate("Refusal", "not allowed"),
            "rate_limited": translate("Refusal", "too many at once"),
            "busy_try_again": translate("Refusal", "busy, try again"),
            "idempotency_mismatch": translate("Refusal", "sent twice, differently"),
        },
    )


def stage(name: str) -> str:
    """Where a turn's time went."""
    return _named(
        name,
        {
            "key_up": translate("Stage", "Key released"),
            "transcript": translate("Stage", "Heard"),
            "reading": translate("Stage", "Understood"),
            "tool_start": translate("Stage", "Workshop asked"),
            "tool_end": translate("Stage", "Workshop answered"),
            "preview": translate("Stage", "On the screen"),
            "first_byte": translate("Stage", "Voice ready"),
            "first_sound": translate("Stage", "First sound"),
            "answer_end": translate("Stage", "Answer ended"),
        },
    )


def understood_by(name: str) -> str:
    return _named(
        name,
        {
            "interpreter": translate("By", "understood on this computer"),
            "llm": translate("By", "understood by the language model"),
        },
    )


def slot(kind: str) -> str:
    """What kind of thing was understood."""
    return _named(
        kind,
        {
            "when": translate("Slot", "When"),
            "plate": translate("Slot", "Plate"),
            "vehicle": translate("Slot", "Car"),
            "service": translate("Slot", "Service"),
            "staff": translate("Slot", "Technician"),
            "person": translate("Slot", "Customer"),
            "channel": translate("Slot", "Message by"),
            "template": translate("Slot", "Message"),
            "mileage": translate("Slot", "Mileage"),
            "phone": translate("Slot", "Telephone"),
            "email": translate("Slot", "E-mail"),
            "offset": translate("Slot", "Reminder"),
            "status": translate("Slot", "Status"),
            "note": translate("Slot", "Note"),
            "duration": translate("Slot", "Duration"),
        },
    )


def failure(stage: str) -> tuple[str, str]:
    """What went wrong, and what to do about it."""
    known = {
        "start": (
            translate("Failure", "Bancone could not start"),
            translate("Failure", "Check the settings, then start Bancone again."),
        ),
        "hearing": (
            translate("Failure", "What you said could not be heard"),
            translate("Failure", "Say it again, or type it below."),
        ),
        "understanding": (
            translate("Failure", "The language model does not answer"),
            translate("Failure", "Everyday requests still work. Try again in a moment, or say it more simply."),
        ),
        "tool": (
            translate("Failure", "The workshop's data cannot be reached"),
            translate("Failure", "Check below whether it was done before you say it again."),
        ),
        "speaking": (
            translate("Failure", "The answer could not be spoken"),
            translate("Failure", "It is written in the conversation. Check the loudspeaker."),
        ),
        "connection": (
            translate("Failure", "The connection is lost"),
            translate("Failure", "Check the network; Bancone keeps trying by itself."),
        ),
        "microphone": (
            translate("Failure", "The microphone does not work"),
            translate("Failure", "Plug it in or switch it on. Until then, type below."),
        ),
        "muted": (
            translate("Failure", "The microphone is muted"),
            translate("Failure", "Switch it on at the device or in the system's sound settings."),
        ),
        "hotkey": (
            translate("Failure", "The talk key is not available"),
            translate("Failure", "Use the talk button in the window, or choose another key in the settings."),
        ),
        "settings": (
            translate("Failure", "A setting could not be used"),
            translate("Failure", "Correct it in the settings file; everything else works."),
        ),
        "desktop": (
            translate("Failure", "Something went wrong in the window"),
            translate("Failure", "You can go on working. If it happens again, send us the log file."),
        ),
    }
    return known.get(stage) or (
        translate("Failure", "Something went wrong"),
        translate("Failure", "Try again; if it stays, restart Bancone."),
    )


def argument(name: str) -> str:
    """What a tool's argument is called."""
    return _named(
        name,
        {
            "services": translate("Argument", "service"),
            "add_services": translate("Argument", "also"),
            "plate": translate("Argument", "plate"),
            "vehicle_id": translate("Argument", "car"),
            "new_vehicle": translate("Argument", "new car"),
            "vehicle_hint": translate("Argument", "described as"),
            "customer_id": translate("Argument", "customer"),
            "new_customer": translate("Argument", "new customer"),
            "appointment_id": translate("Argument", "appointment"),
            "operation_id": translate("Argument", "operation"),
            "start": translate("Argument", "at"),
            "window": translate("Argument", "first free"),
            "from": translate("Argument", "from"),
            "to": translate("Argument", "to"),
            "part": translate("Argument", "part of the day"),
            "staff": translate("Argument", "technician"),
            "notify": translate("Argument", "notify"),
            "channel": translate("Argument", "by"),
            "template": translate("Argument", "message"),
            "before": translate("Argument", "before"),
            "after": translate("Argument", "after"),
            "name": translate("Argument", "name"),
            "phone": translate("Argument", "telephone"),
            "email": translate("Argument", "e-mail"),
            "mileage": translate("Argument", "km"),
            "work": translate("Argument", "work"),
            "notes": translate("Argument", "note"),
            "status": translate("Argument", "status"),
            "reason": translate("Argument", "reason"),
        },
    )


def tried() -> str:
    """Marks a call that only worked out what would happen."""
    return translate("Tool", "worked out only")
