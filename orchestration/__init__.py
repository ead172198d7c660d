"""The Python of Scorehouse: what happens between the landing files, the published file and the pages."""

import os

# Polars gives memory back half a second after its last use and asks for it anew with the next block of a file, a fifth
# of the time of taking files. Ten seconds is what its allocator does by itself. It is read when Polars is loaded.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:10000,muzzy_decay_ms:0")
