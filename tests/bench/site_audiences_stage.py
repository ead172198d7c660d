"""One write of the sites of an audience as a process of its own, so that its time and memory are its own.

Usage: `python -m tests.bench.site_audiences_stage HOME SCOPE READERS DRILL_DAYS`. The site of everybody is there
already. Prints a line of JSON with what `Written` of site_audiences.py holds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from orchestration.centre import Centre, parse_centre
from orchestration.home.paths import Home
from orchestration.site import publisher
from orchestration.site.audiences.rows import AudienceRows
from orchestration.site.publisher import write_site
from tests.bench.site_stage import peak_bytes


class Stopwatch:
    """Takes the time of the calls of a function: wall seconds, and processor seconds of the whole process."""

    def __init__(self, owner: Any, name: str) -> None:
        self.seconds = self.cpu_seconds = 0.0
        self._function: Callable[..., Any] = getattr(owner, name)
        setattr(owner, name, lambda *given: self._timed(*given))

    def _timed(self, *given: Any) -> Any:
        started, cpu_started = time.monotonic(), time.process_time()
        try:
            return self._function(*given)
        finally:
            self.seconds += time.monotonic() - started
            self.cpu_seconds += time.process_time() - cpu_started


def readers(home: Home, scope: str, count: int) -> list[str]:
    """The teams or agents that get a site: all of them, or so many that stand for all."""
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        rows = connection.execute(
            "select scope_id from scorecard.dim_scope where scope_kind = $scope order by hash(scope_id) limit $count",
            {"scope": scope, "count": count},
        ).fetchall()
    return sorted(scope_id for (scope_id,) in rows)


def centre(scope: str, ids: list[str], drill_days: int) -> Centre:
    """A centre like the sample's with a site for each of these teams or agents."""
    text = "name: Harbour Desk\ntime_zone: Asia/Shanghai\nsources: [{name: desk, kind: feed}]\n"
    audience = f"audiences: [{{name: {scope}s, scope: {scope}, ids: {json.dumps(ids)}}}]\n"
    return parse_centre(f"{text}{audience}thresholds: {{drill_days: {drill_days}}}\n", "centre.yaml")


def main(root: str, scope: str, count: str, drill_days: str) -> None:
    """Write the sites and say what they took."""
    home = Home(Path(root))
    ids = readers(home, scope, int(count))
    whole, common = Stopwatch(publisher, "write_audiences"), Stopwatch(AudienceRows, "prepare")
    _, *results = write_site(home, centre(scope, ids, int(drill_days)))
    told = {
        "sites": len(results),
        "seconds": whole.seconds,
        "cpu_seconds": whole.cpu_seconds,
        "once": common.cpu_seconds,
        "files": sum(result.files_written for result in results),
        "bytes": sum(result.bytes_written for result in results),
        "peak": peak_bytes(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
