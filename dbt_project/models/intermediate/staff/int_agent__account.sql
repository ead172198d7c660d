with

accounts as (

    select * from {{ ref('stg_agent_accounts') }}

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

-- Two systems may map one account from the same date on: the last one by name wins, whatever the order of arrival.
mapped as (

    select
        account_source_id,
        account,
        agent_id,
        valid_from
    from accounts
    qualify
        row_number() over (
            partition by account_source_id, account, valid_from
            order by source_id desc, agent_id asc
        ) = 1

),

since as (

    select
        mapped.account_source_id as source_id,
        mapped.account,
        mapped.agent_id,
        {{ local_instant('settings.time_zone', 'cast(mapped.valid_from as timestamp)') }} as mapped_from
    from mapped
    cross join settings

)

-- With the end of each, accounts are few to be looked up among; as of an instant, all rows would be put in order first.
select
    *,
    coalesce(
        lead(mapped_from) over (partition by source_id, account order by mapped_from), 'infinity'::timestamptz
    ) as mapped_until
from since
