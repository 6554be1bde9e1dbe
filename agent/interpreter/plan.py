"""Each intent's plan: from a reading to calls, with arguments exactly as the tool schemas want them."""

from collections.abc import Callable, Mapping

from agent.interpreter import plan_bookings, plan_lookups, plan_records
from agent.interpreter.request import Request, Step

PLANS: Mapping[str, Callable[[Request], Step]] = {
    "book": plan_bookings.book,
    "move": plan_bookings.move,
    "cancel": plan_bookings.cancel,
    "undo": plan_bookings.undo,
    "status": plan_bookings.status,
    "add_service": plan_bookings.add_service,
    "change_staff": plan_bookings.change_staff,
    "block": plan_bookings.block,
    "mileage": plan_records.record,
    "work": plan_records.record,
    "note": plan_records.record,
    "send_message": plan_records.send_message,
    "schedule_reminder": plan_records.schedule_reminder,
    "save_customer": plan_records.save_customer,
    "save_vehicle": plan_records.save_vehicle,
    "find_vehicle": plan_lookups.find_vehicle,
    "vehicle_owner": plan_lookups.find_vehicle,
    "find_customer": plan_lookups.find_customer,
    "customer_phone": plan_lookups.find_customer,
    "customer_email": plan_lookups.find_customer,
    "appointments": plan_lookups.appointments,
    "next_appointment": plan_lookups.next_appointment,
    "free_slots": plan_lookups.free_slots,
    "first_slot": plan_lookups.free_slots,
    "staff_free": plan_lookups.staff_free,
    "opening": plan_lookups.opening,
    "opening_time": plan_lookups.opening,
    "services": plan_lookups.services,
    "service_duration": plan_lookups.services,
    "service_price": plan_lookups.services,
    "history": plan_lookups.history,
    "last_visit": plan_lookups.history,
    "mileage_query": plan_lookups.history,
    "due": plan_lookups.history,
    "status_query": plan_lookups.status_query,
    "no_tool": plan_lookups.no_tool,
}


def plan(request: Request) -> Step:
    """The steps that carry ``request`` out."""
    return PLANS[request.intent](request)
