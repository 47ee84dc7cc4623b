"""The service: the verbs, SPARQL and pages over HTTP, for whoever may; on this machine only, unless it is told otherwise."""
