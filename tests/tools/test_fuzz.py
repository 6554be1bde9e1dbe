"""Whatever arguments come, a workshop answers within its schemas or refuses; it never raises, never breaks."""

import asyncio
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tools.backends import NOW
from tools.catalogue import catalogue, data_of
from tools.connect import open_kept
from tools.contract import ToolCall
from tools.embedded.workshop import TOOLS
from tools.errors import RefusalCode

Json = Mapping[str, Any]

# What people and models really send, right and nearly right, by the argument's name.
TIMES = (
    "2026-03-18",
    "2026-03-18T10:00:00+01:00",
    "2026-03-18T09:07",
    "2026-03-29T02:30:00",
    "2026-10-25T02:30:00",
    "2026-03-10T10:00:00Z",
    "2026-03-15",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "0001-01-01T00:00:00",
    "9999-12-31T23:59:59-23:59",
    "2026-03-18T25:00",
    "2026-03-18T10:00+99:00",
    "domani",
    "",
)
POOL: Mapping[str, tuple[Any, ...]] = {
    "from": TIMES,
    "to": TIMES,
    "start": TIMES,
    "first_registered": TIMES,
    "plate": ("AB123CD", "FH482LM", "ZZ999ZZ", "AB123C", "'; DROP"),
    "vehicle_id": ("veh_1", "veh_2", "veh_99"),
    "customer_id": ("cus_1", "cus_6", "cus_25", "cus_99"),
    "customer": ("Rossi", "cus_1", "%", "_", "'", "!"),
    "name": ("Rossi", "Mario Rossi", "Łukasz Ñandú", "%_!", "  x  "),
    "appointment_id": ("apt_1", "apt_3", "apt_18", "apt_21", "apt_99"),
    "operation_id": ("op_1", "op_2", "op_99"),
    "staff": ("Marco", "stf_2", "Sara Conti", "Gigi", ""),
    "template": ("appointment_confirmed", "vehicle_ready", "time_for_tyres", "x"),
    "cursor": ("o0", "o5", "o99999999999", "x", "o-1"),
    "make": ("Fiat", "Nissan", "%"),
    "model": ("500", "Classe A"),
    "phone": ("+393352698653", "+390000000"),
    "email": ("mario.rossi@example.test", "x@y.z"),
}
SERVICES = st.lists(st.sampled_from(["tagliando", "revisione", "svc_8", "mot", "carrozzeria", "nulla"]), max_size=3)
JUNK: st.SearchStrategy[Any] = st.sampled_from([None, "", 0, -1, 1.0, True, [], {}, "x" * 300, "a\nb", 2**70])


def values_of(name: str, schema: Json) -> st.SearchStrategy[Any]:
    """Plausible values of one argument; now and then something else."""
    return st.one_of(_plausible(name, schema), _plausible(name, schema), _plausible(name, schema), JUNK)


def _plausible(name: str, schema: Json) -> st.SearchStrategy[Any]:
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if name in POOL:
        return st.sampled_from(POOL[name])
    match schema["type"]:
        case "object":
            return arguments_of(schema)
        case "array":
            return SERVICES if "services" in name else st.lists(values_of("", schema["items"]), max_size=2)
        case "integer":
            low, high = schema.get("minimum", 0), schema.get("maximum", 10**6)
            return st.sampled_from([low, high, min(1440, high), low - 1, high + 1])
        case "boolean":
            return st.booleans()
        case _:
            return st.text(max_size=20)


def arguments_of(schema: Json) -> st.SearchStrategy[dict[str, Any]]:
    known = {name: values_of(name, each) for name, each in schema["properties"].items()}
    needed = {name: known.pop(name) for name in schema.get("required", ())}
    return st.fixed_dictionaries(needed, optional=known)


CALLS = st.sampled_from(sorted(TOOLS)).flatmap(
    lambda name: st.tuples(st.just(name), arguments_of(catalogue()[name].input), st.booleans())
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(calls=st.lists(CALLS, min_size=5, max_size=20))
def test_whatever_comes_is_answered_or_refused(demo_file: Path, calls: list[tuple[str, Json, bool]]) -> None:
    asyncio.run(_play(demo_file, calls))


async def _play(demo_file: Path, calls: list[tuple[str, Json, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.sqlite"
        shutil.copy(demo_file, path)
        workshop = await open_kept(f"sqlite:///{path}", clock=lambda: NOW)
        try:
            for name, arguments, yes in calls:
                reasons = ("falling_odometer", "possible_duplicate", "appointments_in_the_way") if yes else ()
                result = await workshop.call(ToolCall("x", name, arguments, accepted=reasons))
                if result.refusal is not None:
                    assert result.refusal.code in RefusalCode
                    assert result.refusal.message
                else:
                    assert data_of(name).problem(result.data) is None
            assert await workshop.check() == []
            state = await workshop.export()
            other = await open_kept(f"sqlite:///{folder}/other.sqlite", clock=lambda: NOW, filled=False)
            try:
                await other.seed(state)
                assert await other.export() == state
            finally:
                await other.close()
        finally:
            await workshop.close()
