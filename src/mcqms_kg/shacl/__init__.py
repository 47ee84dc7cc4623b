"""SHACL: shapes and data in, a validation report out. Knows nothing of clauses."""
