"""Seven conversations of Chatwoot with its known traps: what the centre's numbers are, worked by hand."""

from __future__ import annotations

import pytest

from tests.support.preset_home import PresetHome

pytestmark = pytest.mark.slow

CHANNELS = """\
  override:
    conversations:
      feeds:
        contacts:
          channel: {column: inbox_id, values: {1: web, 2: email}}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> PresetHome:
    return PresetHome(tmp_path_factory.mktemp("chatwoot") / "home", "chatwoot", "Europe/Berlin", CHANNELS)


# 1: asked 09:00:00, Ann 09:00:30; asked 09:01:00, Bo 09:01:40. 2: asked 10:00:00, met a bot and a rule, Ann 10:02:30.
# 3: met only a bot. 4: asked 12:00:00, Bo 12:00:20; opened again a day later, asked 12:00:00, Bo 12:01:00.
# 5: customer of 1, asked 08:00:00, somebody deleted 08:00:50. 6: a campaign, unanswered. 7: asked 23:30:00, in vain.
@pytest.mark.parametrize(
    ("kpi_id", "numerator", "denominator"),
    [
        ("contacts_received", 5, None),  # all but the bot's and the campaign's
        ("contacts_handled", 4, None),  # 1, 2, 4, 5
        ("first_response_time", 30 + 150 + 20 + 50, 4),
        ("customer_first_response_time", 30 + 150 + 20 + 50, 4),
        ("avg_response_time", 30 + 40 + 150 + 20 + 60 + 50, 6),
        ("response_time_from_last_message", 30 + 40 + 120 + 20 + 60 + 50, 6),
        ("customer_messages_per_agent_message", 2 + 2 + 2 + 1 + 1, 2 + 1 + 2 + 1),
        # Greeting and survey of 1, rule and survey of 2, campaign of 6, out-of-office of 7.
        ("message_mix_system", 2 + 2 + 1 + 1, 8 + 6 + 6),
        ("invalid_contact_rate", 0, 4),
        ("first_contact_resolution_rate", 3, 4),  # the customer of 1 came back with 5
        ("satisfaction_score", 5, 1),
        ("rating_participation_rate", 1, 2),
        ("rating_invitation_rate", 2, 4),
        # Each to its last message: surveys at 09:05:01 and 10:10:01, 4 a day and 60 s later, 5 at 08:00:50.
        ("avg_contact_duration", 301 + 601 + 86_460 + 50, 4),
    ],
)
def test_the_centre(home: PresetHome, kpi_id: str, numerator: float, denominator: float | None) -> None:
    assert home.kpi(kpi_id) == (numerator, denominator)


def test_authors_have_the_replies_and_the_last_of_them_the_rating(home: PresetHome) -> None:
    assert home.kpi("avg_response_time", "agent", "chatwoot-7") == (30 + 150, 2)
    assert home.kpi("avg_response_time", "agent", "chatwoot-8") == (40 + 20 + 60, 3)
    assert home.kpi("satisfaction_score", "agent", "chatwoot-8") == (5, 1)
    assert home.rows("select scope_name from dim_scope where scope_kind = 'agent' order by all") == [
        ("Ann",),
        ("Bo Best",),
    ]


def test_inboxes_are_queues_and_their_channels_those_that_the_centre_says(home: PresetHome) -> None:
    assert home.kpi("contacts_handled", "channel", "email") == (1, None)
    assert home.kpi("contacts_handled", "queue", "chatwoot-1") == (3, None)
    assert home.rows("select scope_name from dim_scope where scope_kind = 'queue' order by all") == [
        ("Mail",),
        ("Shop",),
    ]


def test_times_are_utc_and_days_the_centre_s(home: PresetHome) -> None:
    found = home.rows(
        "select contact_id, contact_date::varchar from fct_contact where contact_id in ('1', '7') order by all"
    )
    assert found == [("1", "2026-01-05"), ("7", "2026-01-06")]


def test_the_late_rating_belongs_to_the_day_of_its_conversation(home: PresetHome) -> None:
    found = home.rows("select contact_date::varchar, stars_sum::int from fct_rating where ratings > 0")
    assert found == [("2026-01-05", 5)]


@pytest.mark.parametrize(
    "kpi_id", ["service_level", "abandon_rate", "transfer_rate", "agent_turnover_rate", "occupancy"]
)
def test_what_chatwoot_does_not_write_is_not_recorded(home: PresetHome, kpi_id: str) -> None:
    assert home.reason(kpi_id) == "not_recorded"
