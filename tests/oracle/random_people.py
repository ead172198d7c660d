"""Staff, teams, states, reviews, visits and incidents of a random centre."""

from datetime import datetime, time, timedelta

from tests.oracle.random_parts import QUEUES, TEAMS, Writer

LEAVES = ["t11", "t1", "t2"]


def write_people(writer: Writer) -> None:
    """Write everything that is not a contact."""
    _teams_and_queues(writer)
    _staff(writer)
    _accounts(writer)
    _states(writer)
    _around(writer)


def _teams_and_queues(writer: Writer) -> None:
    since = writer.day(-400)
    for team, parent in TEAMS.items():
        writer.add(
            "desk", "teams", team_id=team, name=f"Team {team}", parent_team_id=parent, kind=None, valid_from=since
        )
    for queue, kind in QUEUES.items():
        is_of_t1 = queue == "q1"
        writer.add(
            "desk",
            "queues",
            queue_id=queue,
            name=queue,
            channel="web" if is_of_t1 else None,
            kind=kind,
            team_id="t1" if is_of_t1 else None,
            valid_from=since,
        )


def _staff(writer: Writer) -> None:
    """One trainee, one in part time, one joiner and one leaver among the agents; one moves, one is in two teams.

    Two are in a segment, one of them new; two have no cap.
    """
    since = writer.day(-400)
    for number, agent in enumerate([*writer.spec.staff, "m1", "m2"]):
        hired = writer.day(2) if number == 3 else since
        left = writer.day(writer.spec.days - 2) if number == 2 else None
        cap = None if number in (2, 4) else writer.rng.randint(2, 4)
        writer.add(
            "desk", "staff", agent_id=agent, person_id=f"p-{agent}", name=f"Agent {agent}",
            role="trainee" if number == 0 else "agent", employment="part" if number == 1 else "full", fte=1,
            segment="technical" if number in (1, 3) else None, max_concurrent=cap,
            hired_on=hired, left_on=left, leave_reason="pay" if left else None, valid_from=hired,
        )  # fmt: skip
        move = writer.day(writer.rng.randint(1, writer.spec.days - 1)) if number == 1 else None
        home = LEAVES[number % 3]
        membership = {"agent_id": agent, "is_home_team": True}
        writer.add("desk", "team_memberships", **membership, team_id=home, valid_from=hired, valid_to=move)
        if move:
            writer.add("desk", "team_memberships", **membership, team_id="t2", valid_from=move, valid_to=None)
        if number == 0:
            second = {"agent_id": agent, "team_id": "t2", "is_home_team": False}
            writer.add("desk", "team_memberships", **second, valid_from=hired, valid_to=None)


def _accounts(writer: Writer) -> None:
    """On the telephone a1 has an extension that a2 gets on a later day; a3 has one all the time."""
    handed_on = writer.day(writer.rng.randint(1, writer.spec.days - 1))
    writer.accounts = {"x1": [(writer.day(0), "a1"), (handed_on, "a2")], "x3": [(writer.day(0), "a3")]}
    for account, holders in writer.accounts.items():
        for since, agent in holders:
            writer.add("desk", "agent_accounts", source_id="phone", account=account, agent_id=agent, valid_from=since)


def _states(writer: Writer) -> None:
    """States of each agent back to back, over midnight now and then; some days off."""
    for agent in writer.spec.staff:
        moment = writer.at(0, time(6, 0))
        last = writer.at(writer.spec.days - 1, time(23, 0))
        while moment < last:
            kinds = ["ready", "ready", "ready", "busy", "away", "meal", "training", "wrap_up", "offline"]
            length = timedelta(seconds=writer.rng.randint(600, 6 * 3600))
            ended = min(last, moment + length)
            row = {"agent_id": agent, "started_at": moment, "ended_at": ended}
            writer.add("desk", "agent_states", **row, state=writer.rng.choice(kinds))
            moment = ended


def _any_moment(writer: Writer) -> datetime:
    start = writer.at(0, time(8, 0))
    whole = int((writer.at(writer.spec.days - 1, time(20, 0)) - start).total_seconds())
    return start + timedelta(seconds=writer.rng.randrange(whole))


def _around(writer: Writer) -> None:
    for number in range(6):
        writer.add(
            "desk", "observations", agent_id=writer.rng.choice(writer.spec.staff), contact_id=None, kind="wrap_up",
            seconds=writer.rng.randint(10, 120), observer_id="o1", observed_at=_any_moment(writer),
        )  # fmt: skip
        writer.add(
            "desk", "recognitions", recognition_id=f"k{number}", agent_id=writer.rng.choice(writer.spec.staff),
            contact_id=None, kind=writer.rng.choice(["praise_in_contact", "praise_contact", "other"]),
            received_at=_any_moment(writer),
        )  # fmt: skip
    for day in range(writer.spec.days):
        for channel in ("web", "wechat", "app"):
            for entry_point in ("home", "help"):
                writer.add(
                    "desk", "site_visits", visited_on=writer.day(day), channel=channel,
                    entry_point=entry_point, visitors=writer.rng.randint(0, 60),
                )  # fmt: skip
    for number, approved in enumerate([True, False]):
        started = _any_moment(writer)
        writer.add(
            "desk", "platform_incidents", incident_id=f"i{number}", started_at=started,
            ended_at=started + timedelta(hours=20), channel="web", queue_id=None, system="chat",
            kpi_groups="response|rating|access|efficiency|quality", evidence="log",
            approved_by="head" if approved else None,
            approved_at=started + timedelta(days=1) if approved else None, revoked_at=None,
        )  # fmt: skip
