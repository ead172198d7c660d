"""What keeps a home through the years: copies that can be restored."""
