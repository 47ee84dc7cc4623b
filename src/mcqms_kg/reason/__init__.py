"""OWL reasoning off the hot path: is the ontology consistent, what follows from it, and is it OWL 2 DL at all."""
