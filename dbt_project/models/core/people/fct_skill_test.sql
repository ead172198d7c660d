with

tests as (

    select * from {{ ref('stg_skill_tests') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of_date from {{ ref('int_as_of') }}

),

-- A test knows the day, not the hour: whose account it was at the end of the day decides.
dated as (

    select
        *,
        timezone((select settings.time_zone from settings), cast(taken_on + 1 as timestamp)) as ends_at
    from tests
    where taken_on <= (select covered.as_of_date from covered)

),

placed as (

    select
        dated.* exclude (agent_id),  -- noqa: RF02
        coalesce(accounts.agent_id, dated.agent_id) as agent_id
    from dated
    asof left join accounts
        on
            dated.source_id = accounts.source_id
            and dated.agent_id = accounts.account
            and dated.ends_at > accounts.mapped_from

)

select
    source_id || '/' || test_id || '/' || item as test_item_id,
    source_id || '/' || test_id as skill_test_id,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    agent_id,
    taken_on,
    test_kind,
    item,
    cast(score as double) as score,
    is_passed,
    -- Of a whole test, whether all items that say so were passed; NULL where none says so.
    bool_and(is_passed) over (partition by source_id, test_id) as is_test_passed
from placed
