"""What a narrowed site tells of causes of the centre's errors and complaints: nothing of one to four outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orchestration.home.paths import Home
from tests.support.site_audiences import INSIDE_OF_B, data_of, publish, texts
from tests.support.site_home import rows

Row = dict[str, Any]

VALUES = """
    -- The KPIs that causes go with, of the centre's months.
    insert into fct_kpi_value by name
    select told.* replace (kpi as kpi_id)
    from fct_kpi_value as told
    cross join (select unnest(['complaint_rate', 'severe_error_rate', 'complaint_upheld_rate', 'complaints_pending'])
        as kpi)
    where kpi_id = 'kpi_1' and scope_kind in ('centre', 'channel') and period_kind in ('month', 'day');
    insert into dim_kpi by name
    select kpi.* replace (told.kpi as kpi_id, told.measure as denominator_measure)
    from (from dim_kpi limit 1) as kpi
    cross join (values ('complaint_rate', 'contacts_complaint_recorded'), ('severe_error_rate', 'reviews'),
        ('complaint_upheld_rate', 'complaints_decided'), ('complaints_pending', 'complaints_pending'))
        as told (kpi, measure);
    -- What is told of leaders, and what staff answered.
    insert into fct_kpi_value by name
    select told.* replace (kpi as kpi_id)
    from fct_kpi_value as told
    cross join (select unnest(['leader_plan_rate', 'staff_satisfaction']) as kpi)
    where kpi_id = 'kpi_1' and scope_kind in ('centre', 'team') and period_kind = 'month';
    insert into dim_kpi by name
    select kpi.* replace (told.kpi as kpi_id, told.measure as denominator_measure)
    from (from dim_kpi limit 1) as kpi
    cross join (values ('leader_plan_rate', 'leader_days'), ('staff_satisfaction', 'staff_respondents'))
        as told (kpi, measure);
"""

CAUSES = """
    insert into dim_code by name
    select 'complaint_leaves' as code_list, code, code as name_en, code as name_zh,
        split_part(code, '.', 1) as group_code, split_part(code, '.', 2) as kind, true as is_known
    from (select unnest(['knowledge.wrong', 'attitude.cold', 'skill.system', 'skill.wording']) as code);
    -- Outside team A: three people behind knowledge, two others behind attitude, five behind skill. In skill, a2 and a4
    -- have wording and three others system, and one of team A has both.
    create or replace temp table behind as
    select unnest(['knowledge.wrong', 'attitude.cold', 'skill.wording', 'skill.system']) as cause,
        unnest([[2, 4, 6], [8, 10], [2, 4, 1], [6, 8, 10, 1]]) as numbers;
    create or replace temp table happened as
    select cause, 'a' || unnest(numbers) as agent_id, date '2026-03-16' as day from behind;
    create or replace temp table complaint as from fct_complaint limit 1;
    delete from fct_complaint;
    insert into fct_complaint by name
    select complaint.* replace (cause || happened.agent_id as complaint_id, happened.agent_id as agent_id,
        day as agent_date, day as received_date, cause as leaf, $decided as complaints_decided,
        1 - $decided as complaints_pending)
    from complaint cross join happened;
    delete from fct_cause_record;
    insert into fct_cause_record by name
    select unnest(['complaint_received', 'severe_error']) as family, cause || agent_id as record_id, cause, agent_id,
        day as agent_date, day as scope_date, 'web' as channel, false as is_excluded
    from happened;
    delete from fct_cause_pareto where family != 'leave_reason';
    -- Six people outside were checked in March; the three of April would hide the border between.
    delete from fct_quality_review where review_date >= date '2026-04-01';
"""

VOICE = """
    -- A survey of each team and a public mention on a day whose records are told; other surveys are of earlier days.
    create or replace temp table survey as from fct_service_record limit 1;
    insert into fct_service_record by name
    select survey.* replace ('survey/' || agent || day as service_record_id, agent as agent_id, day as agent_date,
        day as service_date)
    from survey
    cross join (values ('a1', date '2026-04-15'), ('a2', date '2026-04-15'), ('a1', date '2026-04-02'))
        as asked (agent, day);
    insert into fct_service_record by name
    select survey.* replace ('mention/m1' as service_record_id, 'mention' as service_kind, null as contact_key,
        null as agent_id, date '2026-04-15' as service_date, 'forum' as service_detail, 'negative' as sentiment,
        null as liked_themes, null as improve_themes, 0 as surveys_delivered, 0 as surveys_answered, 1 as mentions)
    from survey;
    -- An escalation that a1 sent to a2, and a callback of each.
    insert into fct_service_record by name
    select survey.* replace (kind || '/' || agent as service_record_id, kind as service_kind, agent as agent_id,
        date '2026-04-15' as agent_date, date '2026-04-15' as service_date,
        0 as surveys_delivered, 0 as surveys_answered, (kind = 'escalation_taken')::bigint as escalations,
        (kind = 'escalation_sent')::bigint as escalations_context_known, (kind = 'callback')::bigint as web_callbacks)
    from survey
    cross join (values ('escalation_sent', 'a1'), ('escalation_taken', 'a2'), ('callback', 'a1'), ('callback', 'a2'))
        as told (kind, agent);
    create or replace temp table report as from fct_self_report limit 1;
    insert into fct_self_report by name
    select report.* replace (agent || state as self_report_id, agent as agent_id, state as self_report_state,
        date '2026-04-15' as reported_date, date '2026-04-15' as agent_date)
    from report
    cross join (values ('a1', 'equal'), ('a1', 'missing'), ('a2', 'equal'), ('a3', 'missing')) as told (agent, state);
    insert into fct_kpi_value by name
    select told.* replace (
        kpi as kpi_id,
        (select count(*) from fct_service_record as one
            where service_date >= period_start and service_date < period_end and surveys_answered > 0
                and (told.scope_kind = 'centre' or one.agent_id = 'a1')) as raw_numerator)
    from fct_kpi_value as told
    cross join (select unnest(['survey_response_rate', 'mentions']) as kpi)
    where kpi_id = 'kpi_1'
        and (period_kind, period_start) in (('month', date '2026-04-01'), ('week', date '2026-04-13'))
        and (scope_kind = 'centre' or (scope_id = 'TA' and kpi = 'survey_response_rate'));
    insert into dim_kpi by name
    select kpi.* replace (told.kpi as kpi_id, told.measure as denominator_measure)
    from (from dim_kpi limit 1) as kpi
    cross join (values ('survey_response_rate', 'surveys_delivered'), ('mentions', 'mentions')) as told (kpi, measure);
"""

PLANS_OF_PERSONS = """
    -- About a1 at the centre, about a2 in his team, of the agent a3, and one that grows a1 as a leader.
    create or replace temp table plan as from fct_plan_effect limit 1;
    insert into fct_plan_effect by name
    select plan.* replace (told.id as plan_id, told.kind as kind, told.subject as subject_kind,
        told.about as subject_id, told.scope as scope_kind, told.scope_id as scope_id)
    from plan
    cross join (values ('PA1', 'agent_improvement', 'person', 'a1', 'centre', 'centre'),
        ('PA2', 'agent_improvement', 'person', 'a2', 'team', 'TB'),
        ('PA3', 'agent_improvement', 'kpi', 'kpi_1', 'agent', 'a3'),
        ('PA4', 'leader_development', 'person', 'a1', 'centre', 'centre'))
        as told (id, kind, subject, about, scope, scope_id);
"""

TA = "{name: leads, scope: team, ids: [TA]}, {name: own, scope: agent, ids: [a1]}"


def told(home: Home, audience: str, name: str) -> list[Row]:
    """The rows of a result about the centre in March; none where there is no file."""
    folder = data_of(home, audience)
    files = json.loads((folder / "manifest.json").read_text())["files"]
    if f"{name}/centre/centre" not in files:
        return []
    table = rows(json.loads((folder / files[f"{name}/centre/centre"]).read_text()))
    return [row for row in table if row["period_start"] == "2026-03-01"]


def received(home: Home, audience: str) -> dict[str, int]:
    parts = told(home, audience, "complaints")
    return {f"{row['part_kind']} {row['part_id']}": row["received"] for row in parts if row["part_kind"] != "topic"}


def published(folder: Path, extra: str = "", decided: str = "(happened.agent_id != 'a2')::bigint") -> Home:
    home = Home(folder)
    causes = CAUSES.replace("$decided", decided)
    # What was granted is named to the own team, by a rule of its own: see test_site_points.
    extra += "delete from fct_reward;"
    publish(home, TA, extra=VALUES + causes + VOICE + PLANS_OF_PERSONS + extra, contacts=480)
    return home


@pytest.fixture(scope="module")
def of_twelve(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return published(tmp_path_factory.mktemp("twelve"))


def test_causes_of_three_and_two_people_outside_are_one_row(of_twelve: Home) -> None:
    # PV-1. Below what is merged nothing is told; wording (two people) and system (three) of skill are merged too.
    assert received(of_twelve, "leads/TA") == {"cause merged": 5, "cause skill": 7, "kind skill.merged": 7}


def test_causes_of_errors_are_merged_alike(of_twelve: Home) -> None:
    causes = {row["cause"]: (row["events"], row["people"]) for row in told(of_twelve, "leads/TA", "causes")}
    # All four have two or three people outside: together five, and the own a1.
    assert causes == {"merged": (12, 6)}


def test_an_agent_is_told_the_same_of_others(of_twelve: Home) -> None:
    assert received(of_twelve, "own/a1") == {"cause merged": 5, "cause skill": 7, "kind skill.merged": 7}


def test_nobody_outside_is_named_in_any_file(of_twelve: Home) -> None:
    for audience, others in (("leads/TA", INSIDE_OF_B), ("own/a1", INSIDE_OF_B | {"a3", "a5", "a7", "a9", "a11"})):
        found = texts(data_of(of_twelve, audience))
        for agent in others:
            assert f"Person {agent} end" not in found
            assert f'"{agent}"' not in found
            assert f".wrong{agent}" not in found


def test_lists_of_listening_and_documents_are_told_of_the_own_team_and_of_oneself(of_twelve: Home) -> None:
    for audience, lists, cascades in (
        ("leads/TA", {"monitoring/team/TA"}, {"cascade/team/TA"}),
        ("own/a1", {"monitoring/agent/a1"}, set()),
    ):
        files = json.loads((data_of(of_twelve, audience) / "manifest.json").read_text())["files"]
        assert {key for key in files if key.startswith("monitoring/")} <= lists
        assert {key for key in files if key.startswith("cascade/")} == cascades
        found = texts(data_of(of_twelve, audience))
        # Who listened, tested or audited is told to nobody who sees a part of the centre.
        assert not [name for name in ("boss", "tess") if f'"{name}"' in found]
    everybody = json.loads((of_twelve.site / "data" / "manifest.json").read_text())["files"]
    assert {"monitoring/team/TA", "monitoring/team/TB", "cascade/centre/centre"} <= set(everybody)
    assert '"boss"' in texts(of_twelve.site / "data")


@pytest.mark.parametrize(
    ("audience", "told_of"),
    [
        (None, {("escalation_sent", "a1"), ("escalation_taken", "a2"), ("callback", "a1"), ("callback", "a2")}),
        ("leads/TA", {("escalation_sent", "a1"), ("callback", "a1")}),
        ("own/a1", {("escalation_sent", "a1"), ("callback", "a1")}),
    ],
)
def test_escalations_and_callbacks_are_told_of_whose_record_it_is(
    of_twelve: Home, audience: str | None, told_of: set[tuple[str, str]]
) -> None:
    records = table_in(of_twelve, audience, "control_records")
    kinds = {kind for kind, _ in told_of}
    assert {(row["record_kind"], row["agent_id"]) for row in records if row["record_kind"] in kinds} == told_of


def files_of(home: Home, audience: str | None) -> tuple[Path, dict[str, str]]:
    """Folder and manifest's files of an audience; of None those of everybody."""
    folder = data_of(home, audience) if audience else home.site / "data"
    files: dict[str, str] = json.loads((folder / "manifest.json").read_text())["files"]
    return folder, files


def table_in(home: Home, audience: str | None, key: str) -> list[Row]:
    folder, files = files_of(home, audience)
    return rows(json.loads((folder / files[key]).read_text())) if key in files else []


@pytest.mark.parametrize(
    ("audience", "themes", "surveys", "sites"),
    [
        # Of April team A has a survey of a day whose records its own site does not have, and in the last week none.
        (
            None,
            {("team/TA", "month"), ("team/TA", "week"), ("centre/centre", "month"), ("centre/centre", "week")},
            "a1 a2",
            2,
        ),
        ("leads/TA", {("team/TA", "week")}, "a1", 0),
        ("own/a1", set(), "a1", 0),
    ],
)
def test_surveys_are_told_of_own_people_and_themes_where_all_of_them_are(
    of_twelve: Home, audience: str | None, themes: set[tuple[str, str]], surveys: str, sites: int
) -> None:
    _, files = files_of(of_twelve, audience)
    keys = [key.removeprefix("themes/") for key in files if key.startswith("themes/")]
    told = {key: table_in(of_twelve, audience, f"themes/{key}") for key in keys}
    assert {(key, row["period_kind"]) for key, found in told.items() for row in found} == themes
    week = [row for row in told.get("team/TA", []) if (row["period_kind"], row["theme_side"]) == ("week", "liked")]
    assert [(row["theme"], row["surveys"]) for row in week] == ([("fast", 1), ("friendly", 1)] if themes else [])
    records = table_in(of_twelve, audience, "voice_records")
    assert {row["agent_id"] for row in records if row["record_kind"] == "survey"} == set(surveys.split())
    assert len(table_in(of_twelve, audience, "mention_sites")) == sites
    # No customer, not even as a digest.
    assert not [key for row in records for key in row if "customer" in key]


def test_leaders_leavers_and_answers_of_staff_are_told_to_those_who_see_all(of_twelve: Home) -> None:
    assert {row["leader_id"] for row in table_in(of_twelve, None, "leader_months")} == {"a2"}
    assert {row["team_id"] for row in table_in(of_twelve, None, "team_records")} == {"TA", "TB"}
    # Why he left is on no list, so it is personal.
    assert [(row["leave_reason"], row["leavers"]) for row in table_in(of_twelve, None, "exits/team/TA")] == [
        ("personal", 1)
    ]
    assert [row["interviewed_outside"] for row in table_in(of_twelve, None, "exit_talks/team/TA")] == [1]
    assert {row["agent_id"] for row in table_in(of_twelve, None, "effort_records")} == {"a1", "a2"}
    assert len(table_in(of_twelve, None, "balance")) == 4
    for audience, own in (("leads/TA", ["TA"]), ("own/a1", [])):
        folder, files = files_of(of_twelve, audience)
        assert table_in(of_twelve, audience, "leader_months") == table_in(of_twelve, audience, "team_records") == []
        assert table_in(of_twelve, audience, "effort_records") == []
        assert not [key for key in files if key.startswith(("exits/", "exit_talks/"))]
        assert [row["scope_id"] for row in table_in(of_twelve, audience, "balance")] == own
        assert not [word for word in ("burnout", "LP1", "leave_reason") if f'"{word}"' in texts(folder)]


@pytest.mark.parametrize(
    ("audience", "people", "plans"),
    [
        (None, {"a1", "a2", "a3"}, {"a1": {"PA1", "PA4"}, "a2": {"PA2"}, "a3": {"PA3"}}),
        ("leads/TA", {"a1", "a3"}, {"a1": {"PA1"}, "a3": {"PA3"}}),
        ("own/a1", {"a1"}, {"a1": {"PA1"}}),
    ],
)
def test_what_is_to_be_signed_planned_and_tested_is_told_of_own_agents(
    of_twelve: Home, audience: str | None, people: set[str], plans: dict[str, set[str]]
) -> None:
    _, files = files_of(of_twelve, audience)
    matters = {
        key.rpartition("/")[2]: table_in(of_twelve, audience, key) for key in files if key.startswith("matters/")
    }
    assert {agent for agent in matters if agent in {"a1", "a2", "a3"}} == people
    assert all({"document", "test"} <= {row["matter_kind"] for row in found} for found in matters.values())
    planned = {
        agent: {row["matter_id"] for row in found if row["matter_kind"] == "plan"} for agent, found in matters.items()
    }
    assert {agent: found for agent, found in planned.items() if found} == plans
    # Before and after of the whole centre are told to those who see it all.
    told = {row["matter_id"]: row["before_rate"] for row in matters["a1"] if row["matter_kind"] == "plan"}
    assert (told["PA1"] is None) is (audience is not None)


@pytest.mark.parametrize(
    ("audience", "shares"),
    [
        # His own share, his team's, the centre's. In team A three had t2, and with it the share of t1 would be told.
        (None, dict.fromkeys(("t1", "t2", "returning"), (0.5, 0.5, 0.5))),
        ("leads/TA", dict.fromkeys(("t1", "t2", "returning"), (0.5, 0.5, None))),
        ("own/a1", dict.fromkeys(("t1", "t2"), (0.5, None, None)) | {"returning": (0.5, 0.5, None)}),
    ],
)
def test_the_case_mix_of_others_is_told_of_enough_of_them(
    of_twelve: Home, audience: str | None, shares: dict[str, tuple[float | None, ...]]
) -> None:
    table = table_in(of_twelve, audience, "mix/agent/a1")
    assert {row["mix_code"]: (row["share"], row["team_share"], row["centre_share"]) for row in table} == shares
    assert (table_in(of_twelve, audience, "mix/agent/a2") == []) is (audience is not None)
    for name in ("praise_correlation", "auditions"):
        assert len(table_in(of_twelve, audience, name)) == (audience is None)


@pytest.mark.parametrize(
    ("audience", "people"), [(None, {"a1", "a2", "a3"}), ("leads/TA", {"a1", "a3"}), ("own/a1", {"a1"})]
)
def test_self_reports_are_told_of_own_agents_those_that_did_not_come_too(
    of_twelve: Home, audience: str | None, people: set[str]
) -> None:
    reports = table_in(of_twelve, audience, "self_reports")
    assert {row["agent_id"] for row in reports} == people
    assert {row["self_report_state"] for row in reports if row["agent_id"] == "a1"} == {"equal", "missing"}


def test_what_rises_is_told_to_all_alike_and_its_contacts_to_nobody_else(of_twelve: Home) -> None:
    def warnings(folder: Path) -> tuple[Any, int]:
        files = json.loads((folder / "manifest.json").read_text())["files"]
        contacts = json.loads((folder / files["signal_contacts"]).read_text())
        return json.loads((folder / files["warnings"]).read_text()), len(rows(contacts))

    everybody, contacts = warnings(of_twelve.site / "data")
    assert ([row["signal_id"] for row in rows(everybody["signals"])], contacts > 0) == (["t1@2026-04-15T10"], True)
    assert [warnings(data_of(of_twelve, audience)) for audience in ("leads/TA", "own/a1")] == [(everybody, 0)] * 2


def test_too_few_outside_in_all_are_told_of_nowhere(tmp_path: Path) -> None:
    few = "delete from fct_complaint where leaf != 'knowledge.wrong'; delete from fct_cause_record where cause != 'x';"
    home = published(tmp_path, few, decided="0")
    assert told(home, "leads/TA", "complaints") == []
    assert told(home, "leads/TA", "causes") == []


@pytest.mark.parametrize(("audience", "told_of"), [("leads/TA", {("staff_satisfaction", "team")}), ("own/a1", set())])
def test_figures_of_leaders_and_of_staff_surveys_stay_where_they_were_made(
    of_twelve: Home, audience: str, told_of: set[tuple[str, str]]
) -> None:
    folder = data_of(of_twelve, audience)
    manifest = json.loads((folder / "manifest.json").read_text())
    table = json.loads((folder / manifest["tables"]["fct_kpi_value"]).read_text())
    parts = [table, *(json.loads((folder / name).read_text()) for name in table.get("more", []))]
    seen = {(row["kpi_id"], row["scope_kind"]) for part in parts for row in rows(part)}
    assert {one for one in seen if one[0] in ("leader_plan_rate", "staff_satisfaction")} == told_of


@pytest.mark.parametrize(("people", "is_shown"), [(3, False), (5, True)])
def test_a_rate_is_told_by_the_owners_of_its_records(tmp_path: Path, people: int, is_shown: bool) -> None:
    # PV-1 of complaints: all twelve are at work all days, and of so many outside team A complaints were decided.
    decided = f"(happened.agent_id in (select 'a' || 2 * n from range(1, {people} + 1) as r (n)))::bigint"  # noqa: S608 - own number
    home = published(tmp_path, decided=decided)
    folder = data_of(home, "leads/TA")
    manifest = json.loads((folder / "manifest.json").read_text())
    table = json.loads((folder / manifest["tables"]["fct_kpi_value"]).read_text())
    months = {
        row["kpi_id"]
        for part in (table, *(json.loads((folder / name).read_text()) for name in table.get("more", [])))
        for row in rows(part)
        if (row["scope_kind"], row["period_kind"], row["period_start"]) == ("centre", "month", "2026-03-01")
    }
    assert ("complaint_upheld_rate" in months) is is_shown
    assert "complaint_rate" in months
    # What the tree tells of decisions goes with the rates of them.
    decided_parts = {row["decided"] is not None for row in told(home, "leads/TA", "complaints")}
    assert decided_parts in ({is_shown}, {False})


def test_channels_are_not_told_by_owners_of_records(of_twelve: Home) -> None:
    folder = data_of(of_twelve, "leads/TA")
    files = json.loads((folder / "manifest.json").read_text())["files"]
    channels = [(folder / name).read_text() for key, name in files.items() if key.startswith("scope/channel")]
    assert channels
    assert not [text for text in channels if "complaint_upheld_rate" in text]
