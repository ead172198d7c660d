-- What was to be told since notices began, by kind: what is to be sent, and how much of it was not to be, and why; and of what was
-- tried, how much was sent or given up, as of the last run.
with delivery as (
    select
        notice_id,
        bool_or(delivery_state = 'sent') as is_sent,
        bool_or(delivery_state = 'given_up') as is_given_up
    from scorecard.fct_notice_delivery
    group by notice_id
)

select
    notice.notice_kind,
    count(*)::bigint as notices,
    count(*) filter (delivery.is_sent)::bigint as notices_sent,
    count(*) filter (delivery.is_given_up)::bigint as notices_given_up,
    count(*) filter (notice.state = 'planned' and not coalesce(delivery.is_sent or delivery.is_given_up, false))::bigint as notices_unsent,
    count(*) filter (notice.state = 'no_shift')::bigint as notices_without_shift,
    count(*) filter (notice.state in ('superseded', 'expired', 'settled') and delivery.notice_id is null)::bigint as notices_not_needed
from scorecard.fct_notice as notice
left join delivery on notice.notice_id = delivery.notice_id
group by notice.notice_kind
order by notice.notice_kind
