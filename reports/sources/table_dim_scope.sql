select * from scorecard.dim_scope order by scope_kind, scope_id
