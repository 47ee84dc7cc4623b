"""Plans to SQL: a tree that is rendered once, over the tables of `graph.columns`."""
