"""SKOS code lists: read and written."""

from mcqms_kg.interop.skos.reading import read
from mcqms_kg.interop.skos.writing import write

__all__ = ["read", "write"]
