"""Lists of listening, and documents from level to level: DO-2."""

from __future__ import annotations

import pytest

from tests.support.control import address, call, document, listen
from tests.support.governance import appeal, review
from tests.support.people_cases import add_chat, add_member, add_person, at
from tests.support.raw_rows import RawHome

pytestmark = pytest.mark.slow


def add_cascade(home: RawHome) -> None:
    """DO-2: a rule for 2 leaders and 10 agents, due on Monday 9 March at 18:00."""
    document(home, "do2", "2026-03-09 18:00", title="Returns without a receipt")
    # Two of the calls come from the testers' own system, which knows the document by the same name.
    for number in range(2):
        add_person(home, f"lead{number}", "2025-01-01", role="leader")
        address(home, "do2", f"lead{number}", f"2026-03-06 1{number}:00", addressed="2026-03-06 09:00")
    for number in range(10):
        add_person(home, f"a{number}", "2025-01-01")
        in_time = f"2026-03-09 1{number}:00"
        acknowledged = in_time if number < 6 else f"2026-03-10 1{number}:00" if number < 9 else None
        address(home, "do2", f"a{number}", acknowledged, addressed="2026-03-06 09:00")
        if number < 6:
            told = {"document_id": "do2", "source_id": "testers" if number in (0, 5) else "desk"}
            call(home, f"do2-{number}", f"a{number}", f"2026-03-1{number} 09:00", passed=number < 4, **told)
    # Another one: the leader was in time, most of his agents were not; nobody was asked about it.
    document(home, "slow", "2026-03-09 18:00")
    address(home, "slow", "lead0", "2026-03-09 17:00", addressed="2026-03-06 09:00")
    for number in range(3):
        day = 9 if number < 1 else 10
        address(home, "slow", f"a{number}", f"2026-03-{day:02d} 10:00", addressed="2026-03-06 09:00")
    add_member(home, "a0", "north", "2025-01-01")


def add_lists(home: RawHome) -> None:
    heard = {
        "best": [("supervisor", "excellent"), ("team_leader", "ordinary")],
        # Excellent by his team leader alone, heard once, with one listening that has no conclusion.
        "leader": [("team_leader", "excellent"), ("supervisor", "ordinary")],
        "once": [("supervisor", "excellent")],
        "unsaid": [("supervisor", "excellent"), ("supervisor", None)],
        "trained": [("supervisor", "needs_training"), ("supervisor", "excellent"), ("director", "excellent")],
        "wrong": [("supervisor", "excellent"), ("supervisor", "ordinary")],
        "kind": [("supervisor", "excellent"), ("supervisor", "ordinary")],
        "cleared": [("supervisor", "excellent"), ("supervisor", "ordinary")],
    }
    for agent, sessions in heard.items():
        add_member(home, agent, "south", "2025-01-01")
        for number, (level, conclusion) in enumerate(sessions):
            listen(home, f"{agent}-{number}", agent, level, f"2026-03-0{number + 2} 09:00", conclusion=conclusion)
    for agent, told in {"wrong": {}, "kind": {"good_faith": True}, "cleared": {}, "unheard": {}}.items():
        review(home, agent, agent)
        home.add("quality_errors", [{"review_id": agent, "error_code": "KN-02", "class": "severe"} | told])
    appeal(home, "cleared", "error", "review/cleared/KN-02/1", "overturned")
    # He was listened to before he moved.
    add_member(home, "mover", "from", "2025-01-01", "2026-03-16")
    add_member(home, "mover", "to", "2026-03-16")
    for number in range(2):
        listen(home, f"mover-{number}", "mover", "director", f"2026-03-1{number} 09:00", conclusion="excellent")
    add_chat(home, "any", "best", at("2026-03-02 10:00"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    settings = {"cascade_signed": "0.9", "cascade_known": "0.8"}
    built = RawHome(tmp_path_factory.mktemp("lists"), as_of=at("2026-04-01 00:00"), **settings)
    built.source("desk")
    built.source("testers")
    add_cascade(built)
    add_lists(built)
    # Testers have one complaint of their own; the other is the desk's.
    for source, name in (("desk", "b1"), ("desk", "b2"), ("testers", "b2")):
        built.add("complaints", [{"complaint_id": name, "received_at": at("2026-03-02 09:00")}], source)
    for name in ("b1", "b2", "unknown"):
        call(built, f"replay-{name}", "best", "2026-03-09 09:00", passed=True, source_id="testers", complaint_id=name)
    built.build("fct_document_cascade", "fct_monitoring_list", "fct_defect", "fct_coaching", tested=True)
    return built


def test_do_2_leaders_all_in_time_and_six_of_ten_agents(home: RawHome) -> None:
    told = home.query(
        "select cascade_level, addressed, due, read, in_time, late, never, in_time_rate, level_above_done_at,"
        " is_passed_down_late from scorecard.fct_document_cascade"
        " where document_id = 'desk/do2' and scope_kind = 'centre' order by cascade_level desc"
    )
    assert told == [
        ("leader", 2, 2, 2, 2, 0, 0, 1.0, None, False),
        # The fifth of the nine who acknowledged was in time.
        ("agent", 10, 10, 9, 6, 3, 1, 0.6, at("2026-03-06 11:00"), False),
    ]


def test_do_2_what_nine_of_ten_signed_and_four_of_six_knew_is_flagged(home: RawHome) -> None:
    told = home.query(
        "select document_title, test_calls, test_calls_passed, round(test_pass_rate, 3), last_test_on::varchar,"
        " is_signed_not_known from scorecard.fct_document_cascade"
        " where document_id = 'desk/do2' and scope_kind = 'centre' and cascade_level = 'agent'"
    )
    assert told == [("Returns without a receipt", 6, 4, 0.667, "2026-03-15", True)]


def test_a_document_is_passed_down_late_where_half_of_a_level_signs_after_the_due_time(home: RawHome) -> None:
    told = home.query(
        "select scope_id, cascade_level, is_passed_down_late, is_signed_not_known, seconds_p50"
        " from scorecard.fct_document_cascade where document_id = 'desk/slow' order by 1, 2"
    )
    assert told == [
        ("centre", "agent", True, False, 349_200.0),
        ("centre", "leader", False, False, 288_000.0),
        # In the team there is no level above.
        ("north", "agent", False, False, 262_800.0),
    ]


def test_a_test_call_plays_the_complaint_of_its_own_source_again_else_of_another(home: RawHome) -> None:
    found = home.query(
        "select test_call_id, complaint_id from scorecard.fct_test_call where complaint_id is not null order by 1"
    )
    assert found == [
        ("testers/replay-b1", "desk/b1"),
        ("testers/replay-b2", "testers/b2"),
        ("testers/replay-unknown", "testers/unknown"),
    ]


def lists(home: RawHome, scope: str, period: str = "month") -> dict[str, str | None]:
    told = home.query(
        "select agent_id, monitoring_list from scorecard.fct_monitoring_list"  # noqa: S608
        f" where scope_id = '{scope}' and period_kind = '{period}' and period_start <= '2026-03-04'"
    )
    return dict(told)


def test_the_best_were_heard_often_enough_and_once_excellent_by_a_supervisor_or_higher(home: RawHome) -> None:
    assert lists(home, "south") == {
        "best": "best",
        "leader": None,
        "once": None,
        "unsaid": None,
        "trained": "needs_training",
        "wrong": "needs_training",
        "kind": "best",
        "cleared": "best",
    }


def test_a_severe_error_of_somebody_unheard_puts_him_on_the_list_too(home: RawHome) -> None:
    assert lists(home, "centre")["unheard"] == "needs_training"
    told = home.query(
        "select sessions, severe_errors, last_heard_on, session_ids from scorecard.fct_monitoring_list"
        " where agent_id = 'unheard' and scope_kind = 'centre' and period_kind = 'month'"
    )
    assert told == [(0, 1, None, [])]


def test_a_list_has_the_sessions_behind_it_and_the_last_conclusion(home: RawHome) -> None:
    told = home.query(
        "select by_supervisor, by_director, excellent, needing_training, last_heard_on::varchar, last_conclusion,"
        " session_ids from scorecard.fct_monitoring_list"
        " where agent_id = 'trained' and scope_kind = 'centre' and period_kind = 'month'"
    )
    assert told == [(2, 1, 2, 1, "2026-03-04", "excellent", ["desk/trained-2", "desk/trained-1", "desk/trained-0"])]


def test_who_moved_stands_where_he_was_heard(home: RawHome) -> None:
    assert lists(home, "from") == {"mover": "best"}
    assert lists(home, "to") == {}
