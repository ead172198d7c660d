"""Reads the feed files of one small centre; accounts of a source become the agents that had them at the time."""

import csv
from pathlib import Path

from tests.oracle.feeds import Centre, Row, instant

TIMES = {
    "contact_events": "occurred_at",
    "messages": "sent_at",
    "agent_states": "started_at",
    "quality_reviews": "reviewed_at",
    "observations": "observed_at",
    "recognitions": "received_at",
}


def read_landing(landing: Path, centre: Centre) -> Centre:
    """Read `landing/<source>/<day>/<feed>.csv` of every source into the centre, once."""
    if centre.feeds:
        return centre
    for path in sorted(landing.glob("*/*/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [{**row, "file_source": path.parts[-3]} for row in csv.DictReader(file)]
        centre.feeds.setdefault(path.stem, []).extend(rows)
    name_agents(centre)
    return centre


def name_agents(centre: Centre) -> None:
    for feed, time_column in TIMES.items():
        for row in centre.rows(feed):
            for column in ("agent_id", "reviewer_id"):
                if row.get(column):
                    row[column] = _agent(centre, row, row[column], time_column)


def _agent(centre: Centre, row: Row, account: str, time_column: str) -> str:
    """Return the agent of an account on the row's date; one that is not mapped is its own agent."""
    day = centre.local_date(instant(row[time_column])).isoformat()
    mapped = [
        (mapping["valid_from"], mapping["agent_id"])
        for mapping in centre.rows("agent_accounts")
        if (mapping["source_id"], mapping["account"]) == (row["file_source"], account) and mapping["valid_from"] <= day
    ]
    return max(mapped)[1] if mapped else account
