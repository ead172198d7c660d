"""The mart and a plain Python reckoning of the same feed files give the same sums, cell by cell."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.oracle.compare import disagreements, percentile_disagreements
from tests.oracle.random_centre import specs, write_centre
from tests.oracle.random_parts import Spec
from tests.oracle.warehouse import build_warehouse


@pytest.mark.slow
@settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    database=None,
    # A failing centre is small as it is; each step of shrinking would cost a whole build.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(spec=specs())
def test_the_mart_agrees_with_the_plain_reckoning_on_random_centres(spec: Spec) -> None:
    with TemporaryDirectory(prefix="scorehouse-oracle-") as folder:
        home = Path(folder)
        centre = write_centre(home, spec)
        warehouse = build_warehouse(home)
        found = [
            *disagreements(home / "landing", centre, warehouse),
            *percentile_disagreements(home / "landing", centre, warehouse),
        ]
    assert not found, f"{len(found)} cells differ for {spec}, such as:\n" + "\n".join(map(str, found[:20]))
