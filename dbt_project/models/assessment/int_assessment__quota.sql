-- One row per person, month and kind of penalty that the policy has for him: how many are free, what each later one
-- costs, and what all together cost at most.
with

persons as (

    select * from {{ ref('int_assessment__person') }}
    where is_complete

),

penalties as (

    select * from {{ ref('stg_policy_penalties') }}

),

-- In millionths, so that a quota is a whole number wherever it is one.
shares as (

    select
        persons.person_kind,
        persons.person_id,
        persons.month_start,
        persons.policy_version,
        penalties.month_by,
        penalties.quota_rounding,
        penalties.points_each,
        penalties.cap,
        penalties.kind as policy_kind,
        -- The policy speaks of complaints and errors, a line of one of them.
        if(penalties.kind = 'fraud', penalties.kind, rtrim(penalties.kind, 's')) as kind,
        case
            when penalties.quota_per_head is not null
                then cast(penalties.quota_per_head * 1000000 as hugeint) * persons.headcount_days
            when penalties.quota_for_part_month = 'pro_rata'
                then cast(penalties.quota * 1000000 as hugeint) * persons.employed_days
            else cast(coalesce(penalties.quota, 0) * 1000000 as hugeint) * persons.month_days
        end as free_millionths,
        1000000 * persons.month_days as month_millionths
    from persons
    inner join penalties
        on
            persons.policy_version = penalties.version
            and persons.person_kind = penalties.person_kind

)

select
    person_kind,
    person_id,
    month_start,
    policy_version,
    policy_kind,
    kind,
    month_by,
    points_each,
    cap,
    case quota_rounding
        when 'up' then cast((free_millionths + month_millionths - 1) // month_millionths as double)
        when 'down' then cast(free_millionths // month_millionths as double)
        when 'nearest' then cast((2 * free_millionths + month_millionths) // (2 * month_millionths) as double)
        else free_millionths / month_millionths
    end as quota
from shares
