-- Values of closed periods that an earlier publication told otherwise, one row per value: what stood there before its newest
-- change, and how often it was changed.
with newest as (

    select
        kpi_id,
        scope_kind,
        scope_id,
        period_kind,
        period_start,
        count(*) as restated_count,
        max(publication) as publication
    from scorecard.fct_restatement
    where
        period_end > if(period_kind = 'day', $first_day::date, date '1900-01-01')
        and ($scope_kind is null or scope_kind = $scope_kind)
        and ($scope_id is null or scope_id = $scope_id)
    group by kpi_id, scope_kind, scope_id, period_kind, period_start

)

select
    newest.scope_kind,
    newest.scope_id,
    newest.kpi_id,
    newest.period_kind,
    newest.period_start,
    publication.published_at,
    newest.publication,
    newest.restated_count,
    restatement.restated_reason,
    restatement.old_value,
    restatement.old_n,
    restatement.old_lower_bound,
    restatement.old_upper_bound,
    restatement.old_status,
    restatement.old_verdict,
    restatement.old_evidence
from newest
inner join scorecard.fct_restatement as restatement
    on
        newest.publication = restatement.publication
        and newest.kpi_id = restatement.kpi_id
        and newest.scope_kind = restatement.scope_kind
        and newest.scope_id = restatement.scope_id
        and newest.period_kind = restatement.period_kind
        and newest.period_start = restatement.period_start
inner join scorecard.fct_publication as publication on newest.publication = publication.publication
order by newest.scope_kind, newest.scope_id, newest.kpi_id, newest.period_kind, newest.period_start
