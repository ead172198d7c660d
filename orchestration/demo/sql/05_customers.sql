-- Who contacts: most come once; the unresolved come back, some come often, some withhold who they are.

create table comeback as
with arrival as (
    select contact_number, channel, started_at, topic, agent_id, u('newcomer', contact_number) < 0.45 as may_be_return
    from contact
    where direction = 'inbound' and outcome in ('served', 'abandoned')
),
unresolved as (
    select
        arrival.*,
        -- Half of them within two days, nearly all within the week.
        arrival.started_at + seconds(1500 + 190000 * expo(u('comes back', arrival.contact_number))) as back_at
    from arrival
    inner join trait on arrival.agent_id = trait.agent_id
    left join backlog
        on arrival.agent_id = backlog.agent_id and local_date(arrival.started_at) between backlog.late_from and backlog.late_to
    where not arrival.may_be_return
        and u('unresolved', contact_number) < trait.share_unresolved + case when backlog.agent_id is null then 0 else 0.12 end
),
free_arrival as (
    select channel, started_at, min(contact_number) as contact_number
    from arrival
    where may_be_return
    group by channel, started_at
),
matched as (
    select
        free_arrival.contact_number,
        min(unresolved.contact_number) as earlier_number
    from unresolved
    asof join free_arrival
        on unresolved.channel = free_arrival.channel and unresolved.back_at <= free_arrival.started_at
    group by free_arrival.contact_number
)
select
    matched.contact_number,
    matched.earlier_number,
    u('same topic', matched.contact_number) < 0.85 as is_same_topic,
    u('reopened', matched.contact_number) < 0.25 and earlier.channel != 'voice' as is_reopened,
    earlier.topic
from matched
inner join contact as earlier on matched.earlier_number = earlier.contact_number;

-- A callback goes to somebody whom the same channel served a good hour or a day before.
create table called_back as
with call as (
    select
        contact_number, channel,
        started_at - seconds(4000 + 86400 * u('callback after', contact_number)) as about_at
    from contact
    where direction = 'callback'
),
earlier as (
    select channel, started_at, min(contact_number) as contact_number
    from contact
    where direction = 'inbound' and outcome = 'served' and u('newcomer', contact_number) >= 0.45
    group by channel, started_at
)
select call.contact_number, earlier.contact_number as earlier_number
from call
asof join earlier on call.channel = earlier.channel and call.about_at >= earlier.started_at;

create table identity as
select
    contact.contact_number,
    case
        when u('test call', contact.contact_number) < 0.0015 then 61400000000 + 1
        when contact.direction = 'inbound' and u('withheld', contact.contact_number) < 0.06 then null
        when comeback.contact_number is not null then 61400001000 + comeback.earlier_number
        when called_back.contact_number is not null then 61400001000 + called_back.earlier_number
        when u('regular', contact.contact_number) < 0.02
            then 61400000010 + floor(u('which regular', contact.contact_number) * 900)::bigint
        else 61400001000 + contact.contact_number
    end as customer_number,
    u('test flag', contact.contact_number) < 0.0008 as is_test,
    case when comeback.is_same_topic then comeback.topic else contact.topic end as topic,
    case when comeback.is_reopened then comeback.earlier_number end as reopened_number
from contact
left join comeback on contact.contact_number = comeback.contact_number
left join called_back on contact.contact_number = called_back.contact_number;
