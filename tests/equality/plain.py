"""A plain centre whose contacts lie three days apart, and the texts of files that change something in it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.equality.homes import GrowingHome
from tests.equality.scenario import Drop
from tests.support.compiled import CENTRE, compiled_project

LAST = date(2026, 3, 30)
TODAY = date(2026, 3, 31)
DAYS = [date(2026, 1, 1) + timedelta(3 * number) for number in range(30)]
EVENTS = "contact_id,occurred_at,event_type,agent_id,event_id\n"
HEADERS = "contact_id,customer_id,channel,direction,started_at,ended_at\n"
ACCOUNTS = "source_id,account,agent_id,valid_from\n"
MESSAGES = "message_id,contact_id,sent_at,sender,is_manual\n"


def contact(day: date) -> str:
    """The contact of a day."""
    return f"c{day:%m%d}"


def header(name: str, day: date) -> str:
    """A header of five minutes."""
    return f"{name},,web,inbound,{day}T09:00:00Z,{day}T09:05:00Z\n"


def drop(files: dict[str, str | None], settings: str = CENTRE) -> Drop:
    """Files by place below landing/; None is taken away."""
    return Drop({place: None if text is None else text.encode() for place, text in files.items()}, settings)


def plain_home(folder: Path, settings: str = CENTRE) -> GrowingHome:
    """A built home: a closed contact on every third day, a message of its customer; a list of accounts."""
    home = GrowingHome(folder, compiled_project())
    files: dict[str, str | None] = {"desk/2026-01-01/agent_accounts.csv": ACCOUNTS + "desk,a,ann,2026-01-01\n"}
    for day in [*DAYS, LAST]:
        name = contact(day)
        files[f"desk/{day}/contacts.csv"] = HEADERS + header(name, day)
        files[f"desk/{day}/contact_events.csv"] = EVENTS + (
            f"{name},{day}T09:00:00Z,connected,a,e1{name}\n{name},{day}T09:05:00Z,ended,,e2{name}\n"
        )
        files[f"desk/{day}/messages.csv"] = MESSAGES + f"m{name},{name},{day}T09:01:00Z,customer,true\n"
    home.drop(drop(files, settings))
    home.take()
    home.build()
    return home
