{%- set feeds = [
    'contacts', 'contact_events', 'messages', 'agent_states', 'observations', 'ratings', 'quality_reviews', 'quality_errors',
    'quality_review_items', 'staff', 'agent_accounts', 'team_memberships', 'teams', 'queues', 'shifts', 'site_visits',
    'platform_incidents', 'recognitions',
] -%}
with

accepted as (

    select
        unnest(map_keys(rows_by_feed::map(varchar, bigint))) as feed,
        unnest(map_values(rows_by_feed::map(varchar, bigint))) as accepted_rows
    from {{ ref('stg_file_record') }}
    where state = 'taken'

),

kept as (

    {% for feed in feeds -%}
        select
            '{{ feed }}' as feed,
            count(*) as kept_rows
        from {{ ref('stg_' ~ feed) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

set_aside as (

    select
        feed,
        count(*) filter (fate = 'duplicate') as duplicate_rows,
        count(*) filter (fate = 'superseded') as superseded_rows
    from {{ ref('stg_set_aside') }}
    group by feed

),

accepted_by_feed as (

    select
        feed,
        sum(accepted_rows)::bigint as accepted_rows
    from accepted
    group by feed

)

select
    kept.feed,
    coalesce(accepted_by_feed.accepted_rows, 0) as accepted_rows,
    kept.kept_rows,
    coalesce(set_aside.duplicate_rows, 0) as duplicate_rows,
    coalesce(set_aside.superseded_rows, 0) as superseded_rows
from kept
left join accepted_by_feed
    on kept.feed = accepted_by_feed.feed
left join set_aside
    on kept.feed = set_aside.feed
