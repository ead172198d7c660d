-- Nobody knows whether two contacts without a customer are one person's, so each stands for itself.
with

contacts as (

    select * from {{ ref('int_kept__contact') }}
    where
        {{ on_remade_dates() }}
        and not is_test

),

consulting as (

    select
        contact_date,
        channel,
        if(is_identified, 'c' || customer_id, 'x' || contact_key) as person,
        min(started_at) as first_started_at
    from contacts
    group by all

),

-- Sorted as lists: in a list that is made in order each customer would be sorted by himself, at five times the cost.
persons as (

    select
        contact_date,
        list_transform(list_sort(list((first_started_at, channel))), begun -> begun[2]) as channels
    from consulting
    group by contact_date, person

)

select
    contact_date,
    channels,
    count(*) as customer_count
from persons
group by contact_date, channels
