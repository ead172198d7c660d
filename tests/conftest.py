"""The sample centre, made, taken and published once for all tests that look at a whole home."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orchestration.demo import write_demo
from orchestration.run import run
from orchestration.settings import Home


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A published home of a small sample centre, with its pages if Node is there.

    `SCOREHOUSE_SAMPLE_HOME` names a home that is kept between runs of the tests, for whoever works on the pages.
    """
    kept = os.environ.get("SCOREHOUSE_SAMPLE_HOME")
    home = Home(Path(kept) if kept else tmp_path_factory.mktemp("sample"))
    write_demo(home, agents=24, days=35, seed=7)
    run(home, site=True)
    return home
