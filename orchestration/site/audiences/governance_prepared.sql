-- What errors and complaints of the centre came from, month by month and person by person. Of months only, since they do
-- not overlap: from a quarter or the last 28 days what is merged in a month could be worked out.
create table prepared.main.centre_month as
select distinct period_start, period_end
from prepared.main.period
where period_kind = 'month';

create table prepared.main.cause_person as
with error as (
    select family as part_kind, '' as parent, cause as part_id, scope_date, agent_id, agent_date, 1 as received, 0 as decided,
        0 as upheld, 0 as pending
    from published.scorecard.fct_cause_record
    where not is_excluded and family in ('severe_error', 'general_error')
),

leaf as (
    from published.scorecard.dim_code
    where code_list = 'complaint_leaves'
),

complaint as (
    select
        coalesce(complaint.leaf, '-') as told_leaf,
        coalesce(complaint.topic, '-') as told_topic,
        coalesce(leaf.group_code, '-') as cause,
        concat_ws('.', coalesce(leaf.group_code, '-'), leaf.kind) as cause_kind,
        complaint.received_date as scope_date, complaint.agent_id, complaint.agent_date, complaint.complaints as received,
        complaint.complaints_decided as decided, complaint.complaints_upheld as upheld, complaint.complaints_pending as pending
    from published.scorecard.fct_complaint as complaint
    left join leaf on complaint.leaf = leaf.code
    where complaint.complaints > 0 and complaint.complaint_id not in (
        select record_id from published.scorecard.fct_cause_record where is_excluded and family = 'complaint_received'
    )
),

told as (
    from error
    union all by name
    select
        unnest(['cause', 'kind', 'leaf', 'topic']) as part_kind,
        unnest(['', cause, cause_kind, '']) as parent,
        unnest([cause, cause_kind, told_leaf, told_topic]) as part_id,
        * exclude (told_leaf, told_topic, cause, cause_kind)
    from complaint
)

select
    told.part_kind, told.parent, told.part_id, centre_month.period_start, told.agent_id, told.agent_date,
    sum(received)::bigint as received, sum(decided)::bigint as decided, sum(upheld)::bigint as upheld,
    sum(pending)::bigint as pending
from told
inner join prepared.main.centre_month as centre_month
    on told.scope_date >= centre_month.period_start and told.scope_date < centre_month.period_end
group by all;

-- Reviews of each person and day: who moved into a team was reviewed elsewhere before, and is no stranger to it.
create table prepared.main.reviewed as
select distinct review.agent_id, review.agent_date, centre_month.period_start
from published.scorecard.fct_quality_review as review
inner join prepared.main.centre_month as centre_month
    on review.review_date >= centre_month.period_start and review.review_date < centre_month.period_end
where review.reviews > 0;
