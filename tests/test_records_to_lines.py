"""From a number to the records behind it, and from each of them to the line of the landing file that it stands on."""

from __future__ import annotations

import csv
from datetime import datetime
from typing import Any

import duckdb
import pytest

from orchestration.home.paths import Home
from tests.support.properties_build import CompiledProject

pytestmark = pytest.mark.slow

Row = dict[str, Any]
SWITCH = "pbx"


@pytest.fixture(scope="module")
def home(built_centre: CompiledProject) -> Home:
    return Home(built_centre.home)


def rows_of(home: Home, sql: str) -> list[Row]:
    """Run a query on what is to be published; a row is its columns by name."""
    with duckdb.connect(str(home.built_file), read_only=True) as connection:
        found = connection.execute(sql)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def lines_of(home: Home, row: Row) -> list[str]:
    """The lines of the landing file that a row names."""
    path = home.landing / row["source_id"] / row["landing_day"].isoformat() / row["file_name"]
    return path.read_text(encoding="utf-8").split("\n")


def cells_of(home: Home, row: Row) -> dict[str, str]:
    """The cells of the line that a row names, which is also the record of its number."""
    lines = lines_of(home, row)
    head, line = csv.reader([lines[0], lines[row["line_number"] - 1]])
    cells = dict(zip(head, line, strict=True))
    assert cells == list(csv.DictReader(lines))[row["record_number"] - 1]
    return cells


def test_a_number_leads_to_its_contacts_and_each_of_them_to_its_line(home: Home) -> None:
    told = "from scorecard.fct_kpi_value where kpi_id = 'contacts_handled' and period_kind = 'day'"
    number = rows_of(home, f"{told} and scope_kind = 'channel' and scope_id = 'web' order by n desc limit 1")[0]
    on_day = f"contact_date = '{number['period_start']}' and channel = 'web'"
    contacts = rows_of(home, f"from scorecard.fct_contact where {on_day} and contacts_handled > 0")
    assert len(contacts) == number["value"] > 1
    for contact in contacts:
        assert contact["file_name"] == "contacts.csv"
        cells = cells_of(home, contact)
        assert (cells["contact_id"], cells["channel"]) == (contact["contact_id"], "web")
        assert datetime.fromisoformat(cells["started_at"]) == contact["started_at"]


def test_a_contact_that_only_a_log_tells_of_leads_to_a_line_of_its_own(home: Home) -> None:
    contacts = rows_of(home, f"from scorecard.fct_contact where source_id = '{SWITCH}'")
    assert contacts
    for contact in contacts:
        line = lines_of(home, contact)[contact["line_number"] - 1]
        assert line.split("|")[1] == contact["contact_id"]


def test_a_leg_leads_to_the_line_of_its_connection_and_without_one_to_the_agents_first_message(home: Home) -> None:
    found = set()
    for leg in rows_of(home, "from scorecard.fct_contact_leg"):
        if leg["source_id"] == SWITCH:
            moment, contact_id, _, _, word = lines_of(home, leg)[leg["line_number"] - 1].split("|")[:5]
            assert (int(moment), contact_id, word) == (leg["connected_at"].timestamp(), leg["contact_id"], "CONNECT")
            found.add(word)
            continue
        cells = cells_of(home, leg)
        assert cells["contact_id"] == leg["contact_id"]
        if leg["file_name"] == "messages.csv":
            assert (cells["sender"], cells["agent_id"]) == ("agent", leg["agent_id"])
        else:
            assert cells["event_type"] == "connected"
            assert datetime.fromisoformat(cells["occurred_at"]) == leg["connected_at"]
        found.add(leg["file_name"])
    assert found == {"CONNECT", "messages.csv", "contact_events.csv"}


def test_a_visit_leads_to_the_line_of_its_entry_and_without_one_to_its_exit(home: Home) -> None:
    found = set()
    visits = rows_of(home, f"from scorecard.fct_queue_visit where visit_number > 0 and source_id != '{SWITCH}'")
    for visit in visits:
        cells = cells_of(home, visit)
        assert f"{visit['source_id']}/{cells['contact_id']}" == visit["contact_key"]
        at = "entered_at" if cells["event_type"] == "queued" else "left_at"
        assert datetime.fromisoformat(cells["occurred_at"]) == visit[at]
        found.add(cells["event_type"])
    assert {"queued", "refused"} <= found


@pytest.mark.parametrize(
    ("fact", "file", "key"),
    [("fct_rating", "ratings.csv", "rating_id"), ("fct_quality_review", "quality_reviews.csv", "review_id")],
)
def test_a_rating_and_a_review_lead_to_their_own_lines(home: Home, fact: str, file: str, key: str) -> None:
    rows = rows_of(home, f"from scorecard.{fact}")
    assert rows
    for row in rows:
        assert row["file_name"] == file
        assert f"{row['source_id']}/{cells_of(home, row)[key]}" == row[key]


def test_every_record_that_names_a_file_names_one_that_was_taken(home: Home) -> None:
    for fact in ("fct_contact", "fct_contact_leg", "fct_queue_visit", "fct_rating", "fct_quality_review"):
        origin = "source_id, landing_day, file_name"
        strange = rows_of(home, f"from scorecard.{fact} anti join scorecard.fct_file using ({origin})")
        assert strange == [], fact
