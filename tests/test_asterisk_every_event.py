"""Every event of Asterisk's documentation in each of its forms: with all parameters, with fewer, with more.

The events are those of https://docs.asterisk.org/Operation/Logging/Queue-Logs/ , those that its sources write beside
them, and WRAPUPSTART of Wazo. Older versions wrote fewer parameters at the end, later ones and dialplans write more.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orchestration.sources.asterisk.events import DOCUMENTED
from tests.support.asterisk_log import SOURCE, at, line, read_lines

Row = dict[str, Any]
IGNORED: list[Row] = []
AT = 100


def row(event_type: str, after: float = 0, **stated: str) -> list[Row]:
    """One row of contact_events, so many seconds after the line, with what it states."""
    return [{"event_type": event_type, "occurred_at": at(AT + int(after))} | stated]


def state(name: str, *, is_pause_change: bool = False, **stated: str) -> list[Row]:
    """One row of agent_states."""
    return [{"state": name, "started_at": at(AT), "is_pause_change": is_pause_change} | stated]


def stated(wait: str, talk: str | None = None) -> Row:
    return {"wait_seconds": wait} | ({"talk_seconds": talk} if talk else {})


BLIND = {"transfer_kind": "blind", "transfer_target_id": "601"}
WARM = {"transfer_kind": "warm"}
PAUSED = state("meal", is_pause_change=True)
UNPAUSED = state("ready", is_pause_change=True)

FORMS: list[tuple[str, str, list[Row]]] = [
    ("ABANDON", "1|2|33", row("abandoned", **stated("33"))),
    ("ABANDON", "1|2", row("abandoned")),
    ("ABANDON", "", row("abandoned")),
    ("ABANDON", "1|2|33|x", row("abandoned", **stated("33"))),
    ("ADDMEMBER", "", state("ready")),
    ("ADDMEMBER", "PAUSED", state("away")),
    ("ADDMEMBER", "|x", state("ready")),
    ("AGENTDUMP", "", row("declined")),
    ("AGENTDUMP", "x", row("declined")),
    ("AGENTLOGIN", "SIP/1-000", state("ready")),
    ("AGENTLOGIN", "", state("ready")),
    ("AGENTLOGIN", "SIP/1-000|x", state("ready")),
    ("AGENTCALLBACKLOGIN", "1002@ctx", state("ready")),
    ("AGENTCALLBACKLOGIN", "", state("ready")),
    ("AGENTCALLBACKLOGIN", "1002@ctx|x", state("ready")),
    ("AGENTLOGOFF", "SIP/1-000|900", state("offline", signed_in_seconds="900")),
    ("AGENTLOGOFF", "SIP/1-000", state("offline")),
    ("AGENTLOGOFF", "", state("offline")),
    ("AGENTLOGOFF", "SIP/1-000|900|x", state("offline", signed_in_seconds="900")),
    ("AGENTLOGOFF", "SIP/1-000|1000000000", state("offline")),
    ("AGENTCALLBACKLOGOFF", "1002@ctx|900|Autologoff", state("offline", signed_in_seconds="900")),
    ("AGENTCALLBACKLOGOFF", "1002@ctx|900", state("offline", signed_in_seconds="900")),
    ("AGENTCALLBACKLOGOFF", "1002@ctx", state("offline")),
    ("AGENTCALLBACKLOGOFF", "1002@ctx|900|Autologoff|x", state("offline", signed_in_seconds="900")),
    ("ATTENDEDTRANSFER", "BRIDGE|b-1|5|20|1", row("transferred", **stated("5", "20"), **WARM)),
    ("ATTENDEDTRANSFER", "BRIDGE|b-1|5|20", row("transferred", **stated("5", "20"), **WARM)),
    ("ATTENDEDTRANSFER", "BRIDGE|b-1", row("transferred", **WARM)),
    ("ATTENDEDTRANSFER", "BRIDGE|b-1|5|20|1|x", row("transferred", **stated("5", "20"), **WARM)),
    ("ATTENDEDTRANSFER", "APP|Voicemail|5|20|1", row("transferred", **stated("5", "20"), **WARM)),
    ("ATTENDEDTRANSFER", "APP|Voicemail|5|20", row("transferred", **stated("5", "20"), **WARM)),
    ("ATTENDEDTRANSFER", "LINK|SIP/a-1|SIP/b-2|5|20|1", row("transferred", **stated("5", "20"), **WARM)),
    ("ATTENDEDTRANSFER", "LINK|SIP/a-1|SIP/b-2|5|20", row("transferred", **stated("5", "20"), **WARM)),
    ("ATTENDEDTRANSFER", "LINK|SIP/a-1|SIP/b-2", row("transferred", **WARM)),
    ("ATTENDEDTRANSFER", "LINK|SIP/a-1|SIP/b-2|5|20|1|x", row("transferred", **stated("5", "20"), **WARM)),
    ("ATTENDEDTRANSFER", "", row("transferred", **WARM)),
    ("BLINDTRANSFER", "601|ext|5|20|1", row("transferred", **stated("5", "20"), **BLIND)),
    ("BLINDTRANSFER", "601|ext|5|20", row("transferred", **stated("5", "20"), **BLIND)),
    ("BLINDTRANSFER", "601|ext", row("transferred", **BLIND)),
    ("BLINDTRANSFER", "601|ext|5|20|1|x", row("transferred", **stated("5", "20"), **BLIND)),
    ("COMPLETEAGENT", "7|30|1", row("ended", **stated("7", "30"))),
    ("COMPLETEAGENT", "7|30", row("ended", **stated("7", "30"))),
    ("COMPLETEAGENT", "", row("ended")),
    ("COMPLETEAGENT", "7|30|1|x", row("ended", **stated("7", "30"))),
    ("COMPLETECALLER", "7|30|1", row("ended", **stated("7", "30"))),
    ("COMPLETECALLER", "7|30", row("ended", **stated("7", "30"))),
    ("COMPLETECALLER", "", row("ended")),
    ("COMPLETECALLER", "7|30|1|x", row("ended", **stated("7", "30"))),
    ("CONFIGRELOAD", "", IGNORED),
    ("CONFIGRELOAD", "x", IGNORED),
    ("CONNECT", "12|169.1|4", row("connected", **stated("12"))),
    ("CONNECT", "12|169.1", row("connected", **stated("12"))),
    ("CONNECT", "12", row("connected", **stated("12"))),
    ("CONNECT", "", row("connected")),
    ("CONNECT", "12|169.1|4|x", row("connected", **stated("12"))),
    ("DID", "18005551234", IGNORED),
    ("DID", "", IGNORED),
    ("DID", "18005551234|x", IGNORED),
    ("ENTERQUEUE", "|5551234|1|Ann", row("queued", customer_id="5551234")),
    ("ENTERQUEUE", "|5551234|1", row("queued", customer_id="5551234")),
    ("ENTERQUEUE", "|5551234", row("queued", customer_id="5551234")),
    ("ENTERQUEUE", "http://x|", row("queued")),
    ("ENTERQUEUE", "", row("queued")),
    ("ENTERQUEUE", "|5551234|1|Ann|x", row("queued", customer_id="5551234")),
    ("EXITEMPTY", "2|3|66", row("left_queue", reason="empty", **stated("66"))),
    ("EXITEMPTY", "2", row("left_queue", reason="empty")),
    ("EXITEMPTY", "2|3|66|x", row("left_queue", reason="empty", **stated("66"))),
    ("EXITWITHKEY", "1|2|3|44", row("left_queue", reason="key", **stated("44"))),
    ("EXITWITHKEY", "1|2", row("left_queue", reason="key")),
    ("EXITWITHKEY", "1|2|3|44|x", row("left_queue", reason="key", **stated("44"))),
    ("EXITWITHTIMEOUT", "2|3|55", row("left_queue", reason="timeout", **stated("55"))),
    ("EXITWITHTIMEOUT", "2", row("left_queue", reason="timeout")),
    ("EXITWITHTIMEOUT", "2|3|55|x", row("left_queue", reason="timeout", **stated("55"))),
    ("INFO", "IVR|x", IGNORED),
    ("INFO", "", IGNORED),
    ("PAUSE", "lunch", PAUSED),
    ("PAUSE", "", state("away", is_pause_change=True)),
    ("PAUSE", "lunch|x", PAUSED),
    ("PAUSEALL", "lunch", PAUSED),
    ("PAUSEALL", "", state("away", is_pause_change=True)),
    ("PAUSEALL", "lunch|x", PAUSED),
    ("PENALTY", "3", IGNORED),
    ("PENALTY", "", IGNORED),
    ("QUEUESTART", "", IGNORED),
    ("QUEUESTART", "x", IGNORED),
    ("REMOVEMEMBER", "", state("offline")),
    ("REMOVEMEMBER", "x", state("offline")),
    ("RINGCANCELED", "4000", row("offered", after=-4)),
    ("RINGCANCELED", "", row("offered")),
    ("RINGCANCELED", "4000|x", row("offered", after=-4)),
    ("RINGNOANSWER", "15000", row("offered", after=-15) + row("declined")),
    ("RINGNOANSWER", "", row("declined")),
    ("RINGNOANSWER", "15000|x", row("offered", after=-15) + row("declined")),
    ("SYSCOMPAT", "", row("left_queue")),
    ("SYSCOMPAT", "x", row("left_queue")),
    ("TRANSFER", "601|ext|5|20|1", row("transferred", **stated("5", "20"), **BLIND)),
    ("TRANSFER", "601|ext|5|20", row("transferred", **stated("5", "20"), **BLIND)),
    ("TRANSFER", "601|ext", row("transferred", **BLIND)),
    ("TRANSFER", "601|ext|5|20|1|x", row("transferred", **stated("5", "20"), **BLIND)),
    ("UNPAUSE", "lunch", UNPAUSED),
    ("UNPAUSE", "", UNPAUSED),
    ("UNPAUSE", "lunch|x", UNPAUSED),
    ("UNPAUSEALL", "lunch", UNPAUSED),
    ("UNPAUSEALL", "", UNPAUSED),
    ("UNPAUSEALL", "lunch|x", UNPAUSED),
    ("WRAPUPSTART", "30", row("wrap_up_started") + row("wrap_up_ended", after=30)),
    ("WRAPUPSTART", "", row("wrap_up_started")),
    ("WRAPUPSTART", "30|x", row("wrap_up_started") + row("wrap_up_ended", after=30)),
]
SAME_IN_EVERY_FORM = {"contact_id", "agent_id", "queue_id", "channel", "direction"}
ORIGIN = {"record_number", "line_number", "row_in_record"}


def test_the_table_has_every_event() -> None:
    assert sorted({event for event, _, _ in FORMS}) == sorted(DOCUMENTED)


@pytest.mark.parametrize(("event", "parameters", "expected"), FORMS, ids=lambda value: value or "-")
def test_each_event_in_each_form(tmp_path: Path, event: str, parameters: str, expected: list[Row]) -> None:
    source = SOURCE.model_copy(update={"pause_reasons": {"lunch": "meal"}})
    batch = read_lines(tmp_path, line(AT, "c1", "sales", "SIP/1", event, *parameters.split("|")), source=source)

    assert batch.rejects.height == 0
    found = [
        {name: value for name, value in told.items() if value is not None and name not in ORIGIN | SAME_IN_EVERY_FORM}
        for frame in batch.feeds.values()
        for told in frame.to_dicts()
    ]
    assert found == expected
    assert (event in batch.ignored) == (expected == IGNORED)
