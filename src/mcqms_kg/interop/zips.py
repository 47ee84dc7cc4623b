"""What ZIP archives from outside have in common: how they break, and how they may be packed."""

from __future__ import annotations

import zipfile
import zlib

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # zipfile raises it for ways of packing that it does not know
    RuntimeError,
    OSError,
    ValueError,
)  # seen from hostile archives
"""What `zipfile` raises for archives that are damaged, cut short, encrypted, or packed in a way that it does not know."""
PLAIN_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How members may be packed. Others unpack to more than anybody reckons with, or need what is not installed."""
