"""What is taken where nothing is said."""

DEFAULT_ENGINE = "columns"
DEFAULT_PROFILE = "mcqms"
"""The baseline profile."""
DEFAULT_BASE = "https://example.org/"
"""Under which what is exported stands where nobody says."""
