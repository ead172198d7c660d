"""Columns of the tables that dbt gets of a policy."""

from __future__ import annotations

import polars as pl

from orchestration.centre.tables import Schema

NUMBER = pl.Decimal(18, 6)
TABLES: dict[str, Schema] = {
    "policy_versions": {
        "section": pl.String,
        "version": pl.String,
        "valid_from": pl.Date,
        "approved_by_1": pl.String,
        "approved_by_2": pl.String,
        "is_complete": pl.Boolean,
        "missing": pl.String,
        "content_sha": pl.String,
    },
    "policy_applies": {"version": pl.String, "attribute": pl.String, "value": pl.String},
    "policy_assessments": {
        "version": pl.String,
        "person_kind": pl.String,
        "full_points": NUMBER,
        "min_agent_days": pl.Int32,
        "unmeasured_rule": pl.String,
        "min_weight": NUMBER,
        "reward_cap": NUMBER,
        "floor_points": NUMBER,
        "ceiling_points": NUMBER,
        "excellent": NUMBER,
        "file_within_days": pl.Int32,
        "rounding": pl.Int32,
        "team_share": NUMBER,
    },
    "policy_components": {
        "section": pl.String,
        "version": pl.String,
        "person_kind": pl.String,
        "position": pl.Int32,
        "kpi_id": pl.String,
        "weight": NUMBER,
        "zero_low": NUMBER,
        "full_low": NUMBER,
        "full_high": NUMBER,
        "zero_high": NUMBER,
    },
    "policy_penalties": {
        "version": pl.String,
        "person_kind": pl.String,
        "kind": pl.String,
        "month_by": pl.String,
        "quota": NUMBER,
        "quota_per_head": NUMBER,
        "quota_for_part_month": pl.String,
        "quota_rounding": pl.String,
        "points_each": NUMBER,
        "cap": NUMBER,
    },
    "policy_penalty_causes": {"version": pl.String, "person_kind": pl.String, "kind": pl.String, "cause": pl.String},
    "policy_rewards": {"version": pl.String, "person_kind": pl.String, "ground": pl.String, "points": NUMBER},
    "policy_indexes": {"version": pl.String, "unmeasured_rule": pl.String, "min_weight": NUMBER},
    "policy_points": {
        "version": pl.String,
        "valid_from": pl.Date,
        "points_window": pl.String,
        "names": pl.String,
        "likes_per_giver_month": pl.Int32,
    },
    "policy_point_rules": {"version": pl.String, "rule": pl.String, "points": NUMBER},
    "policy_contests": {
        "contest_id": pl.String,
        "version": pl.String,
        "name_en": pl.String,
        "name_zh": pl.String,
        "kpi_id": pl.String,
        "from_on": pl.Date,
        "to_on": pl.Date,
        "scope_kind": pl.String,
        "segment": pl.String,
        "min_n": pl.Int32,
        "winners": pl.Int32,
    },
    "policy_piece_rates": {
        "version": pl.String,
        "channel": pl.String,
        "queue_id": pl.String,
        "unit_price": NUMBER,
        "currency": pl.String,
    },
    "policy_words": {
        "section": pl.String,
        "version": pl.String,
        "position": pl.Int32,
        "subject": pl.String,
        "text_en": pl.String,
        "text_zh": pl.String,
    },
}
"""Columns of each table."""
