"""The plain reckoning of statuses, bands, intervals, periods and accounts, on cases worked by hand."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tests.oracle.catalogue import Target, kpis
from tests.oracle.feeds import Centre, Source
from tests.oracle.judgement import Bounds, Case, Judgement, judged, normal, wilson
from tests.oracle.periods import Covered, Period, periods
from tests.oracle.reading import name_agents
from tests.oracle.targets import band_of

MONDAY = date(2026, 3, 2)


def centre_with(**feeds: list[dict[str, str]]) -> Centre:
    centre = Centre(ZoneInfo("Asia/Shanghai"), {"desk": Source("desk")}, frozenset())
    centre.feeds = feeds
    return centre


@pytest.mark.parametrize(
    ("kpi_id", "value", "band", "verdict"),
    [
        # 12 s against 15 to 30 s is quick, not good.
        ("first_response_time", 12, (15, 30), ("below_band", "too_good")),
        ("first_response_time", 30, (15, 30), ("in_band", "good")),
        # No worse than the standard of 30 s, though beyond the band of 10 to 20 s.
        ("avg_response_time", 30, (10, 20), ("above_band", "watch")),
        ("avg_response_time", 31, (10, 20), ("above_band", "bad")),
        # Within the alarm limit of 690 s.
        ("avg_contact_duration", 690, (180, 600), ("above_band", "watch")),
        ("avg_contact_duration", 691, (180, 600), ("above_band", "bad")),
        # Many contacts an hour are pleasant, few are not.
        ("contacts_per_agent_hour", 31, (20, 30), ("above_band", "too_good")),
        ("contacts_per_agent_hour", 19.9, (20, 30), ("below_band", "bad")),
        # A band of which neither side is pleasant.
        ("avg_abandon_time", 19, (20, 60), ("below_band", "bad")),
        ("ready_time_share", 0.93, (0.95, None), ("below_band", "watch")),
        ("ready_time_share", 0.875, (0.95, None), ("below_band", "bad")),
        ("quality_pass_rate", 0.95, (0.95, None), ("in_band", "good")),
        ("service_level", 0.5, (None, None), ("in_band", "none")),
    ],
)
def test_a_value_is_judged_by_its_band_its_pleasant_side_and_its_limits(
    kpi_id: str, value: float, band: Bounds, verdict: tuple[str, str]
) -> None:
    assert judged(kpis()[kpi_id], Case(value, 100, band)) == (*verdict, "none", None)


@pytest.mark.parametrize(
    ("kpi_id", "value", "band", "interval", "verdict"),
    [
        # VE-1 to VE-3.
        ("connect_rate", 133 / 136, (0.98, None), wilson(133 / 136, 136), ("watch", "chance")),
        ("connect_rate", 183 / 196, (0.98, None), wilson(183 / 196, 196), ("bad", "clear")),
        ("first_response_time", 35, (15, 30), normal(1400, 61_000, 40), ("watch", "chance")),
        # The interval ends on the bound, which is still in the band.
        ("first_response_time", 35, (15, 30), (30, 40), ("watch", "chance")),
        ("first_response_time", 35, (15, 30), (30.1, 39.9), ("bad", "clear")),
        # Beyond the alarm limit of 690 s, but not all of it; and within it, but certainly out of the band.
        ("avg_contact_duration", 700, (180, 600), (680, 720), ("watch", "chance")),
        ("avg_contact_duration", 650, (180, 600), (610, 690), ("watch", "clear")),
        ("avg_contact_duration", 650, (180, 600), (590, 710), ("watch", "chance")),
        ("avg_contact_duration", 700, (180, 600), (691, 709), ("bad", "clear")),
        # No worse than the standard of 30 s.
        ("avg_response_time", 28, (10, 20), (25, 31), ("watch", "clear")),
        ("first_response_time", 12, (15, 30), (8, 16), ("watch", "chance")),
        ("first_response_time", 12, (15, 30), (10, 14), ("too_good", "clear")),
        ("first_response_time", 20, (15, 30), (10, 30), ("good", "none")),
    ],
)
def test_a_verdict_is_as_strong_as_its_evidence(
    kpi_id: str, value: float, band: Bounds, interval: Bounds, verdict: tuple[str, str]
) -> None:
    found = judged(kpis()[kpi_id], Case(value, 100, band, interval=interval))
    assert (found.verdict, found.evidence) == verdict


def test_the_first_status_that_applies_counts() -> None:
    score = kpis()["satisfaction_score"]
    assert judged(score, Case(None, 0, (97, None))) == Judgement("no_data", reason="no_cases")
    assert judged(score, Case(None, 0, (97, None), unmeasured="not_recorded")) == Judgement(
        "no_data", reason="not_recorded"
    )
    few = Case(100, 9, (97, None), takes_part=False)
    assert judged(score, few) == Judgement("insufficient_sample", reason="few_cases")
    quiet = Case(100, 10, (97, None), takes_part=False)
    assert judged(score, quiet) == Judgement("insufficient_sample", reason="low_participation")
    assert judged(score, Case(100, 10, (97, None))) == Judgement("in_band", "good")


def test_a_window_that_is_not_over_has_a_place_and_no_verdict() -> None:
    case = Case(1.0, 30, (0.85, None), open_cases=1)
    assert judged(kpis()["first_contact_resolution_rate"], case) == Judgement("in_band", reason="open_window")


def test_intervals() -> None:
    # 8 of 8 reviews, 97 of 100; and 40 ratings that add up to 183, their squares to 869.
    assert wilson(1.0, 8) == pytest.approx((0.676, 1.0), abs=0.0005)
    assert wilson(0.97, 100) == pytest.approx((0.915, 0.990), abs=0.0006)
    assert normal(183, 869, 40) == pytest.approx((4.575 - 0.2797, 4.575 + 0.2797), abs=0.0001)
    assert normal(5, 25, 1) == (None, None)


def test_periods_touch_the_dates_and_trailing_ones_end_on_them() -> None:
    dates = Covered(date(2026, 3, 31), date(2026, 4, 1))
    found = periods(dates, every_trailing=False)
    assert {period.start for period in found if period.kind == "week"} == {date(2026, 3, 30)}
    assert {period for period in found if period.kind == "quarter"} == {
        Period("quarter", date(2026, 1, 1), date(2026, 4, 1)),
        Period("quarter", date(2026, 4, 1), date(2026, 7, 1)),
    }
    assert {period for period in found if period.kind == "trailing_7"} == {
        Period("trailing_7", date(2026, 3, 26), date(2026, 4, 2))
    }
    assert len({period for period in periods(dates, every_trailing=True) if period.kind == "trailing_7"}) == 2
    assert dates.days_in(Period("month", date(2026, 3, 1), date(2026, 4, 1))) == 1


def test_a_period_closes_a_week_after_its_end() -> None:
    dates = Covered(MONDAY, date(2026, 3, 10))
    assert not dates.is_open(Period("day", MONDAY, date(2026, 3, 3)))
    assert dates.is_open(Period("day", date(2026, 3, 3), date(2026, 3, 4)))


def test_the_nearest_scope_wins_then_the_nearest_segment_then_the_centres_own_row() -> None:
    staff = {"agent_id": "a", "segment": "voice", "hired_on": "2026-02-01"}
    member = {"agent_id": "a", "team_id": "low", "is_home_team": "true", "valid_from": "2026-01-01", "valid_to": ""}
    teams = [{"team_id": "low", "parent_team_id": "high"}, {"team_id": "high", "parent_team_id": ""}]
    centre = centre_with(staff=[staff], team_memberships=[member], teams=teams)

    def chosen(*targets: Target) -> str | None:
        centre.targets = targets
        found = band_of(centre, ("agent", "a"), "transfer_rate", MONDAY)
        return found.target_id if found else None

    own = [Target("own", "transfer_rate", "default", "", "", None, 0.1, is_own=True)]
    assert chosen() == "default-transfer-rate"
    assert chosen(*own) == "own"
    own.append(Target("new", "transfer_rate", "default", "", "new", None, 0.1))
    assert chosen(*own) == "new"
    own.append(Target("voice", "transfer_rate", "default", "", "voice", None, 0.1))
    assert chosen(*own) == "voice"
    own.append(Target("high", "transfer_rate", "team", "high", "", None, 0.1))
    assert chosen(*own) == "high"
    own.append(Target("low", "transfer_rate", "team", "low", "", None, 0.1, valid_to=MONDAY))
    assert chosen(*own) == "high"


def test_an_account_is_whose_it_was_on_that_day() -> None:
    def event(account: str, at: str) -> dict[str, str]:
        return {"file_source": "desk", "agent_id": account, "occurred_at": at}

    def given(agent_id: str, since: str) -> dict[str, str]:
        return {"source_id": "desk", "account": "7", "agent_id": agent_id, "valid_from": since}

    events = [
        event("7", "2026-03-01T23:59:59+08:00"),
        event("7", "2026-03-02T00:00:00+08:00"),
        event("8", "2026-03-02T12:00:00+08:00"),
    ]
    centre = centre_with(contact_events=events, agent_accounts=[given("ada", "2026-01-01"), given("bob", "2026-03-02")])
    name_agents(centre)
    assert [row["agent_id"] for row in events] == ["ada", "bob", "8"]
