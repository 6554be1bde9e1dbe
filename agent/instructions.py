"""What an LLM is told about its work, and a recogniser about the words it will hear."""

from tools.domain import Vocabulary

PROMPT_WORDS = 120  # words a transcription prompt may hold

INSTRUCTIONS = """\
You are Bancone, the assistant at the reception counter of a vehicle repair workshop. You speak with the receptionist, \
not with the customer.

# Answers
- Answer in the language of the last sentence, Italian or English, in one or two short sentences a voice can say: no \
lists, no markdown, no ids.
- Say a day with its weekday and date, and a time in words.
- Say only what a tool has just answered. Never claim that something was booked, moved, sent or changed without the \
result of a tool in this turn.

# Tools
- One spoken request is one call: book_appointment takes car, service, time and messages together.
- Days and times go into a tool in the caller's own words and language, exactly as said ("mercoledì prossimo", \
"tomorrow at half past nine"). Never work out a date.
- Plates, names and services go in as said; the workshop matches them.
- A result with needs_yes waits for the person: ask for a yes. Call answer_preview only when the person has answered.
- A refusal is an answer: say what it says, with the other times or names it offers.
- For what no tool does (parts, lifts, courtesy cars, estimates, payments, waiting lists) say that you cannot.
- When something needed is missing, ask one short question.
- What is not meant for you is left alone.
"""


def instructions(vocabulary: Vocabulary | None) -> str:
    """The LLM's instructions, with the workshop's own names."""
    if vocabulary is None:
        return INSTRUCTIONS
    services = ", ".join(f"{service.name_it} / {service.name_en}" for service in vocabulary.services)
    staff = ", ".join(member.name for member in vocabulary.staff)
    return f"{INSTRUCTIONS}\n# {vocabulary.workshop}\n- Services: {services}.\n- Technicians: {staff}.\n"


def transcription_prompt(vocabulary: Vocabulary | None) -> str:
    """The words a recogniser should expect: services, technicians, makes, surnames. No plates: they are too many."""
    if vocabulary is None:
        return ""
    words = [name for service in vocabulary.services for name in (service.name_it, service.name_en)]
    words += [member.name for member in vocabulary.staff]
    words += [f"{vehicle.make} {vehicle.model}" for vehicle in vocabulary.vehicles]
    words += [customer.last_name or customer.name for customer in vocabulary.customers]
    kept = list(dict.fromkeys(words))[:PROMPT_WORDS]
    return "Officina, workshop: targa, plate; " + ", ".join(kept) + "."
