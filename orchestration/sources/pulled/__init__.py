"""Sources that are pulled: what centre.yaml says of databases (`sql`) and of APIs (`http`).

What is pulled lands as files, which the same mapping reads as those that are dropped; orchestration/fetch pulls.
"""
