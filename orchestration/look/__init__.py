"""A file looked at before it is dropped: how it is written, what its columns hold, and a draft of its mapping."""
