"""Gaps told apart by causes of long ago, of which no measure and no value tells that they are others."""

from __future__ import annotations

from pathlib import Path

from tests.equality.homes import GrowingHome
from tests.equality.plain import DAYS, TODAY, contact, drop, plain_home
from tests.support.compiled import CENTRE
from tests.support.warehouse import open_warehouse

BOUND = CENTRE + "targets: [{target_id: t, kpi_id: complaint_rate, scope_kind: default, upper_bound: 1}]\n"
RECEIVED = DAYS[5]
HEADER = "complaint_id,received_at,origin,channel,contact_id,leaf\n"


def complained(home: GrowingHome, leaf: str, number: int) -> None:
    """A complaint of January comes, or comes once more, about this."""
    row = f"k,{RECEIVED}T12:00:00Z,customer,web,{contact(RECEIVED)},{leaf}\n"
    home.drop(drop({f"desk/{TODAY}/complaints_{number}.csv": HEADER + row}, BOUND))
    home.take()
    home.build()


def causes_of_january(home: GrowingHome) -> list[tuple[object, ...]]:
    with open_warehouse(home.root) as connection:
        return connection.execute(
            "select part_id, numerator::integer from scorecard.fct_metric_impact "
            "where period_kind = 'month' and period_start = '2026-01-01' and whole_kind = 'centre' "
            "and kpi_id = 'complaint_rate' and part_kind = 'cause'"
        ).fetchall()


def test_a_complaint_of_long_ago_that_turns_out_to_be_about_something_else_is_another_cause_of_its_month(
    tmp_path: Path,
) -> None:
    home = plain_home(tmp_path / "home", BOUND)
    complained(home, "late_reply", 1)
    assert causes_of_january(home) == [("late_reply", 1)]
    complained(home, "rude_tone", 2)
    assert home.is_sliced
    assert causes_of_january(home) == [("rude_tone", 1)]
    assert home.differences() == []
