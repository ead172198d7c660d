"""Take the landing files of a random centre and build what is to be published, as the product does."""

import os
import subprocess
from pathlib import Path

from orchestration.home.paths import HOME_VARIABLE, Home
from orchestration.warehouse.dbt_project import BUILD_ARGUMENTS, PROJECT, dbt_executable
from tests.support.properties_build import take_landing


def build_warehouse(root: Path) -> Path:
    """Take every landing file of the home at `root`, run dbt, and return the file to be published.

    What dbt compiled is left in `state/target` of the home; the checkout stays as it was.
    """
    home = Home(root)
    take_landing(root)
    environment = os.environ | {HOME_VARIABLE: str(root), "DBT_LOG_PATH": str(home.state / "logs")}
    environment["DBT_TARGET_PATH"] = str(home.state / "target")
    command = [dbt_executable(), "--quiet", *BUILD_ARGUMENTS, "--project-dir", str(PROJECT)]
    command += ["--profiles-dir", str(PROJECT)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return home.built_file
