"""A small site made by hand: the built shell with a handful of data files, whose every number a test can name.

One centre, one channel, one team, three agents; one agent's name is HTML, the team's name is too, one is of 200
characters. Connect rate is out of its band, service level has a reference only, first response is too slow,
satisfaction has too few ratings, turnover is not recorded. `write_site` makes everybody's site, `write_team_data` the
data of a reader who sees the team only.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestration.site.shell import ensure_shell

HTML_NAME = '<img src=x onerror="window.pwned=1">'
TEAM_NAME = "<script>window.pwned=1</script> ${x} {{y}} [a](javascript:1)"
FORMULA_NAME = "=1+1"
LONG_NAME = "欧阳 Longname " * 18

_KPI_COLUMNS = [
    "kpi_id", "kpi_number", "parent_kpi_id", "name_en", "name_zh", "kpi_group", "numerator_measure",
    "denominator_measure",
    "unit", "direction", "pleasant_side", "alarm_lower", "alarm_upper", "decimals", "definition_en", "definition_zh",
    "formula_en", "formula_zh", "min_sample", "reference_value", "display_order",
    "data_source_en", "data_source_zh", "sample_measure",
]  # fmt: skip
_KPIS: list[list[Any]] = [
    ["agent_turnover_rate", 1, None, "Agent turnover", "客服流动率", "workforce", "leavers", "headcount_days",
     "share", "band", "low", None, None, 1, "Leavers.", "离职。", "l / h", "离职 ÷ 在职", 30, 0.25, 10,
     "staff records", "人员资料", "headcount_days"],
    ["replacement_cost", None, "agent_turnover_rate", "Replacement cost", "人员更替成本", "workforce",
     "leaver_replacement_cost", None, "money", "band", "low", None, None, 0, "What leavers cost.", "离职成本。", "sum",
     "合计", 0, None, 15, "staff records", "人员资料", "leavers"],
    ["connect_rate", 3, None, "Connect rate", "接通率", "access", "connects", "connect_attempts",
     "share", "higher", "none", None, None, 1, "Reached a human.", "接通人工。", "c / a", "接通 ÷ 尝试", 30, 0.98, 20,
     "routing events", "路由事件", "connect_attempts"],
    ["service_level", None, None, "Service level", "服务水平", "access", "service_level_met", "service_level_offered",
     "share", "higher", "none", None, None, 1, "Answered in time.", "及时应答。", "a / o", "及时 ÷ 应答", 30, 0.8, 25,
     "routing events", "路由事件", "service_level_offered"],
    ["first_response_time", 11, None, "First response", "首次响应时间", "response", "first_response_seconds",
     "first_response_legs", "seconds", "band", "low", None, None, 1, "Until the reply.", "至首次回复。", "s / l",
     "秒 ÷ 段", 10, 20, 30, "messages", "消息", "first_response_legs"],
    ["response_time", 12, None, "Response time", "平均响应时间", "response", "response_seconds", "response_turns",
     "seconds", "band", "low", None, None, 1, "Until each reply.", "至每次回复。", "s / t", "秒 ÷ 轮", 10, 30, 35,
     "messages", "消息", "response_turns"],
    ["satisfaction_score", 21, None, "Satisfaction", "咨询好评率", "rating", "stars_sum", "ratings",
     "points", "higher", "none", None, None, 1, "Stars.", "星级。", "20 x s / r", "20 × 星 ÷ 评", 10, 97, 40,
     "ratings", "评价", "ratings"],
    ["good_ratings", None, "satisfaction_score", "Good ratings", "好评率", "rating", "good_ratings", "ratings",
     "share", "higher", "none", None, None, 1, "4 or 5.", "4 或 5。", "g / r", "好 ÷ 评", 10, None, 50,
     "ratings", "评价", "ratings"],
]  # fmt: skip
_REFERENCES = {"service_level": "industry"}
"""Where a reference comes from, for the KPI that has a reference and no band."""

_VALUE_COLUMNS = [
    "kpi_id", "period_kind", "period_start", "period_end", "numerator", "denominator", "n", "excluded_n", "value",
    "raw_value", "ci_lower", "ci_upper", "lower_bound", "upper_bound", "status", "verdict", "reason", "is_provisional",
    "change", "weekday_change",
]  # fmt: skip
_MONTHS = {"2026-01-01": "2026-02-01", "2026-02-01": "2026-03-01"}

Files = dict[str, Any]


def _table(columns: list[str], rows: list[list[Any]]) -> Files:
    return {"columns": columns, "rows": rows}


def _value_rows() -> list[list[Any]]:
    rows: list[list[Any]] = []
    for start, end in _MONTHS.items():
        rows += [
            ["agent_turnover_rate", "month", start, end, None, None, 0, 0, None, None, None, None, 0.15, 0.3,
             "no_data", "none", "not_recorded", False],
            ["replacement_cost", "month", start, end, 12000, None, 2, 0, 12000, 12000, None, None, None, None,
             "in_band", "none", None, False],
            ["connect_rate", "month", start, end, 911, 1000, 1000, 12, 0.911, 0.874, 0.892, 0.927, 0.98, None,
             "below_band", "bad", None, False, -0.014],
            ["service_level", "month", start, end, 700, 1000, 1000, 0, 0.7, 0.7, 0.671, 0.728, None, None,
             "in_band", "none", None, False],
            ["first_response_time", "month", start, end, 12500, 100, 100, 0, 125, 125, None, None, 15, 30,
             "above_band", "bad", None, False, 15],
            ["satisfaction_score", "month", start, end, 34, 7, 7, 0, 97.1, 97.1, None, None, 97, None,
             "insufficient_sample", "none", None, True, -0.02],
            ["good_ratings", "month", start, end, 6, 7, 7, 0, 0.857, 0.857, None, None, None, None,
             "insufficient_sample", "none", None, True],
        ]  # fmt: skip
    rows.append(
        ["connect_rate", "day", "2026-02-28", "2026-03-01", 2, 3, 3, 0, 0.667, 0.667, None, None, 0.98, None,
         "below_band", "bad", None, True, -0.033, -0.233]
    )  # fmt: skip
    # Of seven days each: the first window is inside, those that end on 27 and 28 February are out
    rows += [
        ["connect_rate", "trailing_7", start, end, 9, 10, 10, 0, value, value, None, None, 0.98, None, status, verdict]
        for start, end, value, status, verdict in (
            ("2026-02-20", "2026-02-27", 0.99, "in_band", "good"),
            ("2026-02-21", "2026-02-28", 0.97, "below_band", "bad"),
            ("2026-02-22", "2026-03-01", 0.96, "below_band", "bad"),
        )
    ]
    return [row + [None] * (len(_VALUE_COLUMNS) - len(row)) for row in rows]


_DECEMBER = ["connect_rate", "month", "2025-12-01", "2026-01-01", 99, 100, 100, 0, 0.99, 0.99, None, None, 0.98, None,
             "in_band", "good", None, False, None, None]  # fmt: skip
"""Of the centre alone: what is out of its band since January was inside before."""

_FEW = ["satisfaction_score", "trailing_28", "2026-02-02", "2026-03-02", 10, 2, 2, 0, 100, 100, None, None, 97, None,
        "insufficient_sample", "none", None, False, None, None]  # fmt: skip
"""Of one agent alone: four weeks in which nothing can be judged."""

_SCOPES = [
    ("centre", "centre", "Harbour", None, None),
    ("channel", "web", "web", "centre", "centre"),
    ("team", "t1", TEAM_NAME, "centre", "centre"),
    ("agent", "a1", HTML_NAME, "team", "t1"),
    ("agent", "a2", FORMULA_NAME, "team", "t1"),
    ("agent", "a3", LONG_NAME, "team", "t1"),
]
_OPENING = ["month", "2026-02-01"]
"""Kind and start of the period that lists count in."""


def _scope_files() -> Files:
    files: Files = {}
    for kind, scope_id, name, parent_kind, parent_id in _SCOPES:
        first_date = "2025-12-01" if kind == "centre" else "2026-01-01"
        scope = {
            "scope_kind": kind, "scope_id": scope_id, "scope_name": name, "parent_scope_kind": parent_kind,
            "parent_scope_id": parent_id, "is_active": True, "first_date": first_date,
        }  # fmt: skip
        own = [_DECEMBER] if kind == "centre" else [_FEW] if scope_id == "a3" else []
        file = {"scope": scope, "values": _table(_VALUE_COLUMNS, own + _value_rows())}
        if kind == "agent":
            scope |= {"team_id": "t1", "segment": "technical", "tenure_band": "experienced"}
            file["peers"] = _table(_PEER_COLUMNS, _PEERS)
        files[f"scope/{kind}/{scope_id}"] = file
    files["restatements"] = _restatements()
    files["restated/channel/web"] = _table(_RESTATED_COLUMNS, _RESTATED)
    files["scopes"] = _scope_list(_SCOPES)
    return files


_RESTATED_COLUMNS = [
    "kpi_id", "period_kind", "period_start", "published_at", "publication", "restated_count", "restated_reason",
    "old_value", "old_n", "old_lower_bound", "old_upper_bound", "old_status", "old_verdict", "old_evidence",
]  # fmt: skip
# In Shanghai it is the day after. Of the first response only the verdict was another one.
_RESTATED = [
    ["connect_rate", "month", "2026-02-01", "2026-03-11T20:00:00Z", 2, 1, "late_data", 0.95, 990, 0.98, None,
     "below_band", "bad", "clear"],
    ["first_response_time", "month", "2026-02-01", "2026-03-11T20:00:00Z", 2, 3, "target", 125, 100, 15, 300,
     "in_band", "good", None],
]  # fmt: skip


def _restatements() -> Files:
    """The page of what was restated: two publications, the second of which restated two values for one file."""
    columns = ["publication", "kpi_id", "scope_kind", "scope_id", "period_kind", "period_start", "period_end",
               "old_value", "new_value", "old_numerator", "new_numerator", "old_denominator", "new_denominator",
               "old_n", "new_n", "old_status", "new_status", "old_verdict", "new_verdict", "old_evidence",
               "new_evidence", "restated_reason", "restated_reasons", "told_of"]  # fmt: skip
    month = ["month", "2026-02-01", "2026-03-01"]
    return {
        "publications": _table(["publication", "published_at", "as_of", "restated_count", "note"], [
            [2, "2026-03-11T20:00:00Z", "2026-03-10T00:00:00Z", 2, None],
            [1, "2026-03-01T20:00:00Z", "2026-03-01T00:00:00Z", 0, None]]),
        "reasons": _table(["publication", "restated_reason", "restated_count"],
                          [[2, "late_data", 1], [2, "target", 1]]),
        "values": _table(columns, [
            [2, "connect_rate", "channel", "web", *month, 0.95, 0.911, 940.5, 911, 990, 1000, 990, 1000,
             "below_band", "below_band", "bad", "bad", "clear", "clear", "late_data", "late_data", 1234],
            [2, "first_response_time", "channel", "web", *month, 125, 125, 12500, 12500, 100, 100, 100, 100,
             "in_band", "above_band", "good", "bad", None, "clear", "target", "target", 1234]]),
        "causes": _table(["publication", "cause_reason", "feed", "source_id", "landing_day", "file_name", "first_date",
                          "last_date", "row_count", "detail"], [
            [2, "late_data", "contacts", "desk", "2026-03-10", "late.csv", "2026-02-27", "2026-02-28", 10, None],
            [2, "late_data", "contacts", "desk", "2026-03-10", "march.csv", "2026-03-01", "2026-03-09", 90, None],
            [2, "target", None, None, None, None, "2026-02-01", "9999-12-31", None, "targets"]]),
    }  # fmt: skip


_PEER_COLUMNS = ["kpi_id", "period_kind", "period_start", "peer_kind", "peer_scope_name", "peer_value", "peer_n"]
_PEERS = [
    ["connect_rate", "month", "2026-02-01", "team", TEAM_NAME, 0.95, 3],
    ["connect_rate", "month", "2026-02-01", "segment", "technical, experienced", 0.97, 7],
]


def _scope_list(scopes: list[tuple[str, str, str, str | None, str | None]]) -> Files:
    columns = ["scope_kind", "scope_id", "scope_name", "parent_scope_kind", "parent_scope_id", "is_active", "team_id",
               "out_of_band_count", "bad_count", "counted_kind", "counted_start"]  # fmt: skip
    return _table(columns, [[*scope, True, "t1" if scope[0] == "agent" else None, 2, 2, *_OPENING] for scope in scopes])


ALLOWED = ["queued", "offered", "connected", "declined", "transferred", "held", "ended"]
NONE_OF = f"`event_type` is none of: {', '.join(ALLOWED)}."
_FILE_COLUMNS = [
    "source_id", "landing_day", "file_name", "state", "records_read", "records_accepted", "records_quarantined",
    "records_duplicate", "records_ignored", "byte_count", "taken_at", "first_at", "last_at", "message", "remarks",
]  # fmt: skip


def _remarks(**told: object) -> str:
    return json.dumps([{"code": code, "details": details} for code, details in told.items()])


def _files_table() -> Files:
    found = f"12 of 1048576 records are in quarantine, most often because: {NONE_OF} (first on line 7)"
    times = ["2026-03-01T00:00:00Z", "2026-02-28T00:00:00Z", "2026-02-28T11:59:00Z"]
    return _table(_FILE_COLUMNS, [
        ["pbx", "2026-03-01", "queue_log_of_the_telephone_exchange.gz", "taken", 1048576, 1048564, 12, 0, 0, 10, *times,
         f"{found} 3 records repeat earlier ones of the file.",
         _remarks(in_quarantine={"quarantined": 12, "read": 1048576, "first_line": 7, "check_name": "unknown_value",
                                 "details": {"allowed": ALLOWED}}, repeated_records={"records": 3})],
        ["hr", "2026-03-01", "team_memberships.csv", "same_content", 0, 0, 0, 0, 0, 10, times[0], None, None,
         "The same content as 2026-02-01/team_memberships.csv, which was taken before; nothing was added.",
         _remarks(same_content={"file": "2026-02-01/team_memberships.csv"})],
        ["desk", "2026-03-01", "contacts.csv.gz", "taken", 1752, 1751, 1, 0, 0, 10, *times,
         "1 of 1752 records are in quarantine, most often because: `started_at` is no time of the form"
         " 2026-01-05T08:00:00+08:00. (first on line 752)",
         _remarks(in_quarantine={"quarantined": 1, "read": 1752, "first_line": 752, "check_name": "not_a_time",
                                 "details": {}})],
    ])  # fmt: skip


def _other_files() -> Files:
    # Shanghai is eight hours ahead: from 08:00 to 11:00 local, and nothing at the half-hours between
    half_hours = (
        [["agent", "a1", "2026-02-28T00:00:00Z", "signed_in_seconds", 1671.0, 1]]
        + [
            ["centre", "centre", f"2026-02-28T{hour:02}:00:00Z", measure, hour * 2, 5]
            for hour in range(4)
            for measure in ("contacts_received", "response_time", "first_response_time")
        ]
        + [
            ["centre", "centre", "2026-02-28T00:00:00Z", measure, 0.75, 8]
            for measure in ("abandon_rate", "connect_rate", "service_level", "queue_placement_rate")
        ]
    )
    ranking = [[kind, scope_id, name, "month", "2026-02-01", 0.9 + i / 100, 50 + i, 0.85, 0.95, "below_band", "bad", i]
               for i, (kind, scope_id, name, _, _) in enumerate(_SCOPES)]  # fmt: skip
    bulletin = [
        ["team", "t1", TEAM_NAME, "connect_rate", "2026-02-28", 0.91, "below_band", "bad", "clear", "good", -0.05, 400],
        ["channel", "web", "web", "connect_rate", "2026-02-28", 0.9, "below_band", "bad", "clear", None, None, 41],
        ["agent", "a1", HTML_NAME, "connect_rate", "2026-02-28", 0.99, "in_band", "good", "clear", "bad", 0.08, 100],
        [
            "agent",
            "a2",
            FORMULA_NAME,
            "first_response_time",
            "2026-02-28",
            31,
            "above_band",
            "watch",
            "clear",
            "bad",
            -9,
            20,
        ],
        [
            "agent",
            "a3",
            "Few Cases",
            "first_response_time",
            "2026-02-28",
            31,
            "above_band",
            "watch",
            "chance",
            "bad",
            -9,
            2,
        ],
        [
            "centre",
            "centre",
            "Harbour",
            "connect_rate",
            "2026-02-28",
            0.9,
            "below_band",
            "bad",
            "clear",
            "bad",
            0.01,
            900,
        ],
    ]
    return {
        "catalogue": {
            "kpis": _table([*_KPI_COLUMNS, "reference_kind"], [[*row, _REFERENCES.get(row[0])] for row in _KPIS]),
            "actions": _table(["kpi_id", "side", "position", "text_en", "text_zh"],
                              [["connect_rate", "below", 1, "Staff the busiest half-hours.", "加派人手。"]]),
            "targets": _table(["kpi_id", "scope_kind", "scope_id", "segment", "lower_bound", "upper_bound"],
                              [["connect_rate", "default", "", "", 0.98, None]]),
            "measures": _table(["measure", "label_en", "label_zh", "unit"], [
                ["connects", "Connected", "接通数", "contacts"], ["connect_attempts", "Attempts", "尝试数", "contacts"],
                ["signed_in_seconds", "Signed in", "在线时长", "seconds"]]),
        },
        "kpi/connect_rate": {"values": _table(
            ["scope_kind", "scope_id", "scope_name", "period_kind", "period_start", "value", "n", "ci_lower",
             "ci_upper", "status", "verdict", "rank"], ranking)},
        "health": {"intake": _table(
            ["source_id", "landing_day", "file_name", "finding", "records_read", "records_quarantined",
             "quarantined_share", "usual_share", "message", "remarks"],
            [["pbx", "2026-02-28", "queue_log.1", "nothing_accepted", 12, 12, 1.0, 0.004, None, None]]),
            "quarantine": _table(
            ["source_id", "feed", "field", "check_name", "failed_checks", "files", "last_landing_day", "example_value",
             "message", "remedy", "details"],
            [["pbx", "contact_events", "event_type", "unknown_value", 531, 43, "2026-02-28", "x" * 200,
              NONE_OF,
              "Write one of them; in a mapping translate by `values`.", json.dumps({"allowed": ALLOWED})]]),
            "not_recorded": _table(["source_id", "topic"], [["pbx", "staff"]]),
            "notices": _table(
            ["notice_kind", "notices", "notices_sent", "notices_given_up", "notices_unsent", "notices_without_shift",
             "notices_not_needed"],
            [["out_of_band", 12, 7, 1, 2, 1, 1]]),
            "undelivered": _table(
            ["delivery_state", "notice_kind", "notice_channel", "agent_id", "team_id", "attempts", "first_tried_at",
             "last_tried_at"],
            [["given_up", "out_of_band", "post", "a1", None, 6, "2026-02-28T01:00:00Z", "2026-02-28T07:00:00Z"]]),
                   "files": _files_table()},
        "bulletin": {"days": ["2026-02-28"], "values": _table(
            ["scope_kind", "scope_id", "scope_name", "kpi_id", "day", "value", "status", "verdict", "evidence",
             "previous_verdict", "change", "n"], bulletin),
            "praise": _table(
            ["local_date", "agent_id", "team_ids", "praises"], [["2026-02-28", "a1", ["t1"], 3]])},
        "ranking/centre/centre": _table(
            ["scope_kind", "scope_id", "local_date", "edition", "known_at", "agent_id", "kpi_id", "good_ratings",
             "ratings", "value", "ci_lower", "lower_bound", "upper_bound", "is_in_band", "place", "places", "reason"],
            [["centre", "centre", "2026-02-28", name, known, agent, "connect_rate", good, 20, good / 20, 0.5, 0.95,
              None, band, place, 2, reason]
             for name, known in (("end", "2026-02-28T13:30:00Z"), ("noon", "2026-02-28T04:05:00Z"))
             for agent, good, band, place, reason in (
                 (None, 19, True, None, None), ("a1", 20, True, 1, None), ("a2", 18, False, 2, None),
                 ("a3", 3, None, None, "few_cases"))]),
        "half_hour/2026-02-28": _table(
            ["scope_kind", "scope_id", "half_hour_started_at", "kpi_id", "value", "n"], half_hours),
    }  # fmt: skip


def _seconds(instant: str) -> int:
    return int(datetime.fromisoformat(instant).timestamp())


_CONTACTS = _table(
    ["contact_key", "started_at", "ended_at", "channel", "direction", "queue_id", "agent_id", "customer", "connects",
     "connect_attempts"],
    [
        ["exchange/1776088903.27080", _seconds("2026-02-28T09:00:05+08:00"), _seconds("2026-02-28T09:04:00+08:00"),
         "web", "inbound", LONG_NAME, "a2", "0123456789ab", 1, 1],
        ["exchange/1776088904.27081", _seconds("2026-02-28T23:50:00+08:00"), _seconds("2026-03-01T00:10:00+08:00"),
         "web", "callback", "q1", "a2", "0123456789ab", 1, 1],
        ["exchange/1776088905.27082", _seconds("2026-02-28T23:55:00+08:00"), None,
         "web", "inbound", "q1", "a9", None, 0, 1],
    ],
)  # fmt: skip
_RECORDS = {"tables": [{"kind": "contact", **_CONTACTS}]}
"""Of the centre and of its team, on the last day. Instants are seconds since 1970."""


def _day_index(block: str) -> Files:
    measures = {"contact": ["connect_attempts", "connects"]}
    scopes = {"centre": {"centre": {"parts": [[0]]}}, "team": {"t1": {"parts": [[0]]}}}
    return {"blocks": [block], "kinds": [["contact"]], "measures": measures, "scopes": scopes}


def _table_files() -> Files:
    weeks = ("2026-01-26", "2026-02-02", "2026-02-09", "2026-02-16", "2026-02-23")
    rows = [["connect_rate", "queue", name, "week", start, 0.9 + i / 100, 50, "bad"]
            for i, start in enumerate(weeks) for name in (TEAM_NAME, HTML_NAME, LONG_NAME)]  # fmt: skip
    return {
        "fct_kpi_value": _table(
            ["kpi_id", "scope_kind", "scope_name", "period_kind", "period_start", "value", "n", "verdict"], rows),
        "dim_kpi": _table(["kpi_id", "name_en", "name_zh"], [[row[0], *row[3:5]] for row in _KPIS]),
    }  # fmt: skip


def write_site(folder: Path) -> None:
    """Put the shell and the data files into an empty folder. Raises ShellError if the shell can't be built."""
    shutil.copytree(ensure_shell(), folder, dirs_exist_ok=True)
    _write_data(folder / "data", _scope_files() | _other_files(), _table_files(), audience="all")


def write_team_data(folder: Path) -> None:
    """Put the data of a reader of the team into a folder: the team and its agents, no centre, no half-hours."""
    inside = [scope for scope in _SCOPES if scope[0] in ("team", "agent")]
    kept = {f"scope/{kind}/{scope_id}" for kind, scope_id, *_ in inside} | {"catalogue", "bulletin", "kpi/connect_rate"}
    files = {key: content for key, content in (_scope_files() | _other_files()).items() if key in kept}
    _write_data(folder, files | {"scopes": _scope_list(inside)}, _table_files(), audience="teams/t1")


def _write_data(folder: Path, files: Files, tables: Files, audience: str) -> None:
    folder.mkdir(parents=True)

    def put(content: Files) -> str:
        text = json.dumps(content)
        name = f"{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
        (folder / name).write_text(text)
        return name

    if audience == "all":
        files["drill/2026-02-28"] = _day_index(put(_RECORDS))
    manifest = {
        "generation": "one", "as_of": "2026-03-01T00:00:00Z", "as_of_date": "2026-03-01", "drill_days": 35,
        "audience": audience,
        "centre": {"name": "Harbour", "time_zone": "Asia/Shanghai", "language": "en", "currency": "CNY"},
        "files": {key: put(content) for key, content in files.items()},
        "tables": {name: put(content) for name, content in tables.items()},
        "sql": {"scope_values": "select 1 where scope_id = $scope_id"},
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest))
