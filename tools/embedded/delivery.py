"""The outbox's way out.

Nothing leaves yet: SMTP and WhatsApp are not built in, so `deliver` counts what waits and since when, and
changes nothing. From a demo workshop nothing may ever leave but to loopback (contract §4).
"""

from tools.contract import Delivery
from tools.embedded.work import Work


def deliver(work: Work) -> Delivery:
    """How many messages wait, and the due time of the oldest that should have left; sends nothing."""
    row = work.one(
        "SELECT count(*) AS waiting, min(CASE WHEN due_at <= ? THEN due_at END) AS overdue"
        " FROM messages WHERE status = 'queued'",
        work.now,
    )
    if row is None or not row["waiting"]:
        return Delivery()
    overdue = None if row["overdue"] is None else work.local(row["overdue"])
    return Delivery(waiting=row["waiting"], oldest_overdue=overdue)
