"""A home whose assessments are sealed: its policy, and the files by which ann's March comes out with 47 points."""

from __future__ import annotations

from tests.support.assessments import changed
from tests.support.policies import EP
from tests.support.publishing_home import MARCH

COMPONENTS = EP[EP.index("    components:") : EP.index("    unmeasured:")]
POLICY = changed(
    EP.replace(COMPONENTS, "    components: [{kpi_id: contacts_handled, weight: 100, zero_low: 0, full_low: 4}]\n"),
    days="min_agent_days: 10 => min_agent_days: 1",
)
"""The example policy where two contacts handled in a month are 50 points."""

COMPLAINTS = "complaint_id,contact_id,received_at,origin,leaf,responsible_agent_id,outcome,decided_at\n"
APPEALS = "appeal_id,subject_kind,subject_id,filed_by,filed_at,outcome,decided_at,decided_by,effect\n"


def complaint(name: str, received: str, *, contact: str = "", is_decided: bool = True, agent: str = "ann") -> str:
    """A line of a complaint for which somebody is responsible, decided in the evening, or pending."""
    decision = f"{agent},upheld,{received}T20:00:00Z" if is_decided else ",,"
    return f"{name},{contact},{received}T09:00:00Z,customer,attitude.cold,{decision}\n"


FIRST = MARCH | {
    "desk/2026-03-31/staff.csv": "agent_id,name,role,employment,hired_on,valid_from\n"
    "ann,Ann,agent,full,2026-01-01,2026-01-01\n",
    "desk/2026-03-31/teams.csv": "team_id,name,kind,valid_from\nnorth,North,normal,2026-01-01\n",
    "desk/2026-03-31/team_memberships.csv": "agent_id,team_id,valid_from,is_home_team\nann,north,2026-01-01,true\n",
    "desk/2026-03-31/complaints.csv": COMPLAINTS
    + "".join(complaint(f"c{n}", f"2026-03-{n:02}") for n in (11, 12))
    + complaint("c13", "2026-03-30", contact="one"),
}
