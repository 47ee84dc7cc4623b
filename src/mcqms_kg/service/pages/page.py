"""A page for one who asks: their language, what they may see, and the template that is filled in for them."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import jinja2
from fastapi import Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

import mcqms_kg
from mcqms_kg import operations
from mcqms_kg.graph import terms
from mcqms_kg.model import Grade
from mcqms_kg.report import templating
from mcqms_kg.report.words import SYMBOLS, counts, slug, state_of
from mcqms_kg.service.callers.access import ANYBODY, Action, Caller, may
from mcqms_kg.service.callers.sessions import cookie_name, set_cookie
from mcqms_kg.service.callers.views import View
from mcqms_kg.service.dependencies import jobs_of, serving_of
from mcqms_kg.service.job_responses import visible_job
from mcqms_kg.service.jobs.jobs import Job, Jobs
from mcqms_kg.service.pages import days
from mcqms_kg.service.pages.addresses import address, kept_address, thing_address
from mcqms_kg.service.pages.language import in_language, language_of, remembered
from mcqms_kg.service.pages.navigation import ENTRIES
from mcqms_kg.service.pages.said import said
from mcqms_kg.service.pages.static_files import static_files
from mcqms_kg.service.pages.words import LANGUAGE_NAMES, PageWords
from mcqms_kg.service.serving import Serving

TEMPLATES = Path(__file__).parents[1] / "templates"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",  # with none at all browsers do not say that a form is our own
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
    "Vary": "Accept, Accept-Language, Authorization, Cookie",
}
_LAID_OUT = re.compile(r"^.*?/files/[a-z0-9_-]+/[0-9]+/")
FORM_COOKIE = "mcqms-form"
"""What stands for the session in the forms of those who are not signed in."""


@dataclass(frozen=True)
class Page:
    """Who asks, in which language, and the proof that their forms are ours."""

    request: Request
    caller: Caller
    words: PageWords
    form: str
    new_form: bool = False

    @property
    def is_signed_in(self) -> bool:
        return self.caller != ANYBODY

    @property
    def serving(self) -> Serving:
        return serving_of(self.request)

    @property
    def view(self) -> View:
        """What the caller sees."""
        return self.serving.view(self.caller)

    @property
    def jobs(self) -> Jobs:
        return jobs_of(self.request)

    def check(self, id_: str, *, own: bool = False) -> Job:
        """The check of that name, where the caller may see it; raises `UnknownName`."""
        return visible_job(self.jobs, self.serving, self.caller, "check", id_, own=own)

    def may(self, action: str) -> bool:
        """Whether a button for it should be shown; the route asks again."""
        return may(self.caller, Action(action))

    def here(self, **changed: object) -> str:
        """This address with other parameters; one that is nothing is left out."""
        return kept_address(self.request, **changed)

    def render(self, template: str, status: int = 200, /, **values: Any) -> Response:
        """The template filled in; every value is escaped."""
        text = (
            environment()
            .get_template(template)
            .render(page=self, w=self.words, software=mcqms_kg.__version__, **values)
        )
        response = HTMLResponse(text, status, {**HEADERS, **remembered(self.request)})
        if self.new_form and self.form in text:
            set_cookie(self.request, response, FORM_COOKIE, self.form)
        return response

    def go(self, to: str) -> Response:
        """Leads a browser elsewhere after its form was taken."""
        return RedirectResponse(to, 303, HEADERS)

    def entries(self) -> list[tuple[str, str, bool]]:
        """Address, key and whether it is where we are, of each entry of the navigation."""
        path = self.request.url.path
        return [(to, key, path == to or (to != "/" and path.startswith(f"{to}/"))) for to, key in ENTRIES]

    def languages(self) -> list[tuple[str, str, str]]:
        """Code, name, and address of this page, of each language."""
        return [(code, name, in_language(self.request, code)) for code, name in LANGUAGE_NAMES.items()]


def page_of(request: Request) -> Page:
    """The page that a request asks for."""
    caller: Caller = request.scope.get("signed_in") or request.scope.get("caller", ANYBODY)
    session = request.scope.get("session")
    kept = session.form if session else request.cookies.get(cookie_name(request, FORM_COOKIE), "")
    return Page(request, caller, PageWords(language_of(request)), kept or secrets.token_urlsafe(32), not kept)


Asked = Annotated[Page, Depends(page_of)]


@cache
def environment() -> jinja2.Environment:
    """How the templates of pages are read."""
    found = templating.environment(TEMPLATES)
    found.globals |= {"static": lambda name: static_files().address(name), "address": address}
    found.globals |= {"SYMBOLS": SYMBOLS, "GRADES": tuple(Grade), "short": terms.short, "plain_id": terms.lexical}
    found.globals |= {"to_do": days.to_do, "about": days.about, "counted": days.counted}
    found.globals |= {"why": days.why, "responsible": days.responsible}
    found.globals |= {"said_in": said}
    found.globals |= {"profile_name": profile_name, "thing_address": thing_address}
    found.globals |= {"file_name": file_name, "slug": slug, "state_of": state_of, "counts": counts}
    return found


def file_name(path: str) -> str:
    """A file as it was handed in: without the folder in which the workspace lays versions out."""
    return _LAID_OUT.sub("", path)


def profile_name(words: PageWords, name: str) -> str:
    """What a profile is called; its short name where none of that name is shipped."""
    return next((words.of(one.label) for one in operations.profiles() if one.name == name), name)
