"""The sample centre and the browser, made once for all tests that look at a whole home or at its pages.

Playwright and the pages' shell are imported only by the fixtures that need them: fast tests run without either.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from orchestration.demo import write_demo
from orchestration.home.paths import Home
from orchestration.run.run import run
from tests.support.made_once import made_once

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.support.properties_build import CompiledProject


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first what asks for the project as dbt compiled it.

    That takes dbt a minute after a change; the process that has the other half of the tests need not wait for it.
    """

    def waits_for_dbt(item: pytest.Item) -> bool:
        module = vars(getattr(item, "module", None) or item)
        return "RawHome" in module or "compiled_project" in module

    items.sort(key=lambda item: not waits_for_dbt(item))


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A published home of a small sample centre of the hostile kind, with its pages if Node is there.

    `SCOREHOUSE_SAMPLE_HOME` names a home that is kept between runs of the tests, for whoever works on the pages.
    """
    kept = os.environ.get("SCOREHOUSE_SAMPLE_HOME")

    def make(folder: Path) -> None:
        home = Home(Path(kept) if kept else folder)
        write_demo(home, agents=24, days=35, seed=7, until=date(2026, 4, 16), hostile=True)
        # Only what is spoilt on purpose goes to quarantine, and no file of it whole.
        assert run(home, site=True).findings == []

    folder = made_once(tmp_path_factory, "sample", make)
    return Home(Path(kept) if kept else folder)


@pytest.fixture(scope="session")
def built_centre(tmp_path_factory: pytest.TempPathFactory) -> CompiledProject:
    """A small random centre with a switch's log, built by dbt itself, and the models as dbt compiled them for it."""
    from tests.oracle.random_centre import write_centre
    from tests.oracle.random_parts import FIRST_DAY, Spec
    from tests.oracle.warehouse import build_warehouse
    from tests.support.properties_build import CompiledProject
    from tests.support.properties_queue_log import write_queue_log

    def make(home: Path) -> None:
        write_centre(home, Spec(seed=1, zone="America/New_York", days=11, agents=7, contacts=220))
        write_queue_log(home, FIRST_DAY, seed=3)
        build_warehouse(home)

    home = made_once(tmp_path_factory, "built", make)
    return CompiledProject(home, home / "state" / "target")


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The site of the small published file as it is; it is only read."""
    from tests.support.site_home import publish

    home = Home(tmp_path_factory.mktemp("plain"))
    publish(home)
    return home


@pytest.fixture(scope="module")
def site_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the small site made by hand, without a slash at the end; modules with another site override it."""
    from tests.support import pages_site
    from tests.support.pages_browser import served

    folder = tmp_path_factory.mktemp("site")
    pages_site.write_site(folder)
    with served(folder) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    from tests.support.pages_browser import chromium

    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, site_url: str) -> Iterator[Page]:
    """A page on a desk that fails its test on any script error and on any request to another host."""
    from tests.support.pages_browser import watched_page

    with watched_page(browser, site_url, viewport={"width": 1440, "height": 900}) as (page, watched):
        yield page
    assert watched.errors == []
    assert watched.strangers == []
