"""The dbt project: built, published, and what its last build came to."""
