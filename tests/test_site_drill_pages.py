"""Records in a real browser: of a team by channel, of customers, and of a day with more records than a page shows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect

from orchestration.centre import load_centre
from orchestration.home.paths import Home
from orchestration.site.publisher import write_site
from orchestration.site.shell import ensure_shell, install_shell
from tests.support.pages_browser import CHROMIUM, MISSING, chromium, open_page, served, watched_page
from tests.support.pages_reader import rounded

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=MISSING),
]

A_PART = 200


@pytest.fixture(scope="module")
def parted_home(sample_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The sample's site with few records to a page."""
    home = Home(tmp_path_factory.mktemp("parted"))
    home.published_file.parent.mkdir(parents=True)
    home.published_file.symlink_to(sample_home.published_file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("orchestration.site.records.drill._MOST_RECORDS", A_PART)
        write_site(home, load_centre(sample_home))
    install_shell(home, ensure_shell())
    return home


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def value_of(home: Home, kind: str, kpi: str) -> tuple[Any, ...]:
    """Scope, day, numerator and denominator of the busiest cell of a KPI in a kind of scope."""
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        found = connection.execute(
            "select scope_id, period_start, numerator, denominator from scorecard.fct_kpi_value where scope_kind = ?"
            " and kpi_id = ? and period_kind = 'day' and excluded_n = 0"
            " order by n desc, scope_id, period_start limit 1",
            [kind, kpi],
        ).fetchall()
    row: tuple[Any, ...] = found[0]
    return row


def said(part: Decimal) -> str:
    return rounded(part, 0 if part == int(part) else 2)


CASES = [
    ("team_channel", "connect_rate"),
    ("team_channel", "single_contact_customer_share"),
    ("centre", "single_contact_customer_share"),
    ("queue", "rating_participation_rate_of_eligible"),
    ("centre", "connect_rate"),
]


@pytest.mark.parametrize(("kind", "kpi"), CASES)
def test_the_page_adds_the_records_up(
    sample_home: Home, parted_home: Home, browser: Browser, kind: str, kpi: str
) -> None:
    scope_id, day, *expected = value_of(sample_home, kind, kpi)
    for home in (sample_home, parted_home):
        with served(home.site) as url, watched_page(browser, url) as (page, watched):
            open_page(page, f"/drill?kind={kind}&id={quote(scope_id)}&date={day}&kpi={kpi}&lang=en")
            expect(page.locator(".sums")).to_be_visible()
            assert page.locator(".sums b").all_inner_texts() == [said(part) for part in expected]
        assert watched.errors == []


def test_a_team_by_channel_links_to_its_records(sample_home: Home, browser: Browser) -> None:
    scope_id, day, *_ = value_of(sample_home, "team_channel", "connect_rate")
    with served(sample_home.site) as url, watched_page(browser, url) as (page, watched):
        open_page(page, f"/team-channel/{quote(scope_id)}/?period=day&start={day}&lang=en#connect_rate")
        page.locator("#connect_rate").get_by_role("link", name="Records behind this number").first.click()
        expect(page.locator(".sums")).to_be_visible()
    assert watched.errors == []


def test_parts_are_leafed_through(parted_home: Home, browser: Browser) -> None:
    _, day, *_ = value_of(parted_home, "centre", "contacts_handled")
    with served(parted_home.site) as url, watched_page(browser, url) as (page, watched):
        open_page(page, f"/drill?kind=centre&id=centre&date={day}&kpi=contacts_handled&lang=en")
        first = _first_contact(page)
        page.get_by_role("link", name="Next part →").click()
        expect(page.locator(".parts")).to_contain_text("Part 2 of")
        assert _first_contact(page) != first
    assert watched.errors == []


def _first_contact(page: Page) -> str:
    return page.locator("main tbody tr").first.inner_text()
