"""Hold the mart's medians and ninetieth percentiles against the nearest rank of the times behind them."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from tests.oracle.catalogue import kpis
from tests.oracle.contact import build_contacts
from tests.oracle.feeds import Centre
from tests.oracle.incidents import hit_by_incidents
from tests.oracle.reading import read_landing
from tests.oracle.times import TIMED, nearest_rank, times_of

QUERY = """
    select kpi_id, scope_kind, scope_id, p50::double, p90::double
    from scorecard.fct_kpi_value
    where period_kind = 'month' and p50 is not null
"""


def percentile_differences(landing: Path, centre: Centre, warehouse: Path) -> Iterator[str]:
    """Yield every p50 and p90 of the month, of the centre and of agents, that is not the nearest rank of its times.

    And every KPI with percentiles in the mart whose times nobody reckons here.
    """
    read_landing(landing, centre)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        mart = {(row[0], (row[1], row[2])): (row[3], row[4]) for row in connection.execute(QUERY).fetchall()}
    hit = hit_by_incidents(centre, build_contacts(centre))
    by_group = {group: times_of(centre, skipped) for group, skipped in hit.items()}
    whole = times_of(centre)
    for kpi_id in sorted({kpi_id for kpi_id, _ in mart} - TIMED):
        yield f"{kpi_id}: p50 and p90 are in the mart, its times are not reckoned"
    of_both = {(kpi_id, scope) for kpi_id, scope in mart if scope[0] in ("centre", "agent") and kpi_id in TIMED}
    for kpi_id, scope in sorted({*whole, *of_both}):
        times = by_group.get(kpis()[kpi_id].kpi_group, whole).get((kpi_id, scope), [])
        mine = (nearest_rank(times, 50), nearest_rank(times, 90)) if times else None
        theirs = mart.get((kpi_id, scope))
        if mine != theirs:
            yield f"{kpi_id} of {scope}: p50 and p90 {mine}, in the mart {theirs}"
