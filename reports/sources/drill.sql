-- The records behind the numbers of a scope on one day; each measure adds up to the day's numerator or denominator.
-- An agent's records are legs, a queue's are visits, a team's, a channel's and the centre's are contacts. Ratings, reviews and
-- working days stand beside them. Records of the same customer carry the same mark. `landing_file` is where in landing/ the record
-- stands: of several legs in a team, the first one's.
-- What is `not materialized` is worked out only as far as it is asked for. The publisher asks for several days at once, and of
-- the contacts of a team for those only that are not one leg of it.
with counted_contact as not materialized (
    select
        *,
        if(is_identified and direction = 'inbound' and not is_bot_only, left(customer_id, 12), null) as customer
    from scorecard.fct_contact
    where contact_date between $date::date and coalesce($last_date, $date)::date and not is_test
),

leg as not materialized (
    select
        leg.*,
        counted_contact.customer,
        counted_contact.contact_duration_seconds as own_time,
        counted_contact.duration_contacts as own_timed
    from scorecard.fct_contact_leg as leg
    left join counted_contact on leg.contact_key = counted_contact.contact_key
    where leg.contact_date between $date::date and coalesce($last_date, $date)::date and not leg.is_test
    union all by name
    select *, 'offer' as record_kind, offered_at as connected_at from scorecard.fct_agent_offer
    where contact_date between $date::date and coalesce($last_date, $date)::date and not is_test
),

-- Who could have been invited to rate: by their last human handler.
eligible as not materialized (
    select
        counted_contact.contact_key,
        counted_contact.owner_agent_id as agent_id,
        coalesce(owner_leg.agent_date, counted_contact.contact_date) as agent_date,
        counted_contact.channel,
        counted_contact.queue_id,
        counted_contact.contact_date,
        counted_contact.source_id,
        counted_contact.landing_day,
        counted_contact.file_name,
        counted_contact.record_number,
        counted_contact.line_number,
        1::bigint as rating_eligible
    from counted_contact
    left join scorecard.fct_contact_leg as owner_leg on counted_contact.owner_leg_key = owner_leg.leg_key
    where counted_contact.is_handled
        and coalesce(counted_contact.is_valid, true)
        and list_contains($rated_channels, counted_contact.channel)
        and list_contains($rating_sources, counted_contact.source_id)
),

opinion as not materialized (
    -- made from record_facts.py:
    select 'review' as record_kind, * from scorecard.fct_quality_review
    where review_date between $date::date and coalesce($last_date, $date)::date
    union all by name
    select 'error' as record_kind, * from scorecard.fct_check_error
    where error_date between $date::date and coalesce($last_date, $date)::date and error_date is not null
    union all by name
    select 'rating' as record_kind, * from scorecard.fct_rating
    where contact_date between $date::date and coalesce($last_date, $date)::date and is_counted
    union all by name
    select 'complaint' as record_kind, * from scorecard.fct_complaint
    where received_date between $date::date and coalesce($last_date, $date)::date
    union all by name
    select 'finding' as record_kind, * from scorecard.fct_finding
    where occurred_on between $date::date and coalesce($last_date, $date)::date and severe_incidents > 0
    union all by name
    select 'appeal' as record_kind, * from scorecard.fct_appeal
    where appeal_date between $date::date and coalesce($last_date, $date)::date and appeals_decided > 0
    union all by name
    select 'tag' as record_kind, * from scorecard.fct_contact_tag
    where contact_date between $date::date and coalesce($last_date, $date)::date and contact_date is not null
    union all by name
    select 'time' as record_kind, * from scorecard.fct_time_record
    where worked_on between $date::date and coalesce($last_date, $date)::date
    union all by name
    select 'listening' as record_kind, * from scorecard.fct_monitoring_session
    where session_date between $date::date and coalesce($last_date, $date)::date
    union all by name
    select 'intervention' as record_kind, * from scorecard.fct_intervention
    where intervention_date between $date::date and coalesce($last_date, $date)::date
    union all by name
    select 'test_call' as record_kind, * from scorecard.fct_test_call
    where call_date between $date::date and coalesce($last_date, $date)::date
    union all by name
    select 'ticket_audit' as record_kind, * from scorecard.fct_ticket_audit
    where audit_date between $date::date and coalesce($last_date, $date)::date
    union all by name
    select 'talk' as record_kind, * from scorecard.fct_coaching
    where coaching_date between $date::date and coalesce($last_date, $date)::date
    union all by name
    select 'receipt' as record_kind, * from scorecard.fct_document_receipt
    where receipt_date between $date::date and coalesce($last_date, $date)::date
    union all by name
    select 'defect' as record_kind, * from scorecard.fct_defect
    where defect_date between $date::date and coalesce($last_date, $date)::date
    union all by name
    select 'service' as record_kind, * from scorecard.fct_service_record
    where service_date between $date::date and coalesce($last_date, $date)::date
    union all by name
    select 'self_report' as record_kind, * from scorecard.fct_self_report
    where reported_date between $date::date and coalesce($last_date, $date)::date and self_report_state != 'missing'
    union all by name
    -- so far.
    select 'eligible' as record_kind, * from eligible
),

agent_day as not materialized (
    select 'agent_day' as record_kind, * from scorecard.fct_agent_day
    where agent_date between $date::date and coalesce($last_date, $date)::date
),

member as (
    select distinct agent_id, agent_date, team_id
    from scorecard.bridge_agent_team_day
    where agent_date in (
        select agent_date from leg
        union select agent_date from opinion
        union select agent_date from agent_day
    )
),

agent_record as not materialized (
    select agent_id as scope_id, coalesce(record_kind, 'leg') as record_kind, connected_at as started_at, *
        exclude (record_kind, leg_number, is_test, connected_at, own_time, own_timed)
    from leg
    where agent_id is not null
    union all by name
    select agent_id as scope_id, * from opinion where agent_id is not null
    union all by name
    select agent_id as scope_id, * from agent_day
),

team_leg as not materialized (
    select member.team_id, leg.contact_date, leg.contact_key, count(*) as legs_in_team
    from leg
    inner join member on leg.agent_id = member.agent_id and leg.agent_date = member.agent_date
    group by member.team_id, leg.contact_date, leg.contact_key
    having $fewest_legs is null
        or count(*) >= $fewest_legs
        or sum(leg.duration_contacts) != max(leg.own_timed)
        or sum(leg.contact_duration_seconds) != max(leg.own_time)
),

-- A contact with several legs in a team counts once there, and its times add up, all but its duration: that is its own.
team_contact as not materialized (
    select
        member.team_id as scope_id,
        leg.contact_key,
        leg.contact_date,
        any_value(team_leg.legs_in_team) as legs_in_team,
        'contact' as record_kind,
        min(leg.connected_at) as started_at,
        max(leg.ended_at) as ended_at,
        any_value(leg.channel) as channel,
        any_value(leg.direction) as direction,
        min(leg.queue_id) as queue_id,
        string_agg(distinct leg.agent_id, ', ' order by leg.agent_id) as agent_id,
        min(leg.customer) as customer,
        -- Offers, which have no number, come last.
        unnest(min({
            'leg_number': leg.leg_number,
            'source_id': leg.source_id,
            'landing_day': leg.landing_day,
            'file_name': leg.file_name,
            'record_number': leg.record_number,
            'line_number': leg.line_number
        })),
        -- made from measures.csv:
        max(leg.connect_attempts) as connect_attempts,
        max(leg.connects) as connects,
        max(leg.contacts_handled) as contacts_handled,
        max(leg.contacts_transfer_recorded) as contacts_transfer_recorded,
        max(leg.contacts_transferred) as contacts_transferred,
        max(leg.contacts_transferred_same_queue) as contacts_transferred_same_queue,
        max(leg.contacts_transferred_other_queue) as contacts_transferred_other_queue,
        max(leg.contacts_transferred_expert) as contacts_transferred_expert,
        max(leg.contacts_transferred_blind) as contacts_transferred_blind,
        max(leg.contacts_transferred_warm) as contacts_transferred_warm,
        max(leg.customer_first_response_contacts) as customer_first_response_contacts,
        max(leg.contacts_with_turns) as contacts_with_turns,
        max(leg.message_contacts_inbound) as message_contacts_inbound,
        max(leg.invalid_contacts_inbound) as invalid_contacts_inbound,
        max(leg.message_contacts_callback) as message_contacts_callback,
        max(leg.invalid_contacts_callback) as invalid_contacts_callback,
        max(leg.message_contacts) as message_contacts,
        max(leg.invalid_contacts) as invalid_contacts,
        max(leg.wrap_up_contacts) as wrap_up_contacts,
        sum(leg.transfer_events)::bigint as transfer_events,
        sum(leg.first_response_legs)::bigint as first_response_legs,
        sum(leg.first_response_seconds)::decimal(18, 3) as first_response_seconds,
        sum(leg.first_response_business_seconds)::decimal(18, 3) as first_response_business_seconds,
        sum(leg.first_response_unanswered_legs)::bigint as first_response_unanswered_legs,
        sum(leg.customer_first_response_seconds)::decimal(18, 3) as customer_first_response_seconds,
        sum(leg.response_turns)::bigint as response_turns,
        sum(leg.response_seconds)::decimal(18, 3) as response_seconds,
        sum(leg.response_business_seconds)::decimal(18, 3) as response_business_seconds,
        sum(leg.customer_response_seconds)::decimal(18, 3) as customer_response_seconds,
        sum(leg.response_from_last_seconds)::decimal(18, 3) as response_from_last_seconds,
        sum(leg.customer_messages)::bigint as customer_messages,
        sum(leg.agent_messages)::bigint as agent_messages,
        sum(leg.system_messages)::bigint as system_messages,
        sum(leg.mixed_messages)::bigint as mixed_messages,
        sum(leg.mixed_customer_messages)::bigint as mixed_customer_messages,
        sum(leg.mixed_agent_messages)::bigint as mixed_agent_messages,
        sum(leg.mixed_system_messages)::bigint as mixed_system_messages,
        sum(leg.talk_seconds)::decimal(18, 3) as talk_seconds,
        sum(leg.hold_seconds)::decimal(18, 3) as hold_seconds,
        sum(leg.wrap_up_seconds)::decimal(18, 3) as wrap_up_seconds,
        sum(leg.handle_seconds)::decimal(18, 3) as handle_seconds,
        sum(leg.handled_legs)::bigint as handled_legs,
        sum(leg.handled_legs_outgoing)::bigint as handled_legs_outgoing,
        sum(leg.handled_legs_timed)::bigint as handled_legs_timed,
        sum(leg.fcr_cases)::bigint as fcr_cases,
        sum(leg.fcr_resolved)::bigint as fcr_resolved,
        sum(leg.fcr_provisional_cases)::bigint as fcr_provisional_cases,
        sum(leg.repeat_cases)::bigint as repeat_cases,
        sum(leg.repeats_24h)::bigint as repeats_24h,
        sum(leg.repeats_72h)::bigint as repeats_72h,
        -- so far.
        max(leg.own_timed) filter (leg.duration_contacts is not null) as duration_contacts,
        (max(leg.own_time) filter (leg.duration_contacts is not null))::decimal(18, 3) as contact_duration_seconds,
        (sum(leg.response_seconds) / nullif(sum(leg.response_turns), 0))::decimal(18, 4) as contact_mean_response_seconds
    from leg
    inner join member on leg.agent_id = member.agent_id and leg.agent_date = member.agent_date
    inner join team_leg on member.team_id = team_leg.team_id and leg.contact_key = team_leg.contact_key
    group by member.team_id, leg.contact_date, leg.contact_key
),

team_record as not materialized (
    select * from team_contact
    union all by name
    select member.team_id as scope_id, opinion.*
    from opinion
    inner join member on opinion.agent_id = member.agent_id and opinion.agent_date = member.agent_date
    union all by name
    select member.team_id as scope_id, agent_day.*
    from agent_day
    inner join member on agent_day.agent_id = member.agent_id and agent_day.agent_date = member.agent_date
),

queue_record as not materialized (
    select
        visit.queue_id as scope_id,
        'visit' as record_kind,
        visit.entered_at as started_at,
        visit.left_at as ended_at,
        counted_contact.customer,
        visit.* exclude (visit_number, is_line_missing, is_test, entered_at, left_at)
    from scorecard.fct_queue_visit as visit
    left join counted_contact on visit.contact_key = counted_contact.contact_key
    where visit.contact_date between $date::date and coalesce($last_date, $date)::date
        and not visit.is_test
        and visit.queue_id is not null
    union all by name
    select queue_id as scope_id, * from opinion where queue_id is not null
),

contact as not materialized (
    select 'contact' as record_kind, owner_agent_id as agent_id, * exclude (is_test, owner_agent_id)
    from counted_contact
),

channel_record as not materialized (
    select channel as scope_id, * from contact where channel is not null
    union all by name
    select channel as scope_id, * from opinion where channel is not null
),

centre_record as not materialized (
    select 'centre' as scope_id, * from contact
    union all by name
    select 'centre' as scope_id, * from opinion
    union all by name
    select 'centre' as scope_id, * from agent_day
)

select
    records.*,
    source_id || '/' || landing_day || '/' || file_name as landing_file,
    if(record_kind in ('leg', 'visit', 'contact', 'offer'), coalesce(prior_contacts_7d, 0), null) as prior_contacts_7d
from (
    select 'agent' as scope_kind, * from agent_record
    union all by name
    select 'team' as scope_kind, * from team_record
    union all by name
    -- In the files a team by channel is its team's records of that channel.
    select 'team_channel' as scope_kind, scope_id || '|' || channel as scope_id, * exclude (scope_id)
    from team_record
    where $scope_kind = 'team_channel' and channel is not null
    union all by name
    select 'queue' as scope_kind, * from queue_record
    union all by name
    select 'channel' as scope_kind, * from channel_record
    union all by name
    select 'centre' as scope_kind, * from centre_record
) as records
-- How often the customer had been in touch in the week before.
left join (select contact_key, prior_contacts_7d from scorecard.fct_returning_contact) as returning_contact
    on records.contact_key = returning_contact.contact_key
where ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
order by scope_kind, scope_id, started_at, records.contact_key
