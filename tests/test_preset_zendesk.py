"""Seven tickets of Zendesk with its known traps: what the centre's numbers are, worked by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.land_home import LandHome
from tests.support.preset_home import FIXTURES, PresetHome


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> PresetHome:
    return PresetHome(tmp_path_factory.mktemp("zendesk") / "home", "zendesk", "Europe/Berlin")


DAY = 24 * 3600


# 101: asked 08:00, Ann's note 08:05, Ann 08:30; asked 10:00, Bo 10:20. 102: asked 09:00, Ann 09:10; opened again a day
# later, asked 09:00, Ann 09:30. 103 was merged, 104 deleted. 105: asked, unanswered. 106: Ann wrote, no answer.
# 107: asked 14:00, Cy, who has left, 14:02.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("kpi_id", "numerator", "denominator"),
    [
        ("contacts_received", 4, None),  # 101, 102, 105, 107
        ("contacts_handled", 4, None),  # 101, 102, 106, 107
        ("outbound_share", 1, 5),  # 106
        ("first_response_time", 1800 + 600 + 120, 3),
        ("customer_first_response_time", 1800 + 600 + 120, 3),
        ("avg_response_time", 1800 + 1200 + 600 + 1800 + 120, 5),
        ("avg_response_time_by_contact", (1800 + 1200) / 2 + (600 + 1800) / 2 + 120, 3),
        ("customer_messages_per_agent_message", 2 + 2 + 1 + 1, 2 + 2 + 1 + 1),
        ("invalid_contact_rate", 0, 3),
        ("invalid_contact_rate_overall", 1, 4),
        ("first_contact_resolution_rate", 3, 3),  # the merged ticket is no second contact of its customer
        ("satisfaction_score", 5, 1),
        ("good_rating_rate", 1, 1),
        ("rating_participation_rate", 1, 2),  # offered for 101 and 102
        ("rating_invitation_rate", 2, 3),  # of 101, 102, 107; nobody answered 106
        ("avg_contact_duration", 8400 + DAY + 1800 + 0 + 120, 4),
    ],
)
def test_the_centre(home: PresetHome, kpi_id: str, numerator: float, denominator: float | None) -> None:
    assert home.kpi(kpi_id) == (numerator, denominator)


@pytest.mark.slow
def test_who_wrote_has_the_replies_and_who_has_left_keeps_them(home: PresetHome) -> None:
    assert home.kpi("avg_response_time", "agent", "zendesk-11") == (1800 + 600 + 1800, 3)
    assert home.kpi("satisfaction_score", "agent", "zendesk-12") == (5, 1)  # Bo answered last, Ann was assigned
    assert home.kpi("avg_response_time", "agent", "zendesk-13") == (120, 1)
    names = home.rows("select scope_name from dim_scope where scope_kind = 'agent' order by all")
    assert names == [("Ann",), ("Bo",), ("Cy",)]


@pytest.mark.slow
def test_the_newest_telling_counts_and_groups_are_queues(home: PresetHome) -> None:
    assert home.kpi("contacts_received", "queue", "zendesk-31") == (3, None)  # 105 was in 32 at first
    assert home.kpi("contacts_received", "channel", "web") == (2, None)  # 102, and the chat 107
    ended = home.rows("select ended_at::varchar from fct_contact where contact_id in ('101', '102') order by all")
    assert ended == [("2026-01-05 10:20:00+00",), ("2026-01-06 09:30:00+00",)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "kpi_id", ["service_level", "abandon_rate", "transfer_rate", "message_mix_system", "occupancy"]
)
def test_what_zendesk_does_not_write_is_not_recorded(home: PresetHome, kpi_id: str) -> None:
    assert home.reason(kpi_id) == "not_recorded"


def test_a_comment_of_somebody_who_is_not_among_the_users_is_quarantined_never_guessed(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources="- {name: desk, preset: zendesk}")
    users = json.loads((FIXTURES / "zendesk" / "users.json").read_text(encoding="utf-8"))
    users["users"] = [user for user in users["users"] if user["id"] != 2005]
    home.drop("users.json", json.dumps(users))
    home.take("ticket_audits.json", (FIXTURES / "zendesk" / "ticket_audits.json").read_bytes())
    assert [(field, check) for _, field, check, _ in home.findings()] == [("author_id", "not_looked_up")]
    assert "2005" not in str(home.quarantine())
