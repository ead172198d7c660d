"""What is a maximum and never a sum: open legs at once, the cap for them, and the peak as a share of the cap.

Nothing is found of a cap where nobody who worked has one.
"""

from collections import defaultdict
from datetime import date

from tests.oracle.book import Scope, Sums
from tests.oracle.contact import Contact
from tests.oracle.feeds import Centre
from tests.oracle.people import peaks, staff_on, teams_of

Peaks = dict[str, dict[tuple[Scope, date], float]]


def peak_days(centre: Centre, contacts: list[Contact], sums: Sums) -> Peaks:
    """Return the largest of each kind by scope and date: agents, their teams, the centre."""
    open_legs = peaks(centre, contacts)
    found: Peaks = {name: defaultdict(float) for name in ("peak_concurrent_legs", "configured_max_concurrent", "share")}
    worked = {(scope_id, day) for ((kind, scope_id), day), one in sums.items() if kind == "agent" and one["agent_days"]}
    for agent_id, day in worked | set(open_legs):
        peak = open_legs.get((agent_id, day), 0)
        told = staff_on(centre, agent_id, day) if (agent_id, day) in worked else []
        cap = int(told[0]["max_concurrent"]) if told and told[0]["max_concurrent"] else None
        teams = [("team", team) for team in teams_of(centre, agent_id, day)]
        for scope in [("agent", agent_id), ("centre", "centre"), *teams]:
            stated = {} if cap is None else {"configured_max_concurrent": cap, "share": round(peak / cap, 4)}
            for name, number in {"peak_concurrent_legs": peak, **stated}.items():
                found[name][scope, day] = max(found[name][scope, day], number)
    return found
