"""SPARQL taken apart: text to tokens, tokens to what the guard sees of a query."""
