"""Credential Transparency Description Language: read and written."""

from mcqms_kg.interop.ctdl.reading import read
from mcqms_kg.interop.ctdl.writing import write

__all__ = ["read", "write"]
