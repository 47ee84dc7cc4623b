"""JSON-LD contexts that whoever verifies a credential gives, because they are not shipped: local files, of which nothing is fetched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mcqms_kg import resources
from mcqms_kg.errors import BadValue, Place
from mcqms_kg.interop.json_read import Json, read_json, walk
from mcqms_kg.settings import MEBIBYTE, Settings

Contexts = Mapping[str, Json]
"""What stands under `@context` of a file, by the URL that credentials name it by."""
MOST = 20
LARGEST = MEBIBYTE


def read_contexts(given: Mapping[str, Path], settings: Settings) -> Contexts:
    """The contexts in the files, at most 20 of 1 MiB each.

    Raises `UnreadableInput` for a file that is no JSON, and `BadValue` for a context that is shipped, that names another by its
    address, and for a file without any.
    """
    if len(given) > MOST:
        raise BadValue("Too many contexts are given", remedy=f"Give at most {MOST}.")
    return {url: _read(url, path, settings) for url, path in given.items()}


def _read(url: str, path: Path, settings: Settings) -> Json:
    if url in resources.context_files():
        raise BadValue(f"The context {url} is shipped, and no other is taken for it", remedy="Leave it out.")
    where = Place(str(path))
    if path.is_file() and path.stat().st_size > LARGEST:
        raise BadValue(f"A context is larger than {LARGEST} bytes", place=where, remedy="Give the context alone.")
    found = read_json(path, str(path), settings)
    context = found.get("@context") if isinstance(found, dict) else None
    parts = context if isinstance(context, list) else [context]
    if not parts or not all(isinstance(part, dict) for part in parts):
        raise BadValue("The file holds no context of its own", place=where, remedy="Give an object with `@context`.")
    for at, value in walk(context):
        key = at.rpartition("/")[2]
        if key == "@import" or (key == "@context" and any(isinstance(v, str) for v in _several(value))):
            raise BadValue(
                "The context names another one by its address", place=Place(str(path), at=at), remedy="Write it out."
            )
    return context


def _several(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]
