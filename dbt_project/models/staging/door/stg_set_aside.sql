{#- What identifies a row of each feed within its source. An event without an id is told by its content alone, and its
    occurrence number within the file keeps genuine repeats apart. -#}
{%- set origin = 'source_id, landing_day, file_name, file_hash, record_number, line_number, row_in_record, '
    ~ 'record_version, is_time_ambiguous' -%}
{%- set content_hash = 'md5(row(*columns(* exclude (' ~ origin ~ ')))::varchar)' -%}
with

-- Only rows whose key occurs twice are looked at closely: hashing every key is far cheaper than a window over all rows,
-- and hashes are put in order faster than they are counted.
-- Other keys with the same hash come along and are told apart by the keys themselves.
contested as (

    {% for feed in feeds() -%}
        {%- set keys = [] -%}
        {%- for column in feed.name_of_row -%}
            {%- if column == feed.id_or_content -%}
                {%- do keys.append('coalesce(' ~ column ~ ', ' ~ content_hash ~ ')') -%}
            {%- elif column in feed.empty_as -%}
                {%- do keys.append('coalesce(' ~ column ~ ', ' ~ feed.empty_as[column] ~ ')') -%}
            {%- else -%}
                {%- do keys.append(column) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- for column in feed.without_id -%}
            {%- do keys.append('if(' ~ feed.name_of_row[0] ~ ' is null, ' ~ column ~ ', null)') -%}
        {%- endfor -%}
        select
            '{{ feed.name }}' as feed,
            source_id,
            landing_day,
            file_name,
            file_hash,
            record_number,
            row_in_record,
            record_version,
            {{ 'contact_id' if feed.is_sliced else 'null::varchar' }} as contact_id,
            {{ utc_date(feed.time) if feed.is_sliced else 'null::date' }} as event_date,
            {{ content_hash }} as content_hash,
            {{ feed.id_or_content ~ ' is null' if feed.id_or_content else 'false' }} as is_told_by_content,
            [source_id, {{ keys | join('::varchar, ') }}::varchar] as row_key
        from {{ source('raw', feed.name) }}
        where
            hash(source_id, {{ keys | join(', ') }}) in (
                select in_order.key_hash
                from (
                    select
                        hashed.key_hash,
                        lag(hashed.key_hash) over (order by hashed.key_hash) as previous_hash
                    from (
                        select hash(source_id, {{ keys | join(', ') }}) as key_hash  -- noqa: RF02
                        from {{ source('raw', feed.name) }}
                    ) as hashed
                ) as in_order
                where in_order.key_hash = in_order.previous_hash
            )
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

numbered as (

    select
        *,
        if(
            is_told_by_content,
            row_number() over (
                partition by feed, row_key, landing_day, file_name, file_hash
                order by record_number, row_in_record
            ),
            1
        ) as occurrence_number
    from contested

),

judged as (

    select
        *,
        last_value(content_hash) over received as kept_hash,
        row_number() over (
            partition by feed, row_key, occurrence_number, content_hash
            order by record_version nulls first, {{ receipt() }}
        ) as repetition_number
    from numbered
    window received as (
        partition by feed, row_key, occurrence_number
        order by record_version nulls first, {{ receipt() }}
        rows between unbounded preceding and unbounded following
    )

)

select
    feed,
    source_id,
    landing_day,
    file_name,
    file_hash,
    record_number,
    row_in_record,
    contact_id,
    event_date,
    if(content_hash = kept_hash, 'duplicate', 'superseded') as fate
from judged
where
    content_hash != kept_hash
    or repetition_number > 1
