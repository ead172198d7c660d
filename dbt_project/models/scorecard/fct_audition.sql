-- What an audition heard in somebody beside how he lived the same group of the norms from the ninetieth day on: whether
-- auditions choose the right people.
with

tests as (

    select
        agent_id,
        skill_test_id,
        taken_on,
        item,
        score
    from {{ ref('fct_skill_test') }}
    where
        test_kind = 'audition'
        and agent_id is not null

),

scored as (

    select * from {{ ref('int_measure__scored_item') }}

),

norms as (

    select
        code,
        group_code
    from {{ ref('dim_code') }}
    where code_list = 'norm_items'

),

-- How quickly somebody reacts is in no group of the norms: it stands beside all of them, as a whole audition does.
groups as (

    select
        heard.item,
        heard.norm_group
    from (
        values
        ('voice', 'V'),
        ('comprehension', 'K'),
        ('summarising', 'K'),
        ('emotional_control', 'C'),
        ('quick_reaction', '*'),
        ('*', '*')
    ) as heard (item, norm_group)

),

-- Who was heard twice was chosen by the first time.
first_ones as (

    select *
    from tests
    qualify
        skill_test_id = first_value(skill_test_id) over (
            partition by agent_id order by taken_on, skill_test_id
        )

),

heard as (

    select
        agent_id,
        taken_on,
        item,
        score
    from first_ones
    union all
    select
        agent_id,
        min(taken_on) as taken_on,
        '*' as item,
        avg(score) as score
    from first_ones
    group by agent_id

),

lived as (

    select
        scored.agent_id,
        scored.review_date,
        -- Decimals add up to the same in whatever order they come.
        (scored.score::double / scored.max_score::double)::decimal(18, 12) as share,  -- noqa: RF04
        unnest(if(norms.group_code is null, ['*'], ['*', norms.group_code])) as norm_group
    from scored
    left join norms on scored.item = norms.code

),

pairs as (

    select
        heard.item,
        groups.norm_group,
        heard.agent_id,
        any_value(heard.score) as audition_score,
        avg(lived.share) as lived_share
    from heard
    inner join groups on heard.item = groups.item
    inner join lived
        on
            heard.agent_id = lived.agent_id
            and groups.norm_group = lived.norm_group
            and lived.review_date >= heard.taken_on + 90
    group by heard.item, groups.norm_group, heard.agent_id

),

ranked as (

    select
        *,
        {{ shared_rank('audition_score', 'item') }} as audition_rank,
        {{ shared_rank('lived_share', 'item') }} as lived_rank
    from pairs

),

counted as (

    select
        item,
        norm_group,
        count(*) as agents,
        avg(audition_score::decimal(18, 9)) as mean_score,
        avg(lived_share::decimal(18, 12)) as mean_share,
        round(corr(audition_rank, lived_rank), 12) as coefficient,
        -- Where all are alike in one of the two, there is nothing to go together.
        count(distinct audition_rank) > 1 and count(distinct lived_rank) > 1 as has_two_sides
    from ranked
    group by item, norm_group

)

select
    item as audition_item,
    norm_group,
    agents,
    agents >= 20 as is_enough,
    mean_score,
    mean_share,
    if(agents >= 20 and has_two_sides, coefficient, null) as correlation  -- noqa: RF04
from counted
