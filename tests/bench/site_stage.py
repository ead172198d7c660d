"""One write of the pages' data as a process of its own, so that its time and memory are its own.

Usage: `python -m tests.bench.site_stage HOME DRILL_DAYS`. Prints what was written as a line of JSON.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from orchestration.centre import Centre, parse_centre
from orchestration.home.paths import Home
from orchestration.site.publisher import write_site


def centre(drill_days: int) -> Centre:
    """A centre like the sample's, with records of so many days."""
    text = "name: Harbour Desk\ntime_zone: Asia/Shanghai\nsources: [{name: desk, kind: feed}]\n"
    return parse_centre(f"{text}thresholds: {{drill_days: {drill_days}}}\n", "centre.yaml")


def peak_bytes() -> int:
    """The most memory that this program held: counted from its start, unlike what the system tells its parent."""
    (kibibytes,) = re.findall(
        r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(encoding="ascii"), re.MULTILINE
    )
    return int(kibibytes) * 1024


if __name__ == "__main__":
    (result,) = write_site(Home(Path(sys.argv[1])), centre(int(sys.argv[2])))
    print(json.dumps({"files": result.files_written, "bytes": result.bytes_written, "peak": peak_bytes()}))
