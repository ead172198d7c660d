"""What was restated in the small published file: SQL for its `extra`, and what the values were."""

from __future__ import annotations


def restated(publication: int, scope: str, old: float, **told: str) -> str:
    """SQL by which a publication restates KPI 1 of March of a scope such as 'agent/a3' from an old value.

    `told` are more columns as SQL: restated_reason, old_n and so on.
    """
    kind, scope_id = scope.split("/")
    columns = {
        "restated_reason": "'late_data'",
        "old_n": "40",
        "old_status": "'in_band'",
        "old_verdict": "'good'",
    } | told
    columns["restated_reasons"] = columns["restated_reason"]
    more = "".join(f", {value} as {name}" for name, value in columns.items())
    return f"""
        insert into fct_publication by name
        select * replace ({publication} as publication, published_at + interval {publication} day as published_at)
        from fct_publication
        where publication = 1 and {publication} not in (select publication from fct_publication);
        insert into fct_restatement by name
        select {publication}::bigint as publication, {publication} - 1 as compared_with, kpi_id, scope_kind, scope_id,
            period_kind, period_start, period_end, {old} as old_value,
            value as new_value, n as new_n, status as new_status, verdict as new_verdict{more}
        from fct_kpi_value
        where kpi_id = 'kpi_1' and scope_kind = '{kind}' and scope_id = '{scope_id}' and period_kind = 'month'
            and period_start = date '2026-03-01';
        update fct_publication
        set restated_count = (
            select count(*) from fct_restatement where fct_restatement.publication = fct_publication.publication
        );
    """  # noqa: S608 - own names


CAUSE = """
    insert into fct_restatement_cause values
    (2, 'late_data', 'ratings', 'desk', '2026-04-17', 'ratings_of_all.csv', '2026-03-30', '2026-03-30', 7, null);
"""
"""The file that publication 2 had its restatements from."""
