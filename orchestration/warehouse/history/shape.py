"""The columns of the tables that tell what was published when and what of it changed."""

from __future__ import annotations

import polars as pl

from orchestration.warehouse.history.assessed import TABLES as ASSESSED

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

ORDER: dict[str, pl.DataType] = {
    "publication": pl.Int64(),
    "kpi_id": pl.String(),
    "from_date": pl.Date(),
    "reason": pl.String(),
    "ordered_at": INSTANT,
}
"""A person's order that closed periods of a KPI are made anew; the publication is the one that did so."""

TARGET: dict[str, pl.DataType] = {
    "target_id": pl.String(),
    "scope_kind": pl.String(),
    "scope_id": pl.String(),
    "segment": pl.String(),
    "lower_bound": BOUND,
    "upper_bound": BOUND,
    "stretch": BOUND,
    "upper_measure": pl.String(),
    "valid_from": pl.Date(),
    "valid_to": pl.Date(),
    "target_source": pl.String(),
    "target_version": pl.String(),
    "is_own": pl.Boolean(),
}
TARGET_SET: dict[str, pl.DataType] = {"publication": pl.Int64(), "kpi_id": pl.String(), **TARGET}
"""All targets of a KPI as a publication had them, wherever they were other ones than before."""

DEFINITION: dict[str, pl.DataType] = {
    "publication": pl.Int64(),
    "kpi_id": pl.String(),
    "formula_version": pl.String(),
    "name_en": pl.String(),
    "name_zh": pl.String(),
    "method": pl.String(),
    "numerator_measure": pl.String(),
    "denominator_measure": pl.String(),
    "sample_measure": pl.String(),
    "scale": AMOUNT,
    "scale_kind": pl.String(),
    "unit": pl.String(),
    "direction": pl.String(),
    "decimals": pl.Int32(),
    "definition_en": pl.String(),
    "definition_zh": pl.String(),
    "formula_en": pl.String(),
    "formula_zh": pl.String(),
    "interval_kind": pl.String(),
    "min_sample": pl.Int64(),
}
"""What a version of a formula said, from the first publication on that had it."""

KEPT: dict[str, pl.DataType] = {"publication": pl.Int64(), **KEY, "period_end": pl.Date(), **TOLD}
"""What a closed period said before the formula of its KPI changed, or before its records went."""

RETENTION: dict[str, pl.DataType] = {
    "publication": pl.Int64(),
    "area": pl.String(),
    "gone_before": pl.Date(),
    "kept_from": pl.Date(),
    "file_count": pl.Int64(),
    "row_count": pl.Int64(),
    "byte_count": pl.Int64(),
    "noted_at": INSTANT,
}
"""What goes on purpose after a publication: the last one that has it, and where its limits stand."""

PUBLISHED = {
    "publication": PUBLICATION,
    "restatement": RESTATEMENT,
    "restatement_cause": CAUSE,
    "restate_order": ORDER,
    "retention": RETENTION,
    **ASSESSED,
}
"""Folder below history/ and table -> its columns, of the tables that the published file has as fct_<table>."""

TABLES = {
    **PUBLISHED,
    "target_set": TARGET_SET,
    "kpi_definition": DEFINITION,
    "kept_value": KEPT,
    "outlived_value": KEPT,
}
"""The same with those that only dbt reads."""
