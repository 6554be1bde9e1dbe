"""What changed in a workshop between two exports, in the words of the sentence files."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Json = Mapping[str, Any]
ROME = ZoneInfo("Europe/Rome")
UTILITY_FOLLOWS = frozenset({"cancelled"})


def instant(text: str, *, end: bool = False) -> datetime:
    """An instant or a bare date; a bare date that ends something means the end of that day."""
    if len(text) == 10:
        day = date.fromisoformat(text) + timedelta(days=1 if end else 0)
        return datetime.combine(day, time(0), ROME)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ROME)


def changes(before: Json, after: Json) -> list[dict[str, Any]]:
    """One entry for each thing that is now otherwise: `{kind: facts}`."""
    found: list[dict[str, Any]] = []
    plates = {row["id"]: row.get("plate") for row in after["vehicles"]}
    found += _appointments(before, after, plates)
    old_jobs = list(before["jobs"])
    found += [{"job": _job(row, plates)} for row in after["jobs"] if row not in old_jobs]
    old_messages = {row["id"] for row in before.get("messages", ())}
    booked = {row["id"]: plates.get(row.get("vehicle")) for row in after["appointments"]}
    for row in after.get("messages", ()):
        if row["id"] not in old_messages and row["status"] != "cancelled":
            facts = {
                "template": row["template"],
                "channel": row["channel"],
                "plate": booked.get(row.get("appointment")),
            }
            found.append({"message": facts})
    blocks = {row["id"] for row in before.get("blocked_time", ())}
    for row in after.get("blocked_time", ()):
        if row["id"] not in blocks:
            span = {"from": instant(row["from"]), "to": instant(row["to"], end=True)}
            found.append({"blocked": {"staff": row["staff"], **span}})
    found += _cards("customer", before["customers"], after["customers"])
    found += _cards("vehicle", before["vehicles"], after["vehicles"])
    return found


def _appointments(before: Json, after: Json, plates: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    old = {row["id"]: row for row in before["appointments"]}
    for row in after["appointments"]:
        was = old.get(row["id"])
        if was is None:
            if row["status"] != "cancelled":
                facts = {
                    "plate": plates.get(row["vehicle"]),
                    "services": sorted(row["services"]),
                    "staff": row["staff"],
                }
                found.append({"booked": {**facts, "start": instant(row["start"])}})
            continue
        if row["start"] != was["start"]:
            found.append({"moved": {"appointment": row["id"], "start": instant(row["start"])}})
        if row["status"] != was["status"]:
            gone = row["status"] == "cancelled"
            found.append(
                {"cancelled": row["id"]} if gone else {"status": {"appointment": row["id"], "status": row["status"]}}
            )
        if sorted(row["services"]) != sorted(was["services"]):
            found.append({"services": {"appointment": row["id"], "services": sorted(row["services"])}})
        if row["staff"] != was["staff"] and row["start"] == was["start"]:
            found.append({"staff": {"appointment": row["id"], "staff": row["staff"]}})
        if (row.get("notes") or "") != (was.get("notes") or ""):
            found.append({"note": {"appointment": row["id"], "note": row.get("notes")}})
    return found


def _job(row: Json, plates: Mapping[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"plate": plates.get(row["vehicle"]), "services": sorted(row.get("services", ()))}
    if row.get("mileage") is not None:
        facts["mileage"] = row["mileage"]
    facts["note"] = " ".join(part for part in (row.get("work"), row.get("notes")) if part)
    return facts


def _cards(kind: str, before: Sequence[Json], after: Sequence[Json]) -> list[dict[str, Any]]:
    """New or changed customers and cars; a car's mileage follows its jobs and is no change of its own."""
    old = {row["id"]: row for row in before}
    found = []
    for row in after:
        now = {key: value for key, value in row.items() if key not in ("mileage", "version")}
        was = {key: value for key, value in old.get(row["id"], {}).items() if key not in ("mileage", "version")}
        if now != was:
            name = row.get("name") or " ".join(part for part in (row.get("first_name"), row.get("last_name")) if part)
            found.append({kind: {**row, "name": name}})
    return found


def unmet(expected: Sequence[Json], happened: Sequence[Json], services: Mapping[str, str]) -> list[str]:
    """What was expected and is not there, and what is there and was not expected; empty when all is as it should be."""
    left = list(happened)
    problems = []
    for wanted in expected:
        match = next((one for one in left if _fits(wanted, one, services)), None)
        if match is None:
            problems.append(f"missing {wanted}")
        else:
            left.remove(match)
    return problems + [f"unexpected {one}" for one in left]


def _fits(wanted: Json, happened: Json, services: Mapping[str, str]) -> bool:
    (kind, facts), (other, found) = next(iter(wanted.items())), next(iter(happened.items()))
    if kind != other:
        return False
    if not isinstance(facts, Mapping):
        return bool(facts == found)
    return all(_same(key, value, found.get(key), services) for key, value in facts.items())


def _same(key: str, wanted: Any, found: Any, services: Mapping[str, str]) -> bool:
    if key in ("start", "from", "to"):
        return found is not None and instant(str(wanted), end=key == "to") == found
    if key == "services":
        return sorted(services.get(str(name).lower(), str(name)) for name in wanted) == sorted(found or ())
    if key in ("note", "name", "reason"):
        return str(wanted).lower() in str(found or "").lower()
    if key in ("plate", "phone"):
        return str(wanted).replace(" ", "") == str(found or "").replace(" ", "")
    return bool(wanted == found)
