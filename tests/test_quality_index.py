"""The quality index and its parts: QI-1, what is not measured, and versions of the policy."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.support.governance import complain, review
from tests.support.mart_home import build_mart
from tests.support.people_cases import add_chat, add_member, add_person, add_rating, at
from tests.support.raw_rows import RawHome

pytestmark = pytest.mark.slow

COMPONENTS = """
      - {kpi_id: upheld_complaints_per_1000, weight: 30, full_high: 0.5, zero_high: 2.0}
      - {kpi_id: satisfaction_score, weight: 30, zero_low: 90, full_low: 97}
      - {kpi_id: severe_error_rate, weight: 20, full_high: 0.01, zero_high: 0.05}
      - {kpi_id: general_error_rate, weight: 10, full_high: 0.05, zero_high: 0.15}
      - {kpi_id: repeat_contact_rate_72h, weight: 10, full_high: 0.05, zero_high: 0.10}
"""
POLICY = f"""\
quality_index:
  - version: waits
    valid_from: 2026-03
    approved_by: [A0001, A0002]
    components: {COMPONENTS}
    unmeasured: {{rule: hold}}
  - version: spreads
    valid_from: 2026-04
    approved_by: [A0001, A0002]
    components: {COMPONENTS}
    unmeasured: {{rule: reweigh, min_weight: 30}}
  - version: asks-more
    valid_from: 2026-05
    approved_by: [A0001, A0002]
    components: {COMPONENTS}
    unmeasured: {{rule: reweigh, min_weight: 31}}
  - version: incomplete
    valid_from: 2026-06
    approved_by: [A0001, A0002]
    components: {COMPONENTS}
"""


def add_reviews(home: RawHome, agent: str, month: int, severe: int, general: int) -> None:
    for number in range(100):
        name = f"{agent}-{month}-{number}"
        review(home, name, agent, reviewed_at=at(f"2026-{month:02d}-15 12:00"))
        if number < severe:
            home.add("quality_errors", [{"review_id": name, "error_code": "KN-02", "class": "severe"}])
        if number < general:
            home.add("quality_errors", [{"review_id": name, "error_code": "DU-02", "class": "general"}])


def add_case(home: RawHome) -> None:
    """QI-1 in March: 1 of 1,250 contacts upheld, 191 of 200 stars, 3 and 8 of 100 reviews, 6 of 100 customers back."""
    # Complaints are recorded from the first of them on.
    complain(home, "b0", "2026-02-27 09:00", origin="internal")
    for number in range(1250):
        starts = at("2026-03-02 08:00") + timedelta(minutes=5 * number)
        # The first twelve are six customers who come twice, the next 88 come once; the others nobody knows.
        customer = f"c{number // 2}" if number < 12 else f"c{number}" if number < 100 else None
        add_chat(home, f"k{number}", "ann", starts, 4, customer=customer)
        if number < 40:
            add_rating(home, f"k{number}", starts + timedelta(minutes=4), 5 if number < 31 else 4)
    complain(home, "b1", "2026-03-20 09:00", contact_id="k500", outcome="upheld", responsible_agent_id="ann")
    add_reviews(home, "ann", 3, severe=3, general=8)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    home = RawHome(tmp_path_factory.mktemp("index"), as_of=at("2026-06-20 00:00"))
    for source in ("desk", "hr"):
        home.source(source, not_recorded=("messages", "system_messages"))
    home.setting("rated_channels", [{"channel": "web"}])
    home.policy = POLICY
    add_person(home, "ann", "2025-01-01")
    add_member(home, "ann", "north", "2025-01-01")
    add_case(home)
    # He is only reviewed: 3 % severe and 8 % general errors.
    for month in (2, 3, 4, 5, 6):
        add_reviews(home, "bob", month, severe=3, general=8)
    build_mart(home, "fct_quality_index")
    return home


def index(home: RawHome, scope: str, month: str) -> list[tuple[Any, ...]]:
    return home.query(
        "select index_state, round(quality_index, 2)::varchar, measured_weight::integer, policy_version "  # noqa: S608
        f"from scorecard.fct_quality_index where scope_id = '{scope}' and period_kind = 'month' "
        f"and period_start = '2026-{month}-01'"
    )


def parts(home: RawHome, scope: str, month: str) -> dict[str, Any]:
    rows = home.query(
        "select kpi_id, round(value, 4), round(points, 2)::varchar from scorecard.fct_quality_index_part "  # noqa: S608
        f"where scope_id = '{scope}' and period_kind = 'month' and period_start = '2026-{month}-01' order by position"
    )
    return {kpi: (value, points) for kpi, value, points in rows}


def test_qi_1_five_kpis_are_one_number(home: RawHome) -> None:
    assert parts(home, "ann", "03") == {
        "upheld_complaints_per_1000": (0.8, "24.00"),
        "satisfaction_score": (95.5, "23.57"),
        "severe_error_rate": (0.03, "10.00"),
        "general_error_rate": (0.08, "7.00"),
        "repeat_contact_rate_72h": (0.06, "8.00"),
    }
    assert index(home, "ann", "03") == [("told", "72.57", 100, "waits")]
    assert index(home, "north", "03") == [("told", "72.57", 100, "waits")]


def test_a_policy_that_waits_has_no_index_where_something_is_not_measured(home: RawHome) -> None:
    assert index(home, "bob", "03") == [("held", None, 30, "waits")]
    assert parts(home, "bob", "03")["severe_error_rate"] == (0.03, None)


def test_what_is_not_measured_leaves_its_weight_to_the_others(home: RawHome) -> None:
    # 10 and 7 of 30 points, times 100 / 30.
    assert parts(home, "bob", "04")["severe_error_rate"] == (0.03, "33.33")
    assert parts(home, "bob", "04")["satisfaction_score"] == (None, "0.00")
    assert index(home, "bob", "04") == [("told", "56.67", 30, "spreads")]
    assert index(home, "bob", "05") == [("few_weight", None, 30, "asks-more")]


def test_without_a_version_or_with_an_incomplete_one_there_is_no_index(home: RawHome) -> None:
    assert (index(home, "bob", "02"), index(home, "bob", "06")) == ([], [])
    assert home.query(
        "select count(*) from scorecard.fct_kpi_value where scope_id = 'bob' and period_kind = 'month' "
        "and period_start = '2026-06-01' and kpi_id = 'severe_error_rate'"
    ) == [(1,)]


def test_an_index_is_the_sum_of_its_parts_to_the_last_decimal(home: RawHome) -> None:
    assert home.query(
        "select count(*) from scorecard.fct_quality_index as whole where quality_index is distinct from ("
        "select sum(points) from scorecard.fct_quality_index_part as part where part.scope_kind = whole.scope_kind "
        "and part.scope_id = whole.scope_id and part.period_kind = whole.period_kind "
        "and part.period_start = whole.period_start)"
    ) == [(0,)]
    assert home.query("select count(*) > 10, max(quality_index) <= 100 from scorecard.fct_quality_index") == [
        (True, True)
    ]
