"""What Python does not compute as SPARQL has it."""

from __future__ import annotations


class Beyond(Exception):
    """Others must be asked."""
