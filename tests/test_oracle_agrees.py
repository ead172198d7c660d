"""The mart and a plain Python reckoning of the same feed files give the same value table, row by row."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings

from tests.oracle.compare_percentiles import percentile_differences
from tests.oracle.compare_values import mart_rows, value_differences
from tests.oracle.random_centre import specs, write_centre
from tests.oracle.random_parts import Spec
from tests.oracle.warehouse import build_warehouse

# A centre that is known to hold every status, verdict and reason.
RICH = Spec(seed=1, zone="America/New_York", days=11, agents=7, contacts=220)
STATUSES = {"no_data", "insufficient_sample", "below_band", "in_band", "above_band"}
VERDICTS = {"good", "too_good", "watch", "bad", "none"}
REASONS = {"not_recorded", "not_applicable", "no_cases", "few_cases", "low_participation", "open_window", None}


@pytest.mark.slow
@settings(
    # The first that is drawn is the plainest; a second would be any, at the price of another build.
    max_examples=1,
    deadline=None,
    derandomize=True,
    database=None,
    # A failing centre is small as it is; each step of shrinking would cost a whole build.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@example(spec=RICH)
@given(spec=specs())
def test_the_mart_agrees_with_the_plain_reckoning_on_random_centres(spec: Spec) -> None:
    with TemporaryDirectory(prefix="scorehouse-oracle-") as folder:
        home = Path(folder)
        centre = write_centre(home, spec)
        warehouse = build_warehouse(home)
        found = [
            *map(str, value_differences(home / "landing", centre, warehouse)),
            *percentile_differences(home / "landing", centre, warehouse),
        ]
        rows = mart_rows(warehouse).values()
    assert not found, f"{len(found)} values differ for {spec}, such as:\n" + "\n".join(found[:20])
    if spec == RICH:
        assert {row["status"] for row in rows} == STATUSES
        assert {row["verdict"] for row in rows} == VERDICTS
        assert {row["reason"] for row in rows} == REASONS
