"""Pathways and recognition over HTTP: the same answers as from Python, about what the caller sees and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import mcqms_kg
from mcqms_kg import operations
from mcqms_kg.pathway.telling.formats import write
from service.served import DAY, ROOT, Api, served

POLY, UNI = (f"https://example.org/{name}/" for name in ("polytechnic-networks", "university-data-science"))
STORIES = {"poly": ROOT / "data" / "polytechnic-networks", "uni": ROOT / "data" / "university-data-science"}
TECHNICIAN = {"holds": f"{POLY}learner-2", "to": f"{POLY}certificate-technician", "as_of": DAY}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The two stories, of which the university's is private."""
    workspace = tmp_path_factory.mktemp("pathways") / "ws"
    mcqms_kg.init(workspace)
    for name, folder in STORIES.items():
        mcqms_kg.import_files([folder], name, by="Ana", private=name == "uni", workspace=workspace)
    with served(workspace) as client:
        yield client


@pytest.mark.parametrize(
    ("accept", "format"),
    [("application/json", "json"), ("text/plain", "text"), ("image/svg+xml", "svg"), ("application/gexf+xml", "gexf")],
)
def test_a_path_is_the_same_as_in_python(api: Api, accept: str, format: str) -> None:
    answer = api.get("/paths", params={**TECHNICIAN, "dataset": "poly", "lang": "id"}, headers={"accept": accept})
    assert answer.status_code == 200 and answer.headers["content-type"].split(";")[0] == accept
    found = mcqms_kg.path([STORIES["poly"]], holds=[TECHNICIAN["holds"]], to=TECHNICIAN["to"], as_of=DAY, seconds=5.0)
    assert _without_places(answer.text) == _without_places(write(found, format, "id"))


def _without_places(text: str) -> str:
    """Files lie elsewhere in a workspace than in the story."""
    return "\n".join(line for line in text.split("\n") if ".ttl" not in line)


def test_recognition_impact_coverage_and_structure(api: Api) -> None:
    recognised = api.get("/recognitions", params={"of": f"{POLY}mc-installation", "in": "ID", "as_of": DAY})
    expected = mcqms_kg.recognise(f"{POLY}mc-installation", "ID", list(STORIES.values()), as_of=DAY)
    assert recognised.json()["verdict"] == expected.answer.verdict.value
    landscape = operations.survey(list(STORIES.values()), as_of=DAY)
    for address, asked, found in [
        ("/impacts", {"of": f"{POLY}mc-installation"}, operations.impact(f"{POLY}mc-installation", landscape)),
        ("/structures/dead-ends", {}, operations.structure("dead-ends", landscape)),
    ]:
        answer = api.get(address, params={**asked, "as_of": DAY}, headers={"accept": "text/plain"})
        assert (answer.status_code, answer.text) == (200, found.write("text", "en"))


def test_nobody_learns_of_what_they_do_not_see(api: Api) -> None:
    nobody = api.of("Budi")  # an auditor to whom the private dataset is not named
    hidden = api.get("/paths", params={"holds": f"{UNI}learner-1", "to": f"{UNI}mc-modelling"}, headers=nobody)
    missing = api.get("/paths", params={"holds": f"{UNI}nothing", "to": f"{UNI}no-more"}, headers=nobody)
    assert hidden.status_code == missing.status_code == 404
    assert "modelling" not in hidden.json()["detail"].replace(f"{UNI}mc-modelling", "")
    assert api.get("/paths", params={**TECHNICIAN, "dataset": "uni"}, headers=nobody).status_code == 404
    assert api.get("/paths", params=TECHNICIAN, headers=nobody).status_code == 200


@pytest.mark.parametrize(
    ("address", "params", "status"),
    [
        ("/paths", {"to": "no iri"}, 400),
        ("/paths", {"to": f"{POLY}certificate-technician", "seconds": "1000"}, 400),
        ("/paths", {"to": f"{POLY}certificate-technician", "as_of": "yesterday"}, 400),
        ("/structures/everything", {}, 400),
        ("/recognitions", {"of": f"{POLY}mc-installation"}, 400),
        ("/paths", {"to": f"{POLY}nothing"}, 404),
        ("/paths", {"to": f"{POLY}nothing", "dataset": "nowhere"}, 404),
    ],
)
def test_what_cannot_be_asked_is_refused(api: Api, address: str, params: dict[str, str], status: int) -> None:
    answer = api.get(address, params=params)
    assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"


def test_a_page_brings_no_program(api: Api) -> None:
    answer = api.get("/paths", params=TECHNICIAN, headers={"accept": "text/html"})
    assert answer.status_code == 200 and "<script" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
