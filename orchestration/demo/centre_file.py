"""The centre.yaml of the sample centre, as text that a person would write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from orchestration.demo.plan import SOCIAL_LEAF, DemoPlan

_HEAD = """\
# A sample centre: an imagined customer service in Sydney, in Chinese and English.
name: 海港客服 Harbour Desk
time_zone: {time_zone}
language: en

sources:
  # Chat on the web, in the app, on WeChat and Weibo: contacts, routing, messages, states, ratings, reviews.
  - name: desk
    kind: feed
    customer_id_pattern: '^[0-9]+$'
"""

_EXCHANGE = """\
  # The telephone exchange: Asterisk's queue_log, one file per local day.
  - name: pbx
    kind: asterisk_queue_log
    channel: voice
    customer_id_pattern: '^[0-9]+$'
    anonymous_values: [anonymous]
    recorded: [wrap_up]
    event_types: {FULL: 'refused:full', CLOSED: 'refused:closed_hours', JOINEMPTY: 'refused:join_empty'}
    pause_reasons: {wrap-up: wrap_up, meal: meal, break: away, paperwork: busy, training: training}
"""

_TARGETS = """
# The shipped bands are those of a chat service: calls, public posts and expert questions take longer.
targets:
"""

# How many contacts one may serve at once: the telephone one, experts a few.
_CAPS = {"T020": (1, 1), "T030": (4, 6)}

# Contacts per hour and in eight hours: everywhere, the hotline, quality and experts; teams of social media.
_LOADS = {"": (10, 22), "T020": (6, 10), "T030": (3, 7)}
_SOCIAL_LOAD = (8, 16)

_OTHERS = """\
  # Personnel, the quality team, web statistics and the platform's operators.
  - {name: hr, kind: feed}
  - {name: qa, kind: feed}
  - {name: web, kind: feed}
  - {name: ops, kind: feed}

test_callers: ['61400000001']

# The telephone sends no invitations to rate.
rated_channels: [web, app, wechat, weibo]

# Hotline and app are always open.
opening_hours:
  - {channel: web, days: [mon, tue, wed, thu, fri], opens: '08:00', closes: '23:00'}
  - {channel: web, days: [sat, sun], opens: '09:00', closes: '22:00'}
  - {channel: wechat, days: [mon, tue, wed, thu, fri], opens: '08:00', closes: '23:00'}
  - {channel: wechat, days: [sat, sun], opens: '09:00', closes: '22:00'}
  - {channel: weibo, days: [mon, tue, wed, thu, fri, sat, sun], opens: '09:00', closes: '22:00'}

thresholds:
  achievement_meeting_cadence: weekly

# What an error or an upheld complaint costs by the centre's own reckoning, and what that is like.
impact:
  currency: AUD
  cost_per_event: {severe_error: 120, general_error: 15, knowledge_point: 40, complaint: 90}
  equivalents: [{name_en: days of training, name_zh: 天培训, unit_cost: 450}]
"""

_NOTICES = """
# What people and teams are told, from two weeks ago on, and when the bulletin comes out.
# Nothing is sent without channels.
notices:
  begin_on: {begin}
  noon: '12:05'
  end: '21:30'
"""


def centre_text(plan: DemoPlan) -> str:
    """Return the text of centre.yaml for a plan."""
    exchange = _EXCHANGE if plan.has_exchange else ""
    targets = "" if plan.is_hostile else _targets(plan)
    notices = _NOTICES.format(begin=max(plan.first_day, plan.until - timedelta(days=13)))
    return _HEAD.format(time_zone=plan.time_zone) + exchange + _OTHERS + notices + _holidays(plan.holidays) + targets


def _holidays(holidays: Sequence[date]) -> str:
    if not holidays:
        return ""
    lines = [f"  - {{date: {day}, channel: {channel}}}" for day in holidays for channel in ("web", "wechat", "weibo")]
    return "\nholidays:\n" + "\n".join(lines) + "\n"


def _targets(plan: DemoPlan) -> str:
    social = {f"T{100 + number}": _SOCIAL_LOAD for number in range(plan.leaves) if number % 6 == SOCIAL_LEAF}
    lines = [_target("configured_max_concurrent", team, cap) for team, cap in _CAPS.items()]
    for team, (low, high) in (_LOADS | social).items():
        lines.append(_target("contacts_per_agent_hour", team, (low, high)))
        lines.append(_target("contacts_per_agent_day", team, (low * 8, high * 8)))
    return _TARGETS + "".join(lines)


def _target(kpi: str, team: str, band: tuple[int, int]) -> str:
    name = f"own-{kpi.replace('_', '-')}{f'-{team}' if team else ''}"
    scope = f"scope_kind: team, scope_id: {team}" if team else "scope_kind: default"
    return f"  - {{target_id: {name}, kpi_id: {kpi}, {scope}, lower_bound: {band[0]}, upper_bound: {band[1]}}}\n"
