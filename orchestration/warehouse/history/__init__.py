"""What was published when, and what of it was changed later: kept beside the warehouse, so that no rebuild loses it."""
