"""SPARQL 1.1 read: text to tokens, tokens to the query as it is written, and that to its algebra."""
