"""The workshop's own words, with a version that changes when any of them does."""

from tools.domain import Customer, Service, Staff, Template, Vehicle, Vocabulary
from tools.embedded import shapes
from tools.embedded.hours import WEEKDAYS, holidays
from tools.embedded.work import Work, loads

YEARS_AHEAD = 2


def version(work: Work) -> str:
    """Which file, how often its words changed, and the year its holidays begin with."""
    meta = {row["key"]: row["value"] for row in work.all("SELECT key, value FROM meta")}
    return f"{meta['identity']}.{meta['vocabulary']}.{work.local(work.now).year}"


def vocabulary(work: Work) -> Vocabulary:
    settings, year = work.settings, work.local(work.now).year
    customers = {
        row["id"]: Customer.from_json(shapes.customer(row)) for row in work.all("SELECT * FROM customers ORDER BY id")
    }
    return Vocabulary(
        version=version(work),
        timezone=settings.zone.key,
        workshop=settings.name,
        opening={day: tuple((f"{a:%H:%M}", f"{b:%H:%M}") for a, b in settings.opening[day]) for day in WEEKDAYS},
        services=tuple(
            Service.from_json(shapes.service(row, whole=True)) for row in shapes.services_by_id(work).values()
        ),
        staff=tuple(
            Staff(row["id"], row["name"], tuple(loads(row["spoken"]))) for row in shapes.staff_by_id(work).values()
        ),
        vehicles=tuple(
            Vehicle(
                id=row["id"],
                make=row["make"],
                model=row["model"],
                plate=row["plate"],
                colour=row["colour"],
                body=row["body"],
                owner=customers.get(row["owner_id"]),
                mileage=row["mileage"],
            )
            for row in work.all("SELECT * FROM vehicles ORDER BY plate, id")
        ),
        customers=tuple(customers.values()),
        templates=tuple(
            Template.from_json(loads(row["body"])) for row in work.all("SELECT body FROM templates ORDER BY position")
        ),
        holidays={
            day: names[settings.language if settings.language in names else "en"]
            for each in range(year, year + YEARS_AHEAD + 1)
            for day, names in holidays(settings.country, settings.subdivision, each).items()
        },
    )
