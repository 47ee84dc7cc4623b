"""The European Learning Model 3: credentials and learning opportunities, read and written."""

from mcqms_kg.interop.elm.reading import read
from mcqms_kg.interop.elm.writing import write

__all__ = ["read", "write"]
