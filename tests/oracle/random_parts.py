"""The parts of which small random centres are made: the spec, and a writer of feed rows."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.oracle.feeds import Row

FIRST_DAY = date(2026, 3, 2)
TEAMS = {"t0": "", "t1": "t0", "t2": "t0", "t11": "t1"}
RATED_CHANNELS = ("web", "wechat")
QUEUES = {"q1": "normal", "q2": "technical", "qx": "expert", "qv": "normal", "qm": "normal"}
NOT_RECORDED = {
    "desk": frozenset[str](),
    "phone": frozenset({"transfer_arrivals", "messages", "system_messages", "ratings", "site_visits"}),
    "mail": frozenset(
        {
            "routing",
            "transfers",
            "transfer_arrivals",
            "wrap_up",
            "agent_states",
            "system_messages",
            "ratings",
            "site_visits",
            "staff",
        }
    ),
}

RECEIVED_WITHOUT_ROUTING = "phone"
"""Source whose inbound contacts count as received without any event."""


@dataclass(frozen=True)
class Spec:
    """What a random centre is made from; the same spec gives the same files."""

    seed: int
    zone: str
    days: int
    agents: int
    contacts: int
    first_day: date = FIRST_DAY

    @property
    def tells_delivery(self) -> bool:
        """Whether an invitation says when it was delivered: three centres in four do."""
        return self.seed % 4 != 3

    @property
    def staff(self) -> list[str]:
        """Agents of desk and phone."""
        return [f"a{number}" for number in range(1, self.agents + 1)]


@dataclass
class Writer:
    """Rows by source and feed, and a random source."""

    spec: Spec
    rng: Random
    rows: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    rated_share: float = 0.6
    accounts: dict[str, list[tuple[date, str]]] = field(default_factory=dict)
    """Accounts on the telephone: who has each since when."""

    @property
    def zone(self) -> ZoneInfo:
        """The centre's zone."""
        return ZoneInfo(self.spec.zone)

    def day(self, number: int) -> date:
        """Return a date of the centre; 0 is the first one."""
        return self.spec.first_day + timedelta(days=number)

    def at(self, day: int, clock: time) -> datetime:
        """Return the instant of a local time on a day of the centre."""
        return datetime.combine(self.day(day), clock, self.zone).astimezone(UTC)

    def add(self, source: str, feed: str, **cells: object) -> None:
        """Add one row; instants get their offset, flags become true or false."""
        self.rows[source, feed].append({name: _text(value) for name, value in cells.items()})

    def account(self, agent_id: str, moment: datetime) -> str:
        """Return what the telephone calls an agent at an instant: his account, or himself if he has none."""
        day = moment.astimezone(self.zone).date()
        for account, holders in self.accounts.items():
            held = [agent for since, agent in holders if since <= day]
            if held and held[-1] == agent_id:
                return account
        return agent_id

    def chance(self, share: float) -> bool:
        """Return True in that share of the cases."""
        return self.rng.random() < share


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)
