"""The code of the publisher as part of every mark: what other code writes from the same rows may be another file."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

SITE = Path(__file__).parents[1]


@cache
def site_code() -> str:
    """Return a digest of all that the publisher is: Python and SQL. One digest, so that no list can lack a module."""
    files = sorted(path for path in SITE.rglob("*") if path.suffix in {".py", ".sql"})
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
