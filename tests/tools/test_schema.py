"""The validator: strict, and telling the field and the value. The examples are the ones PHP runs too."""

import json
from pathlib import Path
from typing import Any

import pytest

from tools.catalogue import arguments_of, catalogue, shapes
from tools.schema import Schema, check_keywords

EXAMPLES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("schema_examples.json").read_text("utf-8"))


def schema_of(example: dict[str, Any]) -> Schema:
    return arguments_of(example["tool"]) if "tool" in example else Schema(example["schema"])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_an_example_is_judged_as_it_says(example: dict[str, Any]) -> None:
    problem = schema_of(example).problem(example["value"])
    if example["valid"]:
        assert problem is None
    else:
        assert problem is not None
        assert problem.field == example["field"]
        assert problem.message.startswith(example["field"] or "the arguments")


def test_there_are_examples_of_both_kinds_for_every_keyword() -> None:
    assert len(EXAMPLES) >= 60
    names = [example["name"] for example in EXAMPLES]
    assert len(set(names)) == len(names)
    text = {
        valid: json.dumps(
            [example["schema"] for example in EXAMPLES if "schema" in example and example["valid"] is valid]
        )
        for valid in (True, False)
    }
    for keyword in ("enum", "pattern", "minimum", "maximum", "minLength", "maxLength", "maxItems", "required", "items"):
        assert f'"{keyword}"' in text[True], keyword
        assert f'"{keyword}"' in text[False], keyword


def test_a_lone_surrogate_is_refused() -> None:
    # no JSON text in UTF-8 can hold one, so it is not among the examples
    problem = arguments_of("find_customer").problem({"name": "x\ud800"})
    assert problem is not None
    assert "U+D800" in problem.message


def test_a_control_character_in_a_name_is_shown_not_sent_on() -> None:
    problem = arguments_of("find_customer").problem({"na\x1bme": "x"})
    assert problem is not None
    assert "\x1b" not in problem.message


def test_a_long_value_is_cut_in_the_message() -> None:
    problem = arguments_of("find_customer").problem({"name": "x" * 1000})
    assert problem is not None
    assert len(problem.message) < 200


def test_infinity_is_no_number() -> None:
    assert Schema({"type": "number"}).problem(float("inf")) is not None
    assert Schema({"type": "number"}).problem(float("nan")) is not None


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string", "format": "date"}, "'format' is outside"),
        ({"type": ["string", "integer"]}, "is not one of"),
        ({"type": "array"}, "without items"),
        ({"type": "object", "properties": {}}, "additionalProperties"),
        ({"type": "object", "properties": {"a": {"anyOf": []}}, "additionalProperties": False}, r"schema\.a: keyword"),
    ],
)
def test_a_schema_outside_the_subset_is_an_error(schema: dict[str, Any], said: str) -> None:
    with pytest.raises((ValueError, TypeError), match=said):
        check_keywords(schema)


def test_every_tool_of_the_design_is_specified() -> None:
    reads = "find_customer find_vehicle vehicle_history list_services opening_hours list_appointments find_slots"
    writes = "book_appointment reschedule_appointment cancel_appointment update_appointment save_customer save_vehicle"
    more = "record_work send_message schedule_reminder block_time undo"
    campaigns = "query_customers plan_campaign send_campaign erase_customer"
    assert set(catalogue()) == set(f"{reads} {writes} {more} {campaigns}".split())


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_tool_keeps_to_the_subset_and_leaves_no_shape_open(name: str) -> None:
    spec = catalogue()[name]
    for schema in (spec.input, spec.output):
        Schema(schema)
        assert "shape:" not in json.dumps(schema)
    assert spec.description
    assert spec.risk in (0, 1, 2, 3)


@pytest.mark.parametrize("name", [name for name, spec in catalogue().items() if 0 < spec.risk < 3])
def test_every_write_can_answer_its_operation(name: str) -> None:
    assert {"operation_id", "version"} <= set(catalogue()[name].output["properties"])


def test_shapes_are_whole() -> None:
    assert shapes()["appointment"]["properties"]["vehicle"]["properties"]["owner"]["properties"]["consents"]
