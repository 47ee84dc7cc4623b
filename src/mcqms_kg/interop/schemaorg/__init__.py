"""schema.org: read and written."""

from mcqms_kg.interop.schemaorg.reading import read
from mcqms_kg.interop.schemaorg.writing import write

__all__ = ["read", "write"]
