"""Opens pages of a site in a Chromium that has never seen it, on loopback."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Response

from tests.support.pages_browser import chromium, served

_CHART = ".spark svg path, .chart canvas, .chart svg, [_echarts_instance_] svg, [_echarts_instance_] canvas"


@dataclass(frozen=True)
class Opening:
    """One opening of a page: seconds from the request to the first chart, bytes of data and of everything else."""

    path: str
    first_chart_seconds: float
    data_bytes: int
    shell_bytes: int


def open_cold(site: Path, paths: list[str], times: int) -> list[Opening]:
    """Open every page so many times, each time without anything kept."""
    with served(site) as url, chromium() as browser:
        return [_open(browser, url, path) for path in paths for _ in range(times)]


def _open(browser: Browser, url: str, path: str) -> Opening:
    context = browser.new_context(base_url=url, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path, wait_until="commit")
    page.wait_for_selector(_CHART, state="attached", timeout=60_000)
    seconds = page.evaluate("performance.now()") / 1000
    page.wait_for_load_state("networkidle")
    size = {True: 0, False: 0}
    for answer in answers:
        size["/data/" in answer.url] += int(answer.headers.get("content-length", "0"))
    context.close()
    return Opening(path, seconds, size[True], size[False])
