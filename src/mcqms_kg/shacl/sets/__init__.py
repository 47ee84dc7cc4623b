"""Plans answered in Python for all nodes at once: where a graph is small, planning SQL takes longer than the work."""
