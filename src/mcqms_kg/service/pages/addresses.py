"""Addresses of pages, with every part that is filled in encoded."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from starlette.requests import Request

from mcqms_kg.namespaces import HOME


def address(*parts: object, **parameters: object) -> str:
    """The address of `/part/part`; a parameter that is nothing is left out."""
    path = "/".join(quote(str(part), safe="") for part in parts)
    query = urlencode([(name, str(value)) for name, value in parameters.items() if value not in (None, "")])
    return f"/{path}{'?' * bool(query)}{query}"


def thing_address(iri: str) -> str:
    """The page of a thing: a name of ours has it at its own path."""
    if iri.startswith(HOME) and "#" not in iri and not iri.startswith(f"{HOME}/"):  # `//name` would be another machine
        return "/" + iri.removeprefix(HOME)
    if iri.startswith(HOME + "ns#"):
        return "/ns/" + iri.removeprefix(HOME + "ns#")
    return address("thing", of=iri)


def kept_address(request: Request, **changed: object) -> str:
    """The address of the request with other parameters, without its language, which is remembered."""
    kept = {name: value for name, value in request.query_params.items() if name != "lang" and value}
    query = urlencode([(n, str(v)) for n, v in {**kept, **changed}.items() if v not in (None, "")])
    return f"{own_path(request)}{'?' * bool(query)}{query}"


def own_path(request: Request) -> str:
    """The path of the request as it stands in a link: one that begins with `//` would lead to another machine."""
    path: str = request.scope["path"]
    return f"/{quote(path.lstrip('/'))}"


def local(given: str) -> str:
    """The address, if it is one of this service; else that of the first page."""
    is_ours = (
        given.startswith("/") and not given.startswith(("//", "/\\")) and given.isprintable() and "\\" not in given
    )
    return given if is_ours and len(given) < 2000 else "/"
