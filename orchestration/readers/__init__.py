"""From bytes to numbered records: packing, text, CSV, JSON Lines, Parquet, and findings about what can't be read."""
