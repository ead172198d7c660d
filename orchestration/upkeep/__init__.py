"""What keeps a home through the years: copies that can be restored, customers who are to be forgotten."""
