-- One row per scope and KPI that it can have, and why it could not be measured there, if so: nobody records it (the
-- topic, or a column that it lives on), the centre has not set what it needs, or it does not apply (ratings on a
-- channel that sends no invitations). Before the date from which it is recorded there is nothing to measure either.
with

kpis as (

    select * from {{ ref('int_measure__kpi') }}

),

scopes as (

    select * from {{ ref('dim_scope') }}

),

rated_channels as (

    select list(channel) as channels from {{ ref('stg_rated_channel') }}

),

recorded as (

    select
        scope_kind,
        scope_id,
        list(topic) as topics,
        map_from_entries(list((topic, recorded_from))) as date_by_topic
    from {{ ref('int_measure__scope_topic') }}
    group by scope_kind, scope_id

),

lacking as (

    select * from {{ ref('int_measure__scope_lacking') }}

),

required as (

    select
        kpi_id,
        scope_kinds,
        missing_settings,
        list_filter(string_split(coalesce(requires_topics, ''), '|'), topic -> topic != '') as topics
    from kpis

)

select
    scopes.scope_kind,
    scopes.scope_id,
    required.kpi_id,
    case
        when not list_has_all(coalesce(recorded.topics, []), required.topics) then 'not_recorded'
        when lacking.kpi_id is not null then 'not_recorded'
        when required.missing_settings is not null then 'not_set'
        when
            list_contains(required.topics, 'ratings')
            and scopes.channel is not null
            and rated_channels.channels is not null
            and not list_contains(rated_channels.channels, scopes.channel)
            then 'not_applicable'
    end as unmeasured_reason,
    -- All its topics are needed: the latest to begin decides.
    coalesce(
        list_max(list_transform(required.topics, topic -> recorded.date_by_topic[topic])),
        '-infinity'::date
    ) as recorded_from
from scopes
inner join required
    on list_contains(required.scope_kinds, scopes.scope_kind)
cross join rated_channels
left join recorded
    on
        scopes.scope_kind = recorded.scope_kind
        and scopes.scope_id = recorded.scope_id
left join lacking
    on
        scopes.scope_kind = lacking.scope_kind
        and scopes.scope_id = lacking.scope_id
        and required.kpi_id = lacking.kpi_id
