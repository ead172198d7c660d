"""A closed period keeps the formula and the targets that published it, until a person orders it to be restated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.run.history import OrderError, kept_last, order_restatement
from orchestration.warehouse.build_state import BuildState
from tests.support.publishing_home import CENTRE, RATINGS, PublishingHome, march_home

pytestmark = pytest.mark.slow

SCORE = "satisfaction_score"
STRICTER = CENTRE + "targets: [{target_id: t, kpi_id: satisfaction_score, scope_kind: default, lower_bound: 99}]\n"
LATE_RATING = "r2,two,2026-03-30T10:06:00Z,2026-03-30T10:06:00Z,2026-04-02T10:06:00Z,1\n"
LATER = {
    "desk/2026-05-21/contacts.csv": "contact_id,customer_id,channel,direction,started_at,ended_at\n"
    "may,,web,inbound,2026-05-20T09:00:00Z,2026-05-20T09:05:00Z\n"
}


def values_of(home: PublishingHome, columns: str, period_kind: str = "month") -> dict[date, tuple[object, ...]]:
    rows = home.ask(
        f"""
        select period_start, {columns} from scorecard.fct_kpi_value
        where kpi_id = '{SCORE}' and scope_kind = 'centre' and period_kind = '{period_kind}'
        """  # noqa: S608 - own names
    )
    return {start: tuple(told) for start, *told in rows}


def as_an_earlier_formula_told_it(home: PublishingHome) -> None:
    """Have the published file tell the score of everything as 50 by a formula of version 0."""
    with duckdb.connect(str(home.home.published_file)) as connection:
        connection.execute("update scorecard.dim_kpi set formula_version = '0' where kpi_id = ?", [SCORE])
        connection.execute(
            "update scorecard.fct_kpi_value set formula_version = '0', value = 50, numerator = 50 "
            "where kpi_id = ? and n > 0",
            [SCORE],
        )


def test_another_target_judges_what_was_not_closed_and_nothing_before(tmp_path: Path) -> None:
    home = march_home(tmp_path)
    publication = home.publish({}, STRICTER)
    assert (publication.number, publication.restated) == (2, 0)
    bounds = values_of(home, "lower_bound")
    assert (bounds[date(2026, 3, 1)], bounds[date(2026, 4, 1)]) == ((97,), (99,))
    assert kept_last(home.home) == [
        f"Other targets than before: {SCORE}. Periods that are closed keep what was published of them. "
        f"To have them made anew: scorehouse restate --kpi {SCORE} --from DATE --reason WHY"
    ]
    assert home.ask(
        f"""
        select holds_before, is_current, first_publication, target_id, lower_bound
        from scorecard.dim_kpi_target_version
        where kpi_id = '{SCORE}' and segment = '' and scope_kind = 'default'
        order by first_publication, target_id
        """  # noqa: S608 - own names
    ) == [
        (closed_before(home), False, 1, "default-satisfaction-score", 97),
        (date(9999, 12, 31), True, 2, "default-satisfaction-score", 97),
        (date(9999, 12, 31), True, 2, "t", 99),
    ]


def closed_before(home: PublishingHome) -> object:
    ((told,),) = home.ask("select closed_before from scorecard.fct_publication where publication = 1")
    return told


def test_what_closed_under_a_target_stays_with_it_when_the_next_one_comes(tmp_path: Path) -> None:
    home = march_home(tmp_path)
    home.publish({}, STRICTER)
    home.publish(dict(LATER), STRICTER)
    publication = home.publish({}, STRICTER.replace("99", "98"))
    assert publication.restated == 0
    bounds = values_of(home, "lower_bound")
    assert [bounds[date(2026, month, 1)] for month in (3, 4, 5)] == [(97,), (99,), (98,)]


def test_an_order_judges_closed_periods_anew_from_its_date_on_and_says_why(tmp_path: Path) -> None:
    home = march_home(tmp_path)
    home.publish({}, STRICTER)
    order_restatement(home.home, [SCORE], date(2026, 3, 31), "the contract says so from 31 March")
    publication = home.publish({}, STRICTER)
    days = values_of(home, "lower_bound", "day")
    assert (days[date(2026, 3, 30)], days[date(2026, 3, 31)]) == ((97,), (99,))
    assert publication.restated > 0
    assert home.ask(
        f"""
        select old_lower_bound, new_lower_bound, restated_reason from scorecard.fct_restatement
        where kpi_id = '{SCORE}' and scope_kind = 'centre' and period_kind = 'month'
        """  # noqa: S608 - own names
    ) == [(97, 99, "target")]
    assert home.ask("select cause_reason, detail from scorecard.fct_restatement_cause where detail is not null") == [
        ("definition", f"scorehouse restate: {SCORE}: the contract says so from 31 March"),
        ("target", f"scorehouse restate: {SCORE}: the contract says so from 31 March"),
    ]
    assert home.ask("select publication, kpi_id, from_date, reason from scorecard.fct_restate_order") == [
        (3, SCORE, date(2026, 3, 31), "the contract says so from 31 March")
    ]


def test_an_order_is_obeyed_once(tmp_path: Path) -> None:
    home = march_home(tmp_path)
    home.publish({}, STRICTER)
    order_restatement(home.home, [SCORE], date(2026, 3, 1), "agreed")
    assert not BuildState(home.home).is_current(None)
    home.publish({}, STRICTER)
    assert BuildState(home.home).is_current(None)
    publication = home.publish({}, STRICTER.replace("99", "98"))
    assert publication.restated == 0
    assert values_of(home, "lower_bound")[date(2026, 3, 1)] == (99,)


def test_a_closed_value_of_an_earlier_formula_stays_and_what_that_formula_was(tmp_path: Path) -> None:
    home = march_home(tmp_path)
    as_an_earlier_formula_told_it(home)
    assert kept_last(home.home) == []
    for files in ({}, {"desk/2026-04-22/ratings.csv": RATINGS + LATE_RATING}):
        home.publish(dict(files))
        assert home.ask(f"from scorecard.fct_restatement where kpi_id = '{SCORE}'") == []
        assert values_of(home, "value, formula_version")[date(2026, 3, 1)] == (50.0, "0")
    assert values_of(home, "value, formula_version", "all").popitem()[1] == (60.0, "1")


def test_an_order_makes_a_value_of_an_earlier_formula_anew(tmp_path: Path) -> None:
    home = march_home(tmp_path)
    as_an_earlier_formula_told_it(home)
    home.publish({})
    assert [told.split(".")[0] for told in kept_last(home.home)] == [f"Other formula than before: {SCORE}"]
    order_restatement(home.home, [SCORE], date(2026, 3, 1), "one formula for the year")
    home.publish({})
    assert values_of(home, "value, formula_version")[date(2026, 3, 1)] == (100.0, "1")
    assert home.ask(
        f"""
        select old_value, new_value, old_formula_version, restated_reason from scorecard.fct_restatement
        where kpi_id = '{SCORE}' and scope_kind = 'centre' and period_kind = 'month'
        """  # noqa: S608 - own names
    ) == [(50.0, 100.0, "0", "definition")]


def test_what_each_version_of_a_formula_said_can_be_read(tmp_path: Path) -> None:
    home = march_home(tmp_path)
    ((kpis,),) = home.ask("select count(*) from scorecard.dim_kpi")
    assert home.ask(
        "select count(*), count(*) filter (is_current and first_publication = 1) from scorecard.dim_kpi_version"
    ) == [(kpis, kpis)]


def test_an_order_of_an_unknown_kpi_or_without_a_reason_is_refused(tmp_path: Path) -> None:
    home = march_home(tmp_path)
    with pytest.raises(OrderError, match="--kpi score: no KPI of the catalogue"):
        order_restatement(home.home, ["score"], date(2026, 3, 1), "why not")
    with pytest.raises(OrderError, match="--reason is empty"):
        order_restatement(home.home, [SCORE], date(2026, 3, 1), " ")
