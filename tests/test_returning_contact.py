"""How often a customer had been in touch in the week before: what the agent who takes the contact is told."""

from __future__ import annotations

import pytest

from tests.support.people_cases import add_chat, at
from tests.support.raw_rows import RawHome
from tests.support.warehouse import open_warehouse

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    home = RawHome(tmp_path_factory.mktemp("returning"), as_of=at("2026-03-10 12:00"), drill_days=35)
    home.source("desk")
    add_chat(home, "first", "ann", at("2026-03-01 09:00"), minutes=5, customer="k")
    add_chat(home, "on_the_hour", "ann", at("2026-03-08 09:00"), minutes=5, customer="k")
    add_chat(home, "third", "bob", at("2026-03-08 09:00:01"), minutes=5, customer="k")
    add_chat(home, "other", "bob", at("2026-03-08 10:00"), minutes=5, customer="z")
    add_chat(home, "same_instant", "bob", at("2026-03-08 10:00"), minutes=5, customer="z")
    add_chat(home, "before_the_days", "ann", at("2026-02-03 09:00"), minutes=5, customer="m")
    add_chat(home, "of_the_days", "ann", at("2026-02-04 09:00"), minutes=5, customer="m")
    add_chat(home, "long_ago", "ann", at("2026-01-04 09:00"), minutes=5, customer="n")
    add_chat(home, "long_ago_again", "ann", at("2026-01-05 09:00"), minutes=5, customer="n")
    add_chat(home, "unknown", "ann", at("2026-03-09 09:00"), minutes=5)
    add_chat(home, "unknown_too", "ann", at("2026-03-09 10:00"), minutes=5)
    home.build("fct_returning_contact", "fct_contact")
    with open_warehouse(home.folder) as connection:
        return dict(
            connection.execute(
                "select contact_id, prior_contacts_7d from scorecard.fct_returning_contact "
                "inner join scorecard.fct_contact using (contact_key)"
            ).fetchall()
        )


def test_what_began_seven_days_before_to_the_second_counts_and_a_second_later_no_more(told: dict[str, int]) -> None:
    assert told["on_the_hour"] == 1
    assert told["third"] == 1, "the first one is seven days and a second old"


def test_of_two_in_the_same_instant_neither_came_before_the_other(told: dict[str, int]) -> None:
    assert not {"other", "same_instant"} & told.keys()


def test_the_week_before_the_first_day_that_is_shown_counts_for_it(told: dict[str, int]) -> None:
    assert told["of_the_days"] == 1


def test_days_that_pages_do_not_lead_to_and_customers_that_nobody_knows_have_no_row(told: dict[str, int]) -> None:
    assert told.keys() == {"on_the_hour", "third", "of_the_days"}
