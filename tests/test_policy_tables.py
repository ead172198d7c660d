"""policy.yaml as tables: what dbt reads of it, and what an incomplete version leaves there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from orchestration.policy.columns import TABLES
from orchestration.policy.tables import policy_tables
from tests.support.policies import CONTESTS, EP, PIECE_RATE, POINTS, QI, policy
from tests.support.raw_rows import RawHome

Row = dict[str, Any]


def rows(text: str, table: str, **only: object) -> list[Row]:
    found = policy_tables(policy(text))[table].to_dicts()
    return [row for row in found if all(row[name] == value for name, value in only.items())]


def test_without_a_policy_every_table_is_there_and_empty() -> None:
    tables = policy_tables(policy(""))
    assert {name: (frame.height, frame.columns) for name, frame in tables.items()} == {
        name: (0, list(columns)) for name, columns in TABLES.items()
    }


def test_a_version_says_from_when_it_holds_and_who_approved_it() -> None:
    (row,) = rows(EP, "policy_versions")
    assert (row["section"], row["version"], row["valid_from"]) == ("assessment", "2026-1", date(2026, 1, 1))
    assert (row["approved_by_1"], row["approved_by_2"]) == ("A0001", "A0002")
    assert (row["is_complete"], row["missing"], len(row["content_sha"])) == (True, None, 64)


def test_a_version_of_the_assessment_is_of_agents_teams_and_managers() -> None:
    found = rows(EP, "policy_assessments")
    told = [(one["person_kind"], one["min_agent_days"], one["team_share"], one["file_within_days"]) for one in found]
    assert told == [("agent", 10, None, 7), ("team", None, None, 7), ("manager", None, Decimal("0.6"), 7)]
    assert [one["ceiling_points"] for one in found] == [None, None, None]


def test_an_open_side_of_a_curve_is_null() -> None:
    pass_rate, _, response, _ = rows(EP, "policy_components", person_kind="agent")
    curve = ("zero_low", "full_low", "full_high", "zero_high")
    assert [pass_rate[name] for name in curve] == [Decimal("0.85"), Decimal("0.95"), None, None]
    assert [response[name] for name in curve] == [0, 10, 20, 30]


def test_what_the_file_calls_none_has_no_row_or_null() -> None:
    penalties = rows(EP, "policy_penalties")
    assert [(one["person_kind"], one["kind"], one["cap"]) for one in penalties] == [
        ("agent", "complaints", 5),
        ("agent", "fraud", None),
        ("team", "complaints", None),
        ("manager", "fraud", None),
    ]
    assert rows(POINTS, "policy_point_rules", rule="other")[0]["points"] is None
    assert rows(EP.replace("team_kinds: [normal, specialist]", "team_kinds: [none]"), "policy_applies")[1] == {
        "version": "2026-1",
        "attribute": "team_kind",
        "value": None,
    }


def test_an_incomplete_version_has_its_row_and_says_only_whom_it_is_for() -> None:
    text = EP.replace("      cap: 5\n", "", 1).replace("RG4: 0, ", "", 1) + QI
    assert rows(text, "policy_versions", section="assessment")[0]["missing"] == "complaints.cap\nrewards.RG4"
    tables = {name: frame for name, frame in policy_tables(policy(text)).items() if frame.height}
    assert tables.keys() == {
        "policy_versions",
        "policy_applies",
        "policy_components",
        "policy_indexes",
        "policy_words",
    }
    assert set(tables["policy_components"]["section"]) == {"quality_index"}


def test_a_monthly_contest_is_a_contest_of_each_month_as_long_as_its_version_holds() -> None:
    told = [(one["contest_id"], one["from_on"], one["to_on"]) for one in rows(CONTESTS, "policy_contests")]
    assert told == [
        ("quality@2026-01", date(2026, 1, 1), date(2026, 1, 31)),
        ("quality@2026-02", date(2026, 2, 1), date(2026, 2, 28)),
    ]
    after = '  - {version: "2026-2", valid_from: 2026-02, approved_by: [A, B], contests: none}\n'
    assert [one["contest_id"] for one in rows(CONTESTS + after, "policy_contests")] == ["quality@2026-01"]


def test_layout_and_comments_are_no_other_content() -> None:
    def digest(text: str) -> str:
        return str(rows(text, "policy_versions")[0]["content_sha"])

    assert digest(EP) == digest("# ours\n" + EP.replace("0.80", "0.8"))
    assert digest(EP) != digest(EP.replace("cap: 5", "cap: 6"))


@pytest.mark.slow
def test_dbt_reads_every_table_and_tells_until_when_a_version_holds(tmp_path: Path) -> None:
    home = RawHome(tmp_path)
    second = EP.partition("\n")[2].replace('"2026-1"', "b").replace("2026-01\n", "2026-04\n")
    others = second.replace("version: b", "version: c").replace("[normal, specialist]", "[none]")
    others += (
        others.replace("version: c", "version: e").replace("[none]", "[other, none]").replace("2026-04", "2026-06")
    )
    incomplete = POINTS.partition("\n")[2].replace('"2026-1"', "d").replace("2026-01\n", "2026-03\n")
    home.policy = EP + second + others + QI + POINTS + incomplete.replace("      RG4: 5\n", "") + CONTESTS + PIECE_RATE
    home.build(*(f"stg_{table}" for table in TABLES), "dim_policy_version", "dim_policy_word", tested=True)
    for table, columns in TABLES.items():
        found = home.query(f"select count(*) > 0 from stg_{table}")  # noqa: S608
        described = home.query(f"select column_name from (describe stg_{table})")  # noqa: S608
        assert (found, [name for (name,) in described]) == ([(True,)], list(columns)), table
    told = home.query(
        "select version, valid_from::varchar, valid_until::varchar, is_complete from dim_policy_version"
        " where section in ('assessment', 'points') order by section, valid_from, version"
    )
    assert told == [
        ("2026-1", "2026-01-01", "2026-04-01", True),
        ("b", "2026-04-01", None, True),
        ("c", "2026-04-01", "2026-06-01", True),
        ("e", "2026-06-01", None, True),
        ("2026-1", "2026-01-01", "2026-03-01", True),
        ("d", "2026-03-01", None, False),
    ]
    assert home.query("select text_en from dim_policy_word where version = 'd'") == [
        ("Incomplete: nothing is computed by this version. It lacks rules.RG4.",)
    ]
