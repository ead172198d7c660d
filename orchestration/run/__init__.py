"""What a person asks for: a run, its report, the state of a home, its mending, and serving it."""
