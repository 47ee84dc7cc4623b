"""Work that takes long: in processes that may be killed, with its results kept."""
