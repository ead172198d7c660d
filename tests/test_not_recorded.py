"""What a centre's files do not have is not recorded, for every KPI of the catalogue: never 0, and never 100 %.

A small centre loses feeds and columns, several at a time whose KPIs have nothing to do with each other. Each KPI then
says what it said before, or that it is not recorded; what else may change stands below with its reason.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from orchestration.home.paths import CUSTOMER_KEY_VARIABLE
from schemas import FEEDS
from schemas.contract import contract_columns
from tests.support.catalogue_tables import seed_rows
from tests.support.properties_build import CompiledProject

pytestmark = pytest.mark.slow

Told = dict[tuple[str, ...], tuple[float | None, str | None]]
"""KPI, kind of scope, scope, kind of period, first day -> value and reason."""


@dataclass(frozen=True)
class Lost:
    """Feeds and columns, written `feed.column`, that no file has."""

    feeds: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


LOST = {
    "feeds about people": Lost(("staff", "ratings", "recognitions", "quality_reviews", "site_visits")),
    "feeds of what agents do": Lost(("agent_states", "observations")),
    "feed of messages": Lost(("messages",)),
    "feed of events": Lost(("contact_events",), ("messages.agent_id",)),
    "feeds of what happens": Lost(("agent_states", "contact_events")),
    "who": Lost(columns=("contact_events.agent_id", "messages.agent_id")),
    "where and until when": Lost(columns=("contacts.ended_at", "contacts.queue_id", "contact_events.queue_id")),
    "what was measured": Lost(columns=("contact_events.wait_seconds", "contact_events.talk_seconds")),
    "feed of errors": Lost(
        ("quality_errors", "quality_review_items"), ("contact_events.transfer_target_id", "ratings.delivered_at")
    ),
    "feeds of governance": Lost(
        (
            "complaints", "findings", "appeals", "contact_tags", "time_records", "monitoring_sessions", "test_calls",
            "ticket_audits", "coaching_sessions", "documents", "document_receipts", "rewards",
        )
    ),
    "feeds of voice and people": Lost(
        (
            "surveys", "social_mentions", "actions", "self_reports", "shifts", "forecasts", "staff_surveys", "meetings",
            "plans",
        ),
        ("contact_events.context_passed", "agent_states.approved_at", "staff.exit_interviewer"),
    ),
    "columns": Lost(
        columns=(
            "staff.left_on", "staff.max_concurrent", "ratings.stars", "contact_events.transfer_kind",
            "contacts.customer_id", "contact_events.customer_id", "contact_events.reason",
        )
    ),
}  # fmt: skip

UNTOLD_TRANSFER = "a transfer that does not say that it only asked hands the contact over, so the leg ends there"
# Where another feed tells the same less well, numbers are others: by the stamps of events instead of what a switch
# measured, by replies instead of routing.
BY_OTHER_MEANS = {
    *("feeds of what agents do", "feed of messages", "feed of events", "feeds of what happens"),
    *("who", "where and until when", "what was measured"),
}
CHANGES = {
    "columns": {
        "consultation_rate": "a contact without a known customer counts as one, as the catalogue says",
        "avg_concurrent_contacts": UNTOLD_TRANSFER,
        "avg_contact_duration": UNTOLD_TRANSFER,
        "avg_handle_time": UNTOLD_TRANSFER,
        "occupancy": UNTOLD_TRANSFER,
        "transfer_events_per_contact": UNTOLD_TRANSFER,
        "transfer_rate": UNTOLD_TRANSFER,
        "transfer_rate_other_queue": UNTOLD_TRANSFER,
        "utilisation": UNTOLD_TRANSFER,
    },
    "feeds about people": {
        "defects_caught_during_share": "where nobody reviews, what other checks find is all that is found",
        "defects_caught_after_share": "the same",
    },
    "feed of errors": {
        "rating_participation_rate": "where no delivery is told, a stated failure alone says that there was none",
        "rating_delivery_rate": "the same",
        "defects_caught_during_share": "a review whose errors nobody writes down is no defect",
        "defects_caught_after_share": "the same",
    },
}
"""KPIs that tell another number then, and why that is right."""


@pytest.fixture(autouse=True, scope="module")
def one_customer_key() -> Iterator[None]:
    """Customers are told by a keyed hash: every home under the same key."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CUSTOMER_KEY_VARIABLE, "the same key for every home of this test")
        yield


def write_without(home: Path, other: Path, lost: Lost) -> None:
    """Write the home's settings and landing files anew, without what is lost."""
    other.mkdir()
    shutil.copy(home / "centre.yaml", other)
    for path in home.glob("landing/*/*/*"):
        # The switch's log has columns of its own, which nobody can take from it.
        if path.stem in lost.feeds or path.suffix != ".csv":
            continue
        file = other / path.relative_to(home)
        file.parent.mkdir(parents=True, exist_ok=True)
        gone = [name.split(".")[1] for name in lost.columns if name.split(".")[0] == path.stem]
        if not gone:
            shutil.copy(path, file)
            continue
        with path.open(encoding="utf-8", newline="") as told, file.open("w", encoding="utf-8", newline="") as written:
            rows = csv.DictReader(told)
            kept = [name for name in rows.fieldnames or () if name not in gone]
            sheet = csv.DictWriter(written, kept, extrasaction="ignore", lineterminator="\n")
            sheet.writeheader()
            sheet.writerows(rows)


def told_in(warehouse: Path) -> Told:
    """Every value of some kinds of periods."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select kpi_id, scope_kind, scope_id, period_kind, period_start::varchar, value, reason "
            "from scorecard.fct_kpi_value where period_kind in ('day', 'month', 'all', 'trailing_28')"
        ).fetchall()
    return {tuple(row[:5]): (row[5], row[6]) for row in rows}


@pytest.fixture(scope="module")
def whole(built_centre: CompiledProject, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The values of the centre that has everything."""
    home = tmp_path_factory.mktemp("whole") / "home"
    write_without(built_centre.home, home, Lost())
    return told_in(built_centre.build(home))


def needs_of(kpi_id: str) -> list[list[str]]:
    """The columns that a KPI lives on; of each list one is enough."""
    return [row["any_of"].split("|") for row in seed_rows("kpi_columns") if row["kpi_id"] == kpi_id]


def lives_on_what_is_lost(kpi_id: str, lost: Lost) -> bool:
    """Whether all columns of a need are lost."""
    return any(
        all(name in lost.columns or name.split(".")[0] in lost.feeds for name in need) for need in needs_of(kpi_id)
    )


def test_every_need_names_a_column_of_the_contract_and_is_lost_in_some_case() -> None:
    for row in seed_rows("kpi_columns"):
        for name in row["any_of"].split("|"):
            feed, column = name.split(".")
            assert column in contract_columns(FEEDS[feed]).values()
        assert any(lives_on_what_is_lost(row["kpi_id"], lost) for lost in LOST.values()), row


@pytest.mark.parametrize("case", LOST)
def test_a_kpi_whose_feed_or_column_no_file_has_is_not_recorded(
    built_centre: CompiledProject, whole: Told, tmp_path: Path, case: str
) -> None:
    home = tmp_path / "home"
    write_without(built_centre.home, home, LOST[case])
    told = told_in(built_centre.build(home))
    kpis = {key[0] for key in whole}
    for kpi_id in kpis:
        if lives_on_what_is_lost(kpi_id, LOST[case]):
            assert {reason for (one, *_), (_, reason) in told.items() if one == kpi_id} == {"not_recorded"}, kpi_id
    changed: dict[str, list[float | None]] = {}
    for (kpi_id, *rest), (value, _) in whole.items():
        after = told.get((kpi_id, *rest))
        if value is not None and after is not None and after[1] != "not_recorded" and after[0] != value:
            changed.setdefault(kpi_id, []).append(after[0])
    if case in BY_OTHER_MEANS:
        assert {kpi_id for kpi_id, values in changed.items() if len(values) > 4 and set(values) <= {0, 1}} == set()
    else:
        assert set(changed) == set(CHANGES.get(case, {}))
