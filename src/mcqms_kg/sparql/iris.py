"""Relative IRIs against a base (RFC 3986, 5.2), for any scheme."""

from __future__ import annotations

import re

_PARTS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def resolved(base: str, reference: str) -> str:
    """The IRI that a reference stands for; without a base the reference as it is."""
    if not base or _SCHEME.match(reference):
        return reference
    scheme, authority, path, query, _ = _parts(base)
    _, own_authority, own_path, own_query, fragment = _parts(reference)
    if own_authority is not None:
        authority, path, query = own_authority, _without_dots(own_path or ""), own_query
    elif own_path:
        path, query = _without_dots(_merged(authority, path or "", own_path)), own_query
    elif own_query is not None:
        query = own_query
    return "".join((
        f"{scheme}:" if scheme is not None else "",
        f"//{authority}" if authority is not None else "",
        path or "",
        f"?{query}" if query is not None else "",
        f"#{fragment}" if fragment is not None else "",
    ))  # fmt: skip


def _parts(text: str) -> tuple[str | None, ...]:
    found = _PARTS.fullmatch(text)
    return found.groups() if found else (None, None, text, None, None)


def _merged(authority: str | None, base: str, path: str) -> str:
    if path.startswith("/"):
        return path
    if authority is not None and not base:
        return f"/{path}"
    return base[: base.rfind("/") + 1] + path


def _without_dots(path: str) -> str:
    """The path with `.` and `..` followed (5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1 or (kept and kept[0]):
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)
