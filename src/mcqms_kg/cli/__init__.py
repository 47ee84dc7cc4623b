"""The command line: one command a verb, thin over `mcqms_kg.operations`."""

from mcqms_kg.cli.app import main

__all__ = ["main"]
