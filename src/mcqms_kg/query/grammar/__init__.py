"""What the guard sees of a query, from its tokens: groups within groups, paths that fork."""
