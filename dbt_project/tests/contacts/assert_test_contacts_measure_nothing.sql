-- Test contacts are facts, so that they can be found, but count in no number: all their measures are 0, and so are
-- those of their legs and of their stays in queues.
with

test_contacts as (

    select * from {{ ref('fct_contact') }}
    where
        is_test
        and {{ on_remade_dates() }}

),

legs as (

    select
        contact_key,
        greatest(
            {{ each_measure('{}', 'fct_contact_leg') }}
        ) as largest_measure
    from {{ ref('fct_contact_leg') }}
    where
        is_test
        and {{ on_remade_dates() }}

),

visits as (

    select
        contact_key,
        greatest(
            {{ each_measure('{}', 'fct_queue_visit') }}
        ) as largest_measure
    from {{ ref('fct_queue_visit') }}
    where
        is_test
        and {{ on_remade_dates() }}

),

contacts as (

    select
        contact_key,
        greatest(
            {{ each_measure('{}', 'fct_contact') }}
        ) as largest_measure
    from test_contacts

),

together as (

    select * from contacts
    union all
    select * from legs
    union all
    select * from visits

)

select
    contact_key,
    largest_measure
from together
where largest_measure > 0
