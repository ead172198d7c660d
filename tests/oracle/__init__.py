"""A plain reckoning of the KPIs from feed files, written apart from the SQL: two ways to one number."""
