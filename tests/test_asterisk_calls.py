"""Calls of a queue log, from the file to the published facts: stays in queues, lost lines, transfers."""

from __future__ import annotations

import pytest

from tests.support.queue_log_home import QueueLogHome

pytestmark = pytest.mark.slow

ONE_SECOND = """\
1767603600|SS|q_SS|NONE|ENTERQUEUE||505|1
1767603600|SS|q_SS|NONE|ABANDON|1|1|1
1767604200|SC|q_SC|NONE|ENTERQUEUE||506|1
1767604200|SC|q_SC|Agent/SC|CONNECT|1|c7|1
1767604260|SC|q_SC|Agent/SC|COMPLETECALLER|1|60|1
"""
ORDER = """\
1767603600|empty|q1|NONE|ENTERQUEUE||505|1
1767603600|empty|q1|NONE|EXITEMPTY|1|1|0
1767603600|empty|q2|NONE|ENTERQUEUE||505|1
1767603600|empty|q2|NONE|EXITEMPTY|1|1|0
1767603600|empty|q0|NONE|ENTERQUEUE||505|1
1767603602|empty|q0|Agent/1|CONNECT|2|c7|1
1767603662|empty|q0|Agent/1|COMPLETECALLER|2|60|1
1767604000|loop|q1|NONE|ENTERQUEUE||506|1
1767604003|loop|q1|NONE|EXITWITHTIMEOUT|1|1|3
1767604003|loop|q1|NONE|ENTERQUEUE||506|1
1767604008|loop|q1|NONE|ABANDON|1|1|5
1767605000|set-back|q1|NONE|ENTERQUEUE||507|1
1767604990|set-back|q1|NONE|ABANDON|1|1|4
1767606000|sorted|q1|Agent/1|CONNECT|0|c8|0
1767606000|sorted|q1|NONE|ENTERQUEUE||508|1
1767606030|sorted|q1|Agent/1|COMPLETEAGENT|0|30|1
1767607000|again|q1|NONE|ENTERQUEUE||509|1
1767607004|again|q1|Agent/1|CONNECT|4|c9|0
1767607014|again|q1|Agent/1|COMPLETEAGENT|4|10|1
1767607014|again|q1|NONE|ENTERQUEUE||509|1
1767607014|again|q1|Agent/1|CONNECT|0|c9|0
1767607034|again|q1|Agent/1|COMPLETEAGENT|0|20|1
"""
LOST_CONNECT = """\
1767603600|LC|q_LC|NONE|ENTERQUEUE||507|1
1767603630|LC|q_LC|Agent/LC|COMPLETEAGENT|12|18|1
1767607200|LQ|q_LQ|Agent/LQ|COMPLETEAGENT|10|50|1
1767610800|LT|q_LT|NONE|ENTERQUEUE||508|1
1767610850|LT|q_LT|Agent/LT|BLINDTRANSFER|600|default|10|40|1
1767614400|LX|q_LX|NONE|ENTERQUEUE||509|1
1767614410|LX|q_LX|Agent/LX|COMPLETECALLER|10
"""
ATTENDED = """\
1767603600|t1|q|NONE|ENTERQUEUE||1001|1
1767603605|t1|q|Agent/1|CONNECT|5|ch1
1767603645|t1|q|Agent/1|ATTENDEDTRANSFER|BRIDGE|b-77|5|40|1
1767603700|t2|q|NONE|ENTERQUEUE||1002|1
1767603702|t2|q|Agent/1|CONNECT|2|ch2
1767603752|t2|q|Agent/1|ATTENDEDTRANSFER|APP|Voicemail|2|50|1
1767603800|t3|q|NONE|ENTERQUEUE||1003|1
1767603803|t3|q|Agent/1|CONNECT|3|ch3
1767603833|t3|q|Agent/1|ATTENDEDTRANSFER|LINK|SIP/a-1|SIP/b-2|3|30|1
1767603900|t4|q|NONE|ENTERQUEUE||1004|1
1767603904|t4|q|Agent/1|CONNECT|4|ch4
1767603924|t4|q|Agent/1|ATTENDEDTRANSFER|BRIDGE|b-78|4|20
"""
TRANSFERS = """\
1767603600|out|q_BT|NONE|ENTERQUEUE||503|1
1767603610|out|q_BT|Agent/BT|CONNECT|10|c5|3
1767603670|out|q_BT|Agent/BT|BLINDTRANSFER|600|default|10|60|1
1767604000|taken|q_BT|NONE|ENTERQUEUE||504|1
1767604010|taken|q_BT|Agent/BT|CONNECT|10|c5|3
1767604040|taken|q_BT|Agent/BT|BLINDTRANSFER|700|default|10|30|1
1767604040|taken|q_B2|NONE|ENTERQUEUE||504|1
1767604050|taken|q_B2|Agent/B2|CONNECT|10|c6|3
1767604070|taken|q_B2|Agent/B2|COMPLETECALLER|10|20|1
1767605000|given-up|q_BT|NONE|ENTERQUEUE||505|1
1767605010|given-up|q_BT|Agent/BT|CONNECT|10|c5|3
1767605040|given-up|q_BT|Agent/BT|ATTENDEDTRANSFER|BRIDGE|b-1|10|30|1
1767605041|given-up|q_B2|NONE|ENTERQUEUE||505|1
1767605061|given-up|q_B2|NONE|ABANDON|1|1|20
"""
TIES = """\
1,2026-01-05 09:00:00,r1,Vendas,NONE,ENTERQUEUE,,5511900000001,1,,
2,2026-01-05 09:00:00,r1,Vendas,Local/201@x,CONNECT,0,1767614400.9,0,,
3,2026-01-05 09:00:20,r1,Vendas,Local/201@x,COMPLETECALLER,0,20,1,,
4,2026-01-05 09:00:20,r1,Suporte,NONE,ENTERQUEUE,,5511900000001,1,,
5,2026-01-05 09:00:35,r1,Suporte,NONE,ABANDON,1,1,15,,
7,2026-01-05 09:10:31,r2,Vendas,NONE,ABANDON,1,1,0,,
6,2026-01-05 09:10:31,r2,Vendas,NONE,ENTERQUEUE,,5511900000002,1,,
9,2026-01-05 09:20:00,r3,Vendas,Local/201@x,CONNECT,3,1767615597.1,2,,
8,2026-01-05 09:20:00,r3,Vendas,NONE,ENTERQUEUE,,5511900000003,1,,
10,2026-01-05 09:21:00,r3,Vendas,Local/201@x,COMPLETEAGENT,3,60,1,,
11,2026-01-05 09:30:00,NONE,Vendas,Local/201@x,PAUSE,Lanche,,,,
12,2026-01-05 09:30:00,NONE,Vendas,Local/201@x,UNPAUSE,,,,,
13,2026-01-05 10:30:00,NONE,Vendas,Local/201@x,REMOVEMEMBER,,,,,
14,2026-01-05 08:30:00,NONE,Vendas,Local/201@x,ADDMEMBER,,,,,
"""
ROUNDED = """\
1,2026-01-05 09:00:01,a,Aux,NONE,ENTERQUEUE,,5511900000001,1,,
2,2026-01-05 09:00:03,a,Aux,Local/301@x,CONNECT,3,1767614400.9,2,,
3,2026-01-05 09:01:03,a,Aux,Local/301@x,COMPLETECALLER,3,60,1,,
4,2026-01-05 09:10:01,b,Aux,NONE,ENTERQUEUE,,5511900000002,1,,
5,2026-01-05 09:10:01,b,Aux,Local/301@x,CONNECT,1,1767614400.9,0,,
6,2026-01-05 09:11:01,b,Aux,Local/301@x,COMPLETECALLER,1,60,1,,
7,2026-01-05 09:20:01,c,Aux,NONE,ENTERQUEUE,,5511900000003,1,,
8,2026-01-05 09:20:05,c,Aux,NONE,ABANDON,1,1,5,,
9,2026-01-05 09:30:01,d,Aux,NONE,ENTERQUEUE,,5511900000004,1,,
10,2026-01-05 09:30:02,d,Aux,Local/301@x,CONNECT,1,1767614400.9,0,,
11,2026-01-05 09:31:02,d,Aux,Local/301@x,COMPLETECALLER,1,60,1,,
"""


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> QueueLogHome:
    logs = {"second": ONE_SECOND, "order": ORDER, "lost": LOST_CONNECT, "warm": ATTENDED, "moved": TRANSFERS}
    return QueueLogHome(tmp_path_factory.mktemp("calls"), logs, {"ties": TIES, "rounded": ROUNDED})


def test_every_line_is_taken(log: QueueLogHome) -> None:
    assert log.lost() == (0, 0)


def test_an_entry_and_an_exit_of_one_second_are_one_visit_with_the_wait_that_is_stated(log: QueueLogHome) -> None:
    assert log.visits("second") == [("SC", "q_SC", "connected", 1), ("SS", "q_SS", "abandoned", 1)]
    assert log.legs("second") == [("SC", "Agent/SC", "ended", 60)]
    columns = ("contacts_received", "contacts_answered", "contacts_abandoned", "contacts_still_queued")
    assert log.contacts("second", *columns) == [("SC", 1, 1, 0, 0), ("SS", 1, 0, 1, 0)]
    assert [log.value("avg_queue_time_all", "queue", queue) for queue in ("q_SS", "q_SC")] == [1, 1]


def test_visits_of_one_second_follow_the_order_of_the_file(log: QueueLogHome) -> None:
    visits = [visit for visit in log.visits("order") if visit[0] == "empty"]
    assert visits == [
        ("empty", "q1", "left", 0),
        ("empty", "q2", "left", 0),
        ("empty", "q0", "connected", 2),
    ]


def test_out_of_a_queue_and_into_it_again_are_two_visits(log: QueueLogHome) -> None:
    visits = [visit for visit in log.visits("order") if visit[0] == "loop"]
    assert visits == [("loop", "q1", "left", 3), ("loop", "q1", "abandoned", 5)]


def test_a_clock_that_is_set_back_makes_no_second_visit(log: QueueLogHome) -> None:
    visits = [visit for visit in log.visits("order") if visit[0] == "set-back"]
    assert visits == [("set-back", "q1", "abandoned", 4)]


def test_lines_of_a_second_that_were_sorted_are_one_visit(log: QueueLogHome) -> None:
    visits = [visit for visit in log.visits("order") if visit[0] == "sorted"]
    assert visits == [("sorted", "q1", "connected", 0)]


def test_who_has_the_same_call_again_in_the_second_of_its_end_talks_twice(log: QueueLogHome) -> None:
    visits = [visit for visit in log.visits("order") if visit[0] == "again"]
    assert visits == [("again", "q1", "connected", 4), ("again", "q1", "connected", 0)]
    legs = [leg for leg in log.legs("order") if leg[0] == "again"]
    assert legs == [("again", "Agent/1", "ended", 10), ("again", "Agent/1", "ended", 20)]


def test_rows_of_the_realtime_table_are_paired_whatever_their_order_in_a_second(log: QueueLogHome) -> None:
    assert log.visits("ties") == [
        ("r1", "Vendas", "connected", 0),
        ("r1", "Suporte", "abandoned", 15),
        ("r2", "Vendas", "abandoned", 0),
        ("r3", "Vendas", "connected", 3),
    ]
    assert log.legs("ties") == [("r1", "Local/201@x", "ended", 20), ("r3", "Local/201@x", "ended", 60)]


def test_a_pause_that_ends_in_its_second_is_none(log: QueueLogHome) -> None:
    states = log.rows("select state, state_seconds::int from fct_agent_state_day where agent_id = 'Local/201@x'")
    assert dict(states) == {"ready": 7200}


def test_a_stated_wait_that_reaches_before_the_entry_is_the_wait_of_that_entry(log: QueueLogHome) -> None:
    assert log.visits("rounded") == [
        ("a", "Aux", "connected", 3),
        ("b", "Aux", "connected", 1),
        # The mapping names no column for the wait of an ABANDON, so the stamps tell.
        ("c", "Aux", "abandoned", 4),
        ("d", "Aux", "connected", 1),
    ]
    assert log.value("avg_queue_time_all", "queue", "Aux") == 9 / 4


def test_a_completion_tells_of_the_connection_whose_line_was_lost(log: QueueLogHome) -> None:
    assert log.visits("lost") == [
        ("LC", "q_LC", "connected", 12),
        ("LQ", "q_LQ", "connected", 10),
        ("LT", "q_LT", "connected", 10),
        # This one does not say how long it talked.
        ("LX", "q_LX", "left", 10),
    ]
    assert log.legs("lost") == [
        ("LC", "Agent/LC", "ended", 18),
        ("LQ", "Agent/LQ", "ended", 50),
        ("LT", "Agent/LT", "transferred", 40),
    ]
    answered = [("LC", 1, 1), ("LQ", 1, 1), ("LT", 1, 1), ("LX", 1, 0)]
    assert log.contacts("lost", "contacts_received", "contacts_answered") == answered


def test_a_visit_without_a_line_of_its_own_is_marked(log: QueueLogHome) -> None:
    marked = "select source_id, count(*), count(*) filter (is_line_missing) from fct_queue_visit group by 1 order by 1"
    assert log.rows(marked) == [
        ("lost", 4, 4),
        ("moved", 5, 0),
        ("order", 9, 0),
        ("rounded", 4, 0),
        ("second", 2, 0),
        ("ties", 4, 0),
        ("warm", 4, 0),
    ]


def test_an_attended_transfer_ends_the_leg_with_its_stated_talk_in_all_its_forms(log: QueueLogHome) -> None:
    assert [wait for *_, wait in log.visits("warm")] == [5, 2, 3, 4]
    assert log.legs("warm") == [
        ("t1", "Agent/1", "transferred", 40),
        ("t2", "Agent/1", "transferred", 50),
        ("t3", "Agent/1", "transferred", 30),
        ("t4", "Agent/1", "transferred", 20),
    ]
    columns = ("contacts_answered", "contacts_transferred_warm", "is_open")
    assert log.contacts("warm", *columns) == [(f"t{number}", 1, 1, False) for number in (1, 2, 3, 4)]
    assert log.value("avg_handle_time", "queue", "q") == 35


def test_a_transfer_out_of_the_queues_counts_as_made(log: QueueLogHome) -> None:
    assert log.legs("moved") == [
        ("given-up", "Agent/BT", "transferred", 30),
        ("out", "Agent/BT", "transferred", 60),
        ("taken", "Agent/BT", "transferred", 30),
        ("taken", "Agent/B2", "ended", 20),
    ]
    columns = ("contacts_transferred", "contacts_transferred_other_queue", "contacts_transferred_blind")
    assert log.contacts("moved", *columns) == [("given-up", 0, 0, 0), ("out", 1, 1, 1), ("taken", 1, 1, 1)]
    assert log.value("transfer_rate", "queue", "q_BT") == pytest.approx(2 / 3)
