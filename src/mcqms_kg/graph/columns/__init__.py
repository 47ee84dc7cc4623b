"""A graph as columns of numbers in DuckDB: read, looked up, changed, and given values."""
