"""Take the landing files of a random centre and build its warehouse, as the product does."""

import os
import subprocess
from datetime import date
from pathlib import Path

from orchestration.centre import load_centre
from orchestration.centre_tables import write_settings_tables
from orchestration.dbt_project import BUILD_ARGUMENTS, PROJECT, dbt_executable
from orchestration.landing import ensure_empty_parts, take_file
from orchestration.settings import HOME_VARIABLE, Home


def build_warehouse(root: Path, profiles: Path = PROJECT) -> Path:
    """Take every landing file of the home at `root`, run dbt with a profile, and return the warehouse file."""
    home = Home(root)
    home.create_folders()
    centre = load_centre(home)
    ensure_empty_parts(home)
    write_settings_tables(home, centre, None)
    for path in sorted(home.landing.glob("*/*/*")):
        record = take_file(home, centre, path.parts[-3], date.fromisoformat(path.parts[-2]), path)
        assert record.records_quarantined == 0, record
    # The folder of dbt's lines is the home's too; the checkout stays as it was.
    environment = os.environ | {HOME_VARIABLE: str(root), "DBT_LOG_PATH": str(home.state / "logs")}
    command = [dbt_executable(), "--quiet", *BUILD_ARGUMENTS, "--project-dir", str(PROJECT)]
    command += ["--profiles-dir", str(profiles)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return home.warehouse_file
