"""Closed months of assessments the whole way: files are dropped, published, and what is sealed lies in the history."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from orchestration.warehouse.history.store import HistoryError
from orchestration.warehouse.publish import publish
from tests.support.assessed_home import APPEALS, COMPLAINTS, FIRST, POLICY, complaint
from tests.support.compiled import compiled_project
from tests.support.publishing_home import CONTACTS, EVENTS, PublishingHome

pytestmark = pytest.mark.slow

FINDINGS = "finding_id,agent_id,kind,occurred_on,established_at,established_by,approved_by,revoked_at\n"
INCIDENTS = "incident_id,started_at,ended_at,channel,system,kpi_groups,evidence,approved_by,approved_at,revoked_at\n"
OUTAGE = "i1,2026-03-30T08:30:00Z,2026-03-30T09:30:00Z,web,chat,complaint,ticket 7,boss,2026-03-31T08:00:00Z,"
Version = tuple[int, str | None, str, float | None, int]


@cache
def _first() -> PublishingHome:
    home = PublishingHome(Path(mkdtemp(prefix="assessed-")) / "home", compiled_project())
    home.home.create_folders()
    home.home.policy_file.write_text(POLICY, encoding="utf-8")
    home.publish(FIRST)
    return home


@pytest.fixture
def home(tmp_path: Path) -> PublishingHome:
    """March is closed and published: 50 points, less 3 for the third complaint."""
    home = PublishingHome(tmp_path / "home", _first().project)
    shutil.copytree(_first().root, home.root, symlinks=True)
    return home


def march(home: PublishingHome) -> list[Version]:
    """The versions of ann's March: number, reason, state, total, publication."""
    rows = home.ask(
        "select version_no, restated_reason, state, total::double, publication from scorecard.fct_assessment_version "
        "where id = 'ann' and month = date '2026-03-01' order by version_no"
    )
    return [(no, reason, state, total, publication) for no, reason, state, total, publication in rows]


SEALED: Version = (1, None, "assessed", 47, 1)


def test_a_closed_month_is_sealed_by_its_publication_and_by_no_other(home: PublishingHome) -> None:
    assert march(home) == [SEALED]
    history = home.home.history
    record = json.loads((history / "record" / "000001.json").read_text())
    assert {"assessment_version/000001.parquet", "assessment_version_line/000001.parquet"} <= record["files"].keys()
    assert publish(home.home).number == 1
    home.publish({})
    assert march(home) == [SEALED]
    assert not (history / "assessment_version" / "000002.parquet").exists()
    assert home.ask(
        "select state, total, version_no from scorecard.fct_assessment where id = 'ann' and month = '2026-04-01'"
    ) == [("provisional", 25, None)]


def test_rp_5_a_granted_appeal_restates_and_both_versions_stay(home: PublishingHome) -> None:
    row = "a1,complaint,c13,ann,2026-04-10T09:00:00Z,granted,2026-04-20T08:00:00Z,judge,overturned\n"
    home.publish({"desk/2026-04-22/appeals.csv": APPEALS + row})
    restated = (2, "appeal_granted", "assessed", 50, 2)
    assert march(home) == [SEALED, restated]
    home.publish(
        {"desk/2026-04-23/contacts.csv": CONTACTS + "x,,web,inbound,2026-04-22T09:00:00Z,2026-04-22T09:05:00Z\n"}
    )
    assert march(home) == [SEALED, restated]
    assert home.ask(
        "select version_no, points, note from scorecard.fct_assessment_version_line "
        "where id = 'ann' and record_id = 'desk/c13' order by version_no"
    ) == [(1, -3, "over_quota"), (2, 0, "overturned")]


def test_rp_6_harassment_established_later_and_revoked_again(home: PublishingHome) -> None:
    row = "f1,ann,harassment,2026-03-12,2026-04-20T08:00:00Z,boss,chief,"
    home.publish({"desk/2026-04-22/findings.csv": f"{FINDINGS}{row}\n"})
    home.publish({"desk/2026-04-23/findings.csv": f"{FINDINGS}{row}2026-04-20T08:30:00Z\n"})
    unfit = (2, "decided_late", "unfit", None, 2)
    assert march(home) == [SEALED, unfit, (3, "correction", "assessed", 47, 3)]


def test_rp_11_a_complaint_decided_late(home: PublishingHome) -> None:
    pending = complaint("late", "2026-03-20", is_decided=False)
    home.publish({"desk/2026-04-21/complaints.csv": COMPLAINTS + pending})
    assert march(home) == [SEALED]
    decided = pending.replace(",,\n", "ann,upheld,2026-04-20T08:55:00Z\n")
    assert decided != pending
    home.publish({"desk/2026-04-22/complaints.csv": COMPLAINTS + decided})
    # Two over the quota are 6, capped at 5.
    assert march(home) == [SEALED, (2, "decided_late", "assessed", 45, 3)]


def test_rp_15_a_version_of_later_months_restates_nothing(home: PublishingHome) -> None:
    later = POLICY.removeprefix("assessment:\n").replace("2026-1", "2026-4").replace("points_each: 3", "points_each: 9")
    both = POLICY + later.replace("valid_from: 2026-01", "valid_from: 2026-04")
    home.home.policy_file.write_text(both, encoding="utf-8")
    home.publish({})
    assert march(home) == [SEALED]
    held = home.ask("select distinct month::varchar, policy_version from scorecard.fct_assessment where id = 'ann'")
    assert {("2026-03-01", "2026-1"), ("2026-04-01", "2026-4")} <= set(held)


def test_rp_19_the_approval_of_an_outage_is_revoked(home: PublishingHome) -> None:
    home.publish({"desk/2026-04-22/platform_incidents.csv": f"{INCIDENTS}{OUTAGE}\n"})
    home.publish({"desk/2026-04-23/platform_incidents.csv": f"{INCIDENTS}{OUTAGE}2026-04-20T08:00:00Z\n"})
    assert [row[:4] for row in march(home)] == [
        SEALED[:4],
        (2, "incident", "assessed", 50),
        (3, "incident", "assessed", 47),
    ]


def test_cs_5_what_comes_late_restates_the_month_that_it_is_of(home: PublishingHome) -> None:
    new = "new,c,web,inbound,2026-03-30T12:00:00Z,2026-03-30T12:05:00Z\n"
    events = "new,2026-03-30T12:00:00Z,connected,ann\nnew,2026-03-30T12:05:00Z,ended,ann\n"
    home.publish(
        {"desk/2026-04-22/contacts.csv": CONTACTS + new, "desk/2026-04-22/contact_events.csv": EVENTS + events}
    )
    assert march(home) == [SEALED, (2, "late_data", "assessed", 72, 2)]


def test_what_was_sealed_outlives_the_policy_and_all_that_is_built(home: PublishingHome) -> None:
    home.home.policy_file.unlink()
    shutil.rmtree(home.home.warehouse_file.parent)
    home.publish({})
    assert march(home) == [SEALED]
    assert home.ask("select total from scorecard.fct_assessment where id = 'ann' and month = '2026-03-01'") == [(47,)]


def test_a_sealed_month_that_was_changed_by_hand_stops_the_next_publication(home: PublishingHome) -> None:
    file = home.home.history / "assessment_version" / "000001.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(HistoryError, match=r"assessment_version/000001\.parquet: is not as it was written"):
        home.publish({})
