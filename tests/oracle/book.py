"""Sums by scope and local date, and the rules that say to whom an amount belongs."""

from dataclasses import dataclass
from datetime import date

from tests.oracle.amounts import leg_visit
from tests.oracle.contact import Contact
from tests.oracle.feeds import Centre
from tests.oracle.message_amounts import Amounts
from tests.oracle.people import teams_of

Scope = tuple[str, str]
Sums = dict[tuple[Scope, date], Amounts]


@dataclass
class Book:
    """Sums by scope and date, filled by one subject after the other."""

    centre: Centre
    contacts: list[Contact]
    sums: Sums

    def add(self, scope: Scope, day: date, amounts: Amounts) -> None:
        """Add amounts to a scope's date."""
        self.sums[scope, day].update(amounts)

    def add_person(self, agent_id: str, day: date, held_on: date, amounts: Amounts, channel: str = "") -> None:
        """Add an agent's own amounts to him, his teams as of `held_on` (and their channel), and the centre."""
        scopes = [("centre", "centre"), *self.person_scopes(agent_id, held_on)]
        scopes += self.team_scopes(agent_id, held_on, channel)
        for scope in scopes:
            self.add(scope, day, amounts)

    def person_scopes(self, agent_id: str, held_on: date) -> list[Scope]:
        """Return an agent, and apart from his other days him with the day whose teams hold."""
        return [("agent", agent_id), ("member", f"{agent_id}|{held_on}")]

    def team_scopes(self, agent_id: str, held_on: date, channel: str = "") -> list[Scope]:
        """Return every team of an agent on a date, and each together with a channel."""
        teams = sorted(teams_of(self.centre, agent_id, held_on))
        together = [("team_channel", f"{team}|{channel}") for team in teams if channel]
        return [*(("team", team) for team in teams), *together]

    def owner(self, contact: Contact) -> tuple[str, date]:
        """Return the last human handler and the local date on which his leg began."""
        leg = contact.legs[-1]
        return leg.agent_id, self.centre.local_date(leg.connected)

    def scopes_of(self, contact: Contact, queue_id: str = "") -> list[Scope]:
        """Return everything above a contact, and its last handler with his queue and his teams."""
        scopes = [("centre", "centre"), ("channel", contact.row["channel"])]
        scopes.append(("queue", queue_id or self.last_queue(contact)))
        if contact.legs:
            agent_id, held_on = self.owner(contact)
            scopes += self.person_scopes(agent_id, held_on)
            scopes += self.team_scopes(agent_id, held_on, contact.row["channel"])
        return scopes

    def add_owned(self, contact: Contact, day: date, amounts: Amounts, queue_id: str = "") -> None:
        """Add amounts of a contact to everything above it and to its last handler with his queue and teams."""
        for scope in self.scopes_of(contact, queue_id):
            self.add(scope, day, amounts)

    def scopes_touched(self, contact: Contact) -> set[Scope]:
        """Return every scope that had a part in a contact: all its queues, agents and teams."""
        scopes = {("centre", "centre"), ("channel", contact.row["channel"])}
        scopes |= {("queue", visit.queue_id) for visit in contact.visits} or {("queue", contact.queue_id)}
        for leg in contact.legs:
            held_on = self.centre.local_date(leg.connected)
            scopes |= {("agent", leg.agent_id), *self.team_scopes(leg.agent_id, held_on, contact.row["channel"])}
        return scopes

    def last_queue(self, contact: Contact) -> str:
        """Return the queue from which the last handler had the contact, else its first queue."""
        stay = leg_visit(contact, contact.legs[-1]) if contact.legs else None
        return stay.queue_id if stay else contact.queue_id
