set TimeZone = 'UTC';
set variable last_on = date '2026-04-16';
create schema published.scorecard;
use published.scorecard;

create table dim_kpi as
select
    'kpi_' || number as kpi_id, number::integer as kpi_number, null::varchar as parent_kpi_id,
    'Name ' || number as name_en, '名称 ' || number as name_zh, 'access' as kpi_group, 'ratio' as method,
    'connects' as numerator_measure, 'connect_attempts' as denominator_measure, 'share' as unit, 'higher' as direction,
    'none' as pleasant_side, 30 as min_sample, 1 as decimals, number * 10 as display_order, '1' as formula_version
from range(1, $kpis + 1) as numbers (number);

-- Months of kpi_2 before April were closed under an earlier formula.
create table dim_kpi_version as
select kpi_id, formula_version, true as is_current, 'part / whole' as formula_en, '部分 / 总数' as formula_zh from dim_kpi
union all
select 'kpi_2', '0', false, 'part / (whole - 1)', '部分 / (总数 - 1)';

create table dim_kpi_action as
select 'kpi_1' as kpi_id, 'below' as side, 1 as position, 'Add people' as text_en, '加人' as text_zh;

create table dim_kpi_target as
select 'default-1' as target_id, 'kpi_1' as kpi_id, 'default' as scope_kind, '' as scope_id, 0.98::double as lower_bound
union all
select 'team-b-1', 'kpi_1', 'team', 'TB', 0.9
union all
select 'agent-b-1', 'kpi_1', 'agent', 'a7', 0.9;

create table fct_target_baseline as
select target_id, kpi_id, coalesce(nullif(scope_kind, 'default'), 'centre') as scope_kind, coalesce(nullif(scope_id, ''), 'centre') as scope_id,
    date '2025-10-01' as baseline_from, date '2026-01-01' as baseline_to, 180::decimal(18, 4) as numerator, 200::decimal(18, 4) as denominator,
    0.9::double as value
from dim_kpi_target;

create table dim_code as
select 'error_codes' as code_list, 'AT-01' as code, 'stiff tone' as name_en, '语气生硬' as name_zh, 'attitude' as group_code,
    'attitude' as group_en, '态度' as group_zh, null::varchar as kind, null::varchar as kind_en, null::varchar as kind_zh, 'general' as default_class,
    null::varchar as professional_en, null::varchar as professional_zh, true as is_in_source, false as is_of_centre,
    true as is_known, 3::bigint as records, 1::bigint as records_of_another_class
union all by name
select 'error_codes' as code_list, 'S9' as code, 'S9' as name_en, 'S9' as name_zh, false as is_in_source, false as is_of_centre,
    false as is_known, 2::bigint as records, 0::bigint as records_of_another_class;

create table dim_policy_version as
select * from (values
    ('assessment', '2026-1', date '2026-01-01', null::date, 'boss', 'chief', true, null, 'a'),
    ('points', 'points[0]', null, null, null, null, false, 'version' || chr(10) || 'rules.RG4', 'b')
) as versions (section, version, valid_from, valid_until, approved_by_1, approved_by_2, is_complete, missing, content_sha);

create table dim_policy_word as
select * from (values
    ('assessment', '2026-1', 1, 'agent', 'Quality: 40 points.', '质检：40 分。'),
    ('assessment', '2026-1', 2, 'total', 'Excellent from 95 on.', '95 分及以上为优秀。'),
    ('points', 'points[0]', 1, 'incomplete', 'It lacks rules.RG4.', '缺少 rules.RG4。')
) as words (section, version, position, subject, text_en, text_zh);

create table dim_measure as
select * from (values ('connects', 'Connected', '接通', 'contacts'), ('connect_attempts', 'Attempts', '尝试', 'contacts'))
    as measures (measure, label_en, label_zh, unit);

-- Odd agents are of team TA, even ones of TB; both teams are of the root T0.
create table dim_agent as
select 'a' || number as agent_id, 'Agent ' || number as agent_name, if(number % 2 = 1, 'TA', 'TB') as home_team_id
from range(1, $agents + 1) as numbers (number);

create table dim_team as
select * from (values ('T0', 'Centre', null), ('TA', 'Team A', 'T0'), ('TB', 'Team B', 'T0'))
    as teams (team_id, team_name, parent_team_id);

create table dim_scope as
select 'agent' as scope_kind, agent_id as scope_id, agent_name as scope_name, 'team' as parent_scope_kind,
    home_team_id as parent_scope_id, home_team_id as team_id, null::varchar as channel, 'voice' as segment,
    'experienced' as tenure_band, true as is_active, date '2025-01-01' as first_date, null::date as last_date
from dim_agent
union all
select 'team', team_id, team_name, if(parent_team_id is null, 'centre', 'team'), coalesce(parent_team_id, 'centre'), team_id,
    null, null, null, true, date '2025-01-01', null
from dim_team
union all
select 'team_channel', team_id || '|web', team_name || ' web', 'team', team_id, team_id, 'web', null, null, true,
    date '2025-01-01', null
from dim_team
union all
select 'channel', 'web', 'web', 'centre', 'centre', null, 'web', null, null, true, date '2025-01-01', null
union all
select 'queue', 'q1', 'Queue 1', 'channel', 'web', null, 'web', null, null, true, date '2025-01-01', null
union all
select 'centre', 'centre', 'Centre', null, null, null, null, null, null, true, date '2025-01-01', null;

create table period as
with day as (
    select getvariable('last_on') - number::integer as period_start from range($days) as numbers (number)
)
select 'day' as period_kind, period_start, period_start + 1 as period_end from day
union
select 'week', date_trunc('week', period_start)::date, (date_trunc('week', period_start) + interval 7 day)::date from day
union
select 'month', date_trunc('month', period_start)::date, (date_trunc('month', period_start) + interval 1 month)::date from day
union
select 'quarter', date_trunc('quarter', period_start)::date, (date_trunc('quarter', period_start) + interval 3 month)::date
from day
union
select 'year', date_trunc('year', period_start)::date, (date_trunc('year', period_start) + interval 1 year)::date from day
union
select 'all', min(period_start), max(period_start) + 1 from day
union
select 'trailing_' || length, getvariable('last_on') + 1 - length, getvariable('last_on') + 1
from (values (7), (28), (365)) as spans (length);

create table fct_kpi_value as
with cell as (
    select dim_kpi.kpi_id, dim_kpi.kpi_number, dim_scope.scope_kind, dim_scope.scope_id, dim_scope.scope_name, period.*,
        coalesce(try_cast(regexp_extract(dim_scope.scope_id, '^a([0-9]+)$', 1) as integer), 0) as number,
        hash(dim_kpi.kpi_id, dim_scope.scope_id, period.period_start, period.period_kind) % 100 as chance
    from dim_kpi cross join dim_scope cross join period
)
select
    kpi_id, scope_kind, scope_id, scope_name, period_kind, period_start, period_end,
    (kpi_number + number / 1000) * 100::double as numerator, 100::double as denominator, 40::bigint as n, 0::bigint as excluded_n,
    kpi_number + number / 1000 as value, (kpi_number + number / 1000) * 100::double as raw_numerator,
    100::double as raw_denominator, kpi_number + number / 1000 as raw_value, null::double as p50, null::double as p90,
    0.9::double as ci_lower, 0.99::double as ci_upper, 0.98::double as lower_bound, null::double as upper_bound,
    case when chance < 15 then 'below_band' else 'in_band' end as status,
    case when chance < 15 then 'bad' else 'good' end as verdict, if(chance < 15, 'clear', 'none') as evidence, null::varchar as reason, chance < 5 as is_provisional,
    if(kpi_number = 2 and period_kind = 'month' and period_start < '2026-04-01', '0', '1') as formula_version, '1' as target_version
from cell
order by scope_kind, scope_id, kpi_id, period_kind, period_start;

-- Every team and the centre have a gap in the first KPI, which their agents make in equal parts.
create table fct_metric_impact as
with whole as (
    select scope_kind as whole_kind, scope_id as whole_id, kpi_id, period_kind, period_start, period_end, value as whole_value,
        lower_bound as bound, formula_version, target_version, lower_bound - value as gap
    from fct_kpi_value
    where kpi_id = 'kpi_1' and (scope_kind = 'centre' or scope_id in ('TA', 'TB')) and period_kind in ('week', 'month')
),
part as (
    select 'centre' as whole_id, 'agent' as part_kind, agent_id as part_id from dim_agent
    union all
    select home_team_id, 'agent', agent_id from dim_agent
    union all
    select 'centre', 'team', team_id from dim_team where team_id != 'T0'
)
select
    kpi_id, period_kind, period_start, period_end, whole_kind, whole_id, part_kind as split, part_kind, part_id,
    90::decimal(18, 4) as numerator, 100::decimal(18, 4) as denominator, 100::bigint as n, bound::decimal(18, 6) as bound,
    'lower' as side, whole_value, gap, gap / count(*) over siblings as contribution,
    gap - gap / count(*) over siblings as gap_if_at_bound, 0.5::double as leave_one_out, 1::bigint as rank_number,
    false as is_small, formula_version, target_version
from whole inner join part using (whole_id)
window siblings as (partition by kpi_id, period_kind, period_start, whole_id, part_kind);

create table fct_contact as
select 'desk/c' || number as contact_key, 'desk' as source_id, 'c' || number as contact_id, 'web' as channel,
    'inbound' as direction, 'q1' as queue_id, 't1' as topic, md5((number // 2)::varchar) as customer_id, true as is_identified, false as is_bot_only,
    true as is_handled, true as is_received, false as is_routing_missing, 1::bigint as contacts_routed,
    1::bigint as contacts_wait_recorded, null::boolean as is_valid, 'desk/c' || number || '#1' as owner_leg_key, false as is_test,
    getvariable('last_on') - (number % $days)::integer as contact_date,
    (getvariable('last_on') - (number % $days)::integer)::timestamptz + interval 9 hour as started_at, started_at as half_hour_started_at,
    (getvariable('last_on') - (number % $days)::integer)::timestamptz + interval 10 hour as ended_at,
    date '2026-04-17' as landing_day, 'contacts.csv' as file_name, 1 + number as record_number, 2 + number as line_number,
    'a' || (1 + number % $agents) as owner_agent_id, 1::bigint as connects, 1::bigint as connect_attempts,
    60::decimal(18, 3) as talk_seconds, 20::decimal(18, 3) as response_seconds, 2::bigint as response_turns,
    10::decimal(18, 4) as contact_mean_response_seconds, 300::decimal(18, 3) as contact_duration_seconds,
    1::bigint as duration_contacts
from range($contacts) as numbers (number);

create table fct_contact_leg as
select contact_key || '#1' as leg_key, contact_key, 1 as leg_number, source_id, contact_id, channel, direction, queue_id,
    contact_key || '@1' as visit_key,
    owner_agent_id as agent_id, contact_date, contact_date as agent_date, started_at as connected_at, ended_at, is_test,
    landing_day, file_name, record_number, line_number,
    connects, connect_attempts, talk_seconds, response_seconds, response_turns, contact_mean_response_seconds,
    contact_duration_seconds, duration_contacts
from fct_contact;

create table fct_returning_contact as
select contact_key, contact_date, 2::bigint as prior_contacts_7d from fct_contact where channel = 'web';

create table fct_queue_visit as
select contact_key || '@1' as visit_key, contact_key, 1 as visit_number, source_id, contact_id, channel, direction, queue_id, contact_date,
    started_at as entered_at, ended_at as left_at, 'connected' as outcome, null::varchar as exit_reason,
    false as is_line_missing, is_test, connects, connect_attempts,
    landing_day, file_name, record_number, line_number
from fct_contact;

create table fct_agent_offer as
select contact_key, agent_id, connected_at as offered_at, contact_date, agent_date, channel, queue_id, is_test,
    connect_attempts, 0::bigint as connects
from fct_contact_leg where false;

create table bridge_agent_team_day as
select agent_id, period_start as agent_date, unnest([home_team_id, 'T0']) as team_id, true as is_home_path
from dim_agent cross join (select period_start from period where period_kind = 'day') as day;

create table fct_agent_day as
select agent_id, agent_date, 1::bigint as agent_days, (agent_id != 'a3')::bigint as state_agent_days,
    (agent_id = 'a3')::bigint as agent_days_states_missing, 28800::decimal(18, 3) as signed_in_seconds
from bridge_agent_team_day where team_id = 'T0';

create table fct_rating as
select contact_key, 'r' || contact_id as rating_id, agent_id, channel, queue_id, contact_date, agent_date,
    source_id, landing_day, 'ratings.csv' as file_name, record_number, line_number,
    true as is_counted, 1::bigint as rating_invited, 1::bigint as ratings
from fct_contact_leg where contact_id like '%5';

create table fct_quality_review as
select 'v' || contact_id as review_id, contact_key, agent_id, 'a1' as reviewer_id, contact_date as review_date, agent_date,
    source_id, landing_day, 'quality_reviews.csv' as file_name, record_number, line_number,
    channel, queue_id, 1::bigint as reviews
from fct_contact_leg where contact_id like '%7';

create table fct_check_error as
select contact_key, review_id, review_id || '/KN-02/1' as error_id, source_id, landing_day, 'quality_errors.csv' as file_name, record_number,
    line_number, agent_id, review_date as error_date, agent_date, channel, queue_id, 'KN-02' as error_code, 'severe' as error_class,
    false as is_good_faith, null::varchar as knowledge_point, 1::bigint as review_errors, 0::bigint as good_faith_errors
from fct_quality_review where contact_key like '%77';

create table fct_complaint as
select contact_key, 'b' || contact_id as complaint_id, source_id, landing_day, 'complaints.csv' as file_name, record_number,
    line_number, agent_id, contact_date as received_date, agent_date, channel, queue_id, 'customer' as origin,
    'knowledge.wrong' as leaf, 'pending' as complaint_outcome, null::date as decided_date, 1::bigint as complaints,
    0::bigint as complaints_decided, 0::bigint as complaints_upheld, 1::bigint as complaints_pending,
    0::bigint as internal_complaints, null::varchar as topic, null::varchar as owner_department, null::boolean as is_good_faith,
    null::varchar as appeal_effect
from fct_contact_leg where contact_id like '%33';

create table fct_cause_pareto as
select 'severe_error' as family, 'centre' as scope_kind, 'centre' as scope_id, 'month' as period_kind,
    date_trunc('month', error_date)::date as period_start, error_code as cause, count(*) as events, count(*) as total,
    1::double as share, 1::double as cumulative_share, 1::bigint as position, false as is_other, true as is_vital_few,
    false as is_tied, false as is_other_too_large, count(distinct agent_id) as people, false as is_enough,
    []::varchar[] as plan_ids
from fct_check_error group by all
-- One left for a reason that is on no list.
union all by name
select 'leave_reason' as family, unnest(['centre', 'team', 'team']) as scope_kind, unnest(['centre', 'TA', 'TB']) as scope_id,
    'month' as period_kind, date '2026-03-01' as period_start, 'burnout' as cause, 1::bigint as events, 1::bigint as total,
    1::double as share, 1::double as cumulative_share, 1::bigint as position, false as is_other, true as is_vital_few,
    false as is_tied, false as is_other_too_large, 1::bigint as people, false as is_enough, []::varchar[] as plan_ids;

create table fct_plan_effect as
select 'P' || number as plan_id, 'defect_elimination' as kind, 'error_code' as subject_kind, 'KN-02' as subject_id,
    null::varchar as kpi_id, 'centre' as scope_kind, 'centre' as scope_id, 'a2' as owner_id, 'open' as state,
    date '2026-03-20' as starts_on, date '2026-04-20' as due_on, null::date as closed_on, 0::bigint as days_late,
    0::bigint as minutes, date '2026-03-10' as before_from, date '2026-03-20' as before_to,
    30::decimal(18, 4) as before_numerator, 600::decimal(18, 4) as before_denominator, 0.05::double as before_rate,
    date '2026-03-20' as after_from, date '2026-04-17' as after_to, 12::decimal(18, 4) as after_numerator,
    600::decimal(18, 4) as after_denominator, 0.02::double as after_rate, 0.03::double as change,
    0.0092::double as ci_lower, 0.0522::double as ci_upper, null::double as elsewhere_before,
    null::double as elsewhere_after, null::decimal(9, 4) as target_value, null::boolean as is_target_reached,
    'improved' as verdict
from range(2) as plans (number);

-- The topic t1 rose yesterday from nine on, and an action was its answer; all contacts together did not.
create table fct_topic_hour as
select topic, last_on - age::integer as local_date, 10 + number::integer as hour_end,
    local_date::timestamptz + to_hours(10 + number::integer) as ended_at, if(topic = 't1' and age = 1, 30, 10)::bigint as contacts,
    5::bigint as last_hour_contacts, 8::bigint as reference_count, 10::double as reference_mean, 5::double as last_hour_mean,
    1::double as dispersion, 1::double as level_factor, 10::double as expected, 26.07::double as upper_limit,
    27::bigint as contacts_of_signal, if(topic = 't1' and age = 1, 'signal', 'usual') as window_state
from (select getvariable('last_on') as last_on), range(3) as days (age), range(2) as hours (number),
    (values ('t1'), ('t2'), ('*')) as topics (topic);

create table fct_topic_signal as
select topic || '@' || local_date || 'T10' as signal_id, topic, local_date, 10 as first_hour_end, 11 as last_hour_end,
    min(ended_at) as detected_at, max(ended_at) as ended_at, local_date as known_on, min(ended_at) as known_at,
    true as is_known_within_day, 40::bigint as contacts, 15::double as expected, 25::double as excess, 9 as peak_hour,
    min(ended_at) - interval 1 hour as peak_started_at, null::timestamptz as first_complaint_at,
    min(ended_at) + interval 25 minute as first_action_at, 'desk/N1' as action_id, 1::bigint as action_count,
    'true_event' as signal_result, -60::double as minutes_to_peak, null::double as minutes_to_complaint,
    25::double as minutes_to_action, null::double as complaints_expected, null::bigint as complaints_received,
    null::double as complaints_avoided_estimate
from fct_topic_hour
where window_state = 'signal'
group by topic, local_date;

create table fct_signal_action as
select action_id, signal_id, signal_id as named_signal_id, topic, local_date, 'customer_notice' as action_kind,
    first_action_at as taken_at, signal_result as action_result
from fct_topic_signal;

create table fct_incident as
select 'desk' as source_id, 'I1' as incident_id, min(detected_at) as started_at, min(ended_at) as ended_at, 'web' as channel,
    null::varchar as queue_id, 'callers' as incident_system, 'surge' as incident_kind, '' as kpi_groups, 'seen' as evidence,
    'boss' as approved_by, min(detected_at) as approved_at, null::timestamptz as revoked_at,
    min(detected_at) as announced_from, min(ended_at) as announced_to, 12::bigint as deflected_contacts,
    true as is_effective, 0::bigint as contacts_excluded
from fct_topic_signal
group by all;

create table fct_cause_record as
select error_class || '_error' as family, error_id as record_id, error_code as cause, agent_id, agent_date, error_date as scope_date,
    channel, false as is_excluded
from fct_check_error
union all by name
select 'complaint_received' as family, complaint_id as record_id, leaf as cause, agent_id, agent_date, received_date as scope_date,
    channel, false as is_excluded
from fct_complaint;

create table fct_complaint_part as
with told as (
    select 'centre' as scope_kind, 'centre' as scope_id, * from fct_complaint
    union all by name
    select 'team' as scope_kind, bridge.team_id as scope_id, complaint.*
    from fct_complaint as complaint
    inner join bridge_agent_team_day as bridge
        on complaint.agent_id = bridge.agent_id and complaint.agent_date = bridge.agent_date
)
select scope_kind, scope_id, 'month' as period_kind, date_trunc('month', received_date)::date as period_start,
    'leaf' as part_kind, leaf as part_id, count(*) as received, 0::bigint as decided, 0::bigint as upheld,
    count(*) as pending, count(distinct agent_id) as people
from told group by all;

create table fct_rubric_item as
select 'centre' as scope_kind, 'centre' as scope_id, 'month' as period_kind, date_trunc('month', review_date)::date as period_start,
    (date_trunc('month', review_date) + interval 1 month)::date as period_end, 'N04' as item, count(*) as applicable,
    count(*) as in_full, 1::double as full_rate, 1::double as mean_share, null::double as mean_share_before, null::double as trend,
    count(distinct agent_id) as agents, 1::bigint as position, false as is_enough
from fct_quality_review group by all;

create table fct_training_need as
select 'centre' as scope_kind, 'centre' as scope_id, 'month' as period_kind, date_trunc('month', review_date)::date as period_start,
    (date_trunc('month', review_date) + interval 1 month)::date as period_end, 'KP1' as knowledge_point, 40::bigint as uses,
    count(*) as checked, 0::bigint as wrong, 0::double as rate, 0::double as ci_lower, 0.3::double as ci_upper,
    0::double as expected_wrong, 0::double as priority, false as is_check_more, 1::bigint as position, 0::bigint as agents_wrong, count(distinct agent_id) as agents_checked,
    []::varchar[] as case_codes
from fct_quality_review group by all;

create table fct_cumulative_impact as
select 'knowledge_point' as family, 'centre' as scope_kind, 'centre' as scope_id, 'all' as period_kind,
    min(review_date) as period_start, max(review_date) as period_end, unnest(['*', 'KP1']) as cause, count(*) as events,
    count(distinct agent_id) as people, 3::decimal(38, 6) as points_deducted, 220.5::decimal(18, 8) as cost_per_event, 'CNY' as currency,
    (220.5 * count(*))::decimal(38, 8) as money,
    [{'name_en': 'cars', 'name_zh': '辆车', 'amount': 0.5::double}] as equivalents
from fct_quality_review;

create table fct_finding as
select contact_key, 'f' || contact_id as finding_id, source_id, landing_day, 'findings.csv' as file_name, record_number,
    line_number, agent_id, contact_date as occurred_on, agent_date, channel, queue_id, 'abuse' as finding_kind,
    (record_number % 2)::bigint as severe_incidents
from fct_contact_leg where contact_id like '%61';

create table fct_appeal as
select contact_key, 'o' || contact_id as appeal_id, source_id, landing_day, 'appeals.csv' as file_name, record_number,
    line_number, agent_id, contact_date as appeal_date, agent_date, channel, queue_id, 'complaint' as subject_kind,
    'rejected' as appeal_outcome, null::varchar as appeal_effect, 1::bigint as appeals_decided, 0::bigint as appeals_granted
from fct_contact_leg where contact_id like '%44';

create table fct_contact_tag as
select contact_key, contact_key || '/avoidable/-' as tag_id, source_id, landing_day, 'contact_tags.csv' as file_name,
    record_number, line_number, agent_id, contact_date, agent_date, channel, queue_id, 'avoidable' as tag, '-' as detail,
    1::bigint as contacts_avoidability_judged, 1::bigint as contacts_avoidable, 0::bigint as repeats_history_checked,
    0::bigint as transfers_with_cause
from fct_contact_leg where contact_id like '%55';

create table fct_time_record as
select null::varchar as contact_key, 't' || contact_id as time_record_id, source_id, landing_day, 'time_records.csv' as file_name,
    record_number, line_number, agent_id, contact_date as worked_on, agent_date, null::varchar as channel,
    null::varchar as queue_id, 'error_work' as work_category, 'error_code' as cause_kind, 'AT-01' as cause_code,
    null::varchar as plan_id, 30::bigint as minutes, 30::bigint as effort_minutes_of_causes, 1::bigint as effort_records
from fct_contact_leg where contact_id like '%66';

create table fct_monitoring_session as
select contact_key, 'l' || contact_id as session_id, source_id, landing_day, 'monitoring_sessions.csv' as file_name, record_number,
    line_number, agent_id, contact_date as session_date, agent_date, channel, queue_id, 'boss' as monitor_id,
    'supervisor' as monitor_level, 'live' as monitoring_mode, 'needs_training' as conclusion, 'policy' as difficulty,
    null::timestamptz as intervened_at, null::varchar as intervention_method, 1::bigint as monitoring_sessions,
    1::bigint as live_sessions, 0::bigint as interventions_received, 0::bigint as interventions_accepted
from fct_contact_leg where contact_id like '%21' or contact_id like '%22';

create table fct_intervention as
select contact_key, 'l' || contact_id as intervention_id, source_id, landing_day, 'monitoring_sessions.csv' as file_name, record_number,
    line_number, agent_id, contact_date as intervention_date, agent_date, channel, queue_id, 'a2' as helped_agent_id,
    'whisper' as intervention_method, true as is_accepted, 1::bigint as interventions, 1::bigint as interventions_allowed
from fct_contact_leg where contact_id like '%23';

create table fct_test_call as
select contact_key, 'v' || contact_id as test_call_id, source_id, landing_day, 'test_calls.csv' as file_name, record_number,
    line_number, agent_id, contact_date as call_date, agent_date, channel, queue_id, 'tess' as tester_id,
    'direct_question' as test_kind, 'desk/d1' as document_id, null::varchar as complaint_id, true as has_passed,
    1::bigint as test_calls, 1::bigint as test_calls_passed, 1::bigint as test_calls_direct, 1::bigint as test_calls_passed_direct,
    0::bigint as test_calls_simulated, 0::bigint as test_calls_passed_simulated
from fct_contact_leg where contact_id like '%24';

create table fct_ticket_audit as
select contact_key, 'z' || contact_id as audit_id, source_id, landing_day, 'ticket_audits.csv' as file_name, record_number,
    line_number, agent_id, contact_date as audit_date, agent_date, channel, queue_id, 'tess' as auditor_id,
    't' || contact_id as ticket_id, 1::bigint as tickets_audited, 1::bigint as tickets_wrong, 0::bigint as tickets_leaked,
    0::bigint as ticket_callbacks_needed, 0::bigint as ticket_callbacks_made, 0::decimal(18, 3) as ticket_callback_seconds
from fct_contact_leg where contact_id like '%26';

create table fct_coaching as
select contact_key, 'g' || contact_id as coaching_id, source_id, landing_day, 'coaching_sessions.csv' as file_name, record_number,
    line_number, agent_id, contact_date as coaching_date, agent_date, channel, queue_id, 'a2' as coached_agent_id,
    'one_to_one' as coaching_kind, 'desk' as coaching_place, 1::bigint as coachings_of_contacts, 1::bigint as coachings_after_delay
from fct_contact_leg where contact_id like '%28';

create table fct_document_receipt as
select null::varchar as contact_key, 'd1/' || contact_id as receipt_id, source_id, landing_day, 'document_receipts.csv' as file_name, record_number,
    line_number, agent_id, contact_date as receipt_date, agent_date, null::varchar as channel, null::varchar as queue_id, 'desk/d1' as document_id,
    'rule' as document_kind, 'due' as receipt_event, 0::bigint as receipts_addressed, 0::bigint as receipts_read,
    1::bigint as receipts_due, 1::bigint as receipts_acknowledged_in_time
from fct_contact_leg where contact_id like '%29';

create table fct_defect as
select contact_key, 'ticket_audit:z' || contact_id as defect_id, source_id, landing_day, 'ticket_audits.csv' as file_name, record_number,
    line_number, agent_id, contact_date as defect_date, agent_date, channel, queue_id, 'ticket_audit' as found_in,
    'during' as stage, 0::bigint as defects_before, 1::bigint as defects_during, 0::bigint as defects_after, 1::bigint as defects
from fct_contact_leg where contact_id like '%31';

create table fct_monitoring_list as
select scope.kind as scope_kind, scope.id as scope_id, 'month' as period_kind,
    date_trunc('month', session_date)::date as period_start, agent_id, count(*) as sessions, 0::bigint as by_director,
    0::bigint as by_duty_manager, count(*) as by_supervisor, 0::bigint as by_team_leader, 0::bigint as excellent,
    0::bigint as ordinary, count(*) as needing_training, 0::bigint as severe_errors, max(session_date) as last_heard_on,
    'needs_training' as last_conclusion, 'needs_training' as monitoring_list
from fct_monitoring_session
inner join (
    select 'centre' as kind, 'centre' as id
    union all
    select unnest(['team', 'team']), unnest(['TA', 'TB'])
) as scope on scope.kind = 'centre' or agent_id in (from (select agent_id from dim_agent where home_team_id = scope.id))
group by all;

create table fct_document_cascade as
select 'desk/d1' as document_id, 'A rule' as document_title, 'rule' as document_kind,
    timestamptz '2026-04-01 00:00:00+00' as published_at, timestamptz '2026-04-04 00:00:00+00' as acknowledge_by,
    unnest(['centre', 'team', 'team']) as scope_kind, unnest(['centre', 'TA', 'TB']) as scope_id, 'agent' as cascade_level,
    12::bigint as addressed, 12::bigint as due, 12::bigint as read, 12::bigint as acknowledged, 11::bigint as in_time,
    1::bigint as late, 0::bigint as never, 0.9::double as in_time_rate, 3600::double as seconds_p50,
    7200::double as seconds_p90, null::timestamptz as level_above_done_at, false as is_passed_down_late,
    6::bigint as test_calls, 4::bigint as test_calls_passed, 0.66::double as test_pass_rate,
    date '2026-04-08' as last_test_on, true as is_signed_not_known;

create table fct_self_report as
select null::varchar as contact_key, 'desk/' || contact_id as self_report_id, source_id, landing_day, 'self_reports.csv' as file_name,
    record_number, line_number, agent_id, contact_date as reported_date, agent_date, null::varchar as channel, null::varchar as queue_id,
    'contacts_handled' as reported_kpi, 'end' as half, null::timestamptz as reported_at, 9::double as reported_value, 0 as decimals,
    9::double as warehouse_value, 10::double as final_value, 0::double as difference, 'equal' as self_report_state, 1::bigint as self_reports_comparable, 1::bigint as self_reports_equal
from fct_contact_leg where contact_id like '%88';

create table fct_service_record as
select contact_key, 'survey/' || contact_key as service_record_id, 'survey' as service_kind, source_id, landing_day,
    'surveys.csv' as file_name, record_number, line_number, agent_id, agent_date, contact_date as service_date, channel, queue_id,
    null::timestamptz as happened_at, null::timestamptz as answered_at, null::varchar as service_detail, null::varchar as sentiment,
    null::varchar as topic, null::bigint as audience, 'friendly|fast' as liked_themes, null::varchar as disliked_themes,
    'app' as improve_themes, 1::bigint as surveys_delivered, 1::bigint as surveys_answered, 0::bigint as follow_ups_due,
    0::bigint as follow_ups_made, 0::bigint as mentions, 0::bigint as praises_in_contact, 0::bigint as praise_contacts,
    0::bigint as escalations, 0::bigint as escalations_accepted, 0::bigint as escalations_context_known,
    0::bigint as escalations_with_context, 0::bigint as wechat_callbacks, 0::bigint as wechat_callbacks_in_time,
    0::bigint as web_callbacks
from fct_contact_leg where contact_id like '%77';

-- The leader a2 of team TB had no progress meeting in March.
create table fct_leader_development as
select 'a2' as leader_id, month_start, 'leader' as role, 'TB' as team_id, date '2026-02-01' as leads_from, true as is_new, 'LP1' as plan_id,
    'leader_onboarding' as plan_kind, 'open' as plan_state, date '2026-02-01' as plan_starts_on, date '2026-07-31' as plan_due_on,
    null::date as plan_closed_on, null::varchar as criteria_document_id, 0::bigint as days_late, 1::bigint as meetings_due,
    (month_start < date '2026-03-01')::bigint as meetings_held, month(month_start) - 1 as plan_meetings_due, 1::bigint as plan_meetings_held,
    60::bigint as training_minutes, 600::bigint as manager_minutes, 150::bigint as firefighting_minutes,
    1::bigint as one_to_one_talks, 2::bigint as tests_taken, 1::bigint as tests_passed,
    'assessed' as team_state, 88.67::decimal(18, 6) as team_total
from (values (date '2026-02-01'), (date '2026-03-01')) as months (month_start);

create table fct_team_record as
select team_id || '/' || question as team_record_id, 'staff_survey' as team_record_kind, team_id, date '2026-04-10' as record_date, question,
    null::bigint as meetings, if(question = 'satisfaction', 400, 0)::decimal(18, 4) as staff_score_sum,
    if(question = 'satisfaction', 5, 0)::bigint as staff_respondents, 6::bigint as staff_invited,
    if(question = 'loyalty', 2, 0)::bigint as staff_net_promoters, if(question = 'loyalty', 5, 0)::bigint as staff_loyalty_respondents
from (values ('TA'), ('TB')) as teams (team_id), (values ('satisfaction'), ('loyalty')) as questions (question);

create table fct_balance as
select scope_kind, scope_id, 'month' as period_kind, date '2026-03-01' as period_start, 'occupancy' as kpi_id, 2 as position, 0.8::double as value,
    40::bigint as n, 0.8::double as recent_value, 120::bigint as recent_n, 0.7::double as past_value, 120::bigint as past_n,
    'better' as direction, false as is_provisional, false as is_vicious_circle
from dim_scope where scope_kind in ('centre', 'team');

create table fct_audition as
select 'voice' as audition_item, 'V' as norm_group, 24::bigint as agents, true as is_enough, 80::double as mean_score,
    0.9::double as mean_share, 0.57735::double as correlation;

create table fct_effort_record as
select 'desk/t' || agent_id as time_record_id, agent_id, date '2026-03-12' as worked_on, 'error_work' as work_category,
    'error_code' as cause_kind, 'AT-01' as cause_code, null::varchar as plan_id, 45::bigint as minutes, true as is_vital_few
from dim_agent where agent_id in ('a1', 'a2');

create table fct_exit_reason as
select unnest(['centre', 'team']) as scope_kind, unnest(['centre', 'TA']) as scope_id, 'month' as period_kind,
    date '2026-03-01' as period_start, 'pay' as exit_reason, 1::bigint as leavers, 1::bigint as interviewed_outside,
    0::bigint as interviewed_inside, 0::bigint as not_interviewed;

create table fct_document_due as
select 'desk/d1/' || agent_id as document_due_id, 'desk/d1' as document_id, 'A rule' as document_title, 'rule' as document_kind, agent_id,
    timestamptz '2026-04-01 00:00:00+00' as addressed_at, date '2026-04-01' as addressed_date, null::timestamptz as read_at,
    timestamptz '2026-04-04 00:00:00+00' as acknowledge_by, true as is_overdue
from dim_agent;

-- All agents had contacts of the topic t1, the first six of t2 as well; of all customers some came back.
create table fct_case_mix as
with handled as (
    select agent_id, home_team_id, unnest(if(number <= 6, ['t1', 't2', 'returning'], ['t1', 'returning'])) as mix_code
    from (select *, agent_id[2:]::integer as number from dim_agent)
),
scoped as (
    select 'agent' as scope_kind, agent_id as scope_id, * from handled
    union all by name
    select 'team' as scope_kind, home_team_id as scope_id, * from handled
    union all by name
    select 'centre' as scope_kind, 'centre' as scope_id, * from handled
)
select scope_kind, scope_id, 'month' as period_kind, date '2026-03-01' as period_start, date '2026-04-01' as period_end,
    if(mix_code = 'returning', 'returning', 'topic') as mix_kind, mix_code, count(*) as contacts, 2 * count(*) as base, 0.5::double as share, count(distinct agent_id) as people
from scoped group by all;

create table fct_praise_correlation as
select 'praise_in_contact_per_1000' as kpi_id, 'month' as period_kind, date '2026-03-01' as period_start, date '2026-04-01' as period_end,
    24::bigint as agents, true as is_enough, 0.57735::double as correlation;

create table fct_skill_test as
select 'hr/t' || agent_id || '/voice' as test_item_id, 'hr/t' || agent_id as skill_test_id, 'hr' as source_id,
    date '2026-04-17' as landing_day, 'skill_tests.csv' as file_name, 1::bigint as record_number, 2::bigint as line_number, agent_id,
    date '2026-03-12' as taken_on, 'audition' as test_kind, 'voice' as item, 80::double as score, true as is_passed,
    true as is_test_passed
from dim_agent;

-- Points of March: a1 has most; a3 was found to have falsified work; what a2 gave and got is of both.
create table fct_points_rank as
with peer as (
    select 'centre' as peer_kind, 'centre' as peer_id, * from dim_agent
    union all
    select 'team', home_team_id, * from dim_agent
    union all
    select 'tenure_band', if(home_team_id = 'TA', 'experienced', 'new'), * from dim_agent
)
select peer_kind, peer_id, 'month' as window_kind, date '2026-03-01' as window_start, date '2026-04-01' as window_end, false as is_open,
    agent_id, agent_name, home_team_id, (100 - substr(agent_id, 2)::integer)::decimal(18, 6) as points, 2::bigint as entries,
    1::bigint as likes, row_number() over (partition by peer_kind, peer_id order by substr(agent_id, 2)::integer) as place,
    count(*) over (partition by peer_kind, peer_id) as people, 'own' as names, 'P1' as policy_version
from peer;

create table fct_points_entry as
select 'recognition/desk/like-' || agent_id || '/peer_like/entry' as entry_id, agent_id, date '2026-03-10' as entry_date, home_team_id,
    'entry' as entry_kind, 'peer_like' as rule, 1::decimal(18, 6) as points, null::varchar as note, 'recognition' as record_kind,
    'desk/like-' || agent_id as record_id, 'a2' as given_by, null::varchar as contact_key, null::date as contact_date, 'desk' as source_id,
    date '2026-03-11' as landing_day,
    'recognitions.csv' as file_name, 1::bigint as record_number, 2::bigint as line_number, 'month' as window_kind,
    date '2026-03-01' as window_start, 'P1' as policy_version
from dim_agent
union all
select 'finding/desk/f3/fraud/entry', 'a3', date '2026-03-12', 'TA', 'entry', 'fraud', -20, null, 'finding', 'desk/f3', null, null, null, 'desk',
    date '2026-03-13', 'findings.csv', 1, 2, 'month', date '2026-03-01', 'P1';

create table fct_contest_standing as
select 'quality@2026-03' as contest_id, 'Quality model' as name_en, '质量标兵' as name_zh, 'kpi_1' as kpi_id, date '2026-03-01' as from_on,
    date '2026-03-31' as to_on, true as is_over, 'agent' as scope_kind, agent_id as scope_id, agent_name as scope_name, home_team_id,
    null::varchar as segment, 5::bigint as min_n, 3::bigint as winners, 38::decimal(18, 4) as numerator, 40::decimal(18, 4) as denominator,
    40::bigint as n, 0.95::double as value, 0.83::double as ci_lower, 0.98::double as ci_upper, 0.83::double as judged_by,
    if(agent_id = 'a3', 'excluded', 'ranked') as standing,
    if(agent_id = 'a3', null, substr(agent_id, 2)::bigint) as place, agent_id in ('a1', 'a2') as is_winner, false as is_provisional,
    'own' as names, 'C1' as policy_version, '1' as formula_version
from dim_agent;

-- One is granted to each agent, of a3's one approval is missing; a5's was taken back; team B has one too.
create table fct_reward as
select 'desk/w' || agent_id as reward_id, 'desk' as source_id, date '2026-03-21' as landing_day, 'rewards.csv' as file_name,
    1::bigint as record_number, 2::bigint as line_number, agent_id, agent_name, null::varchar as team_id, 'RG1' as ground, 'bonus' as form,
    date '2026-03-20' as decided_date, date '2026-03-01' as for_month, 'approver' as leader_approved_by,
    if(agent_id = 'a3', null, 'second') as supervisor_approved_by, 500::decimal(18, 4) as amount, 'CNY' as currency,
    'desk/praise-' || agent_id as recognition_id, null::varchar as contest, null::date as revoked_date, agent_id != 'a3' as is_approved,
    case agent_id when 'a3' then 'waiting' when 'a5' then 'revoked' else 'granted' end as reward_state
from dim_agent
union all
select 'desk/wTB', 'desk', date '2026-03-21', 'rewards.csv', 1, 2, null, null, 'TB', 'RG5', 'travel', date '2026-03-20', date '2026-03-01',
    'approver', 'second', 900, 'CNY', null, null, null, true, 'granted';

create table fct_piece_rate as
select agent_id, date '2026-03-01' as month_start, 'channel' as priced_as, 'web' as priced_by, 40::bigint as contacts_handled,
    1::bigint as contacts_invalid, 0::bigint as contacts_validity_unknown, 39::bigint as contacts_paid, 0.5::decimal(18, 6) as unit_price,
    19.5::decimal(18, 6) as amount, 'CNY' as currency, false as is_open, 'R1' as policy_version
from dim_agent;

create table fct_quality_index_part as
select scope_kind, scope_id, scope_name, 'month' as period_kind, date '2026-03-01' as period_start, date '2026-04-01' as period_end,
    1 as position, 'kpi_1' as kpi_id, 0.9::double as value, 40::bigint as n, 'in_band' as status, null::varchar as reason,
    100::decimal(18, 6) as weight, null::decimal(18, 6) as zero_low, null::decimal(18, 6) as full_low, null::decimal(18, 6) as full_high,
    null::decimal(18, 6) as zero_high, true as is_measured, 0.7::decimal(18, 6) as attainment, 70::decimal(18, 6) as points,
    100::decimal(18, 6) as measured_weight, 'told' as index_state, false as is_provisional, '1' as formula_version, 'Q1' as policy_version
from dim_scope where scope_kind in ('centre', 'team', 'agent');

create table fct_quality_index as
select scope_kind, scope_id, scope_name, period_kind, period_start, period_end, points as quality_index, index_state, measured_weight,
    1::bigint as components, 1::bigint as components_measured, []::varchar[] as unmeasured_kpis, is_provisional, policy_version
from fct_quality_index_part;

-- March of two agents, a leader and a team; fraud of a1 was established, a2 objects to a complaint.
create table fct_assessment as
with told as (
    select * from (values
        ('agent', 'a1', 'TA', 2, 'assessed', null, 83.714286, 2.0, 3.0, 20.0, null, 62.71, 2, 3),
        ('agent', 'a2', 'TB', 1, 'provisional', 'appeal_pending', 90.0, 0.0, 3.0, 0.0, null, 87.0, 0, 1),
        ('agent', 'a3', 'TA', null, 'not_assessed', 'few_days', 0.0, 0.0, 0.0, 0.0, null, null, 2, 1),
        ('team', 'TA', 'TA', 1, 'assessed', null, 88.666667, 0.0, 2.0, 0.0, null, 86.67, 12, 14),
        ('manager', 'a1', 'TA', 1, 'assessed', null, 36.0, 0.0, 0.0, 0.0, 52.0, 88.0, null, null)
    ) as told (person_kind, id, home_team_id, version_no, state, reason, component_points, reward_points, complaint_points,
        fraud_points, team_points, total, quota, counted_complaints)
)

select person_kind, id, date '2026-03-01' as month, version_no::bigint as version_no, true as is_closed, '2026-1' as policy_version,
    'sha' as content_sha, state, reason, if(person_kind = 'team', null, 'agent') as role, home_team_id,
    if(person_kind = 'team', null, 20)::bigint as agent_days, component_points::decimal(18, 6) as component_points,
    reward_points::decimal(18, 6) as reward_points, complaint_points::decimal(18, 6) as complaint_points,
    0::decimal(18, 6) as error_points, fraud_points::decimal(18, 6) as fraud_points, team_points::decimal(18, 6) as team_points,
    if(total is null, null, 0)::decimal(18, 6) as clip_points, total::decimal(18, 6) as unrounded_total,
    total::decimal(18, 6) as total, false as is_excellent, 100::decimal(18, 6) as measured_weight, quota::decimal(18, 6) as quota,
    counted_complaints::bigint as counted_complaints, 2 as rounding
from told;

create table fct_assessment_line as
select person_kind, id, date '2026-03-01' as month, version_no::bigint as version_no, '2026-1' as policy_version,
    line_no::bigint as line_no, kind, kpi_id, record_id, code, record_date, decided_date, value, n::bigint as n,
    0::bigint as excluded_n, weight::decimal(18, 6) as weight, attainment::decimal(18, 6) as attainment,
    points::decimal(18, 6) as points, appeal_state, appeal_until, null::boolean as is_appeal_late, note, '1' as formula_version,
    '1' as target_version
from (values
    ('agent', 'a1', 2, 1, 'component', 'kpi_1', null, null, null, null, 0.93, 100, 40.0, 0.8, 83.714286, null, null, null),
    ('agent', 'a1', 2, 2, 'reward', null, 'reward-of-a1', 'RG1', date '2026-03-20', null, null, null, null, null, 2.0, null, null, null),
    ('agent', 'a1', 2, 3, 'complaint', null, 'complaint-of-a1', 'attitude.cold', date '2026-03-10', date '2026-03-20',
        null, null, null, null, -3.0, null, date '2026-03-27', 'over_quota'),
    ('agent', 'a1', 2, 4, 'fraud', null, 'finding-of-a1', 'fraud', date '2026-03-12', null, null, null, null, null, -20.0, null, null, null),
    ('agent', 'a2', 1, 1, 'component', 'kpi_1', null, null, null, null, 0.95, 90, 40.0, 1.0, 90.0, null, null, null),
    ('agent', 'a2', 1, 2, 'complaint', null, 'complaint-of-a2', 'attitude.cold', date '2026-03-11', date '2026-03-20',
        null, null, null, null, -3.0, 'appealed', date '2026-03-27', 'over_quota'),
    ('team', 'TA', 1, 1, 'component', 'kpi_1', null, null, null, null, 0.95, 900, 40.0, 1.0, 88.666667, null, null, null),
    ('team', 'TA', 1, 2, 'complaint', null, 'complaint-of-TA', 'attitude.cold', date '2026-03-11', date '2026-03-20',
        null, null, null, null, -2.0, null, date '2026-03-27', 'over_quota'),
    ('manager', 'a1', 1, 1, 'team', null, 'TA', null, null, null, 86.67, 31, 0.6, null, 52.0, null, null, null),
    ('manager', 'a1', 1, 2, 'component', 'kpi_1', null, null, null, null, 0.95, 20, 40.0, 1.0, 36.0, null, null, null)
) as told (person_kind, id, version_no, line_no, kind, kpi_id, record_id, code, record_date, decided_date, value, n, weight,
    attainment, points, appeal_state, appeal_until, note);

create table fct_assessment_version as
select 7::bigint as publication, person_kind, id, month, version_no,
    if(version_no = 1, null, 'late_data') as restated_reason, * exclude (person_kind, id, month, version_no, is_closed)
from fct_assessment
where version_no is not null
union all by name
select 6::bigint as publication, 'agent' as person_kind, 'a1' as id, date '2026-03-01' as month, 1::bigint as version_no,
    '2026-1' as policy_version, 'sha' as content_sha, 'assessed' as state, 'TA' as home_team_id,
    83.714286::decimal(18, 6) as component_points, 82.71::decimal(18, 6) as total, false as is_excellent, 2 as rounding;

create table fct_assessment_version_line as
select 7::bigint as publication, * exclude (policy_version) from fct_assessment_line;

create table fct_file as
select 'desk' as source_id, date '2026-04-17' as landing_day, 'contacts_of_all.csv' as file_name, 'ab' as file_hash,
    100::bigint as byte_count, timestamptz '2026-04-17 02:00:00+00' as taken_at, 'taken' as state, 12::bigint as records_read,
    10::bigint as records_accepted, 1::bigint as records_quarantined, 1::bigint as records_duplicate,
    0::bigint as records_ignored, '{}' as ignored_by_kind, '{"contacts": 10}' as rows_by_feed,
    timestamptz '2026-04-16 01:00:00+00' as first_at, timestamptz '2026-04-16 10:00:00+00' as last_at,
    date '2026-04-16' as last_date, null::varchar as message, null::varchar as remarks, map {'contact_id': 'text'} as file_columns;

create table fct_retention as
select 1::bigint as publication, 'records' as area, date '2024-11-24' as gone_before, date '2025-01-01' as kept_from,
    3::bigint as file_count, 7::bigint as row_count, 900::bigint as byte_count,
    timestamptz '2026-04-16 12:00:00+00' as noted_at;

create table fct_quarantine as
select 'desk' as source_id, date '2026-04-17' as landing_day, 'contacts.csv' as file_name, 3::bigint as record_number,
    4::bigint as line_number, 'contacts' as feed, 'channel' as field, 'allowed_value' as check_name, 'telegraph' as value,
    'unknown channel' as message, 'use web' as remedy, null::varchar as details;

create table fct_feed_reconciliation as
select 'contacts' as feed, 10::bigint as rows_accepted, 9::bigint as rows_kept, 1::bigint as rows_duplicate,
    0::bigint as rows_superseded;

create table fct_kpi_half_hour as
select 'kpi_1' as kpi_id, 'channel' as scope_kind, 'web' as scope_id,
    getvariable('last_on')::timestamptz + interval 9 hour as half_hour_started_at, getvariable('last_on') as local_date,
    11.64::decimal(18, 4) as numerator, 12::decimal(18, 4) as denominator, 0.97::double as value, 12::bigint as n;

-- The queue's own forecast, and that of the channel, of which a half-hour is told.
create table fct_forecast_load as
select scope_kind, scope_id, getvariable('last_on') as forecast_date,
    getvariable('last_on')::timestamptz + interval 9 hour as starts_at, 30::integer as interval_minutes,
    15.5::double as forecast_contacts, true as is_over, 12::bigint as received_contacts, -3.5::double as difference,
    3.5::decimal(18, 4) as forecast_absolute_error
from (values ('centre', 'centre'), ('channel', 'web'), ('queue', 'q1')) as scopes (scope_kind, scope_id);

create table fct_open_half_hour as
select getvariable('last_on') as local_date, getvariable('last_on')::timestamptz + to_hours(8 + number::integer) as half_hour_started_at,
    ['web'] as channels, number > 0 as is_planned
from range(2) as hours (number);

create table fct_publication as
select 1::bigint as publication, timestamptz '2026-04-16 12:00:00+00' as published_at, null::bigint as compared_with,
    timestamptz '2026-04-16 10:00:00+00' as as_of, date '2026-03-01' as first_date, null::date as closed_before,
    1::bigint as file_count, 12::bigint as record_count, 100::bigint as value_count, 0::bigint as restated_count,
    'ledger' as ledger_digest, 'settings' as settings_digest, 'program' as program_digest, null::varchar as note;

-- Nothing was restated: a test says what was.
create table fct_restatement as
with told as (
    select columns('^(kpi_id|scope_kind|scope_id|period_kind|period_start|period_end)$'),
        columns('^(scope_name|numerator|denominator|n|excluded_n|value|raw_.*|p.0|ci_.*|.*_bound|status|verdict|evidence|reason|is_.*|.*_version)$') as 'old_\1',
        columns('^(scope_name|numerator|denominator|n|excluded_n|value|raw_.*|p.0|ci_.*|.*_bound|status|verdict|evidence|reason|is_.*|.*_version)$') as 'new_\1'
    from fct_kpi_value
    where false
)
select 1::bigint as publication, 1::bigint as compared_with, 'late_data' as restated_reason, 'late_data' as restated_reasons, *
from told;

create table fct_restatement_cause as
select 1::bigint as publication, 'late_data' as cause_reason, 'ratings' as feed, 'desk' as source_id, date '2026-04-17' as landing_day,
    'ratings_of_all.csv' as file_name, date '2026-03-01' as first_date, date '2026-03-31' as last_date, 7::bigint as row_count,
    null::varchar as detail
where false;

-- The centre and both teams at noon of the last date; agents a1 to a4 are judged, the others have too few ratings.
create table fct_bulletin_rank as
with person as (
    select agent_id, home_team_id, row_number() over (order by agent_id) as number from dim_agent
),

placed as (
    select 'team' as scope_kind, home_team_id as scope_id, agent_id, number from person
    union all
    select 'centre', 'centre', agent_id, number from person
)

select
    'noon' as edition, getvariable('last_on') as local_date, getvariable('last_on') + interval 2 hour as known_at, scope_kind,
    scope_id, agent_id, 'kpi_1' as kpi_id, (20 - number)::bigint as good_ratings, 20::bigint as ratings, 21::bigint as invitations,
    (20 - number) / 20 as value, 0.5::double as ci_lower, 0.95::decimal(18, 6) as lower_bound, null::decimal(18, 6) as upper_bound,
    if(number > 4, 'few_cases', null) as reason, if(number > 4, null, number = 1) as is_in_band,
    if(number > 4, null, number)::bigint as place, 4::bigint as places
from placed
union all by name
select 'noon' as edition, getvariable('last_on') as local_date, getvariable('last_on') + interval 2 hour as known_at, scope_kind,
    scope_id, 'kpi_1' as kpi_id, 190::bigint as good_ratings, 200::bigint as ratings, 210::bigint as invitations, 0.95::double as value,
    0.9::double as ci_lower, 0.95::decimal(18, 6) as lower_bound, true as is_in_band, 4::bigint as places
from (select distinct scope_kind, scope_id from placed);

create table fct_notice as
select 'n1' as notice_id, 'out_of_band' as notice_kind, 'agent' as recipient_kind, 'a1' as recipient_id, 'planned' as state
union all
select 'n2', 'out_of_band', 'agent', 'a2', 'no_shift';

create table fct_notice_delivery as
select 'n1' as notice_id, 'post' as channel, 'out_of_band' as notice_kind, 'agent' as recipient_kind, 'a1' as recipient_id,
    'given_up' as delivery_state, 6 as attempts, timestamptz '2026-04-16 01:00:00+00' as first_tried_at,
    timestamptz '2026-04-16 07:00:00+00' as last_at;
