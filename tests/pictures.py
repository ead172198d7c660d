"""The pictures of the README: `python -m tests.pictures HOME` takes them anew from a home with the sample's pages.

The home is that of `make run`; the clock of the browser stands on the day after the last one of its data.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser

from orchestration.home.paths import CHECKOUT, Home
from tests.support.pages_browser import chromium, open_page, served

FOLDER = CHECKOUT / "docs" / "images"
CARELESS_AGENT = "A0015"
"""The agent of the sample's second story (docs/operations.md), in a centre of 40 agents."""


@dataclass(frozen=True)
class Picture:
    """A page as one reader sees it."""

    name: str
    path: str
    width: int
    height: int
    theme: str


PICTURES = (
    Picture("centre", "/?lang=en", 1280, 1000, "light"),
    Picture("agent-zh", f"/agent/{CARELESS_AGENT}?lang=zh", 390, 844, "dark"),
)


def take(browser: Browser, url: str, today: date, picture: Picture, folder: Path) -> None:
    """Write one picture into the folder."""
    context = browser.new_context(base_url=url, viewport={"width": picture.width, "height": picture.height})
    page = context.new_page()
    page.clock.set_fixed_time(f"{today}T02:00:00Z")
    page.add_init_script(f"localStorage.setItem('evidence-theme', '{picture.theme}')")
    open_page(page, picture.path)
    page.wait_for_timeout(800)
    page.screenshot(path=folder / f"{picture.name}.png")
    context.close()


def main(home: Home, folder: Path = FOLDER) -> None:
    """Take every picture of the home's pages."""
    manifest = json.loads((home.site / "data" / "manifest.json").read_text(encoding="utf-8"))
    today = date.fromisoformat(manifest["as_of_date"]) + timedelta(days=1)
    with served(home.site) as url, chromium() as browser:
        for picture in PICTURES:
            take(browser, url, today, picture, folder)


if __name__ == "__main__":
    main(Home(Path(sys.argv[1])))
