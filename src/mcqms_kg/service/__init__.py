"""The service: a thin skin of HTTP over the workspace and its questions. It reads, and listens on this machine only."""
