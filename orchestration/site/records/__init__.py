"""The records behind the numbers."""
