"""A damaged catalogue stops a real build before any KPI is made, and dbt's own output says which row and why."""

import os
import subprocess
from pathlib import Path

import pytest

from orchestration.centre import load_centre
from orchestration.centre.tables import write_settings_tables
from orchestration.home.paths import HOME_VARIABLE, Home
from orchestration.landing.taking import ensure_empty_parts
from orchestration.warehouse.dbt_project import PROJECT, dbt_executable
from orchestration.warehouse.slice.folder import write_whole
from tests.support.copied import copy_folder

CENTRE = """
name: Small centre
time_zone: UTC
sources:
  - {name: desk, kind: feed}
targets:
  - {target_id: one, kpi_id: connect_rate, scope_kind: team, scope_id: t1, lower_bound: 0.9, target_source: internal,
     target_version: "1"}
  - {target_id: two, kpi_id: connect_rate, scope_kind: team, scope_id: t1, lower_bound: 0.8, target_source: internal,
     target_version: "1"}
"""


@pytest.mark.slow
def test_a_missing_measure_and_a_tie_in_centre_yaml_stop_the_build(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.create_folders()
    (home.root / "centre.yaml").write_text(CENTRE, encoding="utf-8")
    ensure_empty_parts(home)
    write_settings_tables(home, load_centre(home), None)
    write_whole(home)
    project = tmp_path / "project"
    copy_folder(PROJECT, project)
    kpis = project / "seeds" / "catalogue" / "kpis.csv"
    kpis.write_text(kpis.read_text(encoding="utf-8").replace(",connects,", ",calls_won,"), encoding="utf-8")

    environment = os.environ | {HOME_VARIABLE: str(home.root), "DBT_LOG_PATH": str(home.state / "logs")}
    # Seeds are named apart, since a test over two seeds is chosen as soon as one of them is.
    command = [dbt_executable(), "--no-use-colors", "build", "--exclude-resource-type", "unit_test"]
    command += ["--select", "path:seeds", "+dim_kpi", "+dim_kpi_target"]
    command += ["--project-dir", str(project), "--profiles-dir", str(project)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert 'kpis.csv, connect_rate: numerator_measure "calls_won" is not in measures.csv' in done.stdout
    assert "centre.yaml, target one: ties with two on connect_rate" in done.stdout
    assert "SKIP relation scorecard.dim_kpi_target" in done.stdout
