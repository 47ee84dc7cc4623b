"""SPARQL's functions and aggregates on terms: what they make is a term, with the lexical form and datatype that SPARQL gives it."""
