-- Every notice by every channel of its recipient: what became of it, or what it waits for, as of $now. The connection has
-- `published` attached, and `route` and `delivery`.
with notice as (
    select *
    from published.scorecard.fct_notice
    where list_contains($kinds, notice_kind) and due_at >= $begins_at
),

routed as (
    select notice.*, route.channel, coalesce(route.address, notice.recipient_id) as address
    from notice
    left join route
        on notice.recipient_kind = route.kind
        and (route.id is null or notice.recipient_id = route.id)
    -- What is said of one recipient goes before what is said of all.
    qualify row_number() over (partition by notice.notice_id, route.channel order by route.id is null) = 1
),

try as (
    select
        notice_id, channel, attempt, min(happened_at) as tried_at,
        bool_or(delivery_state = 'sent') as is_sent, bool_or(delivery_state = 'given_up') as is_given_up,
        bool_and(delivery_state = 'trying') as is_cut_off
    from delivery
    group by notice_id, channel, attempt
),

tried as (
    select
        notice_id, channel, max(attempt) as attempts, min(tried_at) as first_tried_at, bool_or(is_sent) as is_sent,
        bool_or(is_given_up) as is_given_up, count(*) filter (is_cut_off) as cut_off, max_by(is_cut_off, attempt) as is_last_cut_off
    from try
    group by notice_id, channel
),

here as (
    select recipient_kind, recipient_id, max(ends_at) as ends_at
    from published.scorecard.fct_notice_window
    where starts_at <= $now and ends_at > $now
    group by recipient_kind, recipient_id
),

later as (
    select recipient_kind, recipient_id, min(starts_at) as starts_at
    from published.scorecard.fct_notice_window
    where starts_at > $now
    group by recipient_kind, recipient_id
),

known as (
    select
        routed.*, coalesce(tried.attempts, 0) as attempts, coalesce(tried.cut_off, 0) as cut_off, tried.is_last_cut_off,
        tried.is_sent, tried.is_given_up, here.ends_at as here_until, later.starts_at as here_again,
        tried.first_tried_at + to_seconds(list_extract($delays, tried.attempts)) as next_try_at
    from routed
    left join tried on routed.notice_id = tried.notice_id and routed.channel = tried.channel
    left join here on routed.recipient_kind = here.recipient_kind and routed.recipient_id = here.recipient_id
    left join later on routed.recipient_kind = later.recipient_kind and routed.recipient_id = later.recipient_id
)

select
    notice_id, notice_kind, recipient_kind, recipient_id, channel, address, attempts, due_at,
    title_en, title_zh, text_en, text_zh, link,
    case
        when is_sent then 'sent'
        when is_given_up then 'given_up'
        when state != 'planned' then state
        when superseded_at <= $now then 'superseded'
        when expires_at <= $now then 'expired'
        when channel is null then 'no_channel'
        when names_people and recipient_kind = 'team' and not $names_in_groups then 'other_settings'
        when cut_off > 1 or attempts > len($delays) then 'no_try_left'
        when earliest_at > $now then 'waits'
        when not $outside_shifts and here_until is null then if(here_again is null, 'no_shift', 'waits')
        when attempts > 0 and not is_last_cut_off and next_try_at > $now then 'retries'
        else 'due'
    end as standing,
    case
        when earliest_at > $now then earliest_at
        when not $outside_shifts and here_until is null then here_again
        when attempts > 0 and not is_last_cut_off then greatest(next_try_at, $now)
        else $now
    end as goes_at,
    -- The earliest of those that there are.
    least(expires_at, superseded_at, if($outside_shifts, null, here_until)) as until
from known
order by goes_at, due_at, notice_id, channel
