"""Values over time, as arrays and lines."""
