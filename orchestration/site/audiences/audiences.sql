-- The published tables as one audience may see them, from what audience_prepared.sql made for all. Every table that
-- reports/sources reads is made here, in scopes.sql, impact.sql, governance.sql and points.sql, so that none can be read past it.

create table memory.main.place as from prepared.main.place;

create temp table inside_team as
with recursive tree as (
    select scope_id as team_id
    from published.scorecard.dim_scope
    where getvariable('audience_scope') = 'team' and scope_kind = 'team' and scope_id = getvariable('audience_id')
    union
    select child.scope_id
    from published.scorecard.dim_scope as child
    inner join tree on child.parent_scope_kind = 'team' and child.parent_scope_id = tree.team_id
    where child.scope_kind = 'team'
)
select team_id from tree;

-- On which days a person belongs to the audience: who moves to another team takes only the later days along.
create temp table inside_day as
select distinct agent_id, agent_date
from prepared.main.bridge_agent_team_day
where (getvariable('audience_scope') = 'team' and team_id in (from inside_team))
    or (getvariable('audience_scope') = 'agent' and agent_id = getvariable('audience_id'));

-- A person's own scorecard is shown to the team that he is in now, or was in last.
create temp table inside_agent as
select scope_id as agent_id
from published.scorecard.dim_scope
where scope_kind = 'agent' and (
    (getvariable('audience_scope') = 'team' and team_id in (from inside_team))
    or (getvariable('audience_scope') = 'agent' and scope_id = getvariable('audience_id'))
);

create temp table inside_scope as
select 'agent' as scope_kind, agent_id as scope_id
from inside_agent
union all
select 'team', team_id
from inside_team
union all
select scope_kind, scope_id
from published.scorecard.dim_scope
where scope_kind = 'team_channel' and split_part(scope_id, '|', 1) in (from inside_team);

create table own_value as
from prepared.main.own_value
semi join inside_scope using (scope_kind, scope_id);

-- What was restated of its own scopes; of wider ones nothing, since an old value would tell of who was outside then.
create table fct_restatement as
from prepared.main.own_restatement
semi join inside_scope using (scope_kind, scope_id);

-- Publications that restated something of it, and nothing of what else they were made from.
create table fct_publication as
select publication.* replace (
    null::date as first_date,
    null::bigint as file_count,
    null::bigint as record_count,
    null::bigint as value_count,
    own.restated_count as restated_count,
    null::varchar as ledger_digest,
    null::varchar as settings_digest,
    null::varchar as program_digest,
    null::varchar as note
)
from published.scorecard.fct_publication as publication
inner join (select publication, count(*) as restated_count from fct_restatement group by publication) as own
    on publication.publication = own.publication;

-- Files and rows behind it are for those who see the health of all data.
create table fct_restatement_cause as from published.scorecard.fct_restatement_cause where false;

create table dim_kpi as from published.scorecard.dim_kpi;
create table dim_kpi_action as from published.scorecard.dim_kpi_action;
create table dim_kpi_version as from published.scorecard.dim_kpi_version;
create table dim_measure as from published.scorecard.dim_measure;

-- What codes mean, and nothing of how often somebody's records name them.
create table dim_code as
select * replace (null::bigint as records, null::bigint as records_of_another_class)
from published.scorecard.dim_code
where is_known;

-- The policy is for all whom it is about; who approved it is a matter of the centre.
create table dim_policy_version as
select * replace (null::varchar as approved_by_1, null::varchar as approved_by_2)
from published.scorecard.dim_policy_version;
create table dim_policy_word as from published.scorecard.dim_policy_word;

create table bridge_agent_team_day as
select bridge.*
from prepared.main.bridge_agent_team_day as bridge
semi join inside_day on bridge.agent_id = inside_day.agent_id and bridge.agent_date = inside_day.agent_date
where bridge.team_id in (from inside_team) and bridge.agent_id in (from inside_agent);

-- made from record_facts.py:
create table fct_contact_leg as
select record.*
from prepared.main.fct_contact_leg as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_agent_offer as
select record.*
from prepared.main.fct_agent_offer as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_agent_day as
select record.*
from prepared.main.fct_agent_day as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_quality_review as
select record.* replace (null::varchar as reviewer_id)
from prepared.main.fct_quality_review as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_check_error as
select record.*
from prepared.main.fct_check_error as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_rating as
select record.*
from prepared.main.fct_rating as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_complaint as
select record.*
from prepared.main.fct_complaint as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_finding as
select record.*
from prepared.main.fct_finding as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_appeal as
select record.*
from prepared.main.fct_appeal as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_contact_tag as
select record.*
from prepared.main.fct_contact_tag as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_time_record as
select record.*
from prepared.main.fct_time_record as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_monitoring_session as
select record.* replace (null::varchar as monitor_id)
from prepared.main.fct_monitoring_session as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_intervention as
select record.* replace (null::varchar as helped_agent_id)
from prepared.main.fct_intervention as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_test_call as
select record.* replace (null::varchar as tester_id)
from prepared.main.fct_test_call as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_ticket_audit as
select record.* replace (null::varchar as auditor_id)
from prepared.main.fct_ticket_audit as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_coaching as
select record.* replace (null::varchar as coached_agent_id)
from prepared.main.fct_coaching as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_document_receipt as
select record.*
from prepared.main.fct_document_receipt as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_defect as
select record.*
from prepared.main.fct_defect as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_service_record as
select record.*
from prepared.main.fct_service_record as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
create table fct_self_report as
select record.*
from prepared.main.fct_self_report as record
semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date
where record.agent_id in (from inside_agent);
-- so far.

-- Contacts and queue visits pass through many hands: not shown.
create table fct_contact as from published.scorecard.fct_contact where false;
create table fct_queue_visit as from published.scorecard.fct_queue_visit where false;
-- How often a customer came back is told of the contacts that are: a count, and nothing of the other ones.
create table fct_returning_contact as
from published.scorecard.fct_returning_contact
where contact_key in (select contact_key from fct_contact_leg);

-- What rises is for all to know, of whatever team: topics by the hour, and no one's name.
create table fct_topic_signal as from published.scorecard.fct_topic_signal;
create table fct_signal_action as from published.scorecard.fct_signal_action;
create table fct_topic_hour as from prepared.main.fct_topic_hour;
-- Incidents too, without who approved them and by what evidence.
create table fct_incident as select * exclude (approved_by, evidence) from published.scorecard.fct_incident;

create table fct_quarantine as from published.scorecard.fct_quarantine where false;
create table fct_retention as from published.scorecard.fct_retention where false;
create table fct_feed_reconciliation as from published.scorecard.fct_feed_reconciliation where false;
-- How fresh each source is, and nothing else of its files: names and remarks are for those who mend them.
create table fct_file as
select
    source_id,
    landing_day,
    taken_at,
    state,
    last_at,
    last_date
from published.scorecard.fct_file;
