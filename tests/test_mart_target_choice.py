"""Of several bands that hold for a scope the most specific one counts: the nearest scope, then the nearest segment."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.support.people_cases import add_chat, at
from tests.support.raw_rows import RawHome

Ask = Callable[..., str | None]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Asks for the band that holds for a KPI and scope on a date, if not said otherwise 2 March: its target id."""
    home = RawHome(tmp_path_factory.mktemp("choice"))
    home.source("desk")
    staff = {"valid_from": "2020-01-01", "hired_on": "2020-01-01"}
    new = {"valid_from": "2026-02-01", "hired_on": "2026-02-01"}
    home.add("staff", [{"agent_id": "old"} | staff, {"agent_id": "new"} | new])
    home.add("staff", [{"agent_id": "new-voice", "segment": "voice"} | new])
    for agent in ("old", "new", "new-voice", "of-two"):
        add_chat(home, f"of-{agent}", agent, at("2026-03-02 09:00"))
    home.add("queues", [{"queue_id": "help", "team_id": "first", "channel": "web"}])
    home.add(
        "queues",
        [{"queue_id": "help", "team_id": "second", "channel": "app", "kind": "technical", "valid_from": "2026-03-02"}],
    )
    home.add("teams", [{"team_id": "low", "parent_team_id": "middle"}, {"team_id": "middle", "parent_team_id": "high"}])
    home.add("teams", [{"team_id": "beside", "parent_team_id": "high"}])
    member = {"agent_id": "of-two", "valid_from": "2026-01-01"}
    home.add("team_memberships", [member | {"team_id": "low"}, member | {"team_id": "beside", "is_home_team": False}])
    home.setting(
        "target_overrides",
        [
            own("z-own", "transfer_rate", upper_bound=Decimal("0.02")),
            own("new-here", "transfer_rate", segment="new", upper_bound=Decimal("0.05")),
            own("voice-here", "transfer_rate", segment="voice", upper_bound=Decimal("0.1")),
            own("of-old", "transfer_rate", scope_kind="agent", scope_id="old", upper_bound=Decimal("0.03")),
            own("technical", "avg_contact_duration", segment="technical", **band(60, 90)),
            own("of-first", "avg_queue_time", scope_kind="team", scope_id="first", **band(5, 9)),
            own("of-web", "first_response_time", scope_kind="channel", scope_id="web", **band(5, 9)),
            own("middle", "transfer_rate", scope_kind="team", scope_id="middle", upper_bound=Decimal("0.2")),
            own("high", "transfer_rate", scope_kind="team", scope_id="high", upper_bound=Decimal("0.3")),
            own("over", "connect_rate", lower_bound=Decimal("0.9"), valid_to="2026-03-02"),
        ],
    )
    home.build("int_measure__scope_target")

    def ask(kpi_id: str, scope_kind: str, scope_id: str, day: str = "2026-03-02") -> str | None:
        ((target_id,),) = home.query(
            "select target_id from measure.int_measure__scope_target "  # noqa: S608
            f"where kpi_id = '{kpi_id}' and scope_kind = '{scope_kind}' and scope_id = '{scope_id}' "
            f"and date '{day}' >= valid_from and date '{day}' < valid_to"
        )
        found: str | None = target_id
        return found

    return ask


def own(target_id: str, kpi_id: str, **cells: object) -> dict[str, object]:
    """A band of the centre's own; for all unless a scope or segment is named."""
    return {"target_id": target_id, "kpi_id": kpi_id, "scope_kind": "default", "target_version": "2"} | cells


def band(lower: int, upper: int) -> dict[str, Decimal]:
    """Both ends of a band."""
    return {"lower_bound": Decimal(lower), "upper_bound": Decimal(upper)}


def test_the_centres_own_band_for_all_beats_the_shipped_one_whatever_its_name(ask: Ask) -> None:
    assert ask("transfer_rate", "centre", "centre") == "z-own"
    assert ask("transfer_rate", "channel", "web") == "z-own"


def test_a_band_that_held_until_yesterday_gives_way_to_the_shipped_one(ask: Ask) -> None:
    assert ask("connect_rate", "centre", "centre") == "default-connect-rate"


def test_an_agents_own_segment_beats_the_row_for_new_staff(ask: Ask) -> None:
    assert ask("transfer_rate", "agent", "new") == "new-here"
    assert ask("transfer_rate", "agent", "new-voice") == "voice-here"
    # On the telephone nobody has a cap to keep to, new or not.
    assert ask("configured_max_concurrent", "agent", "new-voice") == "default-configured-max-concurrent-voice"


def test_a_scope_of_ones_own_beats_every_segment(ask: Ask) -> None:
    assert ask("transfer_rate", "agent", "old") == "of-old"


def test_a_queue_that_changes_its_kind_its_team_or_its_channel_keeps_its_bands_of_before(ask: Ask) -> None:
    for kpi_id, before, since in (
        ("avg_contact_duration", "default-avg-contact-duration", "technical"),
        ("avg_queue_time", "of-first", "default-avg-queue-time"),
        ("first_response_time", "of-web", "default-first-response-time"),
    ):
        assert ask(kpi_id, "queue", "help", "2026-03-01") == before
        assert ask(kpi_id, "queue", "help") == since


def test_the_nearest_team_is_the_one_by_way_of_the_home_team(ask: Ask) -> None:
    # From his home team it is one step to the middle and two to the top; from his other team it is one to the top.
    assert ask("transfer_rate", "agent", "of-two") == "middle"
