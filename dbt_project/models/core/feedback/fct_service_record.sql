-- What is recorded beside the handling of contacts: each kind of record with measures of its own.
-- noqa: disable=AM07
with

surveys as (

    select * from {{ ref('int_service__survey') }}

),

follow_ups as (

    select * from {{ ref('int_service__follow_up') }}

),

callbacks as (

    select * from {{ ref('int_service__callback') }}

),

escalations as (

    select * from {{ ref('int_service__escalation') }}

),

complainers as (

    select * from {{ ref('int_service__complainer') }}

),

mentions as (

    select * from {{ ref('stg_social_mentions') }}

),

recognitions as (

    select * from {{ ref('stg_recognitions') }}
    where recognition_kind in ('praise_in_contact', 'praise_contact')

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

contacts as (

    select
        contact_key,
        owner_agent_id,
        channel,
        queue_id,
        is_test
    from {{ ref('int_kept__contact') }}

),

origins as not materialized (

    select
        contact_key,
        source_id,
        landing_day,
        file_name,
        record_number,
        line_number,
        direction
    from {{ ref('fct_contact') }}

),

-- As subqueries below: as columns of a join they would be looked up for each row, at ten times the cost.
settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

survey_records as (

    select
        'survey' as service_kind,
        concat_ws('/', 'survey', source_id, survey_id) as service_record_id,
        contact_key,
        source_id,
        landing_day,
        file_name,
        record_number,
        line_number,
        owner_agent_id as agent_id,
        coalesce(owner_date, survey_date) as agent_date,
        survey_date as service_date,
        channel,
        queue_id,
        invited_at as happened_at,
        if(is_answered, liked_themes, null) as liked_themes,
        if(is_answered, disliked_themes, null) as disliked_themes,
        if(is_answered, improve_themes, null) as improve_themes,
        cast(not is_test and (delivered_at is not null or coalesce(is_answered, false)) as bigint) as surveys_delivered,
        cast(not is_test and coalesce(is_answered, false) as bigint) as surveys_answered
    from surveys

),

follow_up_records as (

    select
        'follow_up' as service_kind,
        concat_ws('/', 'follow_up', origin_kind, origin_key) as service_record_id,
        contact_key,
        source_id,
        landing_day,
        file_name,
        record_number,
        line_number,
        agent_id,
        agent_date,
        answered_date as service_date,
        channel,
        queue_id,
        answered_at as happened_at,
        followed_up_at as answered_at,
        origin_kind as service_detail,
        1 as follow_ups_due,
        cast(followed_up_at is not null as bigint) as follow_ups_made,
        coalesce((epoch_us(followed_up_at) - epoch_us(answered_at)) / 1000000, 0) as follow_up_seconds
    from follow_ups

),

mention_records as (

    select
        'mention' as service_kind,
        concat_ws('/', 'mention', source_id, mention_id) as service_record_id,
        source_id,
        landing_day,
        file_name,
        record_number,
        line_number,
        cast(timezone((select settings.time_zone from settings), posted_at) as date) as service_date,
        posted_at as happened_at,
        topic,
        site as service_detail,
        sentiment,
        audience,
        1 as mentions,
        cast(sentiment = 'negative' as bigint) as mentions_negative
    from mentions
    where posted_at <= (select covered.as_of from covered)

),

-- Praise that names no agent is for the one who handled the contact last.
praise_records as (

    select
        'praise' as service_kind,
        concat_ws('/', 'praise', recognitions.source_id, recognitions.recognition_id) as service_record_id,
        recognitions.contact_key,
        recognitions.source_id,
        recognitions.landing_day,
        recognitions.file_name,
        recognitions.record_number,
        recognitions.line_number,
        coalesce(accounts.agent_id, recognitions.agent_id, contacts.owner_agent_id) as agent_id,
        cast(timezone((select settings.time_zone from settings), recognitions.received_at) as date) as service_date,
        contacts.channel,
        contacts.queue_id,
        recognitions.received_at as happened_at,
        recognitions.recognition_kind as service_detail,
        cast(
            recognitions.recognition_kind = 'praise_in_contact' and not coalesce(contacts.is_test, false) as bigint
        ) as praises_in_contact,
        cast(
            recognitions.recognition_kind = 'praise_contact' and not coalesce(contacts.is_test, false) as bigint
        ) as praise_contacts
    from recognitions
    left join accounts
        on
            recognitions.source_id = accounts.source_id
            and recognitions.agent_id = accounts.account
            and recognitions.received_at >= accounts.mapped_from
            and recognitions.received_at < accounts.mapped_until
    left join contacts on recognitions.contact_key = contacts.contact_key
    where recognitions.received_at <= (select covered.as_of from covered)

),

callback_records as (

    select
        'callback' as service_kind,
        'callback/' || contact_key as service_record_id,
        contact_key,
        owner_agent_id as agent_id,
        owner_date as agent_date,
        contact_date as service_date,
        channel,
        queue_id,
        started_at as happened_at,
        cast(channel = 'wechat' and is_identified and written_at is not null as bigint) as wechat_callbacks,
        cast(
            channel = 'wechat'
            and is_identified
            and coalesce(started_at <= written_at + to_hours(48), false) as bigint
        ) as wechat_callbacks_in_time,
        cast(channel = 'web' as bigint) as web_callbacks
    from callbacks

),

-- Of whoever sent it: whether he passed on what he knew.
sent_records as (

    select
        'escalation_sent' as service_kind,
        concat_ws('/', 'escalation_sent', contact_key, event_number) as service_record_id,
        contact_key,
        sender_id as agent_id,
        sender_date as agent_date,
        contact_date as service_date,
        channel,
        queue_id,
        escalated_at as happened_at,
        cast(context_passed is not null as bigint) as escalations_context_known,
        cast(coalesce(context_passed, false) as bigint) as escalations_with_context
    from escalations

),

-- Of whom it went to: whether and when he took it.
taken_records as (

    select
        'escalation_taken' as service_kind,
        concat_ws('/', 'escalation_taken', contact_key, event_number) as service_record_id,
        contact_key,
        if(is_accepted, taker_id, named_id) as agent_id,
        if(is_accepted, taker_date, contact_date) as agent_date,
        contact_date as service_date,
        channel,
        queue_id,
        escalated_at as happened_at,
        if(is_accepted, taken_at, null) as answered_at,
        1 as escalations,
        cast(is_accepted as bigint) as escalations_accepted,
        if(is_accepted, (epoch_us(taken_at) - epoch_us(escalated_at)) / 1000000, 0) as escalation_accept_seconds
    from escalations

),

-- It is asked of the centre, and of nobody in it.
complainer_records as (

    select
        'complainer' as service_kind,
        'complainer/' || contact_key as service_record_id,
        contact_key,
        contact_date as agent_date,
        contact_date as service_date,
        started_at as happened_at,
        1 as eligible_complainer_contacts,
        cast(is_invited as bigint) as invited_complainer_contacts
    from complainers

),

-- Where callbacks are told is looked for among these, and where the few other contacts are among all.
told_callbacks as (

    select
        callback_records.*,
        origins.* exclude (contact_key, direction)  -- noqa: RF02
    from callback_records
    inner join origins on callback_records.contact_key = origins.contact_key
    where origins.direction = 'callback'

),

of_contacts as (

    select * from sent_records
    union all by name
    select * from taken_records
    union all by name
    select * from complainer_records

),

told_contacts as (

    select
        of_contacts.*,
        origins.* exclude (contact_key, direction)  -- noqa: RF02
    from of_contacts
    inner join origins on of_contacts.contact_key = origins.contact_key

),

told as (

    select * from survey_records
    union all by name
    select * from follow_up_records
    union all by name
    select * from mention_records
    union all by name
    select * from praise_records
    union all by name
    select * from told_callbacks
    union all by name
    select * from told_contacts

)

select
    contact_key,
    service_record_id,
    service_kind,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    agent_id,
    coalesce(agent_date, service_date) as agent_date,
    service_date,
    channel,
    queue_id,
    happened_at,
    answered_at,
    service_detail,
    topic,
    sentiment,
    audience,
    liked_themes,
    disliked_themes,
    improve_themes,
    cast(coalesce(surveys_delivered, 0) as bigint) as surveys_delivered,
    cast(coalesce(surveys_answered, 0) as bigint) as surveys_answered,
    cast(coalesce(follow_ups_due, 0) as bigint) as follow_ups_due,
    cast(coalesce(follow_ups_made, 0) as bigint) as follow_ups_made,
    cast(coalesce(follow_up_seconds, 0) as decimal(18, 3)) as follow_up_seconds,
    cast(coalesce(mentions, 0) as bigint) as mentions,
    cast(coalesce(mentions_negative, 0) as bigint) as mentions_negative,
    cast(coalesce(praises_in_contact, 0) as bigint) as praises_in_contact,
    cast(coalesce(praise_contacts, 0) as bigint) as praise_contacts,
    cast(coalesce(eligible_complainer_contacts, 0) as bigint) as eligible_complainer_contacts,
    cast(coalesce(invited_complainer_contacts, 0) as bigint) as invited_complainer_contacts,
    cast(coalesce(escalations, 0) as bigint) as escalations,
    cast(coalesce(escalations_accepted, 0) as bigint) as escalations_accepted,
    cast(coalesce(escalation_accept_seconds, 0) as decimal(18, 3)) as escalation_accept_seconds,
    cast(coalesce(escalations_context_known, 0) as bigint) as escalations_context_known,
    cast(coalesce(escalations_with_context, 0) as bigint) as escalations_with_context,
    cast(coalesce(wechat_callbacks, 0) as bigint) as wechat_callbacks,
    cast(coalesce(wechat_callbacks_in_time, 0) as bigint) as wechat_callbacks_in_time,
    cast(coalesce(web_callbacks, 0) as bigint) as web_callbacks
from told
