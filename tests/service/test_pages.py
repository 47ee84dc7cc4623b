"""What every page of the workbench holds to: rights, signing in, forms, policies, errors, words and static files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest
from fastapi.routing import APIRoute

import mcqms_kg
from mcqms_kg.report import FORMATS as REPORTS
from mcqms_kg.service.callers.sessions import IDLE_S, WHOLE_S, Sessions
from mcqms_kg.service.http.doorway import Door, networks
from mcqms_kg.service.middleware import LOOPBACK, Front
from mcqms_kg.service.pages import MODULES
from mcqms_kg.service.pages.addresses import local
from mcqms_kg.service.pages.errors import prefers_page
from mcqms_kg.service.pages.page import POLICY, TEMPLATES
from mcqms_kg.service.pages.static_files import FOLDER, static_files
from mcqms_kg.service.pages.words import PageWords, table
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits
from service.live import live
from service.tenants import Tenants, tenants

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGES = Path(__file__).resolve().parents[2] / "src" / "mcqms_kg" / "service" / "pages"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Tenants:
    return tenants(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def service(built: Tenants) -> Iterator[str]:
    with live(partial(Serving, built.folder, QueryLimits(), 1)) as client:
        yield str(client.base_url)


@pytest.fixture
def browser(service: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service, headers={**BROWSER, "origin": service}) as client:
        yield client


@pytest.fixture
def another(tmp_path: Path) -> Tenants:
    return tenants(tmp_path)


def form_of(text: str) -> str:
    found = re.search(r'name="form" value="([^"]+)"', text)
    assert found
    return found[1]


def sign_in(browser: httpx.Client, token: str, to: str = "/") -> httpx.Response:
    form = form_of(browser.get("/sign-in").text)
    return browser.post("/sign-in", data={"form": form, "token": token, "next": to})


# Signing in


def test_a_token_is_pasted_once_and_a_cookie_stands_for_it(browser: httpx.Client, built: Tenants) -> None:
    assert "others" not in [v["dataset"] for v in browser.get("/datasets").json()]
    done = sign_in(browser, built.tokens["regulator"], "/dataset")
    assert done.status_code == 303 and done.headers["location"] == "/dataset"
    (cookie,) = [c for c in done.headers.get_list("set-cookie") if c.startswith("mcqms-session=")]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; ")) and "Secure" not in cookie
    assert built.tokens["regulator"] not in str(done.headers) + done.text
    assert "others" in [v["dataset"] for v in browser.get("/datasets").json()]
    page = browser.get("/")
    assert ">regulator</span>" in page.text and built.tokens["regulator"] not in page.text
    out = browser.post("/sign-out", data={"form": form_of(page.text)})
    assert out.status_code == 303
    assert "others" not in [v["dataset"] for v in browser.get("/datasets").json()]


def test_the_cookie_is_worth_nothing_after_signing_out(browser: httpx.Client, built: Tenants) -> None:
    sign_in(browser, built.tokens["admin"])
    kept = browser.cookies["mcqms-session"]
    browser.post("/sign-out", data={"form": form_of(browser.get("/").text)})
    again = httpx.get(f"{browser.base_url}/datasets", cookies={"mcqms-session": kept})
    assert "others" not in again.text


@pytest.mark.parametrize("token", ["", "mcqms_0000000000000000_" + "A" * 43, "x y", "a" * 9000], ids=str.__len__)
def test_a_token_that_is_not_good_begins_nothing(browser: httpx.Client, token: str) -> None:
    done = sign_in(browser, token)
    assert done.status_code == 401 and "mcqms-session" not in browser.cookies and 'role="alert"' in done.text


def test_a_revoked_token_ends_its_session(browser: httpx.Client, built: Tenants) -> None:
    token = mcqms_kg.new_token("short", "admin", workspace=built.folder)
    sign_in(browser, token)
    assert "others" in browser.get("/datasets").text
    mcqms_kg.revoke_token("short", workspace=built.folder)
    assert "others" not in browser.get("/datasets").text
    assert browser.get("/").status_code == 200


def test_behind_tls_the_cookie_is_for_tls_and_this_host_alone(another: Tenants) -> None:
    front = Front(Door((*LOOPBACK, "quality.example.org"), networks(["127.0.0.1"])))
    with live(partial(Serving, another.folder, QueryLimits(), 1), front) as client:
        there = {**BROWSER, "host": "quality.example.org", "x-forwarded-proto": "https", "x-forwarded-for": "10.1.1.1"}
        page = client.get("/sign-in", headers=there)
        (form_cookie,) = page.headers.get_list("set-cookie")
        sent = {**there, "origin": "https://quality.example.org", "cookie": form_cookie.split(";")[0]}
        fields = {"form": form_of(page.text), "token": another.tokens["admin"], "next": "/"}
        done = client.post("/sign-in", headers=sent, data=fields)
        (cookie,) = [c for c in done.headers.get_list("set-cookie") if "mcqms-session" in c]
        assert cookie.startswith("__Host-mcqms-session=") and {"Secure", "HttpOnly"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/x\r\ny: z", ""]
)
def test_after_signing_in_nobody_is_led_elsewhere(browser: httpx.Client, built: Tenants, to: str) -> None:
    assert local(to) == "/"
    assert sign_in(browser, built.tokens["learner"], to).headers["location"] == "/"
    assert f'value="{to}"' not in browser.get("/sign-in", params={"next": to}).text or not to


def test_sessions_end() -> None:
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    one = sessions.begin("t")
    now[0] = IDLE_S - 1
    assert sessions.find(one.id) is one
    now[0] += IDLE_S + 1
    assert sessions.find(one.id) is None
    two = sessions.begin("t")
    for _ in range(WHOLE_S // IDLE_S + 1):
        now[0] += IDLE_S - 1
        left = sessions.find(two.id)
    assert left is None and sessions.find("x") is None
    assert "t" not in (repr(one), repr(two)) and one.id not in repr(one)


def test_who_signs_in_again_and_again_ends_no_session_of_others() -> None:
    sessions = Sessions()
    other, first = sessions.begin("other"), sessions.begin("mine")
    mine = [sessions.begin("mine") for _ in range(12_000)]
    assert sessions.find(other.id) is other
    assert sessions.find(first.id) is None and sessions.find(mine[-1].id) is mine[-1]
    assert sum(sessions.find(one.id) is not None for one in mine) == 20


# Forms


WITH_FILES = ("/check", "/dataset")


def posts() -> list[str]:
    routes = [route for module in MODULES for route in module.router.routes if isinstance(route, APIRoute)]
    return sorted({route.path for route in routes if (route.methods or set()) - {"GET", "HEAD"}})


@pytest.mark.parametrize("path", posts())
def test_no_form_counts_that_is_not_ours(browser: httpx.Client, built: Tenants, path: str) -> None:
    sign_in(browser, built.tokens["admin"])
    form = form_of(browser.get("/").text)
    address = re.sub(r"\{[^}]+\}", "school", path)
    files = {"data": ("a.ttl", b"<x:s> <x:p> 1 .")} if path in WITH_FILES else None

    def status(form: str, client: httpx.Client = browser, **headers: str) -> int:
        return client.post(address, data={"form": form}, files=files, headers=headers).status_code

    assert status("A" * 43) == 403
    assert status("") == 403
    assert status(form, origin="http://evil.example") == 403
    assert status(form, origin="null") == 403
    assert status(form, httpx.Client(base_url=browser.base_url, cookies=browser.cookies)) == 403
    assert ">admin</span>" in browser.get("/").text, "signed out by somebody else's form"


def test_a_cookie_alone_changes_nothing_through_the_api(browser: httpx.Client, built: Tenants) -> None:
    sign_in(browser, built.tokens["admin"])
    turtle = {"content-type": "text/turtle"}
    put = browser.put("/datasets/forged", content=b"<x:s> <x:p> 1 .", headers=turtle)
    assert put.status_code == 401 and "forged" not in browser.get("/datasets").text
    update = browser.post("/sparql", data={"update": "INSERT DATA { <x:s> <x:p> 1 }"})
    assert update.status_code == 401
    form = form_of(browser.get("/").text)
    ours = browser.post("/sparql", data={"update": "INSERT DATA { <x:s> <x:p> 1 }"}, headers={"x-form-token": form})
    assert ours.status_code in (200, 204), "a page of ours may ask for a change"


# Pages


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere"])
def test_every_page_has_the_strict_policy(browser: httpx.Client, path: str) -> None:
    page = browser.get(path)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"] == POLICY and "unsafe" not in POLICY
    assert page.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"<script(?![^>]* src=)|<style|\son[a-z]+=|\sstyle=|javascript:", page.text)
    assert "https://" not in page.text and "http://" not in re.sub(r'xmlns="[^"]+"', "", page.text)


def test_what_was_sent_is_text_on_the_page(browser: httpx.Client) -> None:
    page = browser.get("/nowhere", params={"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in page.text
    page = browser.get("/sign-in", params={"next": '/"><script>alert(1)</script>'})
    assert "<script>alert" not in page.text


def test_the_language_is_chosen_and_remembered(browser: httpx.Client) -> None:
    assert '<html lang="en">' in browser.get("/").text
    assert '<html lang="id">' in browser.get("/", headers={"accept-language": "id-ID,id;q=0.9"}).text
    page = browser.get("/?lang=id&offset=3")
    assert '<html lang="id">' in page.text and "lang=en&amp;" not in page.text
    assert "/?offset=3&amp;lang=en" in page.text
    assert '<html lang="id">' in browser.get("/sign-in").text
    assert '<html lang="en">' in browser.get("/?lang=en").text
    assert '<html lang="en">' in browser.get("/?lang=xx").text


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (BROWSER["accept"], True),
        ("text/html", True),
        ("*/*", False),
        ("", False),
        ("application/json, text/html", False),
        ("text/html;q=0.5, application/json", False),
        ("text/html;q=0", False),
    ],
)
def test_who_would_rather_have_a_page(accept: str, expected: bool) -> None:
    assert prefers_page(accept) is expected


def test_a_long_problem_that_is_sent_compressed_is_a_page_too(browser: httpx.Client) -> None:
    page = browser.get("/question/nothing?lang=id", headers={"accept-encoding": "gzip"})
    assert page.status_code == 404 and page.headers["content-type"].startswith("text/html")
    assert "Tidak ada pertanyaan bernama" in page.text and "Pertanyaan yang dikenal" in page.text


def test_errors_are_pages_for_browsers_and_problems_for_programs(browser: httpx.Client, service: str) -> None:
    page, problem = browser.get("/datasets/nope"), httpx.get(f"{service}/datasets/nope")
    assert page.status_code == problem.status_code == 404
    assert problem.headers["content-type"] == "application/problem+json"
    assert "<h1>Nothing is here</h1>" in page.text and page.headers["x-request-id"] in page.text
    assert "No dataset is named" in page.text and "Sign in" in page.text
    denied = browser.post("/datasets/mine", content=b"<x:s> <x:p> 1 .", headers={"content-type": "text/turtle"})
    assert denied.status_code == 401 and "WWW-Authenticate" in denied.headers and "Please sign in" in denied.text
    wrong = browser.get("/datasets", headers={"authorization": "Bearer x"})
    assert wrong.status_code == 401 and "<h1>" in wrong.text
    assert "Silakan masuk" in browser.get("/datasets?lang=id", headers={"authorization": "Bearer x"}).text
    stranger = browser.get("/", headers={"host": "evil.example"})
    assert stranger.status_code == 400 and "<h1>" in stranger.text


def test_an_error_nobody_foresaw_is_a_page_too(
    another: Tenants, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret-4711")

    monkeypatch.setattr(Serving, "view", broken)
    with live(partial(Serving, another.folder, QueryLimits(), 1)) as client:
        page = client.get("/", headers=BROWSER)
    assert page.status_code == 500 and "Something went wrong here" in page.text
    assert page.headers["x-request-id"] in page.text and "secret-4711" not in page.text + caplog.text


# Words


def used() -> set[str]:
    """Keys that templates and pages name, and beginnings of keys whose end is filled in."""
    texts = [path.read_text("utf-8") for path in (*TEMPLATES.rglob("*.jinja"), *PAGES.glob("*.py"))]
    return {key for text in texts for key in re.findall(r"\bw(?:ords)?\(\s*[\"']([a-z0-9-]+)[\"']", text)}


def test_every_word_that_is_used_is_known() -> None:
    unknown = {
        key
        for key in used()
        if key not in table() and not (key.endswith("-") and any(k.startswith(key) for k in table()))
    }
    assert not unknown


def test_every_word_is_there_in_both_languages_with_the_same_values() -> None:
    for key, texts in table().items():
        assert set(texts) <= {"en", "id", "en-one"} and texts["en"].strip() and texts["id"].strip(), key
        values = {language: set(re.findall(r"\{(\w+)", text)) for language, text in texts.items()}
        assert values["en"] == values["id"] and values.get("en-one", set()) <= values["en"], key


def test_numbers_are_said_as_the_language_does() -> None:
    en, id_ = PageWords("en"), PageWords("id")
    assert en("paging-range", first=1, last=1000, total=12345) == "1 to 1,000 of 12,345"
    assert id_("paging-range", first=1, last=1000, total=12345) == "1 sampai 1.000 dari 12.345"
    assert (en.percent(0.99999), id_.percent(0.5), en.percent(None)) == ("99.9%", "50,0%", "–")


# Static files


def test_static_files_are_kept_for_ever_under_their_digest(browser: httpx.Client) -> None:
    known = static_files()
    found = browser.get(known.address("workbench.css"))
    assert found.status_code == 200 and found.headers["content-type"].startswith("text/css")
    assert "immutable" in found.headers["cache-control"] and found.headers["content-encoding"] == "gzip"
    again = browser.get(known.address("workbench.css"), headers={"if-none-match": found.headers["etag"]})
    assert again.status_code == 304
    old = browser.get("/static/0000/workbench.css")
    assert old.status_code == 200 and old.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["..%2fpage.py", "..%2f..%2fapp.py", "nope.css", "%2fetc/passwd", "a%2f..%2fworkbench.css", ""]
)
def test_nothing_else_is_served(browser: httpx.Client, name: str) -> None:
    response = browser.get(f"/static/{static_files().digest}/{name}")
    assert response.status_code == 404 and "root:" not in response.text


def test_scripts_and_styles_reach_for_nothing_outside() -> None:
    for path in (*FOLDER.glob("*.css"), *FOLDER.glob("*.js")):
        text = path.read_text("utf-8")
        assert "//cdn" not in text and not re.search(r"url\(\s*['\"]?https?:|@import|innerHTML|eval\(", text), path.name


def test_every_format_of_a_report_has_a_name() -> None:
    assert not [name for name in REPORTS if f"format-{name}" not in table()]
