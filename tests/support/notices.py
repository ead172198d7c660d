"""Hand-sized homes with notices: people with shifts, rated chats and what there is to tell about them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from orchestration.landing.quarantine import ensure_empty_quarantine
from tests.support.people_cases import add_chat, add_member, add_person, add_rating, at
from tests.support.raw_rows import NOTICE_DEFAULTS, RawHome

AS_OF = "2026-03-20 00:00"
KINDS = (
    "noon_ranking",
    "end_ranking",
    "out_of_band",
    "complaint_decided",
    "appeal_ending",
    "document_due",
    "plan_overdue",
    "coaching_ready",
    "topic_signal",
    "assessment_published",
)


def notice_home(folder: Path, kinds: tuple[str, ...] = KINDS, **settings: Any) -> RawHome:
    """A home of a UTC centre whose notices begin on 9 March; settings of notices are keyword arguments."""
    home = RawHome(folder, as_of=at(AS_OF))
    home.settings["notice_settings"] = [NOTICE_DEFAULTS | {"begin_on": "2026-03-09"} | settings]
    home.setting("notice_kinds", [{"notice_kind": kind} for kind in kinds])
    home.source("desk")
    home.source("hr")
    for channel in ("web", "app"):
        home.setting("rated_channels", [{"channel": channel}])
    return home


def edition(home: RawHome, name: str, clock: str, team: str | None = None) -> None:
    """When an edition of the bulletin goes out, of the centre or of a team."""
    home.setting("notice_times", [{"team_id": team, "edition": name, "clock": clock}])


def employ(home: RawHome, agent: str, team: str, **attributes: Any) -> None:
    """Somebody of a team, hired long ago."""
    add_person(home, agent, "2025-01-01", **attributes)
    add_member(home, agent, team, "2025-01-01")


def shift(home: RawHome, agent: str, starts: str, ends: str, kind: str = "work") -> None:
    """A planned shift."""
    home.add("shifts", [{"agent_id": agent, "starts_at": at(starts), "ends_at": at(ends), "kind": kind}], "hr")


def rate(home: RawHome, agent: str, starts: str, stars: list[int]) -> None:
    """A chat a minute from an instant on, each rated eleven minutes after its beginning."""
    first = at(starts)
    for number, given in enumerate(stars):
        name = f"{agent}-{first:%d%H%M}-{number}"
        begins = first + timedelta(minutes=number)
        add_chat(home, name, agent, begins, 1)
        add_rating(home, name, begins + timedelta(minutes=1), given)


def build_notices(home: RawHome) -> None:
    """Build notices and what they read, with dbt's tests of them left to whole builds."""
    ensure_empty_quarantine(home.folder / "quarantine")
    home.build("fct_notice", "fct_notice_window", "fct_notice_delivery", "fct_bulletin_rank")
