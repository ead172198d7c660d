"""The assets: landing, warehouse, publish, report; each a thin shell over functions without Dagster."""
