"""The language of a page: as the address says, else as it was chosen last, else as the browser prefers."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request

from mcqms_kg.report.phrases import LANGUAGES
from mcqms_kg.service.pages.addresses import own_path

COOKIE = "mcqms-language"
_SECONDS = 365 * 24 * 3600
_MOST_READ = 200


def language_of(request: Request) -> str:
    """One of `LANGUAGES`, whatever was sent."""
    given = request.query_params.get("lang") or request.cookies.get(COOKIE)
    return given if given in LANGUAGES else _preferred(request.headers.get("accept-language", ""))


def remembered(request: Request) -> dict[str, str]:
    """The header by which a choice in the address is remembered."""
    given = request.query_params.get("lang")
    if given not in LANGUAGES or request.cookies.get(COOKIE) == given:
        return {}
    secure = "; Secure" if request.scope["scheme"] == "https" else ""
    return {"Set-Cookie": f"{COOKIE}={given}; Max-Age={_SECONDS}; Path=/; SameSite=Lax; HttpOnly{secure}"}


def in_language(request: Request, language: str) -> str:
    """This page in that language."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return f"{own_path(request)}?{urlencode([*kept, ('lang', language)])}"


def _preferred(accepted: str) -> str:
    for part in accepted[:_MOST_READ].lower().split(","):
        found = part.split(";")[0].strip().split("-")[0]
        if found in LANGUAGES:
            return found
    return LANGUAGES[0]
