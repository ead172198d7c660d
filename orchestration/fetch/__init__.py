"""Pulling the records of databases and APIs into landing files, after which they are files like any other.

dlt extracts: its table reader (`sql_database`) and the client that its `rest_api` is made of. Its pipelines are not
used: they keep what they loaded in a folder of their own, rename columns, take nested JSON apart, and commit by a load
that a landing folder knows nothing of. Files, windows and what was pulled until when are kept here.
"""
