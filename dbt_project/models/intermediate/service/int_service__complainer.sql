{{ config(materialized='ephemeral') }}

-- One row per contact after which an invitation to rate belongs, of a customer who had complained in the 28 days
-- before: whether such customers are asked as others are.
with

complaints as (

    select * from {{ ref('stg_complaints') }}

),

eligible as (

    select contact_key from {{ ref('int_rating__eligible') }}

),

ratings as (

    select contact_key from {{ ref('int_rating__invitation') }}
    where is_counted

),

surveys as (

    select contact_key from {{ ref('int_service__survey') }}
    where contact_key is not null

),

contacts as (

    select
        contact_key,
        contact_date,
        customer_id,
        started_at
    from {{ ref('int_kept__contact') }}
    where is_identified

),

named as (

    select
        contact_key,
        customer_id
    from {{ ref('int_kept__contact') }}
    where is_identified

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

complained as (

    select
        -- Whoever is named in the complaint, else the customer of its contact.
        case
            when complaints.customer_id is null then named.customer_id
            when complaints.is_identified then complaints.customer_id
        end as complainer_id,
        complaints.received_at
    from complaints
    left join named on complaints.contact_key = named.contact_key
    where complaints.received_at <= (select covered.as_of from covered)

),

-- Hardly any contact is of such a customer: all else is looked up for these alone.
of_complainers as (

    select contacts.*
    from contacts
    semi join complained on contacts.customer_id = complained.complainer_id

),

followed as (

    select distinct
        contacts.contact_key,
        contacts.contact_date,
        contacts.started_at
    from of_complainers as contacts
    inner join complained
        on
            contacts.customer_id = complained.complainer_id
            and contacts.started_at >= complained.received_at
            and contacts.started_at <= complained.received_at + to_days(28)

),

complainers as (

    select followed.*
    from followed
    semi join eligible on followed.contact_key = eligible.contact_key

),

invited as (

    select ratings.contact_key
    from ratings
    semi join complainers on ratings.contact_key = complainers.contact_key
    union all
    select surveys.contact_key
    from surveys
    semi join complainers on surveys.contact_key = complainers.contact_key

)

select
    *,
    contact_key in (select invited.contact_key from invited) as is_invited
from complainers
