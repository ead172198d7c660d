"""From records to rows that may pass: types, checks, times, and customers without their names."""
