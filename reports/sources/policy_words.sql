-- What every version of the policy says in words, the newest first in each section; of an incomplete one, what it lacks.
select
    version.section,
    version.version,
    version.valid_from,
    version.valid_until,
    version.is_complete,
    word.position,
    word.subject,
    word.text_en,
    word.text_zh
from scorecard.dim_policy_version as version
inner join scorecard.dim_policy_word as word on version.section = word.section and version.version = word.version
order by
    list_position(['assessment', 'quality_index', 'points', 'contests', 'piece_rate'], version.section),
    version.valid_from desc nulls first, version.version, word.position
