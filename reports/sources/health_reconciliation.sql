select * from scorecard.fct_feed_reconciliation order by feed
