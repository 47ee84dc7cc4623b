"""Plans answered in Python by lookups, for a few nodes: where SQL would look through all statements."""
