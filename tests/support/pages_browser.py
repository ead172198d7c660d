"""A Chromium that watches over its pages: any script error and any request to another host is noted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from orchestration.run.serve import page_server

CHROMIUM = Path("/usr/bin/chromium")
MISSING = f"{CHROMIUM} is not installed (apt-get install chromium)"

# What Chromium would fetch of its own accord has nothing to do with the pages
_QUIET = ["--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@dataclass
class Watched:
    """What a page must not do, as it happened."""

    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    """Addresses on other hosts that were asked for."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site on loopback; its address without a slash at the end."""
    with page_server(site, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", *_QUIET])
        yield browser
        browser.close()


@contextmanager
def watched_page(browser: Browser, site_url: str, **options: Any) -> Iterator[tuple[Page, Watched]]:
    """Open an empty page whose paths are relative to the site, with options of Playwright's context."""
    context = browser.new_context(base_url=site_url, **options)
    page = context.new_page()
    watched = Watched()
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    page.on("console", lambda message: watched.errors.append(message.text) if message.type == "error" else None)
    page.on("request", lambda asked: watched.strangers.append(asked.url) if _leaves(asked.url, site_url) else None)
    yield page, watched
    context.close()


def _leaves(url: str, site_url: str) -> bool:
    return not url.startswith((f"{site_url}/", "blob:", "data:"))


def open_page(page: Page, path: str) -> None:
    """Go to a page of the site and wait until its data are there."""
    page.goto(path)
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_load_state("networkidle")
