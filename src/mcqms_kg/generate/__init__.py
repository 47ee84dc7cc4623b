"""A made-up national graph of any size, with planted defects and the list of what a check must find."""

from __future__ import annotations

from mcqms_kg.generate.national_graph import Generated, generate

__all__ = ["Generated", "generate"]
