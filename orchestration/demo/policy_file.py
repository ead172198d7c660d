"""The policy.yaml of the sample centre: made up like its people, and an example for nobody's pay."""

from __future__ import annotations

from datetime import timedelta

from orchestration.demo.plan import DemoPlan

_TEXT = """\
# The policy of the sample centre. Its numbers are made up like its people: they show what a policy does and are a
# recommendation for nobody. `scorehouse policy example` prints one to adapt; docs/policy.md explains every key.

assessment:
  - version: sample-1
    valid_from: {month}
    approved_by: [A0001, A0002]
    applies_to: {{roles: [agent, trainee], team_kinds: [team]}}
    full_points: 100
    min_agent_days: 5
    components:
      - {{kpi_id: quality_pass_rate, weight: 40, zero_low: 0.90, full_low: 0.99}}
      - {{kpi_id: satisfaction_score, weight: 20, zero_low: 95, full_low: 99}}
      - {{kpi_id: avg_response_time, weight: 20, zero_low: 0, full_low: 10, full_high: 40, zero_high: 90}}
      - {{kpi_id: schedule_adherence, weight: 20, zero_low: 0.80, full_low: 0.95}}
    unmeasured: {{rule: reweigh, min_weight: 40}}
    complaints:
      causes: [attitude, knowledge, transfer]
      month: received
      quota: 0
      quota_for_part_month: full
      quota_rounding: up
      points_each: 3
      cap: 5
    errors:
      causes: [AT, KN, DU]
      month: reviewed
      quota: 1
      quota_for_part_month: pro_rata
      quota_rounding: up
      points_each: 2
      cap: 6
    fraud: {{points: 20, month: occurred}}
    rewards: {{RG1: 2, RG2: 2, RG3: 3, RG4: 1, RG5: 1, cap: 6}}
    floor: 0
    ceiling: none
    excellent: 95
    appeals: {{file_within_days: 7}}
    team:
      components:
        - {{kpi_id: quality_pass_rate, weight: 40, zero_low: 0.90, full_low: 0.99}}
        - {{kpi_id: satisfaction_score, weight: 20, zero_low: 95, full_low: 99}}
        - {{kpi_id: avg_response_time, weight: 20, zero_low: 0, full_low: 10, full_high: 40, zero_high: 90}}
        - {{kpi_id: schedule_adherence, weight: 20, zero_low: 0.80, full_low: 0.95}}
      complaints:
        causes: [attitude, knowledge, transfer]
        month: received
        quota_per_head: 0.2
        quota_rounding: up
        points_each: 1
        cap: 10
      rewards: {{RG1: 0, RG2: 0, RG3: 0, RG4: 0, RG5: 2, cap: none}}
      excellent: 95
    manager:
      team_share: 0.6
      components:
        - {{kpi_id: quality_reviews_per_reviewer_day, weight: 60, zero_low: 5, full_low: 14}}
        - {{kpi_id: coaching_delay_compliance, weight: 40, zero_low: 0.50, full_low: 1}}
      roles: [leader]
    rounding: 2

quality_index:
  - version: sample-1
    valid_from: {month}
    approved_by: [A0001, A0002]
    components:
      - {{kpi_id: upheld_complaints_per_1000, weight: 30, full_high: 0.5, zero_high: 5}}
      - {{kpi_id: satisfaction_score, weight: 30, zero_low: 90, full_low: 97}}
      - {{kpi_id: severe_error_rate, weight: 20, full_high: 0.01, zero_high: 0.05}}
      - {{kpi_id: general_error_rate, weight: 10, full_high: 0.05, zero_high: 0.25}}
      - {{kpi_id: repeat_contact_rate_72h, weight: 10, full_high: 0.05, zero_high: 0.20}}
    unmeasured: {{rule: reweigh, min_weight: 50}}

points:
  - version: sample-1
    valid_from: {month}
    approved_by: [A0001, A0002]
    window: month
    names: top_5
    rules:
      praise_in_contact: 2
      praise_contact: 3
      peer_like: 1
      achievement: 5
      best_practice: 3
      meeting_praise: 2
      suggestion_adopted: 5
      story: 3
      other: none
      RG1: 5
      RG2: 5
      RG3: 5
      RG4: 10
      RG5: 5
      contest_1: 10
      contest_2: 6
      contest_3: 3
      fraud: -20
      harassment: -20
      abuse: -10
      cold_violence: -10
      other_severe: -10
      complaint_penalty: -3
      error_penalty: -1
    likes_per_giver_month: 5

contests:
  - version: sample-1
    valid_from: {month}
    approved_by: [A0001, A0002]
    contests:
      - contest_id: quality_model
        name_en: Quality model of the month
        name_zh: 质量标兵
        kpi_id: quality_pass_rate
        from: {first_day}
        to: {last_day}
        every: month
        scope: agent
        segment: none
        min_n: 5
        winners: 3

piece_rate:
  - version: sample-1
    valid_from: {month}
    approved_by: [A0001, A0002]
    currency: AUD
    rates:
      - {{channel: voice, unit_price: 0.60}}
      - {{channel: web, unit_price: 0.40}}
      - {{channel: app, unit_price: 0.40}}
      - {{queue_id: app-technical, unit_price: 0.80}}
"""


def policy_text(plan: DemoPlan) -> str:
    """Return the text of policy.yaml for a plan: it holds from the sample's first month on."""
    first = plan.first_day.replace(day=1)
    # A year from the first month on, whole months: the sample may go on from day to day.
    last = first.replace(year=first.year + 1) - timedelta(days=1)
    return _TEXT.format(month=f"{first:%Y-%m}", first_day=first, last_day=last)
