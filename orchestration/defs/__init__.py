"""What Dagster is told: assets, checks, jobs, schedules and sensors, each a thin shell."""
