"""The tables, as numbered steps; each is run once, in its own transaction.

A step is never changed after a release: what is different now is a new step. Instants are seconds since
1970 UTC, days ISO text, lists JSON.
"""

_FIRST = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE counters (kind TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE services (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL, name_it TEXT NOT NULL, name_en TEXT NOT NULL,
    synonyms TEXT NOT NULL, minutes INTEGER NOT NULL CHECK (minutes > 0),
    buffer_minutes INTEGER NOT NULL DEFAULT 0, price_cents INTEGER, staff TEXT NOT NULL, kind TEXT
);
CREATE TABLE staff (id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, spoken TEXT NOT NULL);
CREATE TABLE templates (id TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL);

CREATE TABLE customers (
    id TEXT PRIMARY KEY, name TEXT, first_name TEXT, last_name TEXT, phone TEXT, email TEXT,
    language TEXT NOT NULL, consents TEXT NOT NULL,
    words TEXT NOT NULL,   -- folded name, blanks around every word, to be found by any of them
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX customers_phone ON customers (phone);
CREATE INDEX customers_email ON customers (email);

CREATE TABLE vehicles (
    id TEXT PRIMARY KEY, plate TEXT UNIQUE, make TEXT NOT NULL, model TEXT NOT NULL, colour TEXT, body TEXT,
    fuel TEXT, first_registered TEXT, mileage INTEGER, owner_id TEXT REFERENCES customers (id),
    make_key TEXT NOT NULL, model_key TEXT NOT NULL,   -- folded
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX vehicles_owner ON vehicles (owner_id);
CREATE INDEX vehicles_model ON vehicles (model_key, make_key);

CREATE TABLE appointments (
    id TEXT PRIMARY KEY, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL,
    busy_until INTEGER NOT NULL,   -- the end and the buffer after it
    status TEXT NOT NULL, services TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id), customer_id TEXT REFERENCES customers (id),
    vehicle_id TEXT REFERENCES vehicles (id), notes TEXT NOT NULL DEFAULT '', version INTEGER NOT NULL DEFAULT 1,
    -- never overnight: what is busy around an instant began less than a day before it
    CHECK (start_at < end_at AND end_at <= busy_until AND busy_until < start_at + 86400)
);
CREATE INDEX appointments_start ON appointments (start_at);
CREATE INDEX appointments_staff ON appointments (staff_id, start_at);
CREATE INDEX appointments_vehicle ON appointments (vehicle_id, start_at);
CREATE INDEX appointments_customer ON appointments (customer_id, start_at);

CREATE TABLE jobs (
    id TEXT PRIMARY KEY, vehicle_id TEXT NOT NULL REFERENCES vehicles (id), date TEXT NOT NULL, mileage INTEGER,
    services TEXT NOT NULL, work TEXT NOT NULL DEFAULT '', notes TEXT NOT NULL DEFAULT '',
    falling_odometer INTEGER NOT NULL DEFAULT 0, appointment_id TEXT REFERENCES appointments (id)
);
CREATE INDEX jobs_vehicle ON jobs (vehicle_id, date);
CREATE INDEX jobs_appointment ON jobs (appointment_id);

-- Derived from jobs.services: who had which service last, in one index.
CREATE TABLE job_services (
    service_id TEXT NOT NULL REFERENCES services (id), vehicle_id TEXT NOT NULL, date TEXT NOT NULL,
    job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    PRIMARY KEY (service_id, vehicle_id, date, job_id)
) WITHOUT ROWID;
CREATE INDEX job_services_job ON job_services (job_id);
CREATE TRIGGER jobs_added AFTER INSERT ON jobs BEGIN
    INSERT OR IGNORE INTO job_services
        SELECT value, new.vehicle_id, new.date, new.id FROM json_each(new.services);
END;
CREATE TRIGGER jobs_changed AFTER UPDATE ON jobs BEGIN
    DELETE FROM job_services WHERE job_id = new.id;
    INSERT OR IGNORE INTO job_services
        SELECT value, new.vehicle_id, new.date, new.id FROM json_each(new.services);
END;

CREATE TABLE blocked_time (
    id TEXT PRIMARY KEY, staff_id TEXT NOT NULL REFERENCES staff (id), start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL, reason TEXT NOT NULL DEFAULT '', CHECK (start_at < end_at)
);
CREATE INDEX blocked_time_staff ON blocked_time (staff_id, end_at);
CREATE INDEX blocked_time_end ON blocked_time (end_at);

CREATE TABLE campaigns (
    id TEXT PRIMARY KEY, segment TEXT NOT NULL, channel TEXT NOT NULL, template TEXT NOT NULL,
    status TEXT NOT NULL, counts TEXT NOT NULL
);
CREATE TABLE messages (
    id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customers (id),
    appointment_id TEXT REFERENCES appointments (id), campaign_id TEXT REFERENCES campaigns (id),
    channel TEXT NOT NULL, template TEXT NOT NULL, purpose TEXT NOT NULL, address TEXT NOT NULL,
    language TEXT NOT NULL, subject TEXT, text TEXT NOT NULL,
    parameters TEXT NOT NULL DEFAULT '[]',   -- of the WhatsApp template, in its order
    due_at INTEGER NOT NULL, expires_at INTEGER, status TEXT NOT NULL,
    before_minutes INTEGER,   -- of a reminder: how long before the start it was asked for
    dedupe_key TEXT NOT NULL, operation_id TEXT,
    attempts INTEGER NOT NULL DEFAULT 0, claimed_by TEXT, claimed_until INTEGER, next_try_at INTEGER,
    sent_at INTEGER, provider_id TEXT, failure TEXT
);
CREATE UNIQUE INDEX messages_once ON messages (dedupe_key) WHERE status = 'queued';
CREATE INDEX messages_due ON messages (status, due_at);
CREATE INDEX messages_appointment ON messages (appointment_id);
CREATE INDEX messages_customer ON messages (customer_id);

CREATE TABLE operations (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, tool TEXT NOT NULL, key TEXT UNIQUE,
    at TEXT NOT NULL, desk TEXT NOT NULL, payload TEXT NOT NULL, arguments TEXT NOT NULL, data TEXT NOT NULL,
    undone_at TEXT
);
CREATE INDEX operations_desk ON operations (desk, number);
-- What undo puts back: each row an operation touched, before and after. NULL: it was not there.
CREATE TABLE changes (
    operation_id TEXT NOT NULL REFERENCES operations (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    noun TEXT NOT NULL, row_id TEXT NOT NULL, before TEXT, after TEXT, PRIMARY KEY (operation_id, number)
) WITHOUT ROWID;
"""


def _counted(table: str, columns: str) -> str:
    """Triggers that count every change of what the vocabulary tells."""
    bump = "UPDATE meta SET value = value + 1 WHERE key = 'vocabulary';"
    changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in columns.split())
    return f"""
CREATE TRIGGER {table}_words_added AFTER INSERT ON {table} BEGIN {bump} END;
CREATE TRIGGER {table}_words_removed AFTER DELETE ON {table} BEGIN {bump} END;
CREATE TRIGGER {table}_words_changed AFTER UPDATE ON {table} WHEN {changed} BEGIN {bump} END;
"""


_VOCABULARY = "INSERT INTO meta VALUES ('vocabulary', '1');" + "".join(
    _counted(table, columns)
    for table, columns in (
        ("services", "name_it name_en synonyms minutes price_cents staff"),
        ("staff", "name spoken"),
        ("templates", "body"),
        ("customers", "name first_name last_name phone email language"),
        ("vehicles", "plate make model colour body owner_id mileage"),
    )
)

MIGRATIONS: tuple[str, ...] = (_FIRST, _VOCABULARY)
"""Step n, counted from 1, takes a file from version n-1 to n (`PRAGMA user_version`)."""
