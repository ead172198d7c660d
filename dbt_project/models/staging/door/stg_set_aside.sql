{#- What identifies a row of each feed within its source. An event without an id is told by its content alone, and its
    occurrence number within the file keeps genuine repeats apart. -#}
{%- set origin = 'source_id, landing_day, file_name, file_hash, record_number, line_number, row_in_record, '
    ~ 'is_time_ambiguous' -%}
{%- set content_hash = 'md5(row(*columns(* exclude (' ~ origin ~ ')))::varchar)' -%}
{%- set feed_keys = {
    'contacts': ['contact_id'],
    'contact_events': ['coalesce(event_id, ' ~ content_hash ~ ')'],
    'messages': ['message_id'],
    'agent_states': ['agent_id', 'started_at', 'coalesce(is_pause_change, false)'],
    'observations': ['agent_id', 'contact_id', 'kind', 'observer_id', 'observed_at'],
    'ratings': ['rating_id', 'if(rating_id is null, contact_id, null)', 'if(rating_id is null, agent_id, null)',
                'if(rating_id is null, invited_at, null)'],
    'quality_reviews': ['review_id'],
    'quality_errors': ['review_id', 'error_code'],
    'quality_review_items': ['review_id', 'item'],
    'staff': ['agent_id', 'valid_from'],
    'agent_accounts': ['account_source_id', 'account', 'valid_from'],
    'team_memberships': ['agent_id', 'team_id', 'valid_from'],
    'teams': ['team_id', 'valid_from'],
    'queues': ['queue_id', 'valid_from'],
    'shifts': ['agent_id', 'starts_at'],
    'site_visits': ['visited_on', 'channel', 'entry_point'],
    'platform_incidents': ['incident_id'],
    'recognitions': ['recognition_id'],
} -%}
with

-- Only rows whose key occurs twice are looked at closely: hashing every key is far cheaper than a window over all rows.
-- Other keys with the same hash come along and are told apart by the keys themselves.
contested as (

    {% for feed, keys in feed_keys.items() -%}
        select
            '{{ feed }}' as feed,
            source_id,
            landing_day,
            file_name,
            file_hash,
            record_number,
            row_in_record,
            {{ content_hash }} as content_hash,
            {{ 'event_id is null' if feed == 'contact_events' else 'false' }} as is_told_by_content,
            [source_id, {{ keys | join('::varchar, ') }}::varchar] as row_key
        from {{ source('raw', feed) }}
        where
            hash(source_id, {{ keys | join(', ') }}) in (
                select hash(source_id, {{ keys | join(', ') }})  -- noqa: RF02
                from {{ source('raw', feed) }}
                group by 1
                having count(*) > 1
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
            order by landing_day, file_name, record_number, row_in_record
        ) as repetition_number
    from numbered
    window received as (
        partition by feed, row_key, occurrence_number
        order by landing_day, file_name, record_number, row_in_record
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
    if(content_hash = kept_hash, 'duplicate', 'superseded') as fate
from judged
where
    content_hash != kept_hash
    or repetition_number > 1
