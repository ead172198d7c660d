-- What a publication said of the calendar periods that it told as closed. A value that was changed later says what it
-- said until then: of each, the first restatement after that publication holds the old columns.
create or replace macro scorecard.v_scorecard_as_of(asked_publication) as table (
    with

    asked as (

        select * from scorecard.fct_publication
        where publication = asked_publication

    ),

    changed_later as (

        select * from scorecard.fct_restatement
        where publication > asked_publication
        qualify row_number() over (partition by {key} order by publication) = 1

    ),

    together as (

        select
            {key},
            period_end,
            {told}
        from scorecard.fct_kpi_value
        anti join changed_later using ({key})
        union all
        select
            {key},
            period_end,
            {old}
        from changed_later
        where old_status is not null

    )

    select
        asked.publication,
        asked.published_at,
        together.*
    from together
    cross join asked
    where
        together.period_kind in {periods}
        and together.period_end <= asked.closed_before
        and together.period_end > asked.first_date
)
