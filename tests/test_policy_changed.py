"""A policy that changes after months were closed: files, run, seal, another policy.yaml, run; never in silence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from orchestration.centre import load_centre
from orchestration.site.publisher import write_site
from tests.support.assessed_home import FIRST, POLICY
from tests.support.compiled import compiled_project
from tests.support.publishing_home import PublishingHome
from tests.support.site_home import rows

pytestmark = pytest.mark.slow

VERSION = POLICY.removeprefix("assessment:\n")


def later(name: str, month: str, points: int) -> str:
    """One more version of the policy, by which a complaint over the quota costs so many points."""
    version = VERSION.replace('"2026-1"', f'"{name}"').replace("valid_from: 2026-01", f"valid_from: {month}")
    assert f'"{name}"' in version
    return version.replace("points_each: 3", f"points_each: {points}")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> PublishingHome:
    """March is closed and published: two contacts are 50 points, the third complaint takes three of them."""
    home = PublishingHome(tmp_path_factory.mktemp("changed") / "home", compiled_project())
    home.home.create_folders()
    told(home, POLICY, FIRST)
    return home


def told(home: PublishingHome, policy: str, files: dict[str, str] | None = None) -> dict[str, list[dict[str, Any]]]:
    """Write the policy, run, and return what the pages are given of ann's March: result, lines, versions, policy."""
    home.home.policy_file.write_text(policy, encoding="utf-8")
    home.publish(files or {})
    write_site(home.home, load_centre(home.home))
    data = home.home.site / "data"
    keys = json.loads((data / "manifest.json").read_text(encoding="utf-8"))["files"]
    parts = {part: f"{part}/agent/ann" for part in ("assessed", "assessed_lines", "assessed_versions")}
    tables = {
        part: rows(json.loads((data / keys[key]).read_text())) for part, key in (parts | {"policy": "policy"}).items()
    }
    return {
        part: [row for row in table if row.get("month", "2026-03-01") == "2026-03-01"] for part, table in tables.items()
    }


def versions(pages: dict[str, list[dict[str, Any]]]) -> list[tuple[Any, ...]]:
    """Number, reason, version of the policy and total of each version, the latest first."""
    names = ("version_no", "restated_reason", "policy_version", "total")
    return [tuple(row[name] for name in names) for row in pages["assessed_versions"]]


def test_a_closed_month_stays_under_a_later_policy_and_is_restated_by_an_earlier_one(home: PublishingHome) -> None:
    sealed = (1, None, "2026-1", 47)
    assert versions(told(home, POLICY)) == [sealed]

    # From the month after on: March says what it said, and the page has the new version in words beside the old one.
    next_month = POLICY + later("2026-4", "2026-04", 4)
    pages = told(home, next_month)
    assert versions(pages) == [sealed]
    assert [(row["policy_version"], row["version_no"], row["total"]) for row in pages["assessed"]] == [
        ("2026-1", 1, 47)
    ]
    assert {"2026-1", "2026-4"} <= {row["version"] for row in pages["policy"]}

    # From March on, though March is closed: it is told anew, with its number and why; what was told first stays.
    backdated = POLICY + later("2026-3", "2026-03", 4) + later("2026-4", "2026-04", 4)
    pages = told(home, backdated)
    restated = (2, "policy_version", "2026-3", 46)
    assert versions(pages) == [restated, sealed]
    assert [(row["policy_version"], row["version_no"], row["total"]) for row in pages["assessed"]] == [
        ("2026-3", 2, 46)
    ]
    assert [line["points"] for line in pages["assessed_lines"] if line["line_kind"] == "complaint"] == [0, 0, -4]
    assert home.ask(
        "select version_no, points::integer from scorecard.fct_assessment_version_line "
        "where id = 'ann' and month = '2026-03-01' and note = 'over_quota' order by all"
    ) == [(1, -3), (2, -4)]

    # And when that version is taken out of the file again.
    assert versions(told(home, next_month)) == [(3, "policy_version", "2026-1", 47), restated, sealed]
    # Nothing more is said when nothing changes.
    assert len(versions(told(home, next_month))) == 3
