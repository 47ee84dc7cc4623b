"""Competencies and Academic Standards Exchange (CASE) 1.1: read and written."""

from mcqms_kg.interop.case.reading import read
from mcqms_kg.interop.case.writing import write

__all__ = ["read", "write"]
