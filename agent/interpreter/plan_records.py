"""Mileage, work, notes, messages, and the cards of customers and cars."""

from typing import Any

from agent.interpreter.appointments import OPEN, appointment_of
from agent.interpreter.cars import car_of, customer_of
from agent.interpreter.plan_bookings import _about, _channel, _doubts, is_later, new_car, reminder_minutes, told
from agent.interpreter.reading import Say
from agent.interpreter.request import Request, Step
from agent.interpreter.slots import person_of, services_of, text_of
from agent.interpreter.windows import merged


def record(request: Request) -> Step:
    """Mileage, work done, a note: one job on the car's record."""
    services = services_of(request.founds("service"))
    mileage = request.first("mileage")
    notes = [request.dictated(found) for found in request.founds("note")]
    if request.intent == "mileage" and mileage is None:
        return request.ask("mileage", "ask_mileage")
    if request.intent == "note" and not notes:
        return request.ask("note", "ask_note")
    if request.intent == "work" and not services and not notes:
        return request.ask("service", "ask_work")
    car = car_of(request)
    if isinstance(car, Say):
        return car
    if car is None or not car.arguments:
        return request.ask("vehicle", "ask_vehicle")
    if car.focus:
        request = request.from_focus("vehicle", car.arguments)
    arguments: dict[str, Any] = dict(car.arguments)
    if mileage is not None:
        arguments["mileage"] = int(mileage.value)
    if services:
        arguments["services"] = list(services)
    if notes:
        arguments["work" if request.intent == "work" and not services else "notes"] = "; ".join(notes)
    outcome = yield request.call("record_work", arguments, reasons=[*_doubts(request), *car.reasons])
    return told(request, outcome)


def send_message(request: Request) -> Step:
    template = request.sets("template") or next((text_of(found) for found in request.founds("template")), None)
    if template is None:
        return request.ask("template", "ask_template")
    when = merged(request.founds("when"), request.context)
    ready = template == "vehicle_ready"
    found = yield from appointment_of(request, when=when, statuses=OPEN, staff=True, today=ready)
    if isinstance(found, Say):
        return found
    request = _about(request, found)
    arguments = {"appointment_id": found["id"], "channel": _channel(request, found), "template": template}
    reasons = _doubts(request)
    if ready and is_later(request, found):
        reasons.append("another_day")
    outcome = yield request.call("send_message", arguments, reasons=reasons)
    return told(request, outcome)


def schedule_reminder(request: Request) -> Step:
    whens = [found for found in request.founds("when") if found.value.anchor_days is None]
    found = yield from appointment_of(request, when=merged(whens, request.context), statuses=OPEN, staff=True)
    if isinstance(found, Say):
        return found
    request = _about(request, found)
    arguments = {
        "appointment_id": found["id"],
        "channel": _channel(request, found),
        "before": reminder_minutes(request),
    }
    outcome = yield request.call("schedule_reminder", arguments, reasons=_doubts(request))
    return told(request, outcome)


def save_customer(request: Request) -> Step:
    person, phone, email = request.first("person"), request.first("phone"), request.first("email")
    arguments: dict[str, Any] = {}
    if request.sets("new"):
        named = request.first("new_name") or person
        if named is None:
            return request.ask("new_name", "ask_name")
        arguments["name"] = str(named.value) if named.kind == "new_name" else person_of(named).name
        if phone is None and email is None:
            return request.ask("phone", "new_needs_phone", name=arguments["name"])
    else:
        customer = customer_of(request)
        if isinstance(customer, Say):
            return customer
        if customer is None:
            return request.ask("person", "ask_customer")
        arguments["customer_id"] = customer.id
        if phone is None and email is None:
            return request.ask("phone", "ask_contact")
    if phone is not None:
        arguments["phone"] = text_of(phone)
    if email is not None:
        arguments["email"] = text_of(email)
    doubts = [doubt for doubt in _doubts(request) if not (request.sets("new") and doubt == "similar_name")]
    outcome = yield request.call("save_customer", arguments, reasons=doubts)
    return told(request, outcome)


def save_vehicle(request: Request) -> Step:
    hint: dict[str, Any] = new_car(request)
    plate = request.first("plate")
    if "make" not in hint or "model" not in hint:
        return request.ask("vehicle", "ask_model")
    if plate is not None:
        hint["plate"] = plate.value.text
    person = request.first("person")
    if person is not None:
        customer = customer_of(request.without("plate", "vehicle"), focus=False)
        if isinstance(customer, Say):
            return customer
        if customer is not None:
            hint["customer_id"] = customer.id
    elif request.focus.customer is not None and request.focus.vehicle is None:
        # Only where a customer alone was talked about: the owner of another car is no likely owner of this one.
        hint["customer_id"] = request.focus.customer.id
        request = request.from_focus("customer", request.focus.customer.id)
    outcome = yield request.call("save_vehicle", hint, reasons=_doubts(request.without("plate", "vehicle")))
    return told(request, outcome)
