"""A home whose files hold, each on a day of its own, what the two sides of a rate must agree on (labels: the day).

Everything comes in through the landing folder. The centre lies in Berlin; channel `app` is open on Sundays from 02:00
to 03:00, an hour that comes twice on 26 October 2025, and `web` on Sundays from 00:00 to 02:00.
"""

from __future__ import annotations

from pathlib import Path

from orchestration.home.paths import Home
from orchestration.run.run import run

SETTINGS = """
name: Desk
time_zone: Europe/Berlin
opening_hours:
  - {channel: app, days: [sun], opens: '02:00', closes: '03:00'}
  - {channel: web, days: [sun], opens: '00:00', closes: '02:00'}
sources:
  - {name: desk, kind: feed, channel: voice}
"""

EVENTS_HEADER = (
    "contact_id,occurred_at,event_type,agent_id,queue_id,transfer_kind,transfer_target_kind,transfer_target_id"
)
CONTACTS_HEADER = "contact_id,customer_id,channel,direction,queue_id,started_at,ended_at"

REPEATED_HOUR = """
D1,2025-10-26T02:30:00,queued,,QD,,,
D1,2025-10-26T02:31:00+02:00,connected,AD,QD,,,
D1,2025-10-26T02:33:00+02:00,ended,AD,,,,
D2,2025-10-26T02:50:00+02:00,queued,,QD,,,
D2,2025-10-26T02:10:00+01:00,connected,AD,QD,,,
D2,2025-10-26T03:05:00+01:00,ended,AD,,,,
D3,2025-10-26T01:50:00,queued,,QD,,,
D3,2025-10-26T03:10:00,connected,AD,QD,,,
D3,2025-10-26T03:20:00,ended,AD,,,,
D4,2025-10-26T02:30:00+01:00,queued,,QD,,,
D4,2025-10-26T02:30:40+01:00,abandoned,,QD,,,
N1,2025-10-26T01:30:00+02:00,queued,,QN,,,
N1,2025-10-26T02:30:00+01:00,connected,AD,QN,,,
N1,2025-10-26T02:40:00+01:00,ended,AD,,,,
"""
REPEATED_HOUR_CONTACTS = """
D1,,app,inbound,QD,2025-10-26T02:30:00,2025-10-26T02:33:00+02:00
D2,,app,inbound,QD,2025-10-26T02:50:00+02:00,2025-10-26T03:05:00+01:00
D3,,app,inbound,QD,2025-10-26T01:50:00,2025-10-26T03:20:00
D4,,app,inbound,QD,2025-10-26T02:30:00+01:00,2025-10-26T02:30:40+01:00
N1,,web,inbound,QN,2025-10-26T01:30:00+02:00,2025-10-26T02:40:00+01:00
"""

# 5 November: there and back between A and B of one team; then from A to C of another team, a way of 20 s between them;
# a third one is passed on blindly to nobody, and the customer hangs up two minutes later.
THERE_AND_BACK = """
X1,2025-11-05T10:00:00,queued,,Q3,,,
X1,2025-11-05T10:00:30,connected,A,Q3,,,
X1,2025-11-05T10:02:30,transferred,A,Q3,blind,agent,B
X1,2025-11-05T10:02:40,connected,B,Q3,,,
X1,2025-11-05T10:05:40,transferred,B,Q3,blind,agent,A
X1,2025-11-05T10:06:00,connected,A,Q3,,,
X1,2025-11-05T10:08:00,ended,A,,,,
X2,2025-11-08T10:00:00,queued,,Q4,,,
X2,2025-11-08T10:00:00,connected,A,Q4,,,
X2,2025-11-08T10:01:00,transferred,A,Q4,blind,agent,C
X2,2025-11-08T10:01:20,connected,C,Q4,,,
X2,2025-11-08T10:05:00,ended,C,,,,
X3,2025-11-09T10:00:00,queued,,Q5,,,
X3,2025-11-09T10:00:00,connected,A,Q5,,,
X3,2025-11-09T10:01:00,transferred,A,Q5,blind,agent,C
X3,2025-11-09T10:03:00,ended,,,,,
"""
THERE_AND_BACK_CONTACTS = """
X1,,voice,inbound,Q3,2025-11-05T10:00:00,2025-11-05T10:08:00
X2,,voice,inbound,Q4,2025-11-08T10:00:00,2025-11-08T10:05:00
X3,,voice,inbound,Q5,2025-11-09T10:00:00,2025-11-09T10:03:00
"""

# 7 November: H1 talks 300 s and wraps up for 60 s; of H2 no end was ever written, only a hold of 30 s.
LOST_END = """
H1,2025-11-07T10:00:00,queued,,QH,,,
H1,2025-11-07T10:00:00,connected,HA,QH,,,
H1,2025-11-07T10:05:00,ended,HA,,,,
H1,2025-11-07T10:05:00,wrap_up_started,HA,,,,
H1,2025-11-07T10:06:00,wrap_up_ended,HA,,,,
H2,2025-11-07T11:00:00,queued,,QH,,,
H2,2025-11-07T11:00:00,connected,HA,QH,,,
H2,2025-11-07T11:01:00,held,HA,,,,
H2,2025-11-07T11:01:30,resumed,HA,,,,
"""

# 12 November: the centre calls K1 back an hour after he called; K2 calls again himself, and is called back in between.
CALLED_BACK = """
K1-1,2025-11-12T09:00:00,connected,HA,QK,,,
K1-1,2025-11-12T09:05:00,ended,HA,,,,
K1-2,2025-11-12T10:00:00,connected,HA,QK,,,
K1-2,2025-11-12T10:05:00,ended,HA,,,,
K2-1,2025-11-12T09:00:00,connected,HA,QK,,,
K2-1,2025-11-12T09:05:00,ended,HA,,,,
K2-2,2025-11-12T10:00:00,connected,HA,QK,,,
K2-2,2025-11-12T10:05:00,ended,HA,,,,
K2-3,2025-11-12T11:00:00,connected,HA,QK,,,
K2-3,2025-11-12T11:05:00,ended,HA,,,,
"""
CALLED_BACK_CONTACTS = """
K1-1,k1,voice,inbound,QK,2025-11-12T09:00:00,2025-11-12T09:05:00
K1-2,k1,voice,callback,QK,2025-11-12T10:00:00,2025-11-12T10:05:00
K2-1,k2,voice,inbound,QK,2025-11-12T09:00:00,2025-11-12T09:05:00
K2-2,k2,voice,callback,QK,2025-11-12T10:00:00,2025-11-12T10:05:00
K2-3,k2,voice,inbound,QK,2025-11-12T11:00:00,2025-11-12T11:05:00
"""

# 13 November: V1 starts at 08:50 and enters its queue at 09:10; V2 starts at 23:50 and enters it after midnight.
ENTERED_LATER = """
V1,2025-11-13T09:10:00,queued,,QV,,,
V1,2025-11-13T09:10:20,connected,HA,QV,,,
V1,2025-11-13T09:15:00,ended,HA,,,,
V2,2025-11-14T00:05:00,queued,,QV,,,
V2,2025-11-14T00:05:40,connected,HA,QV,,,
V2,2025-11-14T00:10:00,ended,HA,,,,
"""
ENTERED_LATER_CONTACTS = """
V1,,voice,inbound,QV,2025-11-13T08:50:00,2025-11-13T09:15:00
V2,,voice,inbound,QV,2025-11-13T23:50:00,2025-11-14T00:10:00
"""

# 6 November: E1 is ready for 8 h and E2 has no states, each with 8 contacts of 9 min 50 s. 17 November: E3's night,
# 00:00 to 04:00; the one contact that he takes in it started on the 16th. 18 November: the states of S1 and S2, by
# the half-hour.
STATES = """agent_id,state,started_at,ended_at
E1,ready,2025-11-06T09:00:00,2025-11-06T17:00:00
E3,ready,2025-11-17T00:00:00,2025-11-17T04:00:00
S1,ready,2025-11-18T09:00:00,2025-11-18T09:45:00
S2,ready,2025-11-18T09:15:00,2025-11-18T09:30:00
S2,away,2025-11-18T09:30:00,2025-11-18T10:00:00
"""
NIGHT = """
M1,2025-11-16T23:50:00,queued,,QM,,,
M1,2025-11-17T00:10:00,connected,E3,QM,,,
M1,2025-11-17T00:40:00,ended,E3,,,,
S1-1,2025-11-18T09:05:00,connected,S1,QS,,,
S1-1,2025-11-18T09:35:00,ended,S1,,,,
"""
NIGHT_CONTACTS = """
M1,,voice,inbound,QM,2025-11-16T23:50:00,2025-11-17T00:40:00
S1-1,,voice,inbound,QS,2025-11-18T09:05:00,2025-11-18T09:35:00
"""
DAYS_AFTER = """
Z,2025-11-30T12:00:00,queued,,QZ,,,
Z,2025-11-30T12:00:10,abandoned,,QZ,,,
"""

TEAMS = """team_id,name,parent_team_id,valid_from
T0,Top,,2024-01-01
TX,TX,T0,2024-01-01
TY,TY,T0,2024-01-01
TE,TE,T0,2024-01-01
TH,TH,T0,2024-01-01
TM,TM,T0,2024-01-01
TS,TS,T0,2024-01-01
"""
TEAM_OF = {
    "A": "TX", "B": "TX", "C": "TY", "E1": "TE", "E2": "TE", "E3": "TM", "HA": "TH", "S1": "TS", "S2": "TS",
}  # fmt: skip


def _work_of_the_sixth() -> tuple[str, str]:
    events, contacts = [], []
    for agent in ("E1", "E2"):
        for number in range(8):
            name, hour = f"{agent}-{number}", f"2025-11-06T{9 + number:02}"
            events += [
                f"{name},{hour}:00:00,queued,,QE,,,",
                f"{name},{hour}:00:10,connected,{agent},QE,,,",
                f"{name},{hour}:10:00,ended,{agent},,,,",
            ]
            contacts.append(f"{name},,voice,inbound,QE,{hour}:00:00,{hour}:10:00")
    return "\n".join(events), "\n".join(contacts)


def _files() -> dict[str, str]:
    events, contacts = _work_of_the_sixth()
    all_events = (REPEATED_HOUR, THERE_AND_BACK, LOST_END, CALLED_BACK, ENTERED_LATER, NIGHT, DAYS_AFTER, events)
    all_contacts = (
        REPEATED_HOUR_CONTACTS, THERE_AND_BACK_CONTACTS, CALLED_BACK_CONTACTS, ENTERED_LATER_CONTACTS, NIGHT_CONTACTS,
        contacts,
    )  # fmt: skip
    members = [f"{agent},{team},2024-01-01,,true" for agent, team in TEAM_OF.items()]
    staff = [f"{agent},{agent},agent,full,2024-01-01,2024-01-01" for agent in TEAM_OF]
    return {
        "contact_events.csv": "\n".join([EVENTS_HEADER, *(part.strip() for part in all_events)]) + "\n",
        "contacts.csv": "\n".join([CONTACTS_HEADER, *(part.strip() for part in all_contacts)]) + "\n",
        "agent_states.csv": STATES,
        "teams.csv": TEAMS,
        "team_memberships.csv": "\n".join(["agent_id,team_id,valid_from,valid_to,is_home_team", *members]) + "\n",
        "staff.csv": "\n".join(["agent_id,name,role,employment,hired_on,valid_from", *staff]) + "\n",
    }


def build_rates_home(root: Path) -> Home:
    """Land the files and run, as far as the published file."""
    home = Home(root)
    (root / "centre.yaml").write_text(SETTINGS, encoding="utf-8")
    drop = home.landing / "desk" / "2025-12-01"
    drop.mkdir(parents=True)
    for name, text in _files().items():
        (drop / name).write_text(text, encoding="utf-8")
    run(home, site=False)
    return home
