"""The ledger of points, ranks, contests and the piece rate: RW-1, PT-1, CN-1, PR-1."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.governance import appeal, complain, review
from tests.support.mart_home import build_mart
from tests.support.people_cases import add_chat, add_member, add_person, add_rating, at
from tests.support.points import contest, find, points_version, recognise, reward
from tests.support.policies import EP
from tests.support.raw_rows import RawHome

pytestmark = pytest.mark.slow

ASSESSED = (
    EP.replace("min_agent_days: 10", "min_agent_days: 1")
    .replace("min_weight: 60", "min_weight: 40")
    .replace("quota: 2", "quota: 0")
)
"""One day at work and 30 reviews are enough, and every complaint costs 3 points."""
POLICY = f"""\
{ASSESSED}
points:
{points_version("months", "2026-03")}
{points_version("quarters", "2026-04", window="quarter")}
  - version: incomplete
    valid_from: 2026-05
    approved_by: [A0001, A0002]
contests:
  - version: c1
    valid_from: 2026-01
    approved_by: [A0001, A0002]
    contests:
{contest("march", "quality_pass_rate", "2026-03-01", "2026-03-31", 5, 1)}
{contest("march-30", "quality_pass_rate", "2026-03-01", "2026-03-31", 30, 1)}
{contest("mid-march", "quality_pass_rate", "2026-03-10", "2026-03-20", 5, 1)}
{contest("fewest-errors", "general_error_rate", "2026-03-10", "2026-03-20", 5, 1)}
{contest("stars", "satisfaction_score", "2026-03-01", "2026-03-31", 5)}
{contest("stars-30", "satisfaction_score", "2026-03-01", "2026-03-30", 5)}
{contest("going-on", "quality_pass_rate", "2026-03-01", "2026-05-31", 5)}
{contest("ahead", "quality_pass_rate", "2026-06-01", "2026-06-30", 5)}
piece_rate:
  - version: p1
    valid_from: 2026-01
    approved_by: [A0001, A0002]
    currency: CNY
    rates:
      - {{channel: web, unit_price: 0.50}}
      - {{queue_id: expert, unit_price: 0.80}}
"""


def add_ranked(home: RawHome) -> None:
    """PT-1: 3 praises, an achievement, a penalty, a reward that was taken back; beside him 12, 8, 3 and no points."""
    # Of these alone the policy knows the kind of their team.
    home.add("teams", [{"team_id": "pt", "name": "PT", "kind": "normal"}], "hr")
    for agent in ("p0", "p1", "p2", "p3", "p4"):
        add_member(home, agent, "pt", "2025-01-01")
        add_chat(home, f"work-{agent}", agent, at("2026-03-30 09:00"))
    for number, agent in enumerate(["p1"] * 3 + ["p0"] * 6 + ["p2"] * 4):
        recognise(home, f"praise-{number}", agent, "praise_contact", "2026-03-02")
    recognise(home, "achieved", "p1", "achievement", "2026-03-03")
    upheld: dict[str, Any] = {"agent_id": "p1", "outcome": "upheld", "responsible_agent_id": "p1"}
    complain(home, "pt", "2026-03-04 09:00", **upheld)
    # Of a cause that the policy takes no points for, and before the ledger begins.
    complain(home, "pt-skill", "2026-03-04 10:00", **upheld, leaf="skill.wording")
    add_chat(home, "early", "p1", at("2026-02-03 09:00"))
    complain(home, "pt-early", "2026-02-04 09:00", **upheld)
    for number in range(30):
        review(home, f"p1-{number}", "p1")
    reward(home, "back", "p1", "RG1", "2026-03-05", revoked_at=at("2026-04-10 09:00"))
    recognise(home, "practice", "p3", "best_practice", "2026-03-05")


def add_likes(home: RawHome) -> None:
    for day in (2, 3, 4):
        recognise(home, f"like-{day}", "l1", "peer_like", f"2026-03-0{day}", given_by="g")
    recognise(home, "like-april", "l1", "peer_like", "2026-04-02", given_by="g")
    recognise(home, "like-own", "g", "peer_like", "2026-03-01", given_by="g")
    recognise(home, "like-there", "l2", "peer_like", "2026-03-02", given_by="l3")
    recognise(home, "like-back", "l3", "peer_like", "2026-03-02", given_by="l2")
    recognise(home, "like-later", "l3", "peer_like", "2026-03-03", given_by="l2")
    recognise(home, "like-nobody", "l2", "peer_like", "2026-03-02")


def add_single(home: RawHome) -> None:
    """What stands in the ledger for one reason each."""
    reward(home, "waits", "s1", "RG1", "2026-03-05", supervisor_approved_by=None)
    reward(home, "of-a-team", None, "RG1", "2026-03-05", team_id="pt")
    reward(home, "unworthy", "s1", "RG5", "2026-03-05")
    recognise(home, "unnamed", None, "praise_in_contact", "2026-03-05", contact_id="work-p4")
    recognise(home, "nameless", None, "story", "2026-03-05", contact_id="work-p4")
    find(home, "open", "s2", "fraud", "2026-03-05", approved_by=None)
    find(home, "by-himself", "s2", "fraud", "2026-03-05", approved_by="eve")
    find(home, "taken-back", "s3", "cold_violence", "2026-03-05", revoked_at=at("2026-04-01 09:00"))
    find(home, "cleared", "s4", "abuse", "2026-03-05")
    appeal(home, "cleared", "finding", "cleared", "overturned")
    for month in ("02", "04", "05"):
        recognise(home, f"story-{month}", "s5", "story", f"2026-{month}-15")


def add_contests(home: RawHome) -> None:
    """CN-1: 10 of 10 and 95 of 100; two with 40 of 50; and one of 100 of 100 who made up a part of them."""
    for agent, reviews, passed, errors in (
        ("cn-a", 10, 10, 0),
        ("cn-b", 100, 95, 2),
        ("cn-c", 50, 40, 50),
        ("cn-d", 50, 40, 50),
        ("cn-fraud", 100, 100, 0),
    ):
        for number in range(reviews):
            score = "98" if number < passed else "90"
            review(home, f"{agent}-{number}", agent, score=score)
            if number < errors:
                error = {"review_id": f"{agent}-{number}", "error_code": "DU-02", "class": "general"}
                home.add("quality_errors", [error])
    find(home, "made-up", "cn-fraud", "fraud", "2026-03-12")
    for number in range(30):
        add_chat(home, f"star{number}", "star", at("2026-03-10 09:00") + timedelta(minutes=10 * number))
        ends = at("2026-03-10 09:05") + timedelta(minutes=10 * number)
        add_rating(home, f"star{number}", ends, 5 if number % 3 else 3)


def add_paid(home: RawHome) -> None:
    """PR-1: 1,000 handled, 9 of them invalid, 20 in an outage, and 5 tests beside; 3 of experts, one had twice."""
    for number in range(1005):
        starts = at("2026-03-03 00:00") + timedelta(minutes=10 * number)
        add_chat(home, f"pr{number}", "paid", starts, source_id="chat", is_test=number >= 1000)
        if 9 <= number < 1000:
            told = {"contact_id": f"pr{number}", "is_manual": True}
            customer = told | {
                "message_id": f"a{number}",
                "sender": "customer",
                "sent_at": starts + timedelta(minutes=1),
            }
            agent = {"message_id": f"b{number}", "sender": "agent", "agent_id": "paid"}
            agent |= told | {"sent_at": starts + timedelta(minutes=2)}
            home.add("messages", [customer, agent], "chat")
    outage = {"incident_id": "out", "started_at": at("2026-03-03 02:00"), "ended_at": at("2026-03-03 05:20")}
    outage |= {"system": "chat", "kpi_groups": "efficiency|response", "evidence": "log"}
    home.add("platform_incidents", [outage | {"approved_by": "eve", "approved_at": at("2026-03-04 09:00")}], "ops")
    for number in range(2):
        add_chat(home, f"ex{number}", "expert", at(f"2026-03-0{number + 3} 09:00"), queue="expert")
    add_chat(home, "twice", ["expert", "other", "expert"], at("2026-03-05 09:00"), 30, queue="expert")
    add_chat(home, "letter", "expert", at("2026-03-06 09:00"), channel="email", queue="letters")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    home = RawHome(tmp_path_factory.mktemp("points"), as_of=at("2026-05-20 00:00"))
    for source in ("desk", "hr", "ops"):
        home.source(source, not_recorded=("messages", "system_messages"))
    home.source("chat")
    home.setting("rated_channels", [{"channel": "web"}])
    home.policy = POLICY
    for agent in ("p0", "p1", "p2", "p3", "p4", "l1", "s5"):
        add_person(home, agent, "2025-01-01")
    add_person(home, "boss", "2025-01-01", role="leader")
    recognise(home, "bossy", "boss", "story", "2026-03-02")
    for add in (add_ranked, add_likes, add_single, add_contests, add_paid):
        add(home)
    build_mart(home, "fct_points_rank", "fct_contest_standing", "fct_piece_rate", "fct_cumulative_impact")
    return home


def entries(home: RawHome, *agents: str) -> dict[str, tuple[Any, ...]]:
    """Entries of agents by record, as date, points, note."""
    named = ", ".join(f"'{agent}'" for agent in agents)
    rows = home.query(
        "select split_part(record_id, '/', 2) || if(entry_kind = 'reversal', ' back', ''), entry_date::varchar, "  # noqa: S608
        f"points::integer, note from scorecard.fct_points_entry where agent_id in ({named})"
    )
    return {name: tuple(told) for name, *told in rows}


def ranks(home: RawHome, peers: str, window: str = "2026-03-01") -> dict[str, tuple[int, int]]:
    rows = home.query(
        "select agent_id, points::integer, place from scorecard.fct_points_rank "  # noqa: S608
        f"where peer_id = '{peers}' and window_start = '{window}'"
    )
    return {agent: (points, place) for agent, points, place in rows}


def standing(home: RawHome, contest_id: str) -> dict[str, tuple[Any, ...]]:
    rows = home.query(
        "select scope_id, standing, place, round(100 * judged_by, 1), is_winner from scorecard.fct_contest_standing "  # noqa: S608
        f"where contest_id = '{contest_id}' and n > 0"
    )
    return {scope: tuple(told) for scope, *told in rows}


def test_pt_1_what_is_taken_back_is_taken_off_on_its_own_date(home: RawHome) -> None:
    told = entries(home, "p1")
    assert told["back"] == ("2026-03-05", 10, None)
    assert told["back back"] == ("2026-03-05", -10, "revoked")
    assert told["pt"] == ("2026-03-04", -3, None)
    assert sorted(points for _, points, _ in told.values()) == [-10, -3, 2, 2, 2, 5, 10]
    assert sum(points for _, points, _ in told.values()) == 8


def test_pt_1_who_has_as_many_shares_the_place_and_who_has_none_stands_with_0(home: RawHome) -> None:
    assert ranks(home, "pt") == {"p0": (12, 1), "p1": (8, 2), "p2": (8, 2), "p3": (3, 4), "p4": (2, 5)}
    centre = ranks(home, "centre")
    assert centre["paid"] == (0, 1 + sum(points > 0 for points, _ in centre.values()))
    assert "boss" not in centre, "leaders are no peers of agents"


def test_every_entry_names_record_rule_version_and_line(home: RawHome) -> None:
    [told] = home.query(
        "select record_kind, record_id, rule, policy_version, source_id, file_name, line_number, window_kind "
        "from scorecard.fct_points_entry where record_id = 'desk/achieved'"
    )
    assert told[:4] == ("recognition", "desk/achieved", "achievement", "months")
    assert told[4:6] == ("desk", "recognitions.csv")
    assert told[6] > 1
    assert told[7] == "month"


def test_what_complaints_and_errors_came_to_tells_the_points_that_they_took(home: RawHome) -> None:
    def taken(where: str) -> list[tuple[Any, ...]]:
        return home.query(
            "select cause, events, points_deducted::double from scorecard.fct_cumulative_impact "  # noqa: S608 - own words
            f"where {where} order by cause"
        )

    march = [("*", 2, 3), ("knowledge.wrong", 1, 3), ("skill.wording", 1, 0)]
    for scope in ("centre", "pt"):
        of_month = f"family = 'complaint' and scope_id = '{scope}' and period_kind = 'month' and period_start = "
        assert taken(f"{of_month} '2026-03-01'") == march
        # Nobody had said what a penalty is worth.
        assert taken(f"{of_month} '2026-02-01'") == [("*", 1, None), ("knowledge.wrong", 1, None)]
        so_far = [("*", 3, 3), ("knowledge.wrong", 2, 3), ("skill.wording", 1, 0)]
        assert taken(f"family = 'complaint' and scope_id = '{scope}' and period_kind = 'all'") == so_far
    # By this policy errors cost nobody points in his assessment.
    assert taken("family = 'general_error' and scope_id = 'centre' and period_kind = 'year'") == [
        ("*", 102, 0),
        ("DU-02", 102, 0),
    ]


def test_rw_1_a_reward_with_one_approval_waits_and_brings_nothing(home: RawHome) -> None:
    assert entries(home, "s1") == {"waits": ("2026-03-05", 0, "waiting")}


def test_only_so_many_likes_of_a_person_count_in_a_month(home: RawHome) -> None:
    assert entries(home, "l1") == {
        "like-2": ("2026-03-02", 1, None),
        "like-3": ("2026-03-03", 1, None),
        "like-4": ("2026-03-04", 0, "over_limit"),
        "like-april": ("2026-04-02", 1, None),
    }


def test_a_like_is_neither_ones_own_nor_given_back_nor_without_a_name(home: RawHome) -> None:
    assert entries(home, "g") == {"like-own": ("2026-03-01", 0, "own_like")}
    assert entries(home, "l2") == {
        "like-there": ("2026-03-02", 0, "mutual_like"),
        "like-nobody": ("2026-03-02", 0, "giver_unknown"),
    }
    assert entries(home, "l3") == {
        "like-back": ("2026-03-02", 0, "mutual_like"),
        "like-later": ("2026-03-03", 1, None),
    }


def test_a_finding_takes_points_once_approved_and_gives_them_back_when_revoked_or_overturned(home: RawHome) -> None:
    assert entries(home, "s2") == {}
    assert entries(home, "s3") == {
        "taken-back": ("2026-03-05", -10, None),
        "taken-back back": ("2026-03-05", 10, "revoked"),
    }
    assert entries(home, "s4") == {
        "cleared": ("2026-03-05", -3, None),
        "cleared back": ("2026-03-05", 3, "overturned"),
    }


def test_praise_that_names_nobody_is_for_who_handled_the_contact_last(home: RawHome) -> None:
    assert entries(home, "p4") == {"unnamed": ("2026-03-05", 2, None)}


def test_points_are_made_while_a_complete_version_holds(home: RawHome) -> None:
    rows = home.query(
        "select record_id, window_kind, window_start::varchar, policy_version from scorecard.fct_points_entry "
        "where agent_id = 's5'"
    )
    assert rows == [("desk/story-04", "quarter", "2026-04-01", "quarters")]
    assert ranks(home, "centre", "2026-05-01") == {}


def test_cn_1_a_few_lucky_cases_win_nothing(home: RawHome) -> None:
    march = standing(home, "march")
    assert march["cn-b"] == ("ranked", 1, 88.8, True)
    # Fewer than the 30 that the KPI asks for are told of, and ranked nowhere.
    assert march["cn-a"] == ("few_cases", None, 72.2, False)
    assert standing(home, "march-30")["cn-a"] == march["cn-a"]


def test_ties_share_a_place_and_fraud_takes_one_out(home: RawHome) -> None:
    march = standing(home, "march-30")
    assert (march["p1"][1], march["cn-c"][1], march["cn-d"][1]) == (2, 3, 3)
    assert march["cn-fraud"][:2] == ("excluded", None)


def test_days_that_are_no_period_are_reckoned_as_periods_are(home: RawHome) -> None:
    assert standing(home, "mid-march") == standing(home, "march")
    for column in ("value", "ci_lower", "ci_upper"):
        [[month], [days]] = home.query(
            f"select round({column}, 9) from scorecard.fct_contest_standing "  # noqa: S608
            "where contest_id in ('stars', 'stars-30') and scope_id = 'star' order by contest_id"
        )
        assert month == days is not None


def test_where_less_is_better_the_upper_end_decides(home: RawHome) -> None:
    assert standing(home, "fewest-errors")["cn-b"][1] == 1


def test_winners_of_contests_that_are_over_get_points_on_the_last_day(home: RawHome) -> None:
    told = home.query(
        "select record_id, entry_date::varchar, rule, points::integer from scorecard.fct_points_entry "
        "where agent_id = 'cn-b' and record_id like '%march%' order by 1"
    )
    assert ("mid-march/cn-b", "2026-03-20", "contest_1", 10) in told
    assert ("march/cn-b", "2026-03-31", "contest_1", 10) in told
    assert {row[0] for row in home.query("select distinct contest_id from scorecard.fct_contest_standing")} >= {
        "going-on"
    }
    assert home.query("select count(*) from scorecard.fct_points_entry where record_id like 'going-on%'") == [(0,)]
    assert home.query("select count(*) from scorecard.fct_contest_standing where contest_id = 'ahead'") == [(0,)]


def test_pr_1_an_outage_takes_nobodys_pay(home: RawHome) -> None:
    [told] = home.query(
        "select contacts_handled, contacts_invalid, contacts_paid, unit_price::double, amount::double, currency "
        "from scorecard.fct_piece_rate where agent_id = 'paid' and month_start = '2026-03-01'"
    )
    assert told == (1000, 9, 991, 0.5, 495.5, "CNY")


def test_a_contact_is_paid_once_and_a_queues_price_goes_before_its_channels(home: RawHome) -> None:
    told = home.query(
        "select priced_as, priced_by, contacts_handled, contacts_validity_unknown, amount::double "
        "from scorecard.fct_piece_rate where agent_id = 'expert'"
    )
    assert told == [("queue", "expert", 3, 3, 2.4)]


def test_ranks_add_up_to_their_entries(home: RawHome) -> None:
    assert home.query(
        "select count(*) from scorecard.fct_points_rank as told where peer_kind = 'centre' and points != coalesce(("
        "select sum(points) from scorecard.fct_points_entry as entry where entry.agent_id = told.agent_id "
        "and entry.window_kind = told.window_kind and entry.window_start = told.window_start), 0)"
    ) == [(0,)]


def march(home: RawHome) -> set[tuple[Any, ...]]:
    columns = "entry_id, agent_id, entry_date, points, note, window_start"
    return set(
        home.query(
            f"select {columns} from scorecard.fct_points_entry "  # noqa: S608 - own names
            "where window_start = '2026-03-01' and record_kind != 'contest'"
        )
    )


def test_a_closed_window_moves_by_what_was_taken_back_and_by_nothing_else(home: RawHome, tmp_path: Path) -> None:
    # The same records, looked at when March was just over.
    before = RawHome(tmp_path, as_of=at("2026-03-31 23:59"))
    before.rows, before.settings, before.policy = home.rows, home.settings, home.policy
    build_mart(before, "fct_points_rank")
    restated = march(home) - march(before)
    assert march(before) - march(home) == set()
    assert {told[0] for told in restated} == {
        "reward/desk/back/RG1/reversal",
        "finding/desk/taken-back/cold_violence/reversal",
    }
    [[told]] = home.query(
        "select points from scorecard.fct_points_rank where agent_id = 'p1' and peer_kind = 'team'"
        " and window_start = '2026-03-01'"
    )
    [[then]] = before.query("select points from scorecard.fct_points_rank where agent_id = 'p1' and peer_kind = 'team'")
    assert then - told == 10
