"""SPARQL over HTTP: queries, updates, graphs, and what the service says of itself."""
