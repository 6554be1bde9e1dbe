"""Which car and which customer a request means: by plate, description, owner, choice or focus."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.interpreter.reading import Found, Say
from agent.interpreter.request import Request
from agent.interpreter.saying import bare_car, shortened, spoken_plate
from agent.interpreter.slots import described, hint_of, person_of, plate_of
from agent.interpreter.vehicles import Description
from tools.domain import Customer, Vehicle


@dataclass(frozen=True, slots=True)
class Car:
    """The car of a request."""

    vehicle: Vehicle | None = None
    plate: str | None = None
    """A plate no known car has, as said."""
    hint: dict[str, str] = field(default_factory=dict)
    """What was said of it beside the plate."""
    reasons: tuple[str, ...] = ()
    focus: bool = False

    @property
    def arguments(self) -> dict[str, Any]:
        """`plate` or `vehicle_id`."""
        plate = self.plate or (self.vehicle.plate if self.vehicle else None)
        if plate:
            return {"plate": plate}
        return {"vehicle_id": self.vehicle.id} if self.vehicle else {}


def car_of(request: Request, *, focus: bool = True) -> Car | Say | None:
    """The car meant; a question when several fit; None when none was named and none is in focus."""
    if "vehicle" in request.chosen:
        return Car(vehicle=request.chosen["vehicle"], reasons=tuple(request.chosen.get("reasons", ())))
    plate = request.first("plate")
    descriptions = request.founds("vehicle")
    if plate is not None:
        text, vehicle = plate_of(plate)
        hint: dict[str, str] = {}
        for found in descriptions:
            hint.update(hint_of(found))
        reasons = (plate.reason or "nearest_plate",) if plate.guessed else ()
        return Car(vehicle=vehicle, plate=None if vehicle else text, hint=hint, reasons=reasons)
    if descriptions:
        return _described(request)
    person = request.first("person")
    if person is not None:
        return _of_person(request)
    if focus and request.focus.vehicle is not None:
        return Car(vehicle=request.focus.vehicle, focus=True)
    return None


def _described(request: Request) -> Car | Say:
    """By description, narrowed by an owner said beside it and by what is in focus."""
    found = request.founds("vehicle")[-1]
    fitting = list(described(found))
    for other in request.founds("vehicle")[:-1]:
        both = [vehicle for vehicle in fitting if vehicle.id in {one.id for one in described(other)}]
        fitting = both or fitting
    person = request.first("person")
    if person is not None:
        owners = {customer.id for customer in person_of(person).customers}
        owned = [vehicle for vehicle in fitting if vehicle.owner is not None and vehicle.owner.id in owners]
        fitting = owned if owned else ([] if owners else fitting)
    reasons = (found.reason or "guessed",) if found.guessed else ()
    return _one(request, fitting, reasons) if fitting else contradicted(request, found)


def contradicted(request: Request, found: Found) -> Say:
    """Nothing fits all that was said: what was said, and what is on record of that owner or that model."""
    description: Description = found.value
    person = request.first("person")
    owner = description.owner or (person_of(person) if person is not None else None)
    owners = {customer.id for customer in owner.customers} if owner is not None else set()
    known = request.context.vocabulary.vehicles
    alike = [one for one in known if _is_model(one, description)]
    owned = [one for one in known if one.owner is not None and one.owner.id in owners]
    near = [one for one in alike if one in owned] or owned or alike
    words = next((slot.words for slot in request.slots() if slot.kind == "vehicle" and slot.words), "")
    if not near or not words:
        return request.said("unknown_car")
    listed = shortened([bare_car(vehicle_json(one), request.language) for one in near], request.language)
    return request.said("unknown_car_near", words=words, list=listed)


def _is_model(vehicle: Vehicle, description: Description) -> bool:
    said = (description.make, vehicle.make), (description.model, vehicle.model)
    return any(one for one, _ in said) and all(one in (None, other) for one, other in said)


def _of_person(request: Request) -> Car | Say:
    found = request.first("person")
    assert found is not None
    person = person_of(found)
    if not person.customers:
        return request.said("unknown_person", name=person.name)
    ids = {customer.id for customer in person.customers}
    fitting = [v for v in request.context.vocabulary.vehicles if v.owner is not None and v.owner.id in ids]
    reasons = (found.reason or "similar_name",) if found.guessed else ()
    return _one(request, fitting, reasons)


def _one(request: Request, fitting: Sequence[Vehicle], reasons: tuple[str, ...]) -> Car | Say:
    if len(fitting) == 1:
        return Car(vehicle=fitting[0], reasons=reasons)
    if not fitting:
        return request.said("unknown_car")
    focus = request.focus.vehicle
    if focus is not None and focus.id in {vehicle.id for vehicle in fitting} and request.sets("that") == "vehicle":
        return Car(vehicle=focus, reasons=reasons, focus=True)
    options = [vehicle_json(vehicle) for vehicle in fitting]
    names = [bare_car(option, request.language) for option in options]
    listed = shortened(names, request.language)
    return request.ask("vehicle", "ask_which_car", options=options, count=len(fitting), list=listed)


def customer_of(request: Request, *, focus: bool = True) -> Customer | Say | None:
    """The customer meant: by name, as the owner of the car, from a choice, from focus."""
    if "customer" in request.chosen:
        customer: Customer = request.chosen["customer"]
        return customer
    found = request.first("person")
    if found is not None:
        person = person_of(found)
        if not person.customers:
            return request.said("unknown_person", name=person.name)
        if len(person.customers) > 1:
            options = [customer_json(customer) for customer in person.customers]
            listed = shortened([option["name"] for option in options], request.language)
            return request.ask("customer", "ask_which", options=options, list=listed)
        return person.customers[0]
    if request.founds("plate", "vehicle"):
        car = car_of(request, focus=False)
        if isinstance(car, Say):
            return car
        if car is not None and car.vehicle is not None and car.vehicle.owner is not None:
            return known_customer(request, car.vehicle.owner.id)
        return None
    if not focus:
        return None
    if request.focus.customer is not None:
        return request.focus.customer
    vehicle = request.focus.vehicle
    return known_customer(request, vehicle.owner.id) if vehicle is not None and vehicle.owner is not None else None


def known_customer(request: Request, identity: str) -> Customer | None:
    return next((one for one in request.context.vocabulary.customers if one.id == identity), None)


def vehicle_json(vehicle: Vehicle) -> dict[str, Any]:
    """The wire's shape of a vehicle of the vocabulary."""
    data: dict[str, Any] = {"id": vehicle.id, "make": vehicle.make, "model": vehicle.model}
    for name in ("plate", "colour", "body", "mileage"):
        if getattr(vehicle, name) is not None:
            data[name] = getattr(vehicle, name)
    if vehicle.owner is not None:
        data["owner"] = {"id": vehicle.owner.id, "name": vehicle.owner.name}
    return data


def customer_json(customer: Customer) -> dict[str, Any]:
    data: dict[str, Any] = {"id": customer.id, "name": customer.name}
    for name in ("phone", "email"):
        if getattr(customer, name):
            data[name] = getattr(customer, name)
    return data


def car_name(vehicle: Vehicle) -> str:
    return f"{vehicle.make} {vehicle.model} {spoken_plate(vehicle.plate or '')}".strip()
