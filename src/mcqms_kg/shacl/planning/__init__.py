"""From shapes to plans: what is asked of which nodes, and what is reported."""
