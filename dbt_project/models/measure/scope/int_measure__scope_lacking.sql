-- One row per scope and KPI that lives on a column which no file has: no file of the sources that feed the scope, and
-- of what is told about people, reviews and visitors no file of any source. One of the columns of a need is enough.
with

needs as (

    select
        kpi_id,
        row_number() over (order by kpi_id, any_of) as need,
        unnest(string_split(any_of, '|')) as needed_column
    from {{ ref('kpi_columns') }}

),

columns_told as (

    select * from {{ ref('int_source__column') }}

),

scope_sources as (

    select * from {{ ref('int_measure__scope_source') }}

),

scopes as (

    select
        scope_kind,
        scope_id
    from {{ ref('dim_scope') }}

),

-- Without a ledger every source is told to have everything.
met_by_source as (

    select distinct
        needs.need,
        columns_told.source_id,
        split_part(needs.needed_column, '.', 1) in ('contacts', 'contact_events', 'messages', 'ratings')
            as is_of_contacts
    from needs
    inner join columns_told
        on
            columns_told.feed in (split_part(needs.needed_column, '.', 1), '*')
            and columns_told.column_name in (split_part(needs.needed_column, '.', 2), '*')

),

met as (

    select distinct
        met_by_source.need,
        scope_sources.scope_kind,
        scope_sources.scope_id
    from met_by_source
    inner join scope_sources on met_by_source.source_id = scope_sources.source_id
    union
    select
        met_by_source.need,
        scopes.scope_kind,
        scopes.scope_id
    from met_by_source
    cross join scopes
    where not met_by_source.is_of_contacts

),

needed as (

    select distinct
        kpi_id,
        need
    from needs

)

select distinct
    scopes.scope_kind,
    scopes.scope_id,
    needed.kpi_id
from scopes
cross join needed
anti join met
    on
        scopes.scope_kind = met.scope_kind
        and scopes.scope_id = met.scope_id
        and needed.need = met.need
