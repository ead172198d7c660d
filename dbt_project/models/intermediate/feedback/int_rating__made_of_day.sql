-- One row per local date with the digest of its invitations to rate as this build found them, for the next one to
-- compare with. Written after the dates that differ: a build that is cut off in between leaves these.
-- depends_on: {{ ref('int_rating__changed_date') }}
with

inputs as (

    select * from {{ ref('int_rating__input_day') }}

)

select
    contact_date,
    row_count,
    digest
from inputs
