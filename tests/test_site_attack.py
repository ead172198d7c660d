"""What a reader of a team's or agent's site can work out by subtracting: nothing about one to four people outside.

tests/support/site_attack.py is the attack; here it is made on small centres by hand, on random ones and on the sample.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.centre import load_centre
from orchestration.home.paths import Home
from orchestration.site.publisher import write_site
from orchestration.site.store.dates import read_dates
from orchestration.site.store.sites import AudienceSite
from tests.support.seeds import few_of_many
from tests.support.site_attack import following
from tests.support.site_audiences import EVERYBODY_AT_WORK, connected, data_of, nobody_else_at_work, prepared, publish
from tests.support.site_outside import Cell, people_of_half_hours, people_outside
from tests.support.site_published import write_published
from tests.support.site_told import Values, half_hours_in_rows, together, told_in_files, told_in_rows

FIRST_HALF_HOURS = date(2026, 4, 14)

TA = "{name: leads, scope: team, ids: [TA]}"

AUDIENCES = [("team", "TA"), ("team", "TB"), ("team", "T0"), ("agent", "a1"), ("agent", "a2"), ("agent", "a7")]

SCOPES = """
    -- Three channels; `shared` is a queue of two of them, and some contacts are in no queue.
    create or replace temp table more as
    select unnest(['channel', 'channel', 'queue', 'queue', 'queue', 'queue', 'queue']) as kind,
        unnest(['voice', 'chat', 'web-2', 'voice-1', 'voice-2', 'chat-1', 'shared']) as new_id;
    insert into dim_scope by name
    select scope.* replace (more.new_id as scope_id)
    from dim_scope as scope inner join more on scope.scope_kind = more.kind;
    insert into fct_kpi_value by name
    select told.* replace (more.new_id as scope_id)
    from fct_kpi_value as told inner join more on told.scope_kind = more.kind;
"""

PLACES = """
    {scopes}
    create or replace temp table place as
    select leg_key, agent_date, agent_id, case
        when number < 25 then 'web q1' when number < 45 then 'web web-2'
        when number < 65 then 'voice voice-1' when number < 85 then 'voice voice-2'
        when number < 95 then 'chat chat-1' when number < 97 then 'web shared' when number < 99 then 'voice shared'
        else 'web ' end as place
    from (select *, (random() * {most})::integer as number from fct_contact_leg);
    update fct_contact_leg set channel = split_part(place, ' ', 1), queue_id = nullif(split_part(place, ' ', 2), '')
    from place where fct_contact_leg.leg_key = place.leg_key;
"""

RANDOM = """
    select setseed({seed});
    -- Each agent is at work on some days of the week more than on others, and some are of the other team for a while.
    create or replace temp table day_of_work as
    select agent_id, agent_date from bridge_agent_team_day
    where team_id = 'T0' and random() * 100 < least({present}, if(isodow(agent_date) > 5, {weekend}, 100));
    delete from fct_agent_day where (agent_id, agent_date) not in (select (agent_id, agent_date) from day_of_work);
    delete from fct_contact_leg where (agent_id, agent_date) not in (select (agent_id, agent_date) from day_of_work);
    update bridge_agent_team_day set team_id = if(team_id = 'TA', 'TB', 'TA')
    where team_id != 'T0' and agent_date < date '2026-03-20' and agent_id in ({moved});
    -- half-hours
    -- One KPI is not recorded in the chat, one is not told of channels, one not of queues.
    update fct_kpi_value set numerator = null, denominator = null, value = null, n = null
    where kpi_id = 'kpi_2' and scope_id in ('chat', 'chat-1');
    delete from fct_kpi_value where kpi_id = 'kpi_3' and scope_kind = 'channel';
    delete from fct_kpi_value where kpi_id = 'kpi_4' and scope_kind = 'queue';
"""


HALF_HOURS = """
    -- Of the last three days half-hours are told; everybody who is there has seven contacts in three hours.
    create or replace temp table taken as
    select leg.*, number, leg.contact_key || 'h' || number as new_key,
        connected_at + to_minutes((random() * 160)::integer) as new_at
    from fct_contact_leg as leg cross join range(6) as numbers (number)
    where agent_date >= date '2026-04-14';
    insert into fct_contact_leg by name
    select * exclude (number, new_key, new_at)
        replace (new_key as contact_key, new_key || '#1' as leg_key, new_key || '@1' as visit_key,
            new_at as connected_at, new_at + interval 5 minute as ended_at)
    from taken;
    insert into fct_contact by name
    select contact.* replace (taken.new_key as contact_key,
        time_bucket(interval 30 minute, taken.new_at) as half_hour_started_at)
    from taken inner join fct_contact as contact on taken.contact_key = contact.contact_key;
    insert into fct_queue_visit by name
    select visit.* replace (taken.new_key || '@1' as visit_key, taken.new_key as contact_key,
        taken.new_at as entered_at)
    from taken inner join fct_queue_visit as visit on taken.contact_key = visit.contact_key;
"""

TOLD_HALF_HOURS = """
    delete from fct_kpi_half_hour;
    insert into fct_kpi_half_hour by name
    select kpi_id, scope_kind, scope_id, local_date, 1.0 as numerator, 1.0 as denominator, 1.0 as value, 5 as n,
        local_date::timestamptz + interval 9 hour + to_minutes(30 * number) as half_hour_started_at
    from (select distinct kpi_id, scope_kind, scope_id from fct_kpi_value where numerator is not null) as told
    cross join range(6) as numbers (number)
    cross join (select unnest([date '2026-04-14', date '2026-04-15', date '2026-04-16']) as local_date)
    where scope_kind in ('centre', 'channel', 'queue');
"""


def random_centre(seed: int) -> str:
    draw = random.Random(seed)  # noqa: S311 - no secret
    moved = ", ".join(f"'a{number}'" for number in draw.sample(range(1, 13), 3))
    shape = {"present": draw.choice([15, 40, 70, 100]), "weekend": draw.choice([5, 30, 100]), "moved": moved}
    script = RANDOM.format(seed=draw.random(), **shape)
    places = PLACES.format(scopes=SCOPES, most=draw.choice([60, 99, 100]))
    return EVERYBODY_AT_WORK + script.replace("-- half-hours", HALF_HOURS) + places + TOLD_HALF_HOURS


def told_to(folder: Path, file: Path, sites: list[AudienceSite]) -> Iterator[tuple[AudienceSite, Values]]:
    """Each audience, and what it is told of wider scopes."""
    rows = prepared(folder, file, sites)
    for site in sites:
        with connected(file) as connection:
            rows.restrict(connection, site)
            values = told_in_rows(connection, "wide.main.wide_value")
            yield (
                site,
                together(values, half_hours_in_rows(connection, "half_hour.main.fct_kpi_half_hour", FIRST_HALF_HOURS)),
            )


def hidden_from_ta(folder: Path, extra: str, agents: int = 12) -> set[Cell]:
    """The cells of channels and the centre that team TA does not see, without periods that trail."""
    file = write_published(folder / "published.duckdb", agents=agents, contacts=40 * agents, kpis=1, extra=extra)
    ((_, told),) = told_to(folder, file, [AudienceSite("TA", folder, folder, "team", "TA")])
    with connected(file) as connection:
        everything = told_in_rows(connection, "published.scorecard.fct_kpi_value")
    return {
        cell
        for cell in everything["kpi_1"] - told.get("kpi_1", set())
        if cell[0] != "queue" and "trailing" not in cell[2]
    }


def test_a_sunday_of_one_other_person_hides_itself_and_the_saturday(tmp_path: Path) -> None:
    # The week less six days would be the Sunday. The border between Saturday and Sunday is not told: at the other one
    # weeks end. All work is in one channel, so the centre is the same and hides the same.
    sunday = nobody_else_at_work("2026-04-12", "a1", "a2")
    assert hidden_from_ta(tmp_path, EVERYBODY_AT_WORK + sunday) == {
        (kind, scope, "day", day)
        for kind, scope in (("centre", "centre"), ("channel", "web"))
        for day in ("2026-04-11", "2026-04-12")
    }


def test_what_one_channel_hides_another_one_hides_too_and_the_centre_not(tmp_path: Path) -> None:
    # Of 24 agents five of team B have the chat, but for 8 April, when one has: he would be the centre less the web.
    chat = """
        update fct_contact_leg set channel = 'chat', queue_id = 'chat-1'
        where agent_id in ('a2', 'a4', 'a6', 'a8', 'a10');
        delete from fct_contact_leg
        where agent_date = date '2026-04-08' and agent_id in ('a2', 'a4', 'a6', 'a8');
    """
    hidden = hidden_from_ta(tmp_path, EVERYBODY_AT_WORK.replace("% 12", "% 24") + SCOPES + chat, agents=24)
    assert {cell for cell in hidden if cell[1] != "voice"} == {
        ("channel", channel, "day", day) for channel in ("chat", "web") for day in ("2026-04-08", "2026-04-09")
    }


def test_where_there_is_no_other_channel_the_centre_is_hidden_in_what_is_told_of_it(tmp_path: Path) -> None:
    # Contacts are the work of one of the others alone; signed in are all. The one channel would be the centre.
    one = "delete from fct_contact_leg where agent_id not in ('a2', 'a1', 'a3');"
    hidden = hidden_from_ta(tmp_path, EVERYBODY_AT_WORK + one)
    assert {cell[0] for cell in hidden} == {"centre", "channel"}


def test_nothing_is_hidden_where_there_are_enough_everywhere(tmp_path: Path) -> None:
    assert hidden_from_ta(tmp_path, EVERYBODY_AT_WORK) == set()


@pytest.mark.parametrize("seed", few_of_many(8))
def test_on_a_random_centre_nothing_follows(tmp_path: Path, seed: int) -> None:
    file = write_published(tmp_path / "published.duckdb", contacts=480, kpis=4, extra=random_centre(seed))
    sites = [AudienceSite(scope_id, tmp_path, tmp_path, scope, scope_id) for scope, scope_id in AUDIENCES]
    for site, told in told_to(tmp_path, file, sites):
        with connected(file) as connection:
            assert following(connection, site.scope, site.scope_id, told, FIRST_HALF_HOURS) == [], site.name


def test_the_attack_finds_what_is_only_left_out_itself(tmp_path: Path) -> None:
    # Left out is what covers one to four, as such: then the attack finds much of it.
    file = write_published(tmp_path / "published.duckdb", contacts=480, kpis=4, extra=random_centre(4))
    schema = "published.scorecard"
    with connected(file) as connection:
        outside = people_outside(connection, "agent", "a1")
        half_hours = people_of_half_hours(connection, "agent", "a1", FIRST_HALF_HOURS)
        outside |= {cell: people for cell, (_, people) in half_hours.items()}
        everything = together(
            told_in_rows(connection, f"{schema}.fct_kpi_value"),
            half_hours_in_rows(connection, f"{schema}.fct_kpi_half_hour", FIRST_HALF_HOURS),
        )
        told = {
            kpi: {cell for cell in cells if not 1 <= outside.get(cell, 0) <= 4} for kpi, cells in everything.items()
        }
        found = {cell[2] for _, cell, _ in following(connection, "agent", "a1", told, FIRST_HALF_HOURS)}
        assert {"day", "week", "half_hour"} <= found


def test_nothing_follows_from_the_files_of_a_site(tmp_path: Path) -> None:
    home = Home(tmp_path)
    publish(home, TA, contacts=480, kpis=4, extra=random_centre(5))
    told = told_in_files(data_of(home, "leads/TA"))
    assert told
    with connected(home.published_file) as connection:
        assert following(connection, "team", "TA", told, FIRST_HALF_HOURS) == []


@pytest.mark.slow
def test_nothing_follows_from_the_files_of_the_samples_sites(sample_home: Home, tmp_path: Path) -> None:
    home = _with_audiences(sample_home, tmp_path)
    centre = load_centre(home)
    write_site(home, centre)
    first_half_hours = read_dates(home.published_file, centre.thresholds).first_drill_day
    with duckdb.connect() as connection:
        connection.execute(f"set TimeZone = 'UTC'; attach '{home.published_file}' as published (read_only)")
        for folder in sorted((home.site / "audiences").glob("*/*/data")):
            scope_id, audience = folder.parts[-2], folder.parts[-3]
            told = told_in_files(folder)
            assert told
            assert following(connection, audience, scope_id, told, first_half_hours) == [], scope_id


def _with_audiences(sample: Home, folder: Path) -> Home:
    """A home with the sample's published file and sites for all teams and two agents."""
    home = Home(folder)
    home.published_file.parent.mkdir(parents=True)
    home.published_file.hardlink_to(sample.published_file)
    settings = (sample.root / "centre.yaml").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{home.published_file}' as published (read_only)")
        rows = connection.execute(
            "select scope_id from published.scorecard.dim_scope where scope_kind = 'agent' order by all limit 2"
        ).fetchall()
    agents = ", ".join(scope_id for (scope_id,) in rows)
    audiences = f"audiences: [{{name: team, scope: team}}, {{name: agent, scope: agent, ids: [{agents}]}}]"
    days = "thresholds: {drill_days: 5}"
    (home.root / "centre.yaml").write_text(f"{settings}\n{audiences}\n{days}\n", encoding="utf-8")
    return home
