-- What came in wrong: files that gave nothing, files and landing days with more in quarantine than their source usually
-- has. Usual is the middle of the shares of its landing days in the 28 days before; looked at are the last 28 days of each
-- source, so that a file that was mended under another name is forgotten in time. What was lost after it was taken is told
-- until the file comes again.
with

files as (

    select
        *,
        records_quarantined / nullif(records_read, 0) as quarantined_share,
        max(landing_day) over (partition by source_id) - 28 as looked_at_after
    from scorecard.fct_file
    where state != 'same_content'

),

days as (

    select
        source_id,
        landing_day,
        any_value(looked_at_after) as looked_at_after,
        sum(records_read)::bigint as records_read,
        sum(records_accepted)::bigint as records_accepted,
        sum(records_quarantined)::bigint as records_quarantined,
        sum(records_quarantined) / nullif(sum(records_read), 0) as quarantined_share
    from files
    group by source_id, landing_day

),

usual as (

    select
        days.source_id,
        days.landing_day,
        coalesce(median(earlier.quarantined_share), 0) as usual_share
    from days
    left join days as earlier
        on
            days.source_id = earlier.source_id
            and earlier.landing_day between days.landing_day - 28 and days.landing_day - 1
    group by days.source_id, days.landing_day

),

-- A share of few records jumps by itself: 20 is the least that can tell 5 points. Without a past, 5 % is the limit.
file_findings as (

    select
        files.source_id,
        files.landing_day,
        files.file_name,
        case
            when files.state = 'failed' then 'unreadable'
            when files.state = 'incomplete' then 'incomplete'
            when files.records_quarantined > 0 and files.records_accepted + files.records_duplicate = 0
                then 'nothing_accepted'
            when files.records_read >= 20 and files.quarantined_share > usual.usual_share + 0.05 then 'above_usual'
        end as finding,
        files.records_read,
        files.records_quarantined,
        files.quarantined_share,
        usual.usual_share,
        files.message,
        files.remarks::varchar as remarks
    from files
    inner join usual on files.source_id = usual.source_id and files.landing_day = usual.landing_day
    where files.landing_day > files.looked_at_after or files.state = 'incomplete'

),

day_findings as (

    select
        days.source_id,
        days.landing_day,
        null::varchar as file_name,
        'above_usual' as finding,
        days.records_read,
        days.records_quarantined,
        days.quarantined_share,
        usual.usual_share,
        null::varchar as message,
        null::varchar as remarks
    from days
    inner join usual on days.source_id = usual.source_id and days.landing_day = usual.landing_day
    where
        days.landing_day > days.looked_at_after
        and days.records_read >= 20
        and days.quarantined_share > usual.usual_share + 0.05
        and not exists (
            select 1
            from file_findings
            where
                file_findings.source_id = days.source_id
                and file_findings.landing_day = days.landing_day
                and file_findings.finding is not null
        )

)

select
    source_id,
    landing_day,
    file_name,
    finding,
    records_read,
    records_quarantined,
    quarantined_share,
    usual_share,
    message,
    remarks
from (
    from file_findings
    where finding is not null
    union all by name
    from day_findings
)
order by landing_day desc, source_id, file_name
