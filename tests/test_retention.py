"""What a centre keeps no more goes on purpose, after its last publication is made; every value stays."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from rich.console import Console

from orchestration.centre import CentreError, parse_centre
from orchestration.centre.keep import Keep
from orchestration.home.paths import Home
from orchestration.home.retained import day_before, retained
from orchestration.run.audit import look_at_all
from orchestration.run.cli_report import tell_ordered
from orchestration.run.history import Ordered, going_next, order_restatement
from orchestration.warehouse.build_state import BuildState
from orchestration.warehouse.history.store import HistoryStore
from tests.support.compiled import compiled_project
from tests.support.publishing_home import CENTRE, CONTACTS, EVENTS, RATINGS, PublishingHome

KEEP = CENTRE + "keep: {records: 3 months, landing: 30d, quarantine: 30d}\n"


def chat(name: str, day: str, agent: str = "ann") -> tuple[str, str]:
    """A contact of five minutes on a day, and its events."""
    return (
        f"{name},{name},web,inbound,{day}T09:00:00Z,{day}T09:05:00Z\n",
        f"{name},{day}T09:00:00Z,connected,{agent}\n{name},{day}T09:05:00Z,ended,{agent}\n",
    )


def drop_of(day: str, *chats: tuple[str, str], ratings: str = "", bad: str = "") -> dict[str, str]:
    contacts, events = ("".join(parts) for parts in zip(*chats, strict=True))
    files = {f"desk/{day}/contacts.csv": CONTACTS + contacts + bad, f"desk/{day}/contact_events.csv": EVENTS + events}
    return files | ({f"desk/{day}/ratings.csv": RATINGS + ratings} if ratings else {})


OLD = drop_of(
    "2025-11-04",
    chat("nov", "2025-11-03"),
    chat("bob", "2025-11-03", "bob"),
    ratings="r1,nov,2025-11-03T09:06:00Z,2025-11-03T09:06:00Z,2025-11-03T09:10:00Z,5\n",
    bad="bad,,web,inbound,yesterday,\n",
)
TURN = drop_of("2026-01-04", chat("dec", "2025-12-30"), chat("jan", "2026-01-02"))
CAUSES = {
    "desk/2026-01-06/quality_reviews.csv": "review_id,contact_id,agent_id,reviewer_id,mode,selection,score,"
    "reviewed_at\nw1,dec,ann,eve,after,random,80,2025-12-31T10:00:00Z\n",
    "desk/2026-01-06/quality_errors.csv": "review_id,error_code,class,good_faith\nw1,KN-02,severe,false\n",
    "desk/2026-01-06/time_records.csv": "record_id,agent_id,worked_on,category,minutes,cause_kind,cause_code\n"
    "t1,ann,2026-01-05,error_work,60,error_code,KN-02\nt2,ann,2026-01-05,error_work,30,error_code,AT-03\n",
}
"""An error of December, and what is spent in January on it and on another one."""
NEW = drop_of("2026-04-21", chat("apr", "2026-04-20"))
VALUES = """
    select * exclude (is_provisional, ci_lower, ci_upper) from scorecard.fct_kpi_value
    where period_kind in ('day', 'week', 'month', 'quarter', 'year') and period_start < '2026-01-01'
    order by all
"""
"""All that was told of 2025, and of the week that begins in it."""


class Years:
    """A home of three drops before and after the turn of a year, published, and published again with `keep`."""

    def __init__(self, folder: Path) -> None:
        self.home = PublishingHome(folder / "home", compiled_project())
        self.home.publish(OLD | TURN | CAUSES | NEW)
        self.effort = self.effort_of_january()
        self.before = self.home.ask(VALUES)
        self.decided = self.home.publish({}, KEEP)
        self.facts_when_decided = self.contacts()
        self.landed_when_decided = self.landed()
        self.is_current_when_decided = BuildState(self.home.home).is_current(None)
        self.told_when_decided = going_next(self.home.home)
        self.gone = self.home.publish({}, KEEP)

    def effort_of_january(self) -> list[tuple[Any, ...]]:
        return self.home.ask(
            "select numerator, denominator from scorecard.fct_kpi_value where kpi_id = 'effort_on_vital_few_share' "
            "and scope_kind = 'centre' and period_kind = 'month' and period_start = '2026-01-01'"
        )

    def contacts(self) -> list[str]:
        return [name for (name,) in self.home.ask("select contact_id from scorecard.fct_contact order by all")]

    def landed(self) -> set[str]:
        return {path.relative_to(self.home.home.landing).as_posix() for path in self.home.home.landing.rglob("*.csv")}


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Years:
    return Years(tmp_path_factory.mktemp("years"))


@pytest.mark.slow
def test_every_value_of_the_years_that_went_stays_and_none_is_restated(years: Years) -> None:
    assert len(years.before) > 100
    assert years.home.ask(VALUES) == years.before
    assert (years.decided.restated, years.gone.restated) == (0, 0)


@pytest.mark.slow
def test_what_goes_is_published_before_it_goes(years: Years) -> None:
    assert years.facts_when_decided == ["apr", "bob", "dec", "jan", "nov"]
    assert years.landed_when_decided == {*OLD, *TURN, *CAUSES, *NEW}
    told = years.home.ask(
        "select publication, area, gone_before, kept_from, file_count, row_count from "
        "scorecard.fct_retention order by all"
    )
    assert told == [
        (2, "landing", date(2026, 3, 22), date(2026, 3, 22), 8, 0),
        (2, "quarantine", date(2026, 3, 22), date(2026, 3, 22), 1, 1),
        # 38 days before the year: the window of first contact resolution, and a month. Two contacts, four events, a
        # rating lie before.
        (2, "records", date(2025, 11, 24), date(2026, 1, 1), 3, 7),
    ]


@pytest.mark.slow
def test_a_publication_after_which_something_goes_asks_for_another_build_and_says_so(years: Years) -> None:
    assert years.is_current_when_decided is False
    assert years.told_when_decided[0].startswith("8 landed files of days before 2026-03-22")
    assert BuildState(years.home.home).is_current(None)


@pytest.mark.slow
def test_records_go_with_their_year_but_for_those_that_later_ones_look_back_on(years: Years) -> None:
    assert years.contacts() == ["apr", "dec", "jan"]
    dates = {path.parent.name for path in (years.home.home.raw / "contacts").rglob("desk--*.parquet")}
    assert dates == {"event_date=2025-12-30", "event_date=2026-01-02", "event_date=2026-04-20"}


@pytest.mark.slow
def test_a_month_after_those_that_went_is_still_held_against_the_causes_of_the_one_before(years: Years) -> None:
    # Of 90 minutes 60 went into what made all errors of December.
    assert years.effort == years.effort_of_january() == [(60, 90)]


@pytest.mark.slow
def test_landed_files_and_findings_go_by_their_landing_day_and_their_counts_stay(years: Years) -> None:
    assert years.landed() == set(NEW)
    assert years.home.ask("from scorecard.fct_quarantine") == []
    counts = "select records_read, records_quarantined from scorecard.fct_file where landing_day = '2025-11-04'"
    assert sorted(years.home.ask(counts)) == [(1, 0), (3, 1), (4, 0)]
    assert look_at_all(years.home.home).faults == []


@pytest.mark.slow
def test_everything_is_told_from_the_first_year_that_is_kept(years: Years) -> None:
    received = (
        "select period_start, value from scorecard.fct_kpi_value where kpi_id = 'contacts_received' and "
        "scope_kind = 'centre' and period_kind = '{}' order by all"
    )
    assert years.home.ask(received.format("all")) == [(date(2026, 1, 1), 2)]
    months = [month for month in years.home.ask(received.format("month")) if month[1]]
    assert months == [(date(2025, 11, 1), 2), (date(2025, 12, 1), 1), (date(2026, 1, 1), 1), (date(2026, 4, 1), 1)]


@pytest.mark.slow
def test_a_record_that_comes_for_a_time_that_went_is_set_aside_and_changes_nothing(years: Years) -> None:
    late = drop_of("2026-04-22", chat("late", "2025-11-05"), chat("new", "2026-04-21"))
    publication = years.home.publish(late, KEEP)
    assert publication.restated == 0
    assert years.home.ask("select distinct check_name, field, remedy from scorecard.fct_quarantine order by all") == [
        (
            "before_kept_records",
            name,
            "Nothing to do if it came late; correct the time if it is wrong.",
        )
        for name in ("occurred_at", "started_at")
    ]
    assert years.home.ask(VALUES) == years.before
    assert "late" not in years.contacts()


@pytest.mark.slow
def test_without_the_setting_what_went_stays_gone_and_no_more_goes(years: Years) -> None:
    landed = years.landed()
    publication = years.home.publish(drop_of("2026-07-02", chat("far", "2026-07-01")))
    assert publication.restated == 0
    assert years.home.ask(VALUES) == years.before
    assert {"dec", "jan", "apr", "far"} <= set(years.contacts())
    assert retained(years.home.home).kept_from == date(2026, 1, 1)
    assert landed <= years.landed()
    assert HistoryStore(years.home.home).prepared("retention", publication.number).is_empty()


@pytest.mark.slow
def test_an_order_for_a_time_that_went_is_obeyed_from_the_first_day_that_is_kept(years: Years, tmp_path: Path) -> None:
    home = PublishingHome(tmp_path / "home", years.home.project)
    shutil.copytree(years.home.root, home.root, symlinks=True)
    stricter = KEEP + "targets: [{target_id: t, kpi_id: satisfaction_score, scope_kind: default, lower_bound: 99}]\n"
    home.publish({}, stricter)
    ordered = order_restatement(home.home, ["satisfaction_score"], date(2025, 6, 1), "the contract says so")
    assert ordered == Ordered(["satisfaction_score"], stays_before=date(2026, 1, 1))
    home.publish({}, stricter)
    bounds = (
        "select distinct lower_bound from scorecard.fct_kpi_value where kpi_id = 'satisfaction_score' and {} order by 1"
    )
    months = "period_kind = 'month' and scope_kind = 'centre' and period_start {} '2026-01-01'"
    assert home.ask(bounds.format(months.format("<"))) == [(97,)]
    assert home.ask(bounds.format(months.format(">="))) == [(99,)]
    assert home.ask(VALUES) == years.before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "stays_before"),
    # The week of New Year's Day 2026 began on 29 December and ended on 4 January.
    [(date(2026, 1, 4), date(2026, 1, 1)), (date(2026, 1, 5), None)],
)
def test_only_an_order_that_reaches_back_beyond_the_first_day_that_is_kept_says_so(
    years: Years, tmp_path: Path, first: date, stays_before: date | None
) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(years.home.root, home.root, symlinks=True)
    assert order_restatement(home, ["connect_rate"], first, "agreed").stays_before == stays_before


@pytest.mark.slow
def test_an_order_is_told_of_what_goes_at_the_run_that_would_obey_it(tmp_path: Path) -> None:
    home = PublishingHome(tmp_path / "home", compiled_project())
    home.publish(OLD | TURN | NEW)
    assert order_restatement(home.home, ["connect_rate"], date(2025, 11, 1), "agreed").stays_before is None
    home.home.centre_file.write_text(KEEP)
    assert order_restatement(home.home, ["connect_rate"], date(2025, 11, 1), "agreed").stays_before == date(2026, 1, 1)


def test_the_terminal_says_what_no_order_can_change(capsys: pytest.CaptureFixture[str]) -> None:
    out = Console(soft_wrap=True)
    tell_ordered(out, Ordered(["connect_rate"], date(2026, 1, 1)), date(2025, 6, 1), "scorehouse run")
    tell_ordered(out, Ordered(["connect_rate"], None), date(2026, 2, 1), "scorehouse run")
    anew = (
        "The next run makes 1 KPI anew in every period that ends on {} or later, and says so at each value that changes"
    )
    told = capsys.readouterr().out.splitlines()
    assert [re.split(r"[:.] ", line)[0] for line in told] == [
        anew.format("2025-06-01"),
        "But for periods that begin before 2026-01-01",
        anew.format("2026-02-01"),
    ]


@pytest.mark.parametrize(
    ("span", "day"),
    [("90d", date(2026, 3, 2)), ("25mo", date(2024, 4, 30)), ("2y", date(2024, 5, 31)), ("3mo", date(2026, 2, 28))],
)
def test_a_span_goes_back_from_a_day_by_the_calendar(span: str, day: date) -> None:
    assert day_before(date(2026, 5, 31), span) == day


@pytest.mark.parametrize(("text", "span"), [("90d", "90d"), ("1 day", "1d"), ("25 months", "25mo"), ("2 Years", "2y")])
def test_spans_are_written_as_people_say_them(text: str, span: str) -> None:
    assert Keep(landing=text).spans() == {"landing": span}


@pytest.mark.parametrize(
    ("keep", "told"),
    [
        ("{landing: 0d}", "'0d' is no span of time; write it as 90d, 25 months or 2 years"),
        ("{quarantine: soon}", "'soon' is no span of time"),
        ("{records: 60d}", "'60d' is less than 3 months"),
        ("{contacts: 90d}", "unknown key"),
    ],
)
def test_what_is_no_span_is_an_error_with_its_path(keep: str, told: str) -> None:
    with pytest.raises(CentreError, match=told) as error:
        parse_centre(f"{CENTRE}keep: {keep}\n", "centre.yaml")
    assert "centre.yaml: keep." in str(error.value)


def test_limits_count_once_their_publication_is_in_place(tmp_path: Path) -> None:
    home: Any = PublishingHome(tmp_path, None)  # type: ignore[arg-type]
    folder = home.home.history / "retention"
    folder.mkdir(parents=True)
    pl.DataFrame(
        {"area": ["records"], "gone_before": [date(2025, 12, 1)], "kept_from": [date(2026, 1, 1)]}
    ).write_parquet(folder / "000002.parquet")
    assert retained(home.home).gone_before == {}
    (home.home.history / "published.json").write_text('{"number": 2}')
    assert retained(home.home).gone_before == {"records": date(2025, 12, 1)}
