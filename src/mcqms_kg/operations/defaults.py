"""What is taken where nothing is said."""

DEFAULT_ENGINE = "columns"
DEFAULT_PROFILE = "mcqms"
"""The baseline profile."""
