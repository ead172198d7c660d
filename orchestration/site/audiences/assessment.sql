-- Assessments, as one audience may see them: an agent his own, complete; a team those of whose home team on the month's last day
-- is inside, and its teams. Managers are few, so theirs are told to themselves alone. Of what was established about a person
-- (fraud, harassment) a team's readers are told nothing but that the centre knows more: neither the line, nor what it cost, nor
-- a total that it could be reckoned from.
create temp table inside_assessed as
select person_kind, id, month
from published.scorecard.fct_assessment
where (
    getvariable('audience_scope') = 'agent'
    and person_kind in ('agent', 'manager')
    and id = getvariable('audience_id')
)
or (
    getvariable('audience_scope') = 'team'
    and person_kind in ('agent', 'team')
    and home_team_id in (from inside_team)
);

create temp table finding_line as
select person_kind, id, month, null::bigint as version_no
from published.scorecard.fct_assessment_line
where kind in ('fraud', 'unfit') and getvariable('audience_scope') = 'team'
union
select person_kind, id, month, version_no
from published.scorecard.fct_assessment_version_line
where kind in ('fraud', 'unfit') and getvariable('audience_scope') = 'team';

-- `told` is the result or a version of it; `hides` says whether more is known of it than is told.
create temp macro without_findings(told, of_version) as table
select * exclude (hides) replace (
    if(hides, 'see_centre', state) as state,
    if(hides, null, reason) as reason,
    if(hides, null, fraud_points) as fraud_points,
    if(hides, null, clip_points) as clip_points,
    if(hides, null, unrounded_total) as unrounded_total,
    if(hides, null, total) as total,
    is_excellent and not hides as is_excellent
)
from (
    select
        one.*,
        getvariable('audience_scope') = 'team' and (
            one.state = 'unfit'
            or exists (
                select 1
                from finding_line as hidden
                where hidden.version_no is not distinct from if(of_version, one.version_no, null)
                    and hidden.person_kind = one.person_kind and hidden.id = one.id and hidden.month = one.month
            )
        ) as hides
    from query_table(told) as one
    semi join inside_assessed as inside
        on one.person_kind = inside.person_kind and one.id = inside.id and one.month = inside.month
);

create table fct_assessment as
from without_findings('published.scorecard.fct_assessment', false);

create table fct_assessment_version as
from without_findings('published.scorecard.fct_assessment_version', true);

create table fct_assessment_line as
select told.*
from published.scorecard.fct_assessment_line as told
semi join inside_assessed as inside
    on told.person_kind = inside.person_kind and told.id = inside.id and told.month = inside.month
where told.kind not in ('fraud', 'unfit') or getvariable('audience_scope') = 'agent';

create table fct_assessment_version_line as
select told.*
from published.scorecard.fct_assessment_version_line as told
semi join inside_assessed as inside
    on told.person_kind = inside.person_kind and told.id = inside.id and told.month = inside.month
where told.kind not in ('fraud', 'unfit') or getvariable('audience_scope') = 'agent';
