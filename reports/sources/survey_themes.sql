-- What customers liked, did not like, and want to become better, by code, in the centre and each team: answered surveys that
-- name it, most first. Told where the records of all answered surveys of the scope and period are at hand.
with period as (
    select scope_kind, scope_id, period_kind, period_start, period_end, coalesce(raw_numerator, numerator) as answered
    from scorecard.fct_kpi_value
    where kpi_id = 'survey_response_rate' and scope_kind in ('centre', 'team') and period_kind != 'day'
    qualify not starts_with(period_kind, 'trailing') or period_end = max(period_end) over (partition by period_kind)
),

survey as (
    select 'centre' as scope_kind, 'centre' as scope_id, *
    from scorecard.fct_service_record
    where surveys_answered > 0
    union all by name
    select 'team' as scope_kind, bridge.team_id as scope_id, survey.*
    from scorecard.fct_service_record as survey
    inner join scorecard.bridge_agent_team_day as bridge
        on survey.agent_id = bridge.agent_id and survey.agent_date = bridge.agent_date
    where survey.surveys_answered > 0
),

counted as (
    select
        period.*, survey.service_record_id, survey.liked_themes, survey.disliked_themes, survey.improve_themes,
        count(*) over (
            partition by period.scope_kind, period.scope_id, period.period_kind, period.period_start
        ) as at_hand
    from period
    inner join survey
        on period.scope_kind = survey.scope_kind
        and period.scope_id = survey.scope_id
        and survey.service_date >= period.period_start
        and survey.service_date < period.period_end
),

themed as (
    select
        scope_kind, scope_id, period_kind, period_start, at_hand, service_record_id,
        unnest(['liked', 'disliked', 'improve']) as theme_side,
        unnest([liked_themes, disliked_themes, improve_themes]) as themes
    from counted
    where at_hand = answered
),

named as (
    select distinct
        scope_kind, scope_id, period_kind, period_start, at_hand, theme_side, service_record_id,
        trim(unnest(string_split(themes, '|'))) as theme
    from themed
    where themes is not null
)

select scope_kind, scope_id, period_kind, period_start, theme_side, theme, count(*) as surveys, any_value(at_hand) as surveys_answered
from named
where theme != ''
    and ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
group by scope_kind, scope_id, period_kind, period_start, theme_side, theme
order by period_kind, period_start, theme_side, surveys desc, theme
