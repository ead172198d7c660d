"""Cells that hold several agents or queues."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.centre import CentreError
from tests.support.land_home import LandHome

CALLS = """
- name: calls
  kind: files
  channel: voice
  time_zone: UTC
  mapping:
    - files: calls.csv
      feeds:
        contacts: {contact_id: id, direction: {constant: inbound}, started_at: start}
        contact_events:
          - {contact_id: id, occurred_at: start, event_type: {constant: queued}}
          - {contact_id: id, occurred_at: start, event_type: {constant: offered}, agent_id: AGENT}
"""
HEADER = "id,start,agents\n"
SPLIT = "{column: agents, split: ';'}"


def take(tmp_path: Path, agent: str, *cells: str) -> tuple[list[tuple[object, ...]], str | None]:
    """Line, place in the record and agent of the offers, and what is told of the file."""
    home = LandHome(tmp_path, sources=CALLS.replace("AGENT", agent))
    lines = [f"{at},2026-01-05 10:00:00,{cell}" for at, cell in enumerate(cells)]
    record = home.take("calls.csv", HEADER + "\n".join(lines) + "\n", source="calls")
    assert (record.is_balanced, record.records_accepted) == (True, len(cells))
    rows = home.rows("contact_events").sort("record_number", "row_in_record").filter(event_type="offered")
    return rows.select("line_number", "row_in_record", "agent_id").rows(), record.message


def test_each_value_of_a_cell_gives_a_row(tmp_path: Path) -> None:
    offers, told = take(tmp_path, SPLIT, "ann;bob; cy", "dan", "")
    # Of two rules the second: its rows are every other one.
    assert offers == [(2, 1, "ann"), (2, 3, "bob"), (2, 5, "cy"), (3, 1, "dan"), (4, 1, None)]
    assert told is None


@pytest.mark.parametrize(
    ("cell", "agents"),
    [(";ann;", ["ann"]), ("ann;ann", ["ann"]), (";;", [None]), ("b;a;b", ["b", "a"]), (" ; ann ", ["ann"])],
)
def test_nothing_between_signs_is_nobody_and_one_told_twice_is_one(
    tmp_path: Path, cell: str, agents: list[str | None]
) -> None:
    assert [row[2] for row in take(tmp_path, SPLIT, cell)[0]] == agents


def test_other_forms_work_on_each_value(tmp_path: Path) -> None:
    form = "{column: agents, split: '/', extract: '^([a-z]+)', values: {ann: A1, bob: B2}}"
    assert [row[2] for row in take(tmp_path, form, "ann (1)/bob (2)")[0]] == ["A1", "B2"]


@pytest.mark.parametrize("cell", ["ann;bob", "ann | bob", "张三、李四"])
def test_a_cell_that_looks_like_several_is_told(tmp_path: Path, cell: str) -> None:
    offers, told = take(tmp_path, "agents", cell)
    assert len(offers) == 1
    assert told is not None
    assert "`agents` looks as if some of its cells held several values" in told


@pytest.mark.parametrize("cell", ["Müller; ", "'Müller, Anna'", "", ";", "a-b"])
def test_a_cell_of_one_value_is_not(tmp_path: Path, cell: str) -> None:
    text = cell if "," not in cell else '"Müller, Anna"'
    assert take(tmp_path, "agents", text)[1] is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "started_at: start}",
            "started_at: start, queue_id: {column: q, split: ';'}}",
            "make `contact_id` of the same",
        ),
        ("agent_id: AGENT", "event_id: id, agent_id: {column: agents, split: ';'}", "leave `event_id` out"),
        (
            "agent_id: AGENT",
            "agent_id: {column: agents, split: ';'}, queue_id: {column: q, split: ';'}",
            "one field of a rule",
        ),
        ("agent_id: AGENT", "agent_id: {column: agents, split: ''}", "at least 1"),
        ("agent_id: AGENT", "agent_id: {key: [agents, q], split: ';'}", "split"),
    ],
)
def test_a_split_that_cannot_work_stops_at_centre_yaml(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(CentreError, match=told):
        _ = LandHome(tmp_path, sources=CALLS.replace(old, new)).centre
