"""What customers and reviewers say, and what is left out of it: CS-1, CS-2, CS-4, QC-1, IN-1, AT-4 and visits."""

# ruff: noqa: S608 - the queries' parts are written here

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.support.people_cases import add_chat, add_rating, at
from tests.support.raw_rows import RawHome

MINUTE = timedelta(minutes=1)


def add_rating_cases(home: RawHome) -> None:
    """CS-1 in queue cs1, CS-2 with agent cs2-8 and another one in queue cs2."""
    stars = [5] * 30 + [4] * 6 + [3] * 2 + [2, 1]
    start = at("2026-06-01 09:00")
    for number in range(120):
        add_chat(home, f"cs1-{number}", "cs1", start + number * MINUTE, queue="cs1")
        if number < 100:
            given = stars[number] if number < len(stars) else None
            add_rating(home, f"cs1-{number}", start + (number + 6) * MINUTE, given)
        elif number < 110:
            add_rating(home, f"cs1-{number}", start + (number + 6) * MINUTE, is_delivered=False)
    for number in range(100):
        agent = "cs2-8" if number < 20 else "cs2-other"
        add_chat(home, f"cs2-{number}", agent, start + number * MINUTE, queue="cs2")
        add_rating(home, f"cs2-{number}", start + (number + 6) * MINUTE, 5 if number < 8 or number >= 60 else None)


def add_owner_cases(home: RawHome) -> None:
    """CS-4 a transferred contact; one rated twice; one rated without a delivery; a test contact; an unknown contact."""
    start = at("2026-06-02 09:00")
    add_chat(home, "cs4", ["first", "second", "third"], start, 9)
    add_rating(home, "cs4", start + 10 * MINUTE, 4)
    add_chat(home, "twice", "ann", start)
    add_rating(home, "twice", start + 6 * MINUTE, 1, rated_after=1)
    add_rating(home, "twice", start + 7 * MINUTE, 5, rated_after=60)
    add_rating(home, "twice", start + 8 * MINUTE)
    add_chat(home, "unsent", "ben", start)
    add_rating(home, "unsent", start + 6 * MINUTE, 3, is_delivered=False)
    add_chat(home, "drill", "cat", start, is_test=True)
    add_rating(home, "drill", start + 6 * MINUTE, 5)
    add_rating(home, "nobody-knows", start + 6 * MINUTE, 5)
    add_chat(home, "late", "dan", at("2026-06-30 20:00"))
    add_rating(home, "late", at("2026-07-03 20:00"), 5)
    add_chat(home, "silent", "eve", start, channel="email")


def add_invitations_to_everybody(home: RawHome) -> None:
    """Of four chats two are valid; invited after one of these, after the two without a word of the customer, and
    after a chat of a source that says it records no ratings."""
    start = at("2026-06-04 09:00")
    for number, senders in enumerate((["customer", "agent"], ["customer", "agent"], ["agent"], [])):
        name = f"any-{number}"
        add_chat(home, name, "ann", start, queue="any", source_id="chat")
        said = [{"message_id": f"{name}-{n}", "contact_id": name, "sender": who} for n, who in enumerate(senders)]
        writer = {"sent_at": start + MINUTE, "agent_id": "ann"}
        home.add("messages", [row | writer for row in said], "chat")
        if number > 0:
            add_rating(home, name, start + 6 * MINUTE, 5 if number < 3 else None, source_id="chat")
    add_chat(home, "mute", "ann", start, queue="any", source_id="mute")
    add_rating(home, "mute", start + 6 * MINUTE, 5, source_id="mute")


def add_invitations_without_deliveries(home: RawHome) -> None:
    """Of a source that never says when an invitation was delivered: 15 sent and 8 answered; another one that failed."""
    start = at("2026-06-05 09:00")
    for number in range(16):
        add_chat(home, f"plain-{number}", "ann", start + number * MINUTE, queue="plain", source_id="plain")
        add_rating(home, f"plain-{number}", start + 9 * MINUTE, 5 if number < 8 else None, source_id="plain")
        told = home.rows["ratings"][-1]
        told |= {"delivered_at": None, "not_delivered_reason": "blocked" if number == 15 else None}


def add_incident_cases(home: RawHome) -> None:
    """IN-1 in queue im; the same outage in queue back was approved and revoked, in queue claim never approved."""
    outage = at("2026-06-03 10:00")
    for number in range(50):
        hit = number < 10
        starts = outage + number * MINUTE if hit else outage + timedelta(hours=3) + number * MINUTE
        for queue in ("im", "back", "claim"):
            add_chat(home, f"{queue}-{number}", "ivy", starts, queue=queue)
            add_rating(home, f"{queue}-{number}", starts + 6 * MINUTE, 4 if number >= 28 else None)
    # Begun before the outage and still under way when it began.
    add_chat(home, "im-before", "ivy", outage - 3 * MINUTE, 4, queue="im")
    add_chat(home, "im-over", "ivy", outage - 30 * MINUTE, 4, queue="im")
    common = {"started_at": outage, "ended_at": outage + 30 * MINUTE, "system": "chat", "evidence": "T-1"}
    signed = {"approved_by": "chief", "approved_at": at("2026-06-04 08:00")}
    home.add(
        "platform_incidents",
        [
            common | signed | {"incident_id": "I-1", "queue_id": "im", "kpi_groups": "rating|response|people"},
            common
            | signed
            | {"incident_id": "I-2", "queue_id": "back", "kpi_groups": "rating"}
            | {"revoked_at": at("2026-06-05 08:00")},
            common | {"incident_id": "I-3", "queue_id": "claim", "kpi_groups": "rating"},
            common | signed | {"incident_id": "I-4", "channel": "voice", "kpi_groups": "rating"},
        ],
    )


def add_review_cases(home: RawHome) -> None:
    """QC-1: 95 of 100 reviews pass; one at 97.0, one at 96.9."""
    add_chat(home, "qc", "qc1", at("2026-06-05 09:00"), queue="qc")
    for number in range(100):
        score = {0: "97.0", 95: "96.9"}.get(number, "99" if number < 95 else "80")
        row = {"review_id": f"qc-{number}", "contact_id": "qc", "agent_id": "qc1", "reviewer_id": "rex", "score": score}
        row |= {"reviewed_at": at("2026-06-08 12:00") + number * MINUTE, "mode": "live" if number < 50 else "after"}
        home.add("quality_reviews", [row])
    errors = [("qc-0", "E1", "severe"), ("qc-0", "E2", "severe"), ("qc-0", "E3", "general"), ("qc-1", "E3", "general")]
    home.add("quality_errors", [{"review_id": r, "error_code": code, "class": kind} for r, code, kind in errors])
    for number, kind in enumerate(("praise_in_contact", "praise_contact", "other")):
        row = {"recognition_id": f"p{number}", "contact_id": "qc", "kind": kind, "received_at": at("2026-06-08 15:00")}
        home.add("recognitions", [row])
    late = {"review_id": "late", "agent_id": "qc2", "reviewer_id": "late-rex", "score": "99"}
    home.add("quality_reviews", [late | {"reviewed_at": at("2026-07-20 12:00")}])
    timed = {"agent_id": "qc1", "kind": "wrap_up", "observer_id": "rex", "observed_at": at("2026-06-08 16:00")}
    home.add("observations", [timed | {"seconds": 45, "contact_id": "qc"}])


def add_visit_cases(home: RawHome) -> None:
    """One customer on two channels and twice on one, two contacts nobody knows, a channel without visitor counts."""
    start = at("2026-06-09 09:00")
    known = [("web", 0), ("web", 60), ("wechat", 120), ("voice", 180)]
    for number, (channel, minutes) in enumerate(known):
        add_chat(home, f"visit-{number}", "vic", start + minutes * MINUTE, customer="v1", channel=channel)
    for number in range(2):
        add_chat(home, f"visit-x{number}", "vic", start + number * MINUTE)
    add_chat(home, "visit-next", "vic", start + timedelta(days=1), customer="v1")
    for channel, entry, visitors in (("web", "home", 30), ("web", "help", 10), ("wechat", None, 20)):
        row = {"visited_on": "2026-06-09", "channel": channel, "entry_point": entry, "visitors": visitors}
        home.add("site_visits", [row])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    home = RawHome(tmp_path_factory.mktemp("feedback"))
    home.source("desk", not_recorded=("messages", "system_messages"))
    home.source("chat")
    home.source("plain", not_recorded=("messages", "system_messages"))
    home.source("mute", not_recorded=("messages", "system_messages", "ratings"))
    home.setting("rated_channels", [{"channel": channel} for channel in ("web", "wechat")])
    cases = (add_rating_cases, add_owner_cases, add_incident_cases, add_review_cases, add_visit_cases)
    for add in (*cases, add_invitations_to_everybody, add_invitations_without_deliveries):
        add(home)
    # AT-4: the ratings of cs1 and the reviews arrive a second time in another file.
    for feed in ("ratings", "quality_reviews", "contacts", "contact_events"):
        copies = [{**row, "file_name": "again.csv", "file_hash": "again"} for row in home.rows[feed]]
        home.rows[feed] += copies
    home.build(
        "fct_agent_day",
        "dim_agent",
        "fct_rating",
        "bridge_rating_agent",
        "fct_quality_review",
        "fct_incident",
        "fct_site_visit",
        "int_customer__day",
        "int_rating__eligible",
    )
    return home


def rating_sums(home: RawHome, where: str) -> dict[str, Any]:
    """Sums of the rating measures over invitations."""
    names = ["rating_invited", "rating_delivered", "ratings", "stars_sum", "good_ratings", "bad_ratings", "low_ratings"]
    columns = ", ".join(f"sum({name})" for name in names)
    return dict(zip(names, home.query(f"select {columns} from fct_rating where {where}")[0], strict=True))


def test_cs_1_participation_counts_delivered_invitations_and_the_score_counts_stars(home: RawHome) -> None:
    sums = rating_sums(home, "queue_id = 'cs1'")
    [(eligible,)] = home.query(
        "select sum(rating_eligible) from intermediate.int_rating__eligible where contact_key like 'desk/cs1-%'"
    )
    assert (eligible, sums["rating_invited"], sums["rating_delivered"], sums["ratings"]) == (120, 110, 100, 40)
    assert 100 * sums["ratings"] / sums["rating_delivered"] == Decimal(40)
    assert sums["stars_sum"] / sums["ratings"] == Decimal("4.575")
    assert 20 * sums["stars_sum"] / sums["ratings"] == Decimal("91.5")
    shares = [100 * sums[side] / sums["ratings"] for side in ("good_ratings", "bad_ratings", "low_ratings")]
    assert shares == [90, 5, 10]


def test_cs_2_both_sides_of_a_rate_are_the_agents_own(home: RawHome) -> None:
    sums = rating_sums(home, "agent_id = 'cs2-8'")
    assert (sums["ratings"], sums["rating_delivered"]) == (8, 20)


def test_cs_4_a_rating_belongs_to_the_last_handler_and_names_the_others_apart(home: RawHome) -> None:
    assert home.query("select agent_id, ratings from fct_rating where contact_key = 'desk/cs4'") == [("third", 1)]
    handlers = home.query(
        "select agent_id, is_owner from bridge_rating_agent where contact_key = 'desk/cs4' order by 1"
    )
    assert handlers == [("first", False), ("second", False), ("third", True)]


def test_of_several_ratings_of_a_contact_the_last_wins_and_the_others_stay(home: RawHome) -> None:
    sums = rating_sums(home, "contact_key = 'desk/twice'")
    assert (sums["rating_invited"], sums["rating_delivered"], sums["ratings"], sums["stars_sum"]) == (1, 1, 1, 5)
    assert home.query("select count(*) from fct_rating where contact_key = 'desk/twice'") == [(3,)]


def test_where_no_delivery_is_recorded_each_invitation_that_did_not_fail_counts_as_delivered(home: RawHome) -> None:
    sums = rating_sums(home, "queue_id = 'plain'")
    # 8 of 15 is 53 %, not 8 of 8.
    assert (sums["rating_invited"], sums["rating_delivered"], sums["ratings"]) == (16, 15, 8)


def test_a_rating_without_a_delivery_counts_as_delivered(home: RawHome) -> None:
    sums = rating_sums(home, "contact_key = 'desk/unsent'")
    assert (sums["rating_delivered"], sums["ratings"], sums["low_ratings"], sums["bad_ratings"]) == (1, 1, 1, 0)


def test_ratings_of_test_contacts_and_unknown_contacts_count_nowhere(home: RawHome) -> None:
    sums = rating_sums(home, "contact_key in ('desk/drill', 'desk/nobody-knows')")
    assert set(sums.values()) == {0}


def test_a_late_rating_belongs_to_the_date_of_its_contact(home: RawHome) -> None:
    assert home.query("select contact_date::varchar, agent_date::varchar from fct_rating where agent_id = 'dan'") == [
        ("2026-06-30", "2026-06-30")
    ]


def test_only_channels_that_invite_are_eligible(home: RawHome) -> None:
    found = home.query(
        "select contact_key from intermediate.int_rating__eligible "
        "where contact_key in ('desk/silent', 'desk/cs4', 'desk/drill')"
    )
    assert found == [("desk/cs4",)]


def test_rates_over_eligible_contacts_leave_other_invitations_out_above_the_line_too(home: RawHome) -> None:
    sums = rating_sums(home, "queue_id = 'any' and contact_key like 'chat/%'")
    assert (sums["rating_invited"], sums["ratings"]) == (3, 2)
    eligible = home.query(
        "select contact_key from intermediate.int_rating__eligible where contact_key similar to '(chat|mute)/.*' "
        "order by 1"
    )
    assert eligible == [("chat/any-0",), ("chat/any-1",)]
    counted = home.query(
        "select contact_key, ratings_eligible from fct_rating where queue_id = 'any' and rating_invited_eligible = 1"
    )
    assert counted == [("chat/any-1", 1)]


def test_in_1_an_approved_outage_is_left_out_of_the_groups_it_names(home: RawHome) -> None:
    raw = rating_sums(home, "queue_id = 'im'")
    hit = "contact_key in (select contact_key from intermediate.int_contact__excluded where kpi_group = 'rating')"
    excluded = rating_sums(home, f"queue_id = 'im' and {hit}")
    assert (raw["ratings"], raw["rating_delivered"]) == (22, 50)
    assert (excluded["ratings"], excluded["rating_delivered"]) == (0, 10)
    assert Decimal(22) / (50 - 10) == Decimal("0.55")
    # What the group `people` holds is not made of contacts: naming it takes nothing out.
    groups = home.query("select distinct kpi_group, incident_id from intermediate.int_contact__excluded order by 1")
    assert groups == [("rating", "I-1"), ("response", "I-1")]


def test_in_1_an_outage_that_is_revoked_or_never_approved_excuses_nothing(home: RawHome) -> None:
    rows = home.query("select incident_id, is_effective, contacts_excluded, approved_by from fct_incident order by 1")
    # I-1: ten contacts begun in the outage and one cut by it; I-4 stands but met no contact of its channel.
    assert rows == [
        ("I-1", True, 11, "chief"),
        ("I-2", False, 0, "chief"),
        ("I-3", False, 0, None),
        ("I-4", True, 0, "chief"),
    ]


def test_qc_1_97_passes_and_96_9_fails(home: RawHome) -> None:
    sums = home.query(
        "select sum(reviews), sum(reviews_passed), sum(live_reviews) from fct_quality_review where agent_id = 'qc1'"
    )
    assert sums == [(100, 95, 50)]
    passed = home.query(
        "select review_id, reviews_passed from fct_quality_review where review_id in ('desk/qc-0', 'desk/qc-95')"
    )
    assert sorted(passed) == [("desk/qc-0", 1), ("desk/qc-95", 0)]


def test_reviews_belong_to_the_date_of_the_review_and_count_errors_and_reviews_with_errors(home: RawHome) -> None:
    rows = home.query(
        "select review_date::varchar, queue_id, sum(reviews_with_severe_error), sum(severe_errors), "
        "sum(reviews_with_general_error), sum(general_errors) "
        "from fct_quality_review where agent_id = 'qc1' group by all"
    )
    assert rows == [("2026-06-08", "qc", 1, 2, 2, 2)]


def test_reviewers_have_their_own_days_and_agents_their_praise_and_observations(home: RawHome) -> None:
    rows = home.query(
        "select agent_id, reviewer_days, reviews_made, praises, observed_wrap_ups, observed_wrap_up_seconds "
        "from fct_agent_day where agent_date = '2026-06-08' order by agent_id"
    )
    assert rows == [("qc1", 0, 0, 2, 1, 45), ("rex", 1, 100, 0, 0, 0)]


def test_a_customer_counts_once_a_day_in_each_channel_and_once_in_the_centre(home: RawHome) -> None:
    rows = home.query(
        "select channel, customer_days_channel, customer_days_centre from intermediate.int_customer__day order by 1"
    )
    # On the web the customer and two unknown ones; by phone nobody counts visitors, so that contact stays out.
    assert rows == [("web", 3, 3), ("wechat", 1, 0)]
    assert home.query("select channel, visitors from fct_site_visit order by 1") == [("web", 40), ("wechat", 20)]


def test_a_reviewer_who_shows_up_after_the_last_contact_is_known(home: RawHome) -> None:
    assert home.query("select agent_name from dim_agent where agent_id = 'late-rex'") == [("late-rex",)]


def test_at_4_a_replayed_file_changes_nothing(home: RawHome) -> None:
    assert home.query("select count(*), count(distinct rating_id) from fct_rating") == [(388, 388)]
    assert home.query("select sum(reviews) from fct_quality_review") == [(101,)]
