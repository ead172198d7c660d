"""A reader of one team at the pages behind a login: the real nginx and Caddy with their policy, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import pages_site
from tests.support.pages_browser import CHROMIUM, MISSING, open_page, watched_page
from tests.support.pages_servers import PASSWORD, serving

READERS = {"manager": "data", "lead": "audiences/teams/t1/data"}
PAGES = ["/", "/team/t1", "/agent", "/agent/a1#connect_rate", "/kpi/connect_rate?by=agent", "/bulletin", "/analyst"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.server,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=MISSING),
]


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def site_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with everybody's data and those of one team, behind logins."""
    site: Path = tmp_path_factory.mktemp("home") / "site"
    pages_site.write_site(site)
    pages_site.write_team_data(site / READERS["lead"])
    with serving(request.param, site, tmp_path_factory.mktemp(request.param), READERS) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def lead(browser: Browser, site_url: str) -> Iterator[Page]:
    """The page of the team's leader; what the policy refuses is an error in its console and fails the test."""
    login = {"username": "lead", "password": PASSWORD}
    with watched_page(browser, site_url, http_credentials=login) as (page, watched):
        yield page
    assert watched.errors == []
    assert watched.strangers == []


def test_every_page_of_a_team_works_under_the_policy_of_the_server(lead: Page) -> None:
    for path in PAGES:
        open_page(lead, path)
        if path == "/analyst":
            lead.locator("canvas").first.wait_for(timeout=120_000)
        expect(lead.locator("main")).not_to_contain_text("could not be loaded")
        expect(lead.locator("main")).not_to_contain_text("There is no data")


def test_the_pages_of_a_team_open_with_the_team(lead: Page) -> None:
    open_page(lead, "/")
    expect(lead.locator("h1")).to_have_text(pages_site.TEAM_NAME)
    menu = lead.get_by_role("navigation", name="Pages").get_by_role("link").all_inner_texts()
    assert menu == ["My team", "Teams", "Agents", "KPIs", "Bulletin", "Analyst"]


def test_what_a_team_may_not_see_has_no_page(lead: Page) -> None:
    for path in ("/centre", "/channel/web"):
        open_page(lead, path)
        expect(lead.locator("h1")).to_have_text("There is no data for this address in the current publication.")


def test_the_manager_opens_the_centre_under_the_same_address(browser: Browser, site_url: str) -> None:
    login = {"username": "manager", "password": PASSWORD}
    with watched_page(browser, site_url, http_credentials=login) as (page, watched):
        open_page(page, "/")
        expect(page.locator("h1")).to_have_text("Harbour")
    assert watched.errors == []


def test_a_script_that_is_no_part_of_the_pages_does_not_run(browser: Browser, site_url: str) -> None:
    added = """() => {
        const script = document.createElement('script');
        script.textContent = 'window.pwned = 1';
        document.body.append(script);
    }"""
    login = {"username": "lead", "password": PASSWORD}
    with watched_page(browser, site_url, http_credentials=login) as (page, watched):
        open_page(page, "/")
        page.evaluate(added)
        page.wait_for_timeout(200)
        assert page.evaluate("window.pwned") is None
    assert ["Content Security Policy" in text for text in watched.errors] == [True]
