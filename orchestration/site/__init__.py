"""The site publisher: results of the reports' SQL on the published file, as small immutable JSON files.

DuckDB makes the text of every file; Python gives it a name by its content, writes it, and at the end replaces the
manifest. The form of the files is described in docs/site_data.md.
"""
