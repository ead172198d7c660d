with

source as (

    select content from {{ source('records', 'ledger') }}

),

-- A stated structure, so that no value is guessed from its looks.
records as (

    select
        unnest(from_json(
            content,
            '{
                "source_id": "VARCHAR", "landing_day": "DATE", "file_name": "VARCHAR", "file_hash": "VARCHAR",
                "byte_count": "BIGINT", "taken_at": "TIMESTAMPTZ", "state": "VARCHAR",
                "records_read": "BIGINT", "records_accepted": "BIGINT", "records_quarantined": "BIGINT",
                "records_duplicate": "BIGINT", "records_ignored": "BIGINT",
                "ignored_by_kind": "JSON", "rows_by_feed": "JSON", "columns_by_feed": "MAP(VARCHAR, VARCHAR[])",
                "first_at": "TIMESTAMPTZ", "last_at": "TIMESTAMPTZ", "message": "VARCHAR",
                "remarks": "JSON"
            }'
        ))
    from source

)

select
    source_id,
    landing_day,
    file_name,
    file_hash,
    byte_count,
    taken_at,
    state,
    records_read,
    records_accepted,
    records_quarantined,
    records_duplicate,
    records_ignored,
    ignored_by_kind,
    rows_by_feed,
    columns_by_feed,
    first_at,
    last_at,
    message,
    remarks
from records
where source_id is not null
