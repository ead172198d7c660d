"""The columns of the tables that tell what was published when and what of it changed."""

from __future__ import annotations

import polars as pl

AMOUNT = pl.Decimal(18, 4)
SECONDS = pl.Decimal(18, 3)
BOUND = pl.Decimal(18, 6)
INSTANT = pl.Datetime("us", "UTC")

TOLD: dict[str, pl.DataType] = {
    "scope_name": pl.String(),
    "numerator": AMOUNT,
    "denominator": AMOUNT,
    "n": pl.Int64(),
    "excluded_n": pl.Int64(),
    "value": pl.Float64(),
    "raw_numerator": AMOUNT,
    "raw_denominator": AMOUNT,
    "raw_value": pl.Float64(),
    "p50": SECONDS,
    "p90": SECONDS,
    "ci_lower": pl.Float64(),
    "ci_upper": pl.Float64(),
    "lower_bound": BOUND,
    "upper_bound": BOUND,
    "status": pl.String(),
    "verdict": pl.String(),
    "evidence": pl.String(),
    "reason": pl.String(),
    "is_provisional": pl.Boolean(),
    "formula_version": pl.String(),
    "target_version": pl.String(),
}
"""What a row of fct_kpi_value says of its KPI, scope and period: kept as it was and as it is."""

KEY: dict[str, pl.DataType] = {
    "kpi_id": pl.String(),
    "scope_kind": pl.String(),
    "scope_id": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
}

PUBLICATION: dict[str, pl.DataType] = {
    "publication": pl.Int64(),
    "published_at": INSTANT,
    "compared_with": pl.Int64(),
    "as_of": INSTANT,
    "first_date": pl.Date(),
    "closed_before": pl.Date(),
    "file_count": pl.Int64(),
    "record_count": pl.Int64(),
    "value_count": pl.Int64(),
    "restated_count": pl.Int64(),
    "ledger_digest": pl.String(),
    "settings_digest": pl.String(),
    "program_digest": pl.String(),
    "note": pl.String(),
}

RESTATEMENT: dict[str, pl.DataType] = {
    "publication": pl.Int64(),
    "compared_with": pl.Int64(),
    **KEY,
    "period_end": pl.Date(),
    "restated_reason": pl.String(),
    "restated_reasons": pl.String(),
    **{f"old_{name}": kind for name, kind in TOLD.items()},
    **{f"new_{name}": kind for name, kind in TOLD.items()},
}

CAUSE: dict[str, pl.DataType] = {
    "publication": pl.Int64(),
    "cause_reason": pl.String(),
    "feed": pl.String(),
    "source_id": pl.String(),
    "landing_day": pl.Date(),
    "file_name": pl.String(),
    "first_date": pl.Date(),
    "last_date": pl.Date(),
    "row_count": pl.Int64(),
    "detail": pl.String(),
}

TABLES = {"publication": PUBLICATION, "restatement": RESTATEMENT, "restatement_cause": CAUSE}
"""Folder below history/ and table -> its columns. The published table has `fct_` before its name."""
