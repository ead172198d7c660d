-- Unknown references do not stop a publication: they warn, and the rating counts nowhere.
{{ config(severity='warn') }}

with

ratings as (

    select * from {{ ref('fct_rating') }}

),

reviews as (

    select * from {{ ref('fct_quality_review') }}

),

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

named as (

    select contact_key
    from ratings
    union
    select contact_key
    from reviews
    where contact_key is not null

)

select named.contact_key
from named
anti join contacts on named.contact_key = contacts.contact_key
