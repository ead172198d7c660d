"""The code of the publisher as part of every mark: what other code writes from the same rows may be another file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from orchestration.home.made_of import digest_of_code

SITE = Path(__file__).parents[1]


@cache
def site_code() -> str:
    """Return a digest of all that the publisher is: Python and SQL. One digest, so that no list can lack a module."""
    return digest_of_code(SITE)[:16]
