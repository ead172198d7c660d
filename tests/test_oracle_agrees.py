"""The mart and a plain Python reckoning of the same feed files give the same value table, row by row."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.oracle.compare_impact import impact_differences, impact_of
from tests.oracle.compare_percentiles import percentile_differences
from tests.oracle.compare_values import mart_rows, value_differences
from tests.oracle.feeds import Centre
from tests.oracle.pareto import pareto_differences, pareto_of
from tests.oracle.random_centre import specs, write_centre
from tests.oracle.random_parts import Spec
from tests.oracle.warehouse import build_warehouse
from tests.support.properties_build import CompiledProject

pytestmark = pytest.mark.slow

# A centre that is known to hold every status, verdict and reason.
RICH = Spec(seed=6, zone="America/New_York", days=11, agents=7, contacts=220)
STATUSES = {"no_data", "insufficient_sample", "below_band", "in_band", "above_band"}
VERDICTS = {"good", "too_good", "watch", "bad", "none"}
EVIDENCE = {"none", "clear", "chance"}
FAMILIES = {"severe_error", "general_error", "knowledge_point", "leave_reason", "not_delivered"}
REASONS = {"not_recorded", "not_applicable", "no_cases", "few_cases", "low_participation", "open_window", None}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("oracle")


@pytest.fixture(scope="module")
def rich(folder: Path) -> tuple[Centre, Path]:
    """The rich centre and its warehouse, built by dbt itself."""
    centre = write_centre(folder / "rich", RICH)
    return centre, build_warehouse(folder / "rich")


@pytest.fixture(scope="module")
def project(folder: Path, rich: tuple[Centre, Path]) -> CompiledProject:
    return CompiledProject(folder / "rich", folder / "rich" / "state" / "target")


def differences(home: Path, centre: Centre, warehouse: Path) -> list[str]:
    """What the mart and the reckoning say differently of a home."""
    found = [*map(str, value_differences(home / "landing", centre, warehouse))]
    found += percentile_differences(home / "landing", centre, warehouse)
    found += map(str, pareto_differences(home / "landing", centre, warehouse))
    return [*found, *map(str, impact_differences(home / "landing", centre, warehouse))]


def test_the_mart_agrees_with_the_plain_reckoning_on_every_status_verdict_and_reason(
    folder: Path, rich: tuple[Centre, Path]
) -> None:
    centre, warehouse = rich
    assert differences(folder / "rich", centre, warehouse)[:20] == []
    rows = mart_rows(warehouse).values()
    assert {row["status"] for row in rows} == STATUSES
    assert {row["verdict"] for row in rows} == VERDICTS
    assert {row["evidence"] for row in rows} == EVIDENCE
    assert {row["reason"] for row in rows} == REASONS
    kinds = {(part.split, part.kind) for _, _, _, part in impact_of(warehouse)}
    of_people = {(split, kind) for split in ("team", "agent") for kind in (split, "unassigned", "shared")}
    assert kinds == of_people | {("cause", "cause"), ("cause", "allowed")}
    charts = pareto_of(warehouse)
    assert {chart[0] for chart, _ in charts} == FAMILIES
    for column in ("is_other", "is_vital_few", "is_tied", "is_other_too_large"):
        assert {row[column] for row in charts.values()} == {False, True}


@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    database=None,
    # A failing centre is small as it is; each step of shrinking would cost a whole build.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(spec=specs())
def test_the_mart_agrees_with_the_plain_reckoning_on_random_centres(
    folder: Path, project: CompiledProject, spec: Spec
) -> None:
    home = Path(tempfile.mkdtemp(dir=folder))
    centre = write_centre(home, spec)
    assert differences(home, centre, project.build(home))[:20] == []
