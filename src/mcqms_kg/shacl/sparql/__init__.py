"""SPARQL inside shapes, translated to the same plans as SHACL Core, for all focus nodes at once."""
