"""Validation after a change: what it can touch, and the report with only that asked again."""
