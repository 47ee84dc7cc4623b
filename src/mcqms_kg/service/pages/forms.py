"""Forms of our pages: a change counts where its form came from a page of ours, and from the browser that was shown it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from mcqms_kg.errors import BadValue, Forbidden
from mcqms_kg.service.callers.sessions import is_same
from mcqms_kg.service.http.uploads import body, media_type
from mcqms_kg.service.pages.page import Page

FIELD = "form"
"""The field that proves that a form is ours."""
_KIND = "application/x-www-form-urlencoded"
_MOST_BYTES, _MOST_FIELDS = 20_000, 20


async def sent(page: Page) -> Mapping[str, str]:
    """The fields of a small form. Raises `Forbidden` where it is not ours, `BadValue` where it cannot be read."""
    come_from_here(page.request)
    if media_type(page.request) != _KIND:
        raise BadValue("That is no form of ours", remedy="Send it again from its page.")
    content = await body(page.request, _MOST_BYTES)
    try:
        pairs = parse_qsl(content.decode("utf-8"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as problem:
        raise BadValue("The form cannot be read", remedy="Send it again from its page.") from problem
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadValue("A field is given twice", remedy="Send the form again from its page.")
    prove(page, fields)
    return fields


def come_from_here(request: Request) -> None:
    """Raises `Forbidden` where the browser does not say that it was on a page of ours."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    here = f"{request.scope['scheme']}://{request.headers.get('host', '')}"
    if (origin is None and site != "same-origin") or (origin is not None and origin != here):
        raise Forbidden("The form came from another place", remedy="Open the page here, and send it again.")


def prove(page: Page, fields: Mapping[str, str]) -> None:
    """Raises `Forbidden` where the form was not made for this browser."""
    if page.new_form or not is_same(fields.get(FIELD, ""), page.form):
        raise Forbidden("The form is out of date", remedy="Open the page again, and send it anew.")
