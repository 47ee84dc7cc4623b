"""Where a service asks: questions wait here, and worker processes answer several in turn."""
