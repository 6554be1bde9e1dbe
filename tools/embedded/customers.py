"""Customers: found exactly, saved without doubles."""

from typing import Any

from tools.embedded import shapes
from tools.embedded.refused import invalid, not_found
from tools.embedded.vehicles import by_plate, like_word, page
from tools.embedded.work import Row, Work, dumps, fold, loads

Json = dict[str, Any]


def by_id(work: Work, row_id: str) -> Row:
    row = work.one("SELECT * FROM customers WHERE id = ?", row_id)
    if row is None:
        raise not_found("customer", row_id)
    return row


def name_columns(name: str) -> Json:
    """A name as said: the first word, then the rest; one word alone is the surname."""
    first, _, last = " ".join(name.split()).partition(" ")
    return {
        "name": None,
        "first_name": first if last else None,
        "last_name": last or first,
        "words": f" {fold(name)} ",
    }


def add(work: Work, data: Json, *, language: str) -> str:
    """A new customer; one with the same telephone, e-mail or whole name needs a yes (`possible_duplicate`)."""
    known = _alike(work, data)
    if known:
        work.needs_yes({"possible_duplicate": [shapes.customer(row) for row in known]})
    return work.insert(
        "customers",
        **name_columns(data["name"]),
        phone=data.get("phone"),
        email=data.get("email"),
        language=data.get("language", language),
        consents=dumps(data.get("consents", {})),
    )


def _alike(work: Work, data: Json, but: str = "") -> list[Row]:
    return list(
        work.all(
            "SELECT * FROM customers WHERE id <> ? AND (phone = ? OR email = ? OR words = ?) ORDER BY id LIMIT 5",
            but,
            data.get("phone"),
            data.get("email"),
            f" {fold(data['name'])} " if "name" in data else None,
        )
    )


# the tools


def find_customer(work: Work, arguments: Json) -> Json:
    where, values = ["1"], list[Any]()
    for name in ("phone", "email"):
        if name in arguments:
            where.append(f"{name} = ?" if name == "phone" else "lower(email) = lower(?)")
            values.append(arguments[name])
    for word in fold(arguments.get("name", "")).split():
        where.append("words LIKE ? ESCAPE '!'")
        values.append(like_word(word))
    if "plate" in arguments:
        where.append("id = ?")
        values.append(by_plate(work, arguments["plate"])["owner_id"])
    sql = f"SELECT * FROM customers WHERE {' AND '.join(where)}"
    rows, total, cursor = page(work, sql, "words, id", values, arguments)
    items = [shapes.customer(row, consents=True) for row in rows]
    return shapes.present(items=items, total=total, next_cursor=cursor)


def save_customer(work: Work, arguments: Json) -> Json:
    row_id = arguments.get("customer_id")
    if row_id is None:
        if "name" not in arguments:
            raise invalid("name", None, "is missing: a new customer needs one")
        row_id = add(work, arguments, language=work.settings.language)
    else:
        before = by_id(work, row_id)
        work.expect_version("customer", before, arguments.get("version"))
        columns: Json = {name: arguments[name] for name in ("phone", "email", "language") if name in arguments}
        if "name" in arguments:
            columns |= name_columns(arguments["name"])
        if "consents" in arguments:
            columns["consents"] = dumps(loads(before["consents"]) | arguments["consents"])
        if not columns:
            raise invalid("customer_id", row_id, "and nothing to change: name what is new")
        work.update("customers", row_id, **columns)
    row = by_id(work, row_id)
    return {
        "version": row["version"],
        "customer": shapes.customer(row, consents=True),
        "created": "customer_id" not in arguments,
    }
