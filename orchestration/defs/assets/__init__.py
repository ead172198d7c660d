"""The asset graph: landing days, the warehouse, the published file, the pages."""
