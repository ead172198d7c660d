"""Publishes the small file of site_published.py as a site, and reads the site's files back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from orchestration.centre import Centre, parse_centre
from orchestration.home.paths import Home
from orchestration.site.publisher import write_site
from tests.support.site_published import write_published

Table = list[dict[str, Any]]

WEEK_OF_RECORDS = "thresholds: {drill_days: 7}"


def centre(settings: str = WEEK_OF_RECORDS) -> Centre:
    """A centre of one source; `settings` is more text of its centre.yaml."""
    sources = "[{name: desk, kind: feed, not_recorded: [ratings]}]"
    return parse_centre(f"name: Test\ntime_zone: Australia/Sydney\nsources: {sources}\n{settings}", "centre.yaml")


def publish(home: Home, settings: str = WEEK_OF_RECORDS, **sizes: Any) -> None:
    """Write the published file and the site of it."""
    write_published(home.published_file, **sizes)
    write_site(home, centre(settings))


def data_of(home: Home, audience: str = "") -> Path:
    """The data folder of everybody's site, or of an audience such as 'leads/TA'."""
    return home.site / "audiences" / audience / "data" if audience else home.site / "data"


def manifest_of(home: Home, audience: str = "") -> dict[str, Any]:
    """The manifest of a site."""
    content: dict[str, Any] = json.loads((data_of(home, audience) / "manifest.json").read_text(encoding="utf-8"))
    return content


def read(home: Home, key: str, audience: str = "") -> Any:
    """The content that a key of the manifest stands for."""
    name = manifest_of(home, audience)["files"][key]
    return json.loads((data_of(home, audience) / name).read_text(encoding="utf-8"))


def history(home: Home, key: str, audience: str = "") -> Any:
    """What is closed of a scope: the file that the scope's file names."""
    return json.loads((data_of(home, audience) / read(home, key, audience)["history"]).read_text(encoding="utf-8"))


def ranking(home: Home, kpi: str, kind: str, start: str) -> Any:
    """Everybody's values of a KPI in a period."""
    name = read(home, f"kpi/{kpi}")["periods"][kind][start]
    return json.loads((data_of(home) / name).read_text(encoding="utf-8"))


def rows(table: dict[str, Any]) -> Table:
    """A table's rows by column."""
    return [dict(zip(table["columns"], cells, strict=True)) for cells in table["rows"]]


def names(home: Home) -> set[str]:
    """Every file of everybody's site."""
    data = data_of(home)
    return {str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()}
