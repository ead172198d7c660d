"""The contract: one Pandera model per feed, each in a file of its own, and FEEDS, which finds them all."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from schemas.contract import SUBJECTS, Feed

NOT_FEEDS = {"contract", "document", "for_dbt", "row_rules", "words", "words_made"}


def _feeds() -> list[Feed]:
    names = [module.name for module in iter_modules(__path__) if module.name not in NOT_FEEDS]
    found: list[Feed] = [import_module(f"{__name__}.{name}").FEED for name in names]
    return sorted(found, key=lambda feed: (SUBJECTS.index(feed.subject), feed.name))


FEEDS: dict[str, Feed] = {feed.name: feed for feed in _feeds()}
"""Every feed of the contract by name, in the order of subjects: each file of this folder with a FEED is one."""

TOPICS: tuple[str, ...] = tuple(dict.fromkeys(topic for feed in FEEDS.values() for topic in feed.all_topics))
"""Every topic that a source records or does not record."""

TOPICS_FROM_FIRST_ROW: tuple[str, ...] = tuple(
    topic
    for feed in FEEDS.values()
    for topic in feed.all_topics
    if feed.recorded_from_first_row or topic not in feed.topics
)
"""Topics that a source records from the first row on that it gives of them, unless it says from when."""
