"""Checks of datasets outlast the service, and are as private as the versions that they are of."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

import mcqms_kg
from mcqms_kg import operations
from mcqms_kg.model import Choice
from mcqms_kg.operations.overviews import How, of_kept
from mcqms_kg.report import FORMATS
from mcqms_kg.report.overview import OVERVIEW_FORMATS
from mcqms_kg.service.jobs.jobs import Jobs
from mcqms_kg.service.jobs.surveys import LookOver
from mcqms_kg.service.jobs.work import Work
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits
from service.live import running
from service.served import DAY, story_workspace

PROFILE = "mcqms"
ROLES = {"Ana": "admin", "Rina": "regulator", "Budi": "auditor", "Dewi": "provider", "Citra": "learner"}


class Service:
    """A workspace with tokens, served as often as a test wants."""

    def __init__(self, folder: Path) -> None:
        self.workspace = story_workspace(folder)
        self.tokens = {
            who: mcqms_kg.new_token(who, role, ["secret"] if who == "Dewi" else (), workspace=self.workspace)
            for who, role in ROLES.items()
        }
        self.client = httpx.Client()

    def of(self, who: str) -> dict[str, str]:
        return {"authorization": f"Bearer {self.tokens[who]}"} if who else {}

    def get(self, path: str, who: str = "Rina", **options: str | int) -> httpx.Response:
        return self.client.get(path, headers=self.of(who), params=options or None)

    def check(self, dataset: str, day: str = DAY, who: str = "Ana") -> str:
        found = self.client.post(f"/datasets/{dataset}/checks", json={"as_of": day}, headers=self.of(who))
        assert found.status_code == 200, found.text
        return found.headers["content-location"].rpartition("/")[2]

    def served(self, patch: pytest.MonkeyPatch) -> Iterator[None]:
        """By a relative name, as `mcqms serve` has it, though checks are made and read elsewhere."""
        patch.setenv("MCQMS_CHECK_WAIT_S", "100")
        patch.chdir(self.workspace.parent)
        with (
            running(partial(Serving, Path(self.workspace.name), QueryLimits(), 1)) as address,
            httpx.Client(base_url=address, timeout=120) as self.client,
        ):
            yield


@pytest.fixture(scope="module")
def ids() -> dict[str, str]:
    """The checks by what they are of."""
    return {}


@pytest.fixture(scope="module")
def answers() -> dict[str, bytes]:
    """What the service said before it was restarted."""
    return {}


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, ids: dict[str, str], answers: dict[str, bytes]
) -> Iterator[Service]:
    """A service that checked two datasets, one of them private, was stopped, and is up again."""
    made = Service(tmp_path_factory.mktemp("kept"))
    mcqms_kg.check(dataset="horizon", version=1, as_of=DAY, workspace=made.workspace)
    story = Path(__file__).resolve().parents[2] / "data" / "polytechnic-networks"
    mcqms_kg.import_files([story], "secret", private=True, workspace=made.workspace)
    with pytest.MonkeyPatch.context() as patch:
        for _ in made.served(patch):
            ids |= {"horizon": made.check("horizon"), "secret": made.check("secret")}
            ids["later"] = made.check("horizon", "2026-09-30")
            for path in PATHS:
                answers[path] = made.get(path.format(**ids)).content
            for name in FORMATS:
                answers[name] = report(made, ids["horizon"], name).content
        yield from (made for _ in made.served(patch))


PATHS = (
    "/findings?dataset=horizon&limit=500",
    "/checks/{horizon}/findings?lang=id",
    "/comparisons?old={horizon}&new={later}",
    "/overview?dataset=horizon",
    "/overview?lang=id",
    "/providers",
)


def report(service: Service, id_: str, name: str) -> httpx.Response:
    headers = {**service.of("Rina"), "accept": FORMATS[name].media_type}
    return service.client.get(f"/checks/{id_}", headers=headers)


@pytest.mark.parametrize("path", PATHS)
def test_after_a_restart_the_answers_are_the_same(
    service: Service, ids: dict[str, str], answers: dict[str, bytes], path: str
) -> None:
    found = service.get(path.format(**ids))
    assert found.status_code == 200 and found.content == answers[path]


@pytest.mark.parametrize("name", FORMATS)
def test_after_a_restart_the_report_is_the_same(
    service: Service, ids: dict[str, str], answers: dict[str, bytes], name: str
) -> None:
    found = report(service, ids["horizon"], name)
    assert found.status_code == 200 and found.content == answers[name] and len(found.content) > 1000


def test_the_command_line_lists_what_the_service_keeps(service: Service, ids: dict[str, str]) -> None:
    known = {check.id: check for check in operations.checks(workspace=service.workspace)}
    assert set(ids.values()) <= set(known) and len(known) == 4
    assert (known[ids["secret"]].by, known[ids["secret"]].role) == ("Ana", "admin")
    told = service.get("/datasets/horizon/checks").json()
    assert {job["id"] for job in told} == {id_ for id_, c in known.items() if c.dataset == "horizon"}


def test_an_explanation_of_a_finding_of_before(service: Service) -> None:
    found = service.get("/findings", dataset="horizon", limit=1).json()["findings"][0]
    told = service.get(f"/findings/{found['id']}").json()
    assert found["notation"] in told["text"]


def test_the_history_of_a_finding(service: Service, ids: dict[str, str]) -> None:
    """One stands since the first version; the workload that the second version changed is new in it."""
    found = service.get("/checks/{horizon}/findings".format(**ids), limit=500).json()["findings"]
    told = {f["id"]: service.get(f"/datasets/horizon/findings/{f['id']}/history").json() for f in found}
    since = {id_: (one["since"]["version"], one["isStanding"]) for id_, one in told.items()}
    assert {(1, True), (2, True)} <= set(since.values()) <= {(1, True), (2, True), (1, False)}
    new = next(one for one in told.values() if one["since"]["version"] == 2)
    assert new["before"]["version"] == 1 and new["since"]["asOf"] == DAY
    assert service.get("/datasets/horizon/findings/0000000000000000/history").status_code == 404


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("name", OVERVIEW_FORMATS)
def test_the_overview_is_that_of_python_in_every_format(service: Service, name: str, language: str) -> None:
    media_type = {"json": "application/json", "text": "text/plain", "csv": "text/csv"}[name]
    headers = {**service.of("Rina"), "accept": media_type}
    found = service.client.get("/overview", params={"lang": language}, headers=headers)
    seen = [("horizon", 1), ("horizon", 2), ("secret", 1)]
    expected = OVERVIEW_FORMATS[name](of_kept(service.workspace, seen, How(PROFILE), Choice(), 90), language)
    assert found.status_code == 200 and found.content == expected.encode()


def test_the_trend_goes_over_versions_and_days(service: Service) -> None:
    found = service.get("/overview", dataset="horizon").json()
    assert [(p["check"]["version"], p["check"]["asOf"]) for p in found["trend"]] == [
        (1, DAY),
        (2, DAY),
        (2, "2026-09-30"),
    ]
    assert found["checks"][0]["asOf"] == "2026-09-30"
    assert service.get("/overview", dataset="horizon", as_of=DAY).json()["asOf"] == DAY


def test_a_day_of_which_nothing_is_kept(service: Service) -> None:
    found = service.get("/overview", dataset="horizon", as_of="2020-01-01")
    assert found.status_code == 404 and "is kept" in found.json()["detail"]


def test_one_provider_with_all_of_it(service: Service) -> None:
    (one,) = service.get("/overview", dataset="horizon").json()["providers"]
    name = one["term"]["value"]
    found = service.get(f"/providers/{name}").json()
    assert [p["term"]["value"] for p in found["providers"]] == [name]
    assert len(found["findings"]) == sum(one["counts"][grade] for grade in ("major", "minor", "opportunity"))
    assert {r["notation"] for r in found["providers"][0]["requirements"]} >= {"8.1d", "10.1a", "X1"}
    assert service.get("/providers/nobody").status_code == 404


def test_a_private_datasets_checks_are_private(service: Service, ids: dict[str, str]) -> None:
    """Not the auditor, nor the learner, nor the public; even who made the check would not, had they lost the dataset."""
    for who, sees in (("Rina", True), ("Dewi", True), ("Budi", False), ("Citra", False), ("", False)):
        found = {check["dataset"] for check in service.get("/overview", who).json()["checks"]}
        assert found == ({"horizon", "secret"} if sees else {"horizon"}), who
        expected = 200 if sees else 404
        for path in ("/checks/{secret}", "/checks/{secret}/findings", "/overview?dataset=secret"):
            assert service.get(path.format(**ids), who).status_code == expected, (who, path)
        assert service.get("/datasets/secret/findings/x/history", who).status_code == 404
    total = {who: service.get("/providers", who).json()["total"] for who in ("Rina", "Budi")}
    assert total == {"Rina": 2, "Budi": 1}


def test_who_asked_for_it_may_have_it_forgotten(service: Service, ids: dict[str, str]) -> None:
    path = f"/checks/{ids['later']}"
    assert service.client.delete(path, headers=service.of("Rina")).status_code == 404
    assert service.client.delete(path, headers=service.of("Ana")).status_code == 204
    assert service.get(path).status_code == 404
    assert ids["later"] not in {check.id for check in operations.checks(workspace=service.workspace)}


def test_what_the_overview_shows_first_is_made_ready_before_anybody_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Service(tmp_path)
    mcqms_kg.check([], dataset="horizon", as_of=DAY, workspace=service.workspace)
    read: list[LookOver] = []
    is_made = threading.Event()

    def reading(jobs: Jobs, work: Work[Any]) -> object:
        found = of_jobs(jobs, work)
        if isinstance(work, LookOver):
            read.append(work)
            is_made.set()
        return found

    of_jobs = Jobs.read
    monkeypatch.setattr(Jobs, "read", reading)
    for _ in service.served(monkeypatch):
        assert is_made.wait(120)
        headers = {**service.of("Rina"), "accept": "text/html"}
        assert "Horizon" in service.client.get("/", headers=headers).text
    assert len(read) == 2 and read[0] == read[1]
