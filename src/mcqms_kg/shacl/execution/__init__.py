"""Asks DuckDB: target shapes as queries, what must be there before they run, and their rows as terms."""
