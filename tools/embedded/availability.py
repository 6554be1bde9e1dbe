"""When there is time: the tools that tell opening hours and free slots, and the one that blocks a technician's."""

from datetime import timedelta
from typing import Any

from tools.embedded import shapes
from tools.embedded.instants import DAY, read_range
from tools.embedded.policies import OCCUPYING
from tools.embedded.refused import Refused, invalid
from tools.embedded.slots import need_of, read_window, search, slot_json, some
from tools.embedded.work import Row, Work, marks
from tools.errors import RefusalCode

SLOTS = 20  # what find_slots gives when no limit is named
Json = dict[str, Any]


def list_services(work: Work, arguments: Json) -> Json:
    items = [shapes.service(row, whole=True) for row in shapes.services_by_id(work).values()]
    return {"items": items, "total": len(items)}


def opening_hours(work: Work, arguments: Json) -> Json:
    start, stop = read_range(arguments, work.settings.zone)
    day, last = work.local(start).date(), work.local(stop - 1).date()
    items: list[Json] = []
    while day <= last:
        hours = [{"from": f"{a:%H:%M}", "to": f"{b:%H:%M}"} for a, b in work.calendar.hours(day)]
        items.append(
            shapes.present(
                date=day.isoformat(), open=bool(hours), hours=hours, reason=work.calendar.closed_because(day) or None
            )
        )
        day += timedelta(days=1)
    return {"items": items, "total": len(items)}


def find_slots(work: Work, arguments: Json) -> Json:
    services = some_services(work, arguments)
    staff = shapes.find_staff(work, arguments["staff"]) if "staff" in arguments else None
    need = need_of(work, services, staff=staff)
    slots = some(search(work, need, read_window(arguments, work)), arguments.get("limit", SLOTS))
    return {"items": [slot_json(work, slot) for slot in slots], "total": len(slots)}


def some_services(work: Work, arguments: Json) -> list[Row]:
    if not arguments["services"]:
        raise invalid("services", None, "name at least one service")
    return shapes.find_services(work, arguments["services"])


def block_time(work: Work, arguments: Json) -> Json:
    staff = shapes.find_staff(work, arguments["staff"])
    start, stop = read_range(arguments, work.settings.zone)
    if stop <= work.now:
        raise Refused(
            RefusalCode.IN_THE_PAST, f"to: {arguments['to']!r} is over", start=work.iso(start), end=work.iso(stop)
        )
    rows = work.all(
        f"{shapes.APPOINTMENTS} WHERE a.staff_id = ? AND a.start_at > ? AND a.start_at < ? AND a.end_at > ?"
        f" AND a.status IN ({marks(OCCUPYING)}) ORDER BY a.start_at",
        staff["id"],
        start - DAY,
        stop,
        start,
        *OCCUPYING,
    )
    in_the_way = shapes.appointments(work, [row for row in rows if row["status"] != "done"])
    if in_the_way:
        work.needs_yes({"appointments_in_the_way": in_the_way})
    row_id = work.insert(
        "blocked_time", staff_id=staff["id"], start_at=start, end_at=stop, reason=arguments.get("reason", "")
    )
    blocked = {"id": row_id, "staff": shapes.staff(staff), "from": work.iso(start), "to": work.iso(stop)}
    if "reason" in arguments:
        blocked["reason"] = arguments["reason"]
    return {"version": 1, "blocked": blocked, "appointments": in_the_way}
