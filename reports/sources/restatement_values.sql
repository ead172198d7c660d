-- What was restated, the newest first: of a publication the widest scopes and longest periods, of all no more than a page holds.
with ranked as (

    select
        *,
        count(*) over () as told_of,
        row_number() over (
            partition by publication
            order by
                list_position(['centre', 'channel', 'queue', 'team', 'team_channel', 'agent'], scope_kind),
                period_end - period_start desc, period_start desc, scope_kind, scope_id, kpi_id, period_kind
        ) as place
    from scorecard.fct_restatement

)

select
    publication, kpi_id, scope_kind, scope_id, period_kind, period_start, period_end,
    old_value, new_value, old_numerator, new_numerator, old_denominator, new_denominator, old_n, new_n,
    old_status, new_status, old_verdict, new_verdict, old_evidence, new_evidence,
    restated_reason, restated_reasons, told_of
from ranked
where place <= 300
order by publication desc, place
limit 1000
