"""The sample centre: the same bytes each time, every kind of record in it, the stated share of dirt."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import duckdb
import pyarrow
import pytest

from orchestration.centre import load_centre
from orchestration.demo import DemoError, DemoPlan, write_bench_centre, write_demo
from orchestration.demo.holidays import public_holidays
from orchestration.home.paths import Home
from orchestration.policy import load_policy

UNTIL = date(2026, 4, 16)
"""Easter and the end of daylight saving are in the last three weeks of it."""


def fingerprint(home: Home) -> dict[str, str]:
    return {
        str(path.relative_to(home.root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.root.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The hostile centre: it has every kind of record, and names that try to break things."""
    home = Home(tmp_path_factory.mktemp("demo"))
    write_demo(home, agents=40, days=21, seed=7, until=UNTIL, hostile=True)
    return home


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The centre that people see first."""
    home = Home(tmp_path_factory.mktemp("ordinary"))
    write_demo(home, agents=24, days=7, seed=7, until=UNTIL)
    return home


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A hostile centre of a few people and days, to be made again."""
    home = Home(tmp_path_factory.mktemp("small"))
    write_demo(home, agents=12, days=8, seed=7, until=UNTIL, hostile=True)
    return home


def read(home: Home, pattern: str, **options: object) -> duckdb.DuckDBPyRelation:
    return duckdb.from_arrow(_read(home.landing / pattern, **options))


@cache
def _read(files: Path, **options: object) -> pyarrow.Table:
    """Read once whatever many tests ask."""
    return duckdb.read_csv(str(files), all_varchar=True, **options).to_arrow_table()  # type: ignore[arg-type]


def one(relation: duckdb.DuckDBPyRelation, expression: str) -> object:
    row = relation.aggregate(expression).fetchone()
    assert row is not None
    return row[0]


def test_the_same_arguments_give_the_same_bytes(small: Home, tmp_path: Path) -> None:
    again = Home(tmp_path / "again")
    write_demo(again, agents=12, days=8, seed=7, until=UNTIL, hostile=True)
    assert fingerprint(again) == fingerprint(small)


def test_another_seed_gives_another_centre_of_the_same_shape(small: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    write_demo(other, agents=12, days=8, seed=8, until=UNTIL, hostile=True)
    mine, theirs = fingerprint(small), fingerprint(other)
    contacts = [name for name in mine if name.endswith("contacts.csv")]
    # So few take no contact on Sunday, 12 April.
    assert len(contacts) == 7
    assert all(mine[name] != theirs[name] for name in contacts)


def test_a_home_that_holds_this_sample_is_left_alone(home: Home) -> None:
    before = fingerprint(home)
    result = write_demo(home, agents=40, days=21, seed=7, until=UNTIL, hostile=True)
    assert result.was_there
    assert fingerprint(home) == before


def test_a_home_with_other_files_is_refused_and_named(home: Home, tmp_path: Path) -> None:
    with pytest.raises(DemoError, match="other size, seed or days"):
        write_demo(home, agents=40, days=22, seed=7, until=UNTIL, hostile=True)
    with pytest.raises(DemoError, match="other size, seed or days"):
        write_demo(home, agents=40, days=21, seed=7, until=date(2026, 4, 15), hostile=True)
    with pytest.raises(DemoError, match="other size, seed or days"):
        write_demo(home, agents=40, days=21, seed=7, until=UNTIL)
    foreign = Home(tmp_path / "foreign")
    (foreign.landing / "pbx" / "2026-01-01").mkdir(parents=True)
    (foreign.landing / "pbx" / "2026-01-01" / "queue_log").write_text("x", encoding="utf-8")
    with pytest.raises(DemoError, match="holds files already"):
        write_demo(foreign, agents=40, days=21, seed=7, until=UNTIL, hostile=True)


@pytest.mark.parametrize(("agents", "days", "seed"), [(7, 60, 1), (40, 6, 1), (40, 60, -1)])
def test_arguments_out_of_range_are_refused(agents: int, days: int, seed: int, tmp_path: Path) -> None:
    with pytest.raises(DemoError, match=r"out of range\. Remedy"):
        write_demo(Home(tmp_path), agents, days, seed)


def test_days_end_yesterday_if_not_said_otherwise(tmp_path: Path) -> None:
    home = Home(tmp_path)
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    result = write_demo(home, agents=8, days=7)
    assert (result.first_day, result.last_day) == (yesterday - timedelta(days=6), yesterday)
    # A landing day that has not begun would wait at the door.
    assert max(path.name for path in (home.landing / "desk").iterdir()) == (yesterday + timedelta(days=1)).isoformat()


def test_the_sample_of_an_earlier_day_is_left_alone_if_no_last_day_is_named(tmp_path: Path) -> None:
    home = Home(tmp_path)
    write_demo(home, agents=8, days=7, until=UNTIL)
    result = write_demo(home, agents=8, days=7)
    assert (result.was_there, result.last_day) == (True, UNTIL)


@pytest.mark.parametrize("until", [date(1999, 12, 31), date(2999, 1, 1)])
def test_a_last_day_that_is_not_over_is_refused(until: date, tmp_path: Path) -> None:
    with pytest.raises(DemoError, match=r"until: .* is out of range\. Remedy: 2000-01-01 to"):
        write_demo(Home(tmp_path), agents=8, days=7, until=until)


def test_today_is_not_over() -> None:
    with pytest.raises(DemoError, match="out of range"):
        DemoPlan(agents=8, days=7, seed=1, until=datetime.now(UTC).date())


@pytest.mark.parametrize(
    ("year", "friday"),
    [(2024, date(2024, 3, 29)), (2025, date(2025, 4, 18)), (2026, date(2026, 4, 3)), (2038, date(2038, 4, 23))],
)
def test_easter_moves_with_the_year(year: int, friday: date) -> None:
    days = public_holidays(year)
    assert {friday, friday + timedelta(days=3), date(year, 12, 25)} <= set(days)
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("pattern", "column"),
    [
        ("hr/*/staff.csv", "name"),
        ("hr/*/teams.csv", "name"),
        ("hr/*/queues.csv", "name"),
        ("ops/*/platform_incidents.csv", "system"),
    ],
)
def test_names_of_the_ordinary_centre_could_be_real(ordinary: Home, home: Home, pattern: str, column: str) -> None:
    def strange(of: Home) -> list[str]:
        rows = read(of, pattern).aggregate(column).fetchall()
        return [name for (name,) in rows if re.search(r"[^\w\s()（）/-]", name) or len(name) > 40]

    assert strange(ordinary) == []
    assert strange(home) != []


def test_the_ordinary_centre_has_bands_of_its_own_for_loads(ordinary: Home, home: Home) -> None:
    loads = {(target.kpi_id, target.scope_id) for target in load_centre(ordinary).targets}
    assert {("contacts_per_agent_hour", team) for team in ("", "T020", "T030", "T102")} <= loads
    assert load_centre(home).targets == ()


def test_a_centre_file_of_ones_own_is_kept(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.centre_file.write_text("name: Mine\n", encoding="utf-8")
    write_demo(home, agents=8, days=7, seed=1)
    assert home.centre_file.read_text(encoding="utf-8") == "name: Mine\n"


def test_the_centre_file_passes_its_own_schema(home: Home) -> None:
    centre = load_centre(home)
    assert centre.time_zone == "Australia/Sydney"
    assert {source.name for source in centre.sources} == {"desk", "pbx", "hr", "qa", "web", "ops"}
    assert {path.name for path in home.landing.iterdir()} <= {source.name for source in centre.sources}
    assert [str(holiday.date) for holiday in centre.holidays if holiday.channel == "web"] == [
        "2026-04-03",
        "2026-04-06",
    ]


def test_the_sample_has_a_complete_policy_of_its_own_people(home: Home) -> None:
    policy = load_policy(home, load_centre(home))
    assert [(one.section, one.missing) for one in policy.versions] == [
        (section, ()) for section in ("assessment", "quality_index", "points", "contests", "piece_rate")
    ]
    agents = {row[0] for row in read(home, "hr/*/staff.csv").select("agent_id").fetchall()}
    assert {name for one in policy.versions for name in one.approved_by} <= agents
    kinds = {row[0] for row in read(home, "hr/*/teams.csv").select("kind").fetchall()}
    assert {kind for one in policy.versions if one.applies_to for kind in one.applies_to.team_kinds} <= kinds


def test_a_policy_of_ones_own_is_kept_and_a_sample_without_one_stays_so(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.policy_file.write_text("points: []\n", encoding="utf-8")
    write_demo(home, agents=8, days=7, until=UNTIL)
    assert home.policy_file.read_text(encoding="utf-8") == "points: []\n"
    home.policy_file.unlink()
    write_demo(home, agents=8, days=7, until=UNTIL)
    assert not home.policy_file.exists()


def test_files_look_dropped_on_their_landing_day(home: Home) -> None:
    # A file that was changed just now would wait at the door.
    for path in home.landing.rglob("*"):
        if path.is_file():
            day = date.fromisoformat(path.parent.name)
            assert datetime.fromtimestamp(path.stat().st_mtime, UTC).date() == day


def test_one_row_in_two_hundred_has_a_dirty_twin(home: Home) -> None:
    messages = read(home, "desk/*/messages.csv.gz")
    dirty = messages.filter("message_id like '%x'")
    share = dirty.shape[0] / messages.shape[0]
    # One kind of five is an exact repeat and keeps its id: 4/5 of 0.5 %.
    assert share == pytest.approx(0.004, rel=0.15)
    assert one(messages, "count(*) - count(distinct message_id)") > 0  # type: ignore[operator]


@pytest.mark.parametrize(
    ("pattern", "condition"),
    [
        *[("desk/*/contacts.csv", f"channel = '{channel}'") for channel in ("web", "app", "wechat", "weibo")],
        ("desk/*/contacts.csv", "direction = 'callback' and end_reason = 'closed'"),
        ("desk/*/contacts.csv", "direction = 'outbound' and end_reason = 'no_answer'"),
        ("desk/*/contacts.csv", "reopened_from is not null"),
        ("desk/*/contacts.csv", "end_reason = 'bot_resolved' and queue_id is null"),
        ("desk/*/contacts.csv", "is_test = 'true'"),
        ("desk/*/contacts.csv", "customer_id = '61400000001'"),
        ("desk/*/contacts.csv", "customer_id is null"),
        *[
            ("desk/*/contact_events.csv.gz", f"event_type = '{kind}'")
            for kind in ("queued", "offered", "declined", "connected", "held", "resumed", "transferred", "ended")
        ],
        *[
            ("desk/*/contact_events.csv.gz", f"event_type = '{kind}'")
            for kind in ("wrap_up_started", "wrap_up_ended", "abandoned", "left_queue", "refused")
        ],
        ("desk/*/contact_events.csv.gz", "transfer_kind = 'blind' and transfer_target_id = 'expert-desk'"),
        ("desk/*/contact_events.csv.gz", "transfer_kind = 'warm' and transfer_target_id = queue_id"),
        ("desk/*/contact_events.csv.gz", "transfer_target_id not in (queue_id, 'expert-desk')"),
        *[("desk/*/messages.csv.gz", f"sender = '{sender}'") for sender in ("customer", "agent", "system", "bot")],
        ("desk/*/messages.csv.gz", "sender = 'agent' and is_manual = 'false'"),
        ("desk/*/agent_states.csv", "state in ('away', 'meal', 'training', 'busy')"),
        ("desk/*/agent_states.csv", "ended_at is null"),
        ("desk/*/ratings.csv", "delivered_at is null"),
        ("desk/*/ratings.csv", "rating_id like '%-2'"),
        ("desk/*/ratings.csv", "rated_at::timestamp > invited_at::timestamp + interval 1 day"),
        *[("desk/*/quality_errors.csv", f"class = '{kind}'") for kind in ("severe", "general")],
        *[("desk/*/quality_reviews.csv", f"mode = '{mode}'") for mode in ("live", "after")],
        ("qa/*/quality_reviews.csv", "contact_id is null"),
        ("desk/*/observations.csv", "kind = 'wrap_up'"),
        ("desk/*/recognitions.csv", "kind = 'praise_contact'"),
        ("hr/*/staff.csv", "role = 'trainee'"),
        ("hr/*/staff.csv", "employment = 'part'"),
        ("hr/*/staff.csv", "left_on > '2026-03-27' and leave_reason is not null"),
        ("hr/*/staff.csv", "hired_on > '2026-03-27'"),
        ("hr/*/staff.csv", "name like '%<script>%'"),
        ("hr/*/staff.csv", "name like '=1+1%'"),
        ("hr/*/team_memberships.csv", "is_home_team = 'true' and valid_to > '2026-03-27'"),
        ("hr/*/team_memberships.csv", "is_home_team = 'false'"),
        ("hr/*/queues.csv", "queue_id = 'web-service' and valid_from > '2026-03-27'"),
        ("ops/*/platform_incidents.csv", "approved_at is not null and revoked_at is null"),
        ("ops/*/platform_incidents.csv", "revoked_at is not null"),
        ("ops/*/platform_incidents.csv", "approved_at is null"),
        ("web/*/site_visits.csv", "visitors::bigint > 100"),
    ],
)
def test_every_kind_of_record_is_in_the_sample(home: Home, pattern: str, condition: str) -> None:
    assert read(home, pattern).filter(condition).shape[0] > 0


def test_the_exchange_logs_every_way_a_call_can_go(home: Home) -> None:
    lines = read(home, "pbx/*/queue_log.gz", header=False, sep="|", quotechar="")
    kinds = {row[0] for row in lines.aggregate("column4").fetchall()}
    assert kinds >= {"ENTERQUEUE", "CONNECT", "COMPLETEAGENT", "COMPLETECALLER", "BLINDTRANSFER", "RINGNOANSWER"}
    assert kinds >= {"ABANDON", "EXITWITHTIMEOUT", "EXITWITHKEY", "FULL", "CLOSED", "JOINEMPTY"}
    assert kinds >= {"ADDMEMBER", "REMOVEMEMBER", "PAUSEALL", "UNPAUSEALL"}
    # Somebody calls in the hour that the clocks show twice (Sunday, 5 April 2026, 02:00 to 03:00).
    twice = lines.filter("column0::bigint between 1775314800 and 1775322000 and column4 = 'CONNECT'")
    assert twice.shape[0] > 0


def test_calls_never_overlap_at_one_telephone(home: Home) -> None:
    lines = read(home, "pbx/*/queue_log.gz", header=False, sep="|", quotechar="")
    assert lines.shape[0] > 5_000
    overlaps = duckdb.sql(
        """
        with leg as (
            select column3 as agent, column1 as call, min(column0::bigint) as from_s, max(column0::bigint) as to_s
            from lines
            where column4 in ('CONNECT', 'COMPLETEAGENT', 'COMPLETECALLER', 'BLINDTRANSFER')
                and column2 != 'expert-desk'
            group by all
        )
        select count(*) from leg as a inner join leg as b
            on a.agent = b.agent and a.call < b.call and a.from_s < b.to_s and b.from_s < a.to_s
        """
    ).fetchone()
    assert overlaps == (0,)


def test_a_larger_sample_has_teams_of_working_size(tmp_path: Path) -> None:
    variables = DemoPlan(agents=1000, days=30, seed=1, until=UNTIL).variables()
    assert variables["leaves"] == 83
    assert variables["former"] == 160


def test_the_benchmark_centre_has_the_contacts_asked_for(tmp_path: Path) -> None:
    home = Home(tmp_path)
    result = write_bench_centre(home, agents=20, days=7, contacts=2_000, messages=40_000)
    assert result.contacts == 2_000
    contacts, messages = read(home, "desk/*/contacts.csv"), read(home, "desk/*/messages.csv")
    assert contacts.shape[0] == 2_000
    assert messages.shape[0] == pytest.approx(40_000, rel=0.3)
    assert one(contacts, "count(distinct contact_id)") == 2_000
    assert load_centre(home).source("desk").kind == "feed"


def test_one_reward_waits_for_its_second_approval_and_one_was_taken_back(home: Home) -> None:
    rewards = read(home, "hr/*/rewards.csv", union_by_name=True)
    assert one(rewards.filter("supervisor_approved_by is null"), "count(*)") == 1
    assert one(rewards.filter("revoked_at is not null"), "count(distinct reward_id)") == 1
    assert one(rewards.filter("leader_approved_by = supervisor_approved_by"), "count(*)") == 0


def test_colleagues_praise_each_other_in_every_way(home: Home) -> None:
    praise = read(home, "desk/*/recognitions.csv", union_by_name=True)
    assert one(praise, "count(distinct kind)") == 9
    assert one(praise.filter("kind = 'peer_like' and given_by = agent_id"), "count(*) > 0")
