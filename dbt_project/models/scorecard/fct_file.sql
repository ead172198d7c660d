with

files as (

    select * from {{ ref('stg_file_record') }}

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

)

select
    files.source_id,
    files.landing_day,
    files.file_name,
    files.file_hash,
    files.byte_count,
    files.taken_at,
    files.state,
    files.records_read,
    files.records_accepted,
    files.records_quarantined,
    files.records_duplicate,
    files.records_ignored,
    files.ignored_by_kind::varchar as ignored_by_kind,
    files.rows_by_feed::varchar as rows_by_feed,
    files.first_at,
    files.last_at,
    timezone(settings.time_zone, files.last_at)::date as last_date,
    files.message,
    files.remarks::varchar as remarks,
    files.file_columns
from files
cross join settings
