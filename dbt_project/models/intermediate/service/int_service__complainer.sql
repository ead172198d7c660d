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

    select * from {{ ref('int_kept__contact') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

complained as (

    select
        -- Whoever is named in the complaint, else the customer of its contact.
        case
            when complaints.customer_id is null then if(contacts.is_identified, contacts.customer_id, null)
            when complaints.is_identified then complaints.customer_id
        end as complainer_id,
        complaints.received_at
    from complaints
    left join contacts on complaints.contact_key = contacts.contact_key
    where complaints.received_at <= (select covered.as_of from covered)

),

complainers as (

    select distinct contacts.contact_key
    from contacts
    semi join eligible on contacts.contact_key = eligible.contact_key
    inner join complained
        on
            contacts.customer_id = complained.complainer_id
            and contacts.started_at >= complained.received_at
            and contacts.started_at <= complained.received_at + to_days(28)
    where contacts.is_identified

)

select
    contacts.contact_key,
    contacts.contact_date,
    contacts.started_at,
    contacts.contact_key in (select ratings.contact_key from ratings)
    or contacts.contact_key in (select surveys.contact_key from surveys) as is_invited
from contacts
semi join complainers on contacts.contact_key = complainers.contact_key
