with

tags as (

    select * from {{ ref('fct_contact_tag') }}
    where
        tag = 'knowledge_point'
        and detail != '-'
        and contact_date is not null

),

contacts as (

    select contact_key
    from {{ ref('fct_contact') }}
    where contacts_handled > 0

),

reviews as (

    select distinct contact_key
    from {{ ref('fct_quality_review') }}
    where
        reviews > 0
        and contact_key is not null

),

errors as (

    select
        contact_key,
        knowledge_point,
        list(distinct case_code order by case_code) filter (case_code is not null) as case_codes
    from {{ ref('fct_check_error') }}
    where
        review_errors > 0
        and contact_key is not null
        and knowledge_point is not null
    group by contact_key, knowledge_point

),

excluded as (

    select contact_key
    from {{ ref('int_contact__excluded') }}
    where kpi_group = 'quality'

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

periods as (

    select
        period_kind,
        period_start,
        period_end
    from {{ ref('int_measure__period') }}
    where
        period_kind in ('month', 'quarter')
        or (period_kind = 'trailing_28' and is_latest)

),

period_days as (

    select
        period_kind,
        period_start,
        period_date
    from {{ ref('int_measure__period_day') }}

),

-- A use is a handled contact in which the point came up; whether it was known is told by checks of that contact.
uses as (

    select
        tags.detail as knowledge_point,
        tags.contact_date,
        tags.agent_id,
        tags.agent_date,
        reviews.contact_key is not null as is_checked,
        is_checked and errors.contact_key is not null as is_wrong,
        errors.case_codes
    from tags
    inner join contacts on tags.contact_key = contacts.contact_key
    left join reviews on tags.contact_key = reviews.contact_key
    left join errors
        on
            tags.contact_key = errors.contact_key
            and tags.detail = errors.knowledge_point
    anti join excluded on tags.contact_key = excluded.contact_key

),

scoped as (

    {{ in_centre_and_teams('uses') }}

),

counted as (

    select
        scoped.scope_kind,
        scoped.scope_id,
        periods.period_kind,
        periods.period_start,
        periods.period_end,
        scoped.knowledge_point,
        count(*) as uses,
        count(*) filter (scoped.is_checked) as checked,  -- noqa: RF04
        count(*) filter (scoped.is_wrong) as wrong,
        count(distinct scoped.agent_id) filter (scoped.is_wrong) as agents_wrong,
        count(distinct scoped.agent_id) filter (scoped.is_checked) as agents_checked,
        list_sort(list_distinct(flatten(list(coalesce(scoped.case_codes, [])) filter (scoped.is_wrong)))) as case_codes
    from scoped
    inner join period_days on scoped.contact_date = period_days.period_date
    inner join periods
        on
            period_days.period_kind = periods.period_kind
            and period_days.period_start = periods.period_start
    group by all

),

rated as (

    select
        *,
        wrong / nullif(checked, 0) as rate,
        checked::double as cases,
        -- 1.959964 standard errors on either side: 95 %.
        1.959963984540054::double as z
    from counted

),

bounded as (

    select
        *,
        {{ wilson_midpoint('rate', 'cases') }} as midpoint,
        {{ wilson_margin('rate', 'cases') }} as margin
    from rated

),

-- By the lower bound, so that a small sample cannot lead the list.
weighed as (

    select
        *,
        greatest(least(midpoint - margin, rate), 0) as ci_lower,
        least(greatest(midpoint + margin, rate), 1) as ci_upper,
        uses * rate as expected_wrong,
        uses * ci_lower as priority,  -- noqa: RF04
        checked < 10 as is_check_more
    from bounded

)

select
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    period_end,
    knowledge_point,
    uses,
    checked,
    wrong,
    rate,
    ci_lower,
    ci_upper,
    expected_wrong,
    priority,
    is_check_more,
    row_number() over (
        partition by scope_kind, scope_id, period_kind, period_start, is_check_more
        order by if(is_check_more, uses, priority) desc, uses desc, knowledge_point asc
    ) as position,  -- noqa: RF04
    agents_wrong,
    agents_checked,
    coalesce(case_codes, []) as case_codes
from weighed
order by
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    is_check_more,
    position
