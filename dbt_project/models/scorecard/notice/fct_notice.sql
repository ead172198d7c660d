-- One row per recipient, kind, subject and period: what is to be told, and when that may be. Whether it was, the ledger
-- of the sender says.
-- noqa: disable=AM07
with

notices as (

    select * from {{ ref('stg_notice_setting') }}

),

kinds as (

    select notice_kind from {{ ref('stg_notice_kind') }}

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

covered as (

    select
        as_of,
        as_of_date
    from {{ ref('int_as_of') }}

),

leaders as (

    select * from {{ ref('int_staff__leader_above') }}

),

spans as (

    select * from {{ ref('int_staff__work_span') }}

),

news as (

    {% for kind in [
        'ranking', 'out_of_band', 'complaint_decided', 'appeal_ending', 'document_due', 'plan_overdue',
        'coaching_ready', 'topic_signal', 'assessment_published'
    ] %}
        {% if not loop.first %}union all by name{% endif %}
        select * from {{ ref('int_notice__' ~ kind) }}
    {% endfor %}

),

wanted as (

    select
        news.*,
        least(cast(timezone(settings.time_zone, news.due_at) as date), covered.as_of_date) as leader_date
    from news
    cross join settings
    cross join covered
    cross join notices
    where
        news.notice_kind in (select kinds.notice_kind from kinds)
        and cast(timezone(settings.time_zone, news.due_at) as date) >= notices.begin_on
        -- What is due after the next builds they will tell.
        and news.due_at <= covered.as_of + interval 7 day

),

addressed as (

    select * from wanted
    where recipient_id is not null
    union by name
    select * replace ('agent' as recipient_kind, agent_id as recipient_id)
    from wanted
    where is_for_person
    union by name
    select wanted.* replace ('agent' as recipient_kind, leaders.leader_id as recipient_id)
    from wanted
    inner join leaders
        on
            wanted.agent_id = leaders.agent_id
            and wanted.leader_date = leaders.agent_date
    where wanted.is_for_leader

),

-- Equal content makes an equal id, so that what is told again without another value is known to have been told.
named as (

    select
        sha256(concat_ws(
            chr(31), notice_kind, recipient_kind, recipient_id, subject_id, period_start, sha256(told_values)
        )) as notice_id,
        *,
        lead(due_at) over (
            partition by notice_kind, recipient_kind, recipient_id, subject_id
            order by due_at, period_start
        ) as superseded_at
    from addressed

),

-- A stretch of work holds its beginning and not its end: whoever goes home at six is not written to at six.
timed as (

    select
        named.*,
        case
            when notices.outside_shifts then named.due_at
            when spans.starts_at is not null then greatest(named.due_at, spans.starts_at)
        end as earliest_at
    from named
    cross join notices
    asof left join spans
        on
            named.recipient_kind = spans.recipient_kind
            and named.recipient_id = spans.recipient_id
            and named.due_at < spans.ends_at

)

select
    timed.notice_id,
    timed.notice_kind,
    timed.recipient_kind,
    timed.recipient_id,
    timed.subject_id,
    timed.agent_id,
    timed.period_start,
    timed.due_at,
    timed.earliest_at,
    timed.expires_at,
    timed.superseded_at,
    timed.settled_at,
    case
        when timed.earliest_at is null then 'no_shift'
        when timed.settled_at is not null then 'settled'
        when timed.superseded_at <= timed.earliest_at then 'superseded'
        when timed.expires_at <= timed.earliest_at then 'expired'
        else 'planned'
    end as state,  -- noqa: RF04
    timed.title_en,
    timed.title_zh,
    timed.text_en,
    timed.text_zh,
    coalesce(notices.site_url, '') || timed.link as link,
    coalesce(timed.names_people, timed.agent_id is not null) as names_people
from timed
cross join notices
order by timed.due_at, timed.notice_id
