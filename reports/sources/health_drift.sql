-- Columns that came, went or hold another kind of values than in the five files before of the same source and name, its
-- numbers left out: told once, with the file in which it began, for 28 landing days. Nothing standing in a column is no
-- kind, and a column that nobody reads has none.
with

files as (

    select
        source_id,
        landing_day,
        file_name,
        file_columns,
        regexp_replace(file_name, '[0-9][0-9TZ._-]*', '#', 'g') as file_family,
        max(landing_day) over (partition by source_id) - 28 as looked_at_after,
        row_number() over (
            partition by source_id, regexp_replace(file_name, '[0-9][0-9TZ._-]*', '#', 'g')
            order by landing_day, file_name
        ) as file_number
    from scorecard.fct_file
    where state = 'taken' and cardinality(file_columns) > 0

),

columns as (

    select
        source_id,
        file_family,
        file_number,
        unnest(map_keys(file_columns)) as column_name,
        unnest(map_values(file_columns)) as kind
    from files

),

before as (

    select
        files.source_id,
        files.file_family,
        files.file_number,
        columns.column_name,
        count(*) as files_with_it,
        least(files.file_number - 1, 5) as files_before,
        list(distinct columns.kind) filter (
            where columns.kind not in ('nothing', 'unread')
        ) as kinds
    from files
    inner join columns
        on
            files.source_id = columns.source_id
            and files.file_family = columns.file_family
            and columns.file_number between files.file_number - 5 and files.file_number - 1
    group by files.source_id, files.file_family, files.file_number, columns.column_name

),

later as (

    select * from columns where file_number > 1

),

changes as (

    select
        coalesce(later.source_id, before.source_id) as source_id,
        coalesce(later.file_family, before.file_family) as file_family,
        coalesce(later.file_number, before.file_number) as file_number,
        coalesce(later.column_name, before.column_name) as column_name,
        later.kind,
        case
            when before.column_name is null then 'appeared'
            when later.column_name is null and before.files_with_it = before.files_before then 'disappeared'
            when
                later.kind not in ('nothing', 'unread') and len(before.kinds) > 0
                and not list_contains(before.kinds, later.kind)
                then 'other_kind'
        end as column_change,
        list_aggregate(list_sort(before.kinds), 'string_agg', ', ') as kind_before
    from later
    full outer join before
        on
            later.source_id = before.source_id
            and later.file_family = before.file_family
            and later.file_number = before.file_number
            and later.column_name = before.column_name

)

-- A column that nobody reads has no name here, since that may be somebody's: the digest of one is told by their number.
select
    files.source_id,
    files.landing_day,
    files.file_name,
    if(starts_with(changes.column_name, 'unread:'), null, changes.column_name) as column_name,
    count(*) as changed_columns,
    changes.column_change,
    changes.kind_before,
    nullif(changes.kind, 'unread') as kind_now,
    case
        when changes.column_change = 'other_kind' then 'checked_at_the_door'
        when changes.column_change = 'disappeared' and changes.kind_before is null then 'nobody_read_it'
        when changes.column_change = 'disappeared' then 'left_empty'
        when changes.kind = 'unread' then 'not_read'
        else 'read'
    end as what_was_done
from changes
inner join files
    on
        changes.source_id = files.source_id
        and changes.file_family = files.file_family
        and changes.file_number = files.file_number
where changes.column_change is not null and files.landing_day > files.looked_at_after
group by all
order by
    files.landing_day desc, files.source_id asc, files.file_name asc, changes.column_change asc,
    column_name asc nulls first
limit 500
