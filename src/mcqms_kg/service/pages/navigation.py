"""What stands in the head of every page."""

from __future__ import annotations

ENTRIES = (
    ("/", "nav-overview"),
    ("/check", "nav-check"),
    ("/dataset", "nav-dataset"),
    ("/pathway", "nav-pathway"),
    ("/question", "nav-question"),
    ("/query", "nav-query"),
    ("/vocabulary", "nav-vocabulary"),
)
"""Address of a page, and the key of its name, in the order in which they stand."""
