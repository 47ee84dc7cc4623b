"""`/sign-in` and `/sign-out`: a token is pasted once; from then on a cookie stands for it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from mcqms_kg.errors import Unauthenticated
from mcqms_kg.service.callers.identity import Identities
from mcqms_kg.service.callers.sessions import COOKIE, WHOLE_S, Sessions, forget_cookie, set_cookie
from mcqms_kg.service.pages.addresses import local
from mcqms_kg.service.pages.forms import sent
from mcqms_kg.service.pages.page import FORM_COOKIE, Asked, Page

router = APIRouter()


@router.get("/sign-in", response_class=Response)
def ask_who(page: Asked, next: str = "/") -> Response:
    """The form for a token."""
    return page.render("sign-in.html.jinja", next=local(next), refused=False)


@router.post("/sign-in", response_class=Response)
async def sign_in(page: Asked) -> Response:
    """Begins a session for the holder of a token. The token is in no address, no answer and no log."""
    fields = await sent(page)
    identities: Identities = page.request.app.state.identities
    token, to = fields.get("token", "").strip(), local(fields.get("next", "/"))
    try:
        await identities.caller([f"Bearer {token}"])
    except Unauthenticated:
        return page.render("sign-in.html.jinja", 401, next=to, refused=True)
    sessions = _ended(page)
    response = page.go(to)
    set_cookie(page.request, response, COOKIE, sessions.begin(token).id, WHOLE_S)
    forget_cookie(page.request, response, FORM_COOKIE)
    return response


@router.post("/sign-out", response_class=Response)
async def sign_out(page: Asked) -> Response:
    """Ends the session, and has the browser forget what it kept of it."""
    await sent(page)
    _ended(page)
    response = page.go("/")
    forget_cookie(page.request, response, COOKIE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _ended(page: Page) -> Sessions:
    sessions: Sessions = page.request.app.state.sessions
    if session := page.request.scope.get("session"):
        sessions.end(session.id)
    return sessions
