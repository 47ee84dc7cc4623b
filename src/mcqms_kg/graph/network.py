"""What ties credentials, rules, units, job titles, levels and bodies together: the edges of the graph as a network."""

from __future__ import annotations

from collections.abc import Mapping

TIES: Mapping[str, str] = {
    "requires": "prerequisite",
    "requiresRule": "prerequisite",
    "isStackedBy": "stacked-by",
    "hasOption": "option",
    "substitutes": "substitute",
    "hasOffRamp": "off-ramp",
    "requiresUnit": "requires-unit",
    "hasUnit": "has-unit",
    "isOfferedBy": "offered-by",
    "isCertifiedBy": "certified-by",
    "hasLevel": "at-level",
}
"""Property of ours to the type of its edges; an edge runs as its statement does."""
