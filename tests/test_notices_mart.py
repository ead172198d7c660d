"""What there is to tell to whom, and from when on: NT-1, NT-2, NT-3, NT-5, and what is never told."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.control import address, coach, document, listen
from tests.support.governance import complain, review
from tests.support.notices import build_notices, edition, employ, notice_home, rate, shift
from tests.support.people_cases import add_chat, at
from tests.support.points import find
from tests.support.policies import EP
from tests.support.raw_rows import RawHome

pytestmark = pytest.mark.slow

POLICY = EP.replace(
    "    errors: none\n",
    "    errors: {causes: [AT], month: reviewed, quota: 0, quota_for_part_month: full, quota_rounding: up,"
    " points_each: 2, cap: none}\n",
)
"""The example policy, by which a severe error of attitude costs two points."""


def add_editions(home: RawHome) -> None:
    """NT-1 team `late`, NT-2 team `off`, which has its noon edition at 08:00."""
    edition(home, "noon", "12:05")
    edition(home, "end", "21:00")
    edition(home, "noon", "08:00", "off")
    employ(home, "lat", "late", name="Lat <!channel>")
    employ(home, "ben", "late", name="Ben")
    shift(home, "lat", "2026-03-10 14:00", "2026-03-10 22:00")
    rate(home, "lat", "2026-03-10 09:00", [5] * 12)
    rate(home, "ben", "2026-03-10 10:00", [5] * 9 + [1] * 3)
    # After the noon edition.
    rate(home, "ben", "2026-03-10 15:00", [5] * 40)
    employ(home, "odd", "off")
    shift(home, "odd", "2026-03-10 09:00", "2026-03-10 17:00", "training")
    shift(home, "odd", "2026-03-11 09:00", "2026-03-11 17:00")
    for day in (10, 11):
        rate(home, "odd", f"2026-03-{day} 06:00", [5] * 11)
    employ(home, "few", "small")
    shift(home, "few", "2026-03-10 09:00", "2026-03-10 17:00")
    rate(home, "few", "2026-03-10 09:00", [5] * 9)


def add_band(home: RawHome) -> None:
    """Ann of team `band` is in her band on 9 March and out of it on the 10th; her leader is Leo, his is Sue above."""
    home.add("teams", [{"team_id": "above", "name": "Above"}], "hr")
    band = {"team_id": "band", "name": "Band", "parent_team_id": "above", "kind": "specialist"}
    home.add("teams", [band], "hr")
    employ(home, "ann", "band", name="Ann")
    employ(home, "leo", "band", name="Leo", role="leader")
    employ(home, "sue", "above", name="Sue", role="supervisor")
    for agent in ("ann", "leo", "sue"):
        shift(home, agent, "2026-03-11 08:00", "2026-03-11 16:00")
    shift(home, "ann", "2026-03-27 10:00", "2026-03-27 16:00")
    rate(home, "ann", "2026-03-09 08:00", [5] * 40)
    rate(home, "ann", "2026-03-10 08:00", [5] * 20 + [2] * 20)


def add_judged(home: RawHome) -> None:
    """A severe error of Ann's in a check, one that she has objected to, and fraud that another person approved."""
    for name in ("bad", "mine"):
        review(home, name, "ann", reviewed_at=at("2026-03-11 12:00"))
        error = {"review_id": name, "error_code": "AT-03", "class": "severe", "occurrence": 1}
        home.add("quality_errors", [error])
    row = {"appeal_id": "not-so", "subject_kind": "error", "subject_id": "review/mine/AT-03/1", "filed_by": "ann"}
    home.add("appeals", [row | {"filed_at": at("2026-03-13 09:00")}])
    find(home, "found", "ann", "fraud", "2026-03-12")
    find(home, "open", "ann", "fraud", "2026-03-12", approved_by=None)
    find(home, "rude", "ann", "abuse", "2026-03-12")


def add_records(home: RawHome) -> None:
    decided = {"decided_at": at("2026-03-10 09:00")}
    complain(home, "true", "2026-03-09 10:00", agent_id="ann", responsible_agent_id="ann", outcome="upheld", **decided)
    kind = {"responsible_agent_id": "ann", "outcome": "upheld", "good_faith": True}
    complain(home, "kind", "2026-03-09 11:00", agent_id="ann", **kind, **decided)
    complain(home, "untrue", "2026-03-09 12:00", agent_id="ann", outcome="not_upheld", **decided)
    complain(home, "pending", "2026-03-09 13:00", agent_id="ann")
    complain(home, "nobody", "2026-03-09 14:00", agent_id="ann", outcome="upheld", **decided)
    complain(home, "before", "2026-03-01 14:00", agent_id="ann", responsible_agent_id="ann", outcome="upheld")
    appeal = {"appeal_id": "objects", "subject_kind": "complaint", "subject_id": "kind", "filed_by": "ann"}
    home.add("appeals", [appeal | {"filed_at": at("2026-03-12 09:00")}])
    plan = {"subject_kind": "error_code", "subject_id": "KN-02", "starts_on": "2026-02-01", "due_on": "2026-03-09"}
    home.add("plans", [plan | {"plan_id": "late", "owner_id": "leo"}])
    home.add("plans", [plan | {"plan_id": "done", "owner_id": "leo", "state": "done", "closed_on": "2026-03-08"}])
    home.add("plans", [plan | {"plan_id": "future", "owner_id": "leo", "due_on": "2026-06-01"}])
    home.add("plans", [plan | {"plan_id": "dropped", "owner_id": "leo", "state": "dropped"}])


def add_documents(home: RawHome) -> None:
    """NT-3: Nia works from 22:00 to 06:00 and is asked at 06:00; Una has no shifts, Amy is done before she is asked."""
    employ(home, "nia", "night")
    shift(home, "nia", "2026-03-10 22:00", "2026-03-11 06:00")
    shift(home, "nia", "2026-03-11 22:00", "2026-03-12 06:00")
    document(home, "rule", "2026-03-12 06:00", title="Returns @all\nwithout <receipt>")
    for agent in ("nia", "una", "amy", "ann"):
        done = {"amy": "2026-03-10 09:00", "ann": "2026-03-11 07:00"}.get(agent)
        address(home, "rule", agent, done, addressed="2026-03-09 09:00")


def add_listening(home: RawHome) -> None:
    """The leader of `ann` and the supervisor who listened may talk with her twenty minutes after her part of it."""
    add_chat(home, "heard", ["ann", "ben"], at("2026-03-11 09:00"), 20)
    heard = {"contact_id": "heard", "mode": "live", "conclusion": "needs_training", "monitor_id": "sue"}
    listen(home, "live", "ann", "supervisor", "2026-03-11 09:05", **heard)
    listen(home, "fine", "ann", "supervisor", "2026-03-11 09:05", **heard | {"conclusion": "excellent"})
    listen(home, "tape", "ann", "supervisor", "2026-03-11 12:00", **heard | {"mode": "recorded"})
    add_chat(home, "talked", "ann", at("2026-03-11 10:00"), 10)
    listen(home, "over", "ann", "supervisor", "2026-03-11 10:05", **heard | {"contact_id": "talked"})
    coach(home, "talk", "ann", "2026-03-11 10:40", contact_id="talked")


def add_signal(home: RawHome) -> None:
    """Eight contacts about `boom` within the hour from 18:00 on, where one is usual; one duty manager is there."""
    for week in range(1, 9):
        add_chat(home, f"usual-{week}", "ann", at("2026-03-17 18:00") - timedelta(weeks=week), topic="boom")
    for number in range(8):
        add_chat(home, f"boom-{number}", "ann", at(f"2026-03-17 18:0{number}"), topic="boom")
    for agent, day in (("dut", 17), ("off-duty", 18)):
        employ(home, agent, "above", role="duty_manager")
        shift(home, agent, f"2026-03-{day} 14:00", f"2026-03-{day} 22:00")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    built = notice_home(tmp_path_factory.mktemp("notices"), site_url="https://scores.example.org")
    built.policy = POLICY
    for add in (add_editions, add_band, add_records, add_judged, add_documents, add_listening, add_signal):
        add(built)
    build_notices(built)
    return built


def told(home: RawHome, kind: str, columns: str, where: str = "true") -> list[tuple[Any, ...]]:
    return home.query(
        f"select {columns} from scorecard.fct_notice where notice_kind = '{kind}' and {where} order by all"  # noqa: S608
    )


def test_nt_1_the_bulletin_of_five_past_twelve_waits_for_the_shift_that_begins_at_two(home: RawHome) -> None:
    assert told(home, "noon_ranking", "due_at, earliest_at, state", "recipient_id = 'late'") == [
        (at("2026-03-10 12:05"), at("2026-03-10 14:00"), "planned")
    ]


def test_nt_2_the_next_bulletin_takes_the_place_of_one_that_waits_for_tomorrow(home: RawHome) -> None:
    assert told(home, "noon_ranking", "due_at, earliest_at, state", "recipient_id = 'off'") == [
        (at("2026-03-10 08:00"), at("2026-03-11 09:00"), "superseded"),
        (at("2026-03-11 08:00"), at("2026-03-11 09:00"), "planned"),
    ]


def test_nt_3_who_goes_home_at_six_is_not_written_to_at_six(home: RawHome) -> None:
    assert told(home, "document_due", "due_at, earliest_at, state", "recipient_id = 'nia'") == [
        (at("2026-03-11 06:00"), at("2026-03-11 22:00"), "planned")
    ]


def test_nobody_without_planned_shifts_is_written_to(home: RawHome) -> None:
    assert told(home, "document_due", "recipient_id, earliest_at, state", "recipient_id != 'nia'") == [
        # She acknowledged an hour after she would have been asked.
        ("ann", at("2026-03-11 08:00"), "settled"),
        ("una", None, "no_shift"),
    ]


def test_what_was_rated_after_noon_is_not_in_the_noon_edition(home: RawHome) -> None:
    ranked = home.query(
        "select edition, agent_id, good_ratings, ratings, place, places, is_in_band from scorecard.fct_bulletin_rank"
        " where scope_id = 'late' order by edition desc, place nulls first"
    )
    assert ranked == [
        ("noon", None, 21, 24, None, 2, False),
        ("noon", "lat", 12, 12, 1, 2, True),
        ("noon", "ben", 9, 12, 2, 2, False),
        ("end", None, 61, 64, None, 2, True),
        # 49 of 52 for certain are more than 12 of 12 by chance.
        ("end", "ben", 49, 52, 1, 2, False),
        ("end", "lat", 12, 12, 2, 2, True),
    ]


def test_too_few_ratings_are_shown_without_a_place_and_told_to_nobody(home: RawHome) -> None:
    few = home.query("select ratings, reason, place from scorecard.fct_bulletin_rank where agent_id = 'few'")
    assert few == [(9, "few_cases", None)] * 4
    assert told(home, "noon_ranking", "state", "recipient_id = 'small'") == []


def test_a_group_hears_of_numbers_and_of_no_name(home: RawHome) -> None:
    ((text, chinese, link),) = told(home, "noon_ranking", "text_en, text_zh, link", "recipient_id = 'late'")
    first, second, action = text.split("\n")
    assert first == "People in the band: 1 of 2 with enough ratings."
    assert second == "Good ratings of late: 87.5 % (21 / 24), band ≥ 95.0 %."
    assert action.startswith("To do: ")
    assert "好评率（4-5 星）：87.5%（21 / 24），目标区间 ≥ 95.0%。" in chinese
    assert link == "https://scores.example.org/bulletin/?date=2026-03-10&edition=noon"
    assert "Lat" not in text + chinese
    assert "Ben" not in text + chinese


def test_where_the_centre_says_so_a_group_hears_who_is_in_the_band_and_no_name_calls_anybody(tmp_path: Path) -> None:
    home = notice_home(tmp_path, kinds=("noon_ranking",), names_in_groups=True, outside_shifts=True)
    add_editions(home)
    build_notices(home)

    ((text, earliest),) = told(home, "noon_ranking", "text_en, earliest_at", "recipient_id = 'late'")
    assert "1. Lat ‹!channel› 100.0 % (n 12)\n" in text
    assert "Ben" not in text
    assert earliest == at("2026-03-10 12:05")
    assert {kind for (kind,) in home.query("select distinct notice_kind from scorecard.fct_notice")} == {"noon_ranking"}


def test_who_left_his_band_hears_of_it_in_his_next_shift_and_so_does_his_leader_next_above(home: RawHome) -> None:
    rows = told(home, "out_of_band", "recipient_id, agent_id, period_start::varchar, due_at, earliest_at, state")
    midnight, morning = at("2026-03-11 00:00"), at("2026-03-11 08:00")
    of_ann = [row for row in rows if row[1:3] == ("ann", "2026-03-10")]
    assert of_ann == [(who, "ann", "2026-03-10", midnight, morning, "planned") for who in ("ann", "leo")]


def test_the_number_its_band_how_many_cases_and_one_thing_to_do(home: RawHome) -> None:
    ((title, text),) = told(
        home, "out_of_band", "title_en, text_en", "recipient_id = 'ann' and period_start = '2026-03-10'"
    )
    assert title == "What changed on 10 Mar 2026: Ann"
    (line,) = re.findall(r"Out of band: Good ratings .*", text)
    assert line.startswith("Out of band: Good ratings 50.0 % (band ≥ 95.0 %, n 40).")


def test_decided_complaints_go_to_whom_they_name_and_his_leader_and_pending_ones_to_nobody(home: RawHome) -> None:
    rows = told(home, "complaint_decided", "subject_id, recipient_id")
    assert sorted(rows) == [
        (f"desk/{name}", who) for name in ("kind", "true", "untrue") for who in ("ann", "leo")
    ]  # fmt: skip
    texts = dict(told(home, "complaint_decided", "subject_id, text_en", "recipient_id = 'ann'"))
    assert "upheld.\nAbout: " in texts["desk/true"]
    assert "appeal" in texts["desk/true"]
    assert "In good faith" in texts["desk/kind"]
    assert "not upheld. Nothing follows from it." in texts["desk/untrue"]


def test_who_may_still_appeal_hears_of_it_a_day_before_the_time_of_his_line_ends(home: RawHome) -> None:
    # Nothing was published yet, so the seven days begin with the end of the data and end with the 27th.
    until = "select distinct appeal_until::varchar from scorecard.fct_assessment_line where appeal_until is not null"
    assert home.query(until) == [("2026-03-27",)]
    told_of = told(home, "appeal_ending", "subject_id, recipient_id, due_at, earliest_at, state")
    due, at_work = at("2026-03-27 00:00"), at("2026-03-27 10:00")
    # She has appealed about the complaint in good faith and one of the errors. What nobody approved, and what costs no
    # points by the policy, is no line of hers. One was decided before notices began; its time ends after that.
    records = ("complaint/desk/before", "complaint/desk/true", "error/desk/review/bad/AT-03/1", "finding/desk/found")
    assert told_of == [(record, "ann", due, at_work, "planned") for record in records]
    texts = dict(told(home, "appeal_ending", "subject_id, text_en"))
    ends = " If the record is wrong, appeal by the end of 27 Mar 2026; a later appeal is told to be late."
    assert texts["complaint/desk/true"].startswith("A complaint about ")
    assert re.fullmatch(
        r"A severe error \(.+\) was found in a check on 11 Mar 2026\." + re.escape(ends),
        texts["error/desk/review/bad/AT-03/1"],
    )
    assert texts["finding/desk/found"] == "Something about you was established on 12 Mar 2026." + ends
    assert {link for (link,) in told(home, "appeal_ending", "link")} == {
        "https://scores.example.org/assessment/ann/?month=2026-03-01"
    }


def test_an_assessment_is_told_to_the_person_once_its_month_is_closed(tmp_path: Path) -> None:
    home = notice_home(tmp_path, kinds=("assessment_published",), begin_on="2026-03-01")
    # Of ann only the ratings can be measured, with a weight of 30; few was at work on one day.
    home.policy = EP.replace("min_weight: 60", "min_weight: 30").replace(
        "roles: [agent], team_kinds: [normal, specialist]", "roles: [agent], team_kinds: [group]"
    )
    for agent in ("ann", "few"):
        employ(home, agent, "band")
        shift(home, agent, "2026-03-09 08:00", "2026-03-09 16:00")
    home.add("teams", [{"team_id": "band", "name": "Band"}], "hr")
    for day in range(2, 14):
        rate(home, "ann", f"2026-02-{day:02d} 09:00", [5] * 12)
    rate(home, "few", "2026-02-02 12:00", [5])
    build_notices(home)

    rows = told(home, "assessment_published", "recipient_id, period_start::varchar, due_at, earliest_at, text_en")
    # February is closed seven days after its end.
    closed, at_work = at("2026-03-08 00:00"), at("2026-03-09 08:00")
    assert [row[:4] for row in rows] == [(who, "2026-02-01", closed, at_work) for who in ("ann", "few")]
    texts = {row[0]: row[4] for row in rows}
    assert texts["ann"].startswith("100.00 points: components 100.00")
    assert "\nExcellent.\n" in texts["ann"]
    assert texts["few"].startswith("There is no total for this month; the page says why.")


def test_a_plan_still_open_after_its_last_day_goes_to_its_owner_and_the_leader_above(home: RawHome) -> None:
    assert told(home, "plan_overdue", "subject_id, recipient_id, due_at, state") == [
        ("desk/late", "leo", at("2026-03-10 00:00"), "planned"),
        ("desk/late", "sue", at("2026-03-10 00:00"), "planned"),
    ]


def test_a_talk_may_begin_twenty_minutes_after_the_agents_own_part(home: RawHome) -> None:
    assert told(home, "coaching_ready", "subject_id, recipient_id, due_at, state") == [
        ("desk/live", "leo", at("2026-03-11 09:30"), "planned"),
        ("desk/live", "sue", at("2026-03-11 09:30"), "planned"),
        ("desk/over", "leo", at("2026-03-11 10:30"), "settled"),
        ("desk/over", "sue", at("2026-03-11 10:30"), "settled"),
    ]


def test_what_rises_goes_to_duty_managers_at_work_and_is_no_news_on_the_next_day(home: RawHome) -> None:
    boom = "subject_id like 'boom%'"
    signals = told(home, "topic_signal", "recipient_id, due_at, earliest_at, expires_at, state", boom)
    due, midnight = at("2026-03-17 19:00"), at("2026-03-18 00:00")
    assert signals == [
        ("dut", due, due, midnight, "planned"),
        ("off-duty", due, at("2026-03-18 14:00"), midnight, "expired"),
    ]
    ((title, text),) = told(home, "topic_signal", "title_en, text_en", f"recipient_id = 'dut' and {boom}")
    assert title == "More contacts than usual: boom"
    assert text.startswith("Since 19:00: 8 contacts about boom, 1.0 were to be expected.\nTo do: ")


def test_text_of_data_is_one_line_without_signs_that_call_people(home: RawHome) -> None:
    ((title, text),) = told(home, "document_due", "title_en, text_en", "recipient_id = 'nia'")
    assert title == "To acknowledge: Returns ＠all without ‹receipt›"
    assert text == 'Read and acknowledge "Returns ＠all without ‹receipt›" by 12 Mar 2026 06:00.'


def test_nothing_of_a_customer_is_told(home: RawHome) -> None:
    everything = home.query("select title_en, title_zh, text_en, text_zh, link from scorecard.fct_notice")
    words = " ".join(text for row in everything for text in row)
    assert [name for name in ("heard", "talked", "desk/true", "ann-1008") if name in words] == []


def test_nt_5_a_restatement_without_another_value_is_no_other_notice(home: RawHome, tmp_path: Path) -> None:
    again = notice_home(tmp_path, site_url="https://scores.example.org")
    again.policy = POLICY
    for add in (add_signal, add_listening, add_documents, add_judged, add_records, add_band, add_editions):
        add(again)
    # One more record of that day, by which no number that was told changes.
    add_chat(again, "more", "zed", at("2026-03-10 16:00"))
    build_notices(again)
    ids = "select notice_id, notice_kind from scorecard.fct_notice order by all"
    assert again.query(ids) == home.query(ids)

    rate(again, "lat", "2026-03-10 11:30", [1])
    build_notices(again)
    changed = {kind for _, kind in set(again.query(ids)) - set(home.query(ids))}
    assert {"noon_ranking", "end_ranking"} <= changed <= {"noon_ranking", "end_ranking", "out_of_band"}
