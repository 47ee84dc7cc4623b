"""Graphs as frozen values: statements by predicate, stacking rules as trees, what is broken in them."""
