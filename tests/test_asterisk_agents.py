"""Who was signed in by a queue log, from the file to the published facts."""

from __future__ import annotations

import pytest

from tests.support.queue_log_home import QueueLogHome

pytestmark = pytest.mark.slow

HOUR = 3600
MIDNIGHT = 1767571200
"""2026-01-05 in UTC."""


def at(hours: float, agent: str, event: str, *parameters: str) -> str:
    return "|".join([str(MIDNIGHT + int(HOUR * hours)), "NONE", "NONE", agent, event, *parameters]) + "\n"


UNPAUSED_AFTER_LOGOFF = (
    at(7, "Agent/U", "AGENTCALLBACKLOGIN", "1001@x")
    + at(7.25, "Agent/U", "AGENTCALLBACKLOGOFF", "1001@x", "900", "CommandLogoff")
    + f"{MIDNIGHT + 26101}|NONE|NONE|Agent/U|UNPAUSEALL|\n"
    # In the second of the logoff, and with a pause as well.
    + at(8, "Agent/S", "AGENTLOGIN", "SIP/1")
    + at(9, "Agent/S", "UNPAUSEALL")
    + at(9, "Agent/S", "AGENTLOGOFF", "SIP/1", "3600")
    + at(9.5, "Agent/S", "PAUSEALL", "lunch")
    + at(10, "Agent/S", "UNPAUSEALL")
    + at(11, "Agent/S", "AGENTLOGIN", "SIP/1")
    + at(11, "Agent/S", "PAUSEALL", "lunch")
    + at(12, "Agent/S", "UNPAUSEALL")
    + at(13, "Agent/S", "AGENTLOGOFF", "SIP/1", "7200")
    # Whose login nobody saw may be logged in.
    + at(8, "Agent/N", "PAUSE", "lunch")
    + at(9, "Agent/N", "UNPAUSE")
    + at(10, "Agent/N", "REMOVEMEMBER")
)
PROVEN = (
    # The login line was lost.
    at(8, "Agent/L", "AGENTLOGOFF", "SIP/1", "7200")
    + at(12, "Agent/L", "PAUSEALL", "lunch")
    + at(13, "Agent/L", "UNPAUSEALL")
    + at(14, "Agent/L", "AGENTLOGOFF", "SIP/1", "10800")
    # A login of twenty hours, longer than a state may be.
    + at(2, "Agent/T", "AGENTLOGIN", "SIP/2")
    + at(22, "Agent/T", "AGENTLOGOFF", "SIP/2", "72000")
    # The logoff was lost, and the login after it.
    + at(1, "Agent/B", "AGENTLOGIN", "SIP/3")
    + at(23, "Agent/B", "AGENTLOGOFF", "SIP/3", "3600")
    # Without a login Asterisk counts from 1970; a second more or less is no login of its own.
    + at(5, "Agent/Z", "AGENTLOGIN", "SIP/4")
    + at(6, "Agent/Z", "AGENTLOGOFF", "SIP/4", "1767596400")
    + at(10, "Agent/Z", "AGENTLOGIN", "SIP/4")
    + at(11, "Agent/Z", "AGENTLOGOFF", "SIP/4", "3601")
    + at(12, "Agent/Z", "AGENTLOGOFF", "SIP/4")
    # So that the data begin before and reach beyond.
    + at(0, "Agent/Y", "AGENTLOGIN", "SIP/5")
    + at(0.5, "Agent/Y", "AGENTLOGOFF", "SIP/5", "1800")
    + at(47, "Agent/Y", "AGENTLOGOFF", "SIP/5", "0")
)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> QueueLogHome:
    logs = {"pauses": UNPAUSED_AFTER_LOGOFF, "proven": PROVEN}
    return QueueLogHome(tmp_path_factory.mktemp("agents"), logs, {})


def states(log: QueueLogHome, agent: str) -> dict[str, int]:
    return dict(
        log.rows(
            "select state, sum(state_seconds)::int from fct_agent_state_day where agent_id = ? group by state", agent
        )
    )


def test_every_line_is_taken(log: QueueLogHome) -> None:
    assert log.lost() == (0, 0)


def test_a_change_of_pause_after_the_logoff_is_no_login(log: QueueLogHome) -> None:
    assert states(log, "Agent/U") == {"ready": 900}


def test_who_logs_in_again_is_paused_and_unpaused_again(log: QueueLogHome) -> None:
    assert states(log, "Agent/S") == {"ready": 2 * HOUR, "away": HOUR}


def test_a_pause_of_whom_nobody_saw_log_in_counts(log: QueueLogHome) -> None:
    assert states(log, "Agent/N") == {"away": HOUR, "ready": HOUR}


def test_a_logoff_that_states_its_login_time_proves_a_login_whose_line_was_lost(log: QueueLogHome) -> None:
    # 6 to 8, and 11 to 14 with an hour of lunch.
    assert states(log, "Agent/L") == {"ready": 4 * HOUR, "away": HOUR}


def test_a_logoff_that_states_its_login_time_proves_a_login_longer_than_a_state_may_be(log: QueueLogHome) -> None:
    assert states(log, "Agent/T") == {"ready": 20 * HOUR}


def test_what_no_logoff_proves_is_cut_as_ever(log: QueueLogHome) -> None:
    assert states(log, "Agent/B") == {"ready": (16 + 1) * HOUR}


def test_login_times_that_cannot_be_and_those_a_second_off_change_nothing(log: QueueLogHome) -> None:
    assert states(log, "Agent/Z") == {"ready": 2 * HOUR}
