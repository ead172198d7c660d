"""A value of a closed period that is published otherwise than before is kept as it was, with reason and files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from orchestration.warehouse.history import inputs
from tests.support.publishing_home import (
    CENTRE,
    EVENTS,
    MARCH,
    RATINGS,
    PublishingHome,
    change_published,
    march_home,
)

pytestmark = pytest.mark.slow

LATE_RATING = "r2,two,2026-03-30T10:06:00Z,2026-03-30T10:06:00Z,2026-04-02T10:06:00Z,1\n"
OTHER_RATING = "r1,one,2026-03-30T09:06:00Z,2026-03-30T09:06:00Z,2026-03-30T09:10:00Z,3\n"
INCIDENT = (
    "incident_id,started_at,ended_at,channel,system,kpi_groups,evidence,approved_by,approved_at\n"
    "i1,2026-03-30T08:30:00Z,2026-03-30T09:30:00Z,web,chat,rating,ticket 7,boss,2026-04-21T08:00:00Z\n"
)
COMPLAINTS = "complaint_id,received_at,origin,leaf,outcome,decided_at\n"
SCORE = "satisfaction_score"


@dataclass(frozen=True)
class Case:
    """What comes after the first publication, and what the second one says of a value of March."""

    files: dict[str, str | None]
    reason: str
    feeds: list[str | None]
    old: tuple[object, ...]
    new: tuple[object, ...]
    kpi: str = SCORE
    settings: str = CENTRE
    scope: str = "centre"
    columns: str = field(default="value, n")


CASES = {
    # Five stars are 100 points, one is 20: (100 + 20) / 2.
    "CS-5 a rating of the next month": Case(
        {"desk/2026-04-22/ratings.csv": RATINGS + LATE_RATING}, "late_data", ["ratings"], (100.0, 1), (60.0, 2)
    ),
    "a rating that comes again with other stars": Case(
        {"desk/2026-04-22/ratings.csv": RATINGS + OTHER_RATING}, "correction", ["ratings"], (100.0, 1), (60.0, 1)
    ),
    "a file that is dropped again with other content": Case(
        {"desk/2026-03-31/ratings.csv": RATINGS + OTHER_RATING}, "correction", ["ratings"], (100.0, 1), (60.0, 1)
    ),
    "a file that is dropped again and can't be read any more": Case(
        {"desk/2026-03-31/ratings.csv": "\x00\x00"}, "removal", ["ratings"], (100.0, 1), (None, None)
    ),
    "an incident that takes the rated contact out": Case(
        {"desk/2026-04-22/platform_incidents.csv": INCIDENT},
        "incident",
        ["platform_incidents"],
        (100.0, 1, 0),
        (None, 0, 1),
        columns="value, n, excluded_n",
    ),
    "a team that had the agent all along": Case(
        {
            "desk/2026-04-22/team_memberships.csv": "agent_id,team_id,valid_from,is_home_team\n"
            "ann,north,2026-03-01,true\n"
        },
        "staff_or_team",
        ["team_memberships"],
        (None, None),
        (100.0, 1),
        scope="north",
    ),
    "late data where a setting was changed as well": Case(
        {"desk/2026-04-22/ratings.csv": RATINGS + LATE_RATING},
        "mixed",
        ["ratings", None],
        (100.0, 1),
        (60.0, 2),
        settings=CENTRE + "thresholds: {short_abandon_seconds: 6}\n",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_came_after_a_period_was_closed_is_told_with_its_reason_and_files(case: Case, tmp_path: Path) -> None:
    home = march_home(tmp_path)
    publication = home.publish(case.files, case.settings)
    assert publication.number == 2
    told = home.ask(
        f"""
        select
            publication, compared_with, period_start, restated_reason,
            ({", ".join(f"old_{one.strip()}" for one in case.columns.split(","))}),
            ({", ".join(f"new_{one.strip()}" for one in case.columns.split(","))})
        from scorecard.fct_restatement
        where kpi_id = '{case.kpi}' and scope_id = '{case.scope}' and period_kind = 'month'
        """  # noqa: S608 - own names
    )
    assert told == [(2, 1, date(2026, 3, 1), case.reason, shaped(case.old), shaped(case.new))]
    causes = home.ask("select distinct feed from scorecard.fct_restatement_cause order by feed nulls last")
    assert [feed for (feed,) in causes] == case.feeds


def shaped(values: tuple[object, ...]) -> object:
    return values if len(values) > 1 else values[0]


def test_co_2_a_complaint_that_is_decided_late_restates_the_month_of_its_receipt(tmp_path: Path) -> None:
    home = march_home(tmp_path)
    received = "2026-03-05T09:00:00Z,customer,knowledge.wrong"
    upheld = [f"c{n},{received},upheld,2026-03-06T09:00:00Z\n" for n in range(2)]
    others = [f"c{n},{received},not_upheld,2026-03-06T09:00:00Z\n" for n in range(2, 7)]
    pending = [f"c{n},{received},,\n" for n in range(7, 9)]
    late = "late,2026-03-30T09:00:00Z,customer,knowledge.wrong"
    told = "".join([COMPLAINTS, *upheld, *others, *pending, f"{late},,\n"])
    home.publish({"desk/2026-04-21/complaints.csv": told})
    # March was closed on 8 April.
    decided = f"{COMPLAINTS}{late},upheld,2026-04-09T09:00:00Z\n"
    home.publish({"desk/2026-04-22/complaints.csv": decided})
    rows = home.ask(
        """
        select kpi_id, period_start, compared_with, restated_reason, old_numerator, old_n, new_numerator, new_n
        from scorecard.fct_restatement
        where publication = 3 and scope_kind = 'centre' and period_kind = 'month' order by kpi_id
        """
    )
    march = (date(2026, 3, 1), 2, "correction")
    assert [row for row in rows if row[0] in ("complaint_upheld_rate", "complaints_pending")] == [
        ("complaint_upheld_rate", *march, 2, 7, 3, 8),
        ("complaints_pending", *march, 3, 10, 2, 10),
    ]
    assert {row[1] for row in rows} == {date(2026, 3, 1)}


def test_a_day_that_was_never_closed_is_no_restatement(tmp_path: Path) -> None:
    home = march_home(tmp_path)
    late = EVENTS + "new,2026-04-19T09:00:00Z,connected,ann\nnew,2026-04-19T09:05:00Z,ended,ann\n"
    publication = home.publish({"desk/2026-04-22/contact_events.csv": late})
    assert (publication.number, publication.restated) == (2, 0)
    assert home.ask("from scorecard.fct_restatement") == []


def test_the_same_files_again_change_nothing(tmp_path: Path) -> None:
    home = march_home(tmp_path)
    again = {place.replace("03-31", "04-22"): text for place, text in MARCH.items() if "03-31" in place}
    publication = home.publish(dict(again))
    assert (publication.number, publication.restated) == (2, 0)


def test_what_a_version_published_before_a_column_came_is_compared_by_the_others(tmp_path: Path) -> None:
    home = march_home(tmp_path)
    change_published(home, "alter table scorecard.dim_kpi_target drop column baseline_from")
    home.publish({"desk/2026-04-22/ratings.csv": RATINGS + LATE_RATING})
    told = home.ask(
        f"""
        select compared_with, restated_reason, old_value, new_value from scorecard.fct_restatement
        where kpi_id = '{SCORE}' and scope_id = 'centre' and period_kind = 'month'
        """  # noqa: S608 - own names
    )
    assert told == [(1, "late_data", 100.0, 60.0)]
    assert home.ask("select note from scorecard.fct_publication order by publication") == [(None,), (None,)]


@pytest.mark.parametrize("table", ["dim_kpi_target", "fct_kpi_value"])
def test_a_version_that_cannot_be_compared_is_told_from_a_file_that_is_gone(table: str, tmp_path: Path) -> None:
    home = march_home(tmp_path)
    change_published(home, f"alter table scorecard.{table} rename column kpi_id to kpi")
    home.publish({"desk/2026-04-22/ratings.csv": RATINGS + LATE_RATING})
    ((note, compared),) = home.ask("select note, compared_with from scorecard.fct_publication where publication = 2")
    assert note == "What was published before is of a version that can't be compared: what of it changed is not known."
    assert compared is None


def test_a_kpi_that_a_version_brings_restates_nothing_that_was_closed_without_it(tmp_path: Path) -> None:
    home = march_home(tmp_path)
    for table in ("fct_kpi_value", "dim_kpi"):
        change_published(home, f"delete from scorecard.{table} where kpi_id = '{SCORE}'")  # noqa: S608 - own names
    home.publish({"desk/2026-04-22/ratings.csv": RATINGS + LATE_RATING})
    restated = {kpi for (kpi,) in home.ask("select distinct kpi_id from scorecard.fct_restatement")}
    assert "good_rating_rate" in restated
    assert SCORE not in restated


@pytest.mark.parametrize(
    ("settings", "reasons"),
    [(CENTRE, "late_data|definition"), (CENTRE + "language: zh\n", "late_data|definition|setting")],
    ids=["centre.yaml as it was", "centre.yaml changed as well"],
)
def test_tables_of_settings_of_another_program_are_no_setting_that_somebody_changed(
    settings: str, reasons: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = march_home(tmp_path)
    monkeypatch.setattr(inputs, "tools", lambda: "another")
    monkeypatch.setattr(inputs, "SETTINGS", inputs.SETTINGS[1:])
    home.publish({"desk/2026-04-22/ratings.csv": RATINGS + LATE_RATING}, settings)
    told = home.ask(
        f"""
        select restated_reasons from scorecard.fct_restatement
        where kpi_id = '{SCORE}' and scope_id = 'centre' and period_kind = 'month'
        """  # noqa: S608 - own names
    )
    assert told == [(reasons,)]


def test_the_file_as_it_was_published_earlier_can_be_asked(tmp_path: Path) -> None:
    home = march_home(tmp_path)
    home.publish({"desk/2026-04-22/ratings.csv": RATINGS + LATE_RATING})
    home.publish({"desk/2026-04-23/ratings.csv": RATINGS + OTHER_RATING})
    for publication, score in ((1, 100.0), (2, 60.0), (3, 40.0), (4, None)):
        assert month_of(home, f"v_scorecard_as_of({publication})") == ([] if score is None else [(score,)])
    assert month_of(home, "fct_kpi_value") == [(40.0,)]


def month_of(home: PublishingHome, table: str) -> list[tuple[object, ...]]:
    return home.ask(
        f"""
        select value from scorecard.{table}
        where
            kpi_id = '{SCORE}' and scope_kind = 'centre'
            and period_kind = 'month' and period_start = date '2026-03-01'
        """  # noqa: S608 - own names
    )
