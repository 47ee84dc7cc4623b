"""The REST API, attacked by those who have a token and by those who have none."""

from __future__ import annotations

import httpx
import pytest

from abuse.bombs import BOMBS
from abuse.disguises import DISGUISES
from abuse.rest import RESTS, TURTLE, Rest
from abuse.victim import Victim
from service.tenants import TRACE


def sent(target: Victim, api: Rest) -> httpx.Response:
    headers = {**target.headers(api.who), **api.headers}
    path, _, query = api.path.partition("?")
    files = [(field, (name, content, "text/turtle")) for field, name, content in api.files] or None
    request = target.client.build_request(
        api.method, "/", headers=headers, files=files, data=dict(api.fields) or None, json=api.json, content=api.body
    )
    request.url = request.url.copy_with(raw_path=f"{path}{'?' * bool(query)}{query}".encode())
    return target.client.send(request)


@pytest.mark.parametrize("api", (*RESTS, *DISGUISES, *BOMBS), ids=lambda api: api.name)
def test_rest(target: Victim, api: Rest) -> None:
    datasets = target.client.get("/datasets", headers=target.headers("admin")).json()
    response = sent(target, api)
    assert response.status_code == api.status, response.text[:500]
    assert response.json()["title"] not in ("Internal", "Unsupported") or api.status == 422
    assert api.says in response.text and response.headers["content-type"] == "application/problem+json"
    said = response.text + str(response.headers)
    assert not any(trace in said for trace in (TRACE, "root:", "Traceback", "/tmp/", str(target.built.folder)))  # noqa: S108  # what must not be shown
    assert target.client.get("/datasets", headers=target.headers("admin")).json() == datasets, "something was handed in"


def test_what_is_handed_in_is_private_unless_it_says_otherwise(target: Victim) -> None:
    headers = {"content-type": "text/turtle", **target.headers("provider")}
    assert target.client.post("/datasets/mine", content=TURTLE, headers=headers).json()["private"] is True
    headers = {"content-type": "text/turtle", **target.headers("admin")}
    made = target.client.post("/datasets/fresh", content=TURTLE, headers=headers)
    assert made.status_code == 201 and made.json()["private"] is True
    assert target.client.get("/datasets/fresh").status_code == 404
    again = target.client.post("/datasets/school", content=TURTLE, headers=headers)
    assert again.json()["private"] is False and target.client.get("/datasets/school").status_code == 200
