-- What the complaints of the centre and of each team were about, in every period that their KPIs have. Counted are the
-- complaints that the KPIs count, adjusted as they are, so the parts of one kind add up to their numerators.
with

-- What an approved incident takes out of the group of the complaints is no part of it.
complaints as (

    select fct_complaint.*
    from {{ ref('fct_complaint') }} as fct_complaint
    left join {{ ref('int_contact__excluded') }} as excluded
        on
            fct_complaint.contact_key = excluded.contact_key
            and excluded.kpi_group = 'complaint'
    where
        fct_complaint.complaints > 0
        and excluded.contact_key is null

),

leaves as (

    select * from {{ ref('dim_code') }}
    where code_list = 'complaint_leaves'

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

period_days as (

    select * from {{ ref('int_measure__period_day') }}
    where
        is_for_every_scope
        and period_kind != 'day'

),

-- A leaf that is on no list has no cause; a cause without kinds is its own.
told as (

    select
        complaints.*,
        coalesce(complaints.leaf, '-') as told_leaf,
        coalesce(complaints.topic, '-') as told_topic,
        coalesce(leaves.group_code, '-') as cause,
        concat_ws('.', coalesce(leaves.group_code, '-'), leaves.kind) as cause_kind
    from complaints
    left join leaves
        on complaints.leaf = leaves.code

),

parts as (

    select
        * exclude (told_leaf, told_topic, cause, cause_kind),
        unnest(['cause', 'kind', 'leaf', 'topic']) as part_kind,
        unnest([cause, cause_kind, told_leaf, told_topic]) as part_id
    from told

),

scoped as (

    {{ in_centre_and_teams('parts') }}

)

select
    scoped.scope_kind,
    scoped.scope_id,
    period_days.period_kind,
    period_days.period_start,
    scoped.part_kind,
    scoped.part_id,
    sum(scoped.complaints)::bigint as received,
    sum(scoped.complaints_decided)::bigint as decided,
    sum(scoped.complaints_upheld)::bigint as upheld,
    sum(scoped.complaints_pending)::bigint as pending,
    count(distinct scoped.agent_id)::bigint as people
from scoped
inner join period_days
    on scoped.received_date = period_days.period_date
group by
    scoped.scope_kind,
    scoped.scope_id,
    period_days.period_kind,
    period_days.period_start,
    scoped.part_kind,
    scoped.part_id
