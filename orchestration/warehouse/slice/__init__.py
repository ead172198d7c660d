"""The slice: which dates of contacts a build makes anew, and the raw parts that it reads for them."""
