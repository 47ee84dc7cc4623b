"""The structure of a whole graph: what breaks when something is withdrawn, what is covered, where it is weak."""
