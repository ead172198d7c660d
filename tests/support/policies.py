"""The policy of the acceptance cases, and small ones, as text of policy.yaml."""

from __future__ import annotations

from orchestration.centre import parse_centre
from orchestration.policy import Policy, parse_policy

CENTRE = parse_centre("name: Test\ntime_zone: UTC\nsources: []\n", "centre.yaml")

EP = """\
assessment:
  - version: "2026-1"
    valid_from: 2026-01
    approved_by: [A0001, A0002]
    applies_to: {roles: [agent], team_kinds: [normal, specialist]}
    full_points: 100
    min_agent_days: 10
    components:
      - {kpi_id: quality_pass_rate, weight: 40, zero_low: 0.85, full_low: 0.95}
      - {kpi_id: satisfaction_score, weight: 30, zero_low: 90, full_low: 97}
      - {kpi_id: avg_response_time, weight: 20, zero_low: 0, full_low: 10, full_high: 20, zero_high: 30}
      - {kpi_id: schedule_adherence, weight: 10, zero_low: 0.80, full_low: 0.95}
    unmeasured: {rule: reweigh, min_weight: 60}
    complaints:
      causes: [attitude, knowledge]
      month: received
      quota: 2
      quota_for_part_month: full
      quota_rounding: up
      points_each: 3
      cap: 5
    errors: none
    fraud: {points: 20, month: occurred}
    rewards: {RG1: 2, RG2: 2, RG3: 3, RG4: 0, RG5: 0, cap: none}
    floor: 0
    ceiling: none
    excellent: 95
    appeals: {file_within_days: 7}
    team:
      components:
        - {kpi_id: quality_pass_rate, weight: 40, zero_low: 0.85, full_low: 0.95}
        - {kpi_id: satisfaction_score, weight: 30, zero_low: 90, full_low: 97}
        - {kpi_id: avg_response_time, weight: 20, zero_low: 0, full_low: 10, full_high: 20, zero_high: 30}
        - {kpi_id: schedule_adherence, weight: 10, zero_low: 0.80, full_low: 0.95}
      complaints:
        causes: [attitude, knowledge]
        month: received
        quota_per_head: 1
        quota_rounding: up
        points_each: 1
        cap: none
      rewards: {RG1: 0, RG2: 0, RG3: 0, RG4: 0, RG5: 0, cap: none}
      excellent: 95
    manager:
      team_share: 0.6
      components:
        - {kpi_id: coaching_delay_compliance, weight: 50, zero_low: 0.5, full_low: 1}
        - {kpi_id: document_acknowledgement_rate, weight: 50, zero_low: 0.8, full_low: 1}
      roles: [leader]
    rounding: 2
"""
"""The policy of the acceptance cases of assessments."""

QI = """\
quality_index:
  - version: "2026-1"
    valid_from: 2026-01
    approved_by: [A0001, A0002]
    components:
      - {kpi_id: upheld_complaints_per_1000, weight: 30, full_high: 0.5, zero_high: 2.0}
      - {kpi_id: satisfaction_score, weight: 30, zero_low: 90, full_low: 97}
      - {kpi_id: severe_error_rate, weight: 20, full_high: 0.01, zero_high: 0.05}
      - {kpi_id: general_error_rate, weight: 10, full_high: 0.05, zero_high: 0.15}
      - {kpi_id: repeat_contact_rate_72h, weight: 10, full_high: 0.05, zero_high: 0.10}
    unmeasured: {rule: hold}
"""
"""The quality index of case QI-1."""

POINTS = """\
points:
  - version: "2026-1"
    valid_from: 2026-01
    approved_by: [A0001, A0002]
    window: month
    names: top_5
    rules:
      praise_in_contact: 2
      praise_contact: 2
      peer_like: 1
      achievement: 5
      best_practice: 3
      meeting_praise: 2
      suggestion_adopted: 3
      story: 2
      other: none
      RG1: 10
      RG2: 10
      RG3: 5
      RG4: 5
      RG5: none
      contest_1: 10
      contest_2: 6
      contest_3: 3
      fraud: -20
      harassment: -20
      abuse: -10
      cold_violence: -10
      other_severe: none
      complaint_penalty: -3
      error_penalty: -1
    likes_per_giver_month: 5
"""

CONTESTS = """\
contests:
  - version: "2026-1"
    valid_from: 2026-01
    approved_by: [A0001, A0002]
    contests:
      - contest_id: quality
        name_en: Quality model
        name_zh: 质量标兵
        kpi_id: quality_pass_rate
        from: 2026-01-01
        to: 2026-02-28
        every: month
        scope: agent
        segment: none
        min_n: 5
        winners: 3
"""

PIECE_RATE = """\
piece_rate:
  - version: "2026-1"
    valid_from: 2026-01
    approved_by: [A0001, A0002]
    currency: CNY
    rates:
      - {channel: voice, unit_price: 0.50}
      - {queue_id: expert, unit_price: 0.80}
"""

ALL = EP + QI + POINTS + CONTESTS + PIECE_RATE


def policy(text: str) -> Policy:
    """Return a policy of these versions, of a centre without codes of its own."""
    return parse_policy(text, "policy.yaml", CENTRE)
