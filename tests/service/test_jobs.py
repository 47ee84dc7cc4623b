"""Checks that take long: 202, progress, cancel inside a query, limits, and a service that goes on answering."""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
import time
from pathlib import Path

import httpx
import pytest

import mcqms_kg
from mcqms_kg.errors import Cancelled, TookTooLong, Unavailable, WorkerDied
from mcqms_kg.generate import generate
from mcqms_kg.operations import as_date
from mcqms_kg.service.job_responses import wished_wait
from mcqms_kg.service.jobs.jobs import Job, Jobs, State
from mcqms_kg.service.jobs.work import AskPathways, CheckFiles, ValidateFiles
from mcqms_kg.service.middleware import Front
from mcqms_kg.settings import JobLimits, ServiceLimits
from service.served import ADMIN, DAY, STORY, Api, served, story_workspace

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> . "


def many(things: int) -> str:
    return PREFIXES + " ".join(f"e:s{n} a e:C ; e:p {n} ." for n in range(things))


MANY = many(2_000)
ENDLESS = (
    PREFIXES
    + """e:shape a sh:NodeShape ; sh:targetClass e:C ; sh:sparql e:endless .
e:endless sh:message "Never said."@en ; sh:select '''SELECT $this WHERE {
  $this <http://e/p> ?a . ?s <http://e/p> ?b . ?t <http://e/p> ?c . ?u <http://e/p> ?d . FILTER (?a + ?b + ?c + ?d < 0) }''' ."""
)
QUICK = (
    PREFIXES
    + "e:shape a sh:NodeShape ; sh:targetClass e:C ; sh:property e:named . e:named sh:path e:p ; sh:minCount 1 ."
)


def files(data: str, shapes: str) -> list[tuple[str, tuple[str, bytes]]]:
    return [("data", ("data.ttl", data.encode())), ("shapes", ("shapes.ttl", shapes.encode()))]


def begin(client: httpx.Client, shapes: str = ENDLESS) -> str:
    """The address of a validation's job that was begun."""
    found = client.post("/validations", files=files(MANY, shapes), headers={"prefer": "respond-async"})
    assert found.status_code == 202 and found.headers["location"] == f"/jobs/{found.json()['id']}"
    return found.headers["location"]


def until_closed(client: httpx.Client, events: str) -> None:
    """Until the service has seen that the streams that were left are closed."""
    for _ in range(600):
        with client.stream("GET", events) as one, client.stream("GET", events) as two:
            if {one.status_code, two.status_code} == {200}:
                return
        time.sleep(0.05)
    raise AssertionError("streams that were left still count")


def until(client: httpx.Client, job: str, *states: str) -> dict[str, object]:
    for _ in range(600):
        found: dict[str, object] = client.get(job).json()
        if found["state"] in states:
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def test_a_job_comes_to_its_report(api_client: Api) -> None:
    job = begin(api_client, QUICK)
    state = until(api_client, job, "done")
    assert state["outcome"] == {"verdict": "conformant", "findings": 0, "share": None, "waived": None}
    assert api_client.get(str(state["result"])).json()["conforms"] is True
    assert api_client.delete(str(state["result"])).status_code == 204
    assert api_client.get(job).status_code == api_client.get(str(state["result"])).status_code == 404


def test_events_tell_shape_by_shape_and_end(api_client: Api) -> None:
    given = [("data", (path.name, path.read_bytes())) for path in sorted(STORY.glob("*.ttl"))]
    begun = api_client.post("/checks", files=given, data={"as_of": DAY}, headers={"prefer": "respond-async"})
    events = api_client.get(f"{begun.headers['location']}/events").text
    told = [dict(line.split(": ", 1) for line in event.split("\n")) for event in events.strip().split("\n\n")]
    assert [event["event"] for event in told] == ["progress"] * (len(told) - 1) + ["done"]
    steps = [json.loads(event["data"]) for event in told[:-1]]
    assert [step["done"] for step in steps] == list(range(steps[0]["total"])) and len(steps) > 100
    assert json.loads(told[-1]["data"])["outcome"]["findings"] == 46
    later = api_client.get(f"{begun.headers['location']}/events", headers={"last-event-id": told[-3]["id"]}).text
    assert later.count("event: ") == 2


def test_events_end_with_the_token(api_client: Api) -> None:
    token = mcqms_kg.new_token("Eka", "auditor", workspace=api_client.workspace)
    with httpx.Client(base_url=api_client.base_url, headers={"authorization": f"Bearer {token}"}, timeout=60) as eka:
        job = begin(eka)
        until(eka, job, "running")
        with eka.stream("GET", f"{job}/events") as events:
            said = events.iter_text()
            assert "progress" in next(said)
            mcqms_kg.revoke_token("Eka", workspace=api_client.workspace)
            rest = "".join(said)  # which ends, though the job goes on
        assert not re.search("event: (done|failed|cancelled)", rest)
        assert eka.get(job).status_code == 401
    again = mcqms_kg.new_token("Eka", "auditor", workspace=api_client.workspace)
    assert api_client.delete(job, headers={"authorization": f"Bearer {again}"}).status_code == 204


def test_a_job_is_cancelled_inside_a_query(api_client: Api) -> None:
    job = begin(api_client)
    while not api_client.get(job).json()["total"]:
        time.sleep(0.05)
    result = str(api_client.get(job).json()["result"])
    pending = api_client.get(result)
    assert (pending.status_code, pending.headers["location"]) == (202, job)
    assert api_client.delete(job).status_code == 204
    assert api_client.get(job).status_code == 404
    begun = time.monotonic()
    assert until(api_client, begin(api_client, QUICK), "done") and time.monotonic() - begun < 20


def test_events_of_a_cancelled_job_end(api_client: Api) -> None:
    job = begin(api_client)
    until(api_client, job, "running")
    threading.Timer(0.5, lambda: httpx.delete(f"{api_client.base_url}{job}", headers=api_client.headers)).start()
    last = api_client.get(f"{job}/events").text.strip().split("\n\n")[-1]
    assert "event: cancelled" in last and '"Cancelled"' in last


def test_who_hoards_event_streams_is_refused_and_others_are_not(tmp_path: Path) -> None:
    with served(story_workspace(tmp_path), front=Front(limits=ServiceLimits(max_event_streams=2))) as client:
        events = f"{begin(client)}/events"
        with client.stream("GET", events) as one, client.stream("GET", events) as two:
            assert (one.status_code, two.status_code) == (200, 200)
            refused = client.get(events)
            assert refused.status_code == 503 and "2 event streams open already" in refused.json()["detail"]
            assert client.get(events.removesuffix("/events")).status_code == 200
        until_closed(client, events)  # what was closed counts no more
        client.delete(events.removesuffix("/events"))


def test_jobs_are_their_owners(api_client: Api) -> None:
    job = begin(api_client, QUICK)
    state = until(api_client, job, "done")
    for address in (job, f"{job}/events", str(state["result"])):
        assert api_client.get(address, headers=api_client.of("Budi")).status_code == 404
        assert api_client.get(address).status_code == 200
    assert api_client.delete(job, headers=api_client.of("Budi")).status_code == 404
    assert api_client.delete(job).status_code == 204


def test_others_are_answered_while_checks_run(api_client: Api) -> None:
    """Both processes that check are at work, and queries, lists and reports do not wait for them."""
    jobs = [begin(api_client) for _ in range(2)]
    for job in jobs:
        until(api_client, job, "running")
    times = []
    for _ in range(30):
        begun = time.monotonic()
        assert api_client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
        assert api_client.get("/clauses").status_code == 200
        times.append(time.monotonic() - begun)
    assert {api_client.get(job).json()["state"] for job in jobs} == {"running"}
    for job in jobs:
        assert api_client.delete(job).status_code == 204
    assert sorted(times)[len(times) // 2] < 2


@pytest.mark.parametrize(
    ("prefer", "seconds"),
    [
        ("", 20),
        ("respond-async", 0),
        ("respond-async, wait=5", 5),
        ("wait=100", 20),
        ('Respond-Async; foo="bar"', 0),
        ("handling=lenient", 20),
        ("wait=-1", 20),
    ],
)
def test_how_long_a_caller_is_kept_waiting(prefer: str, seconds: int) -> None:
    assert wished_wait(prefer, 20) == seconds


def ended(job: Job) -> Job:
    assert job.future
    job.future.result(60)
    return job


def begun(jobs: Jobs, shapes: str = ENDLESS, data: str = MANY) -> Job:
    job = jobs.new("validation", ADMIN, None)
    (job.given / "data.ttl").write_text(data)
    (job.given / "shapes.ttl").write_text(shapes)
    jobs.begin(job, ValidateFiles(job.given, ("data.ttl",), ("shapes.ttl",), "columns"))
    return job


def at_work(job: Job, times: int = 1) -> None:
    """Waits until the job has begun its first shape, once or twice."""
    while sum(step.done == 0 for step in job.steps) < times:
        assert not job.has_ended
        time.sleep(0.05)


def test_limits_of_time_and_number() -> None:
    jobs = Jobs(JobLimits(check_timeout_s=6, jobs_max=2), 1)
    try:
        first, second = begun(jobs), begun(jobs, QUICK)
        with pytest.raises(Unavailable, match="Too many"):
            jobs.new("check", ADMIN, None)
        assert isinstance(ended(first).problem, TookTooLong) and first.state is State.FAILED
        assert ended(second).state is State.DONE, "the next one does not run"
        assert not first.given.exists() and not second.given.exists()
        for _ in range(3):
            ended(begun(jobs, QUICK))
        assert sum(jobs.count().values()) <= 3 and jobs.find(first.id) is None
    finally:
        jobs.stop()
    assert not first.folder.parent.exists()


def test_the_limit_of_memory() -> None:
    jobs = Jobs(JobLimits(check_memory_mb=20), 1)
    try:
        assert isinstance(ended(begun(jobs, QUICK, many(200_000))).problem, WorkerDied)
    finally:
        jobs.stop()


def test_a_waiting_job_is_cancelled_and_one_that_does_not_stop_is_killed() -> None:
    jobs = Jobs(JobLimits(), 1)
    try:
        running = jobs.new("check", ADMIN, None)
        for path in STORY.glob("*.ttl"):
            (running.given / path.name).write_bytes(path.read_bytes())
        names = tuple(path.name for path in sorted(STORY.glob("*.ttl")))
        jobs.begin(running, CheckFiles(running.given, names, "mcqms", as_date(DAY), "reference"))
        waiting = begun(jobs, QUICK)
        at_work(running)
        jobs.cancel(waiting)
        assert waiting.state is State.CANCELLED and waiting.has_ended
        jobs.cancel(running)  # pySHACL is at work: it hears nothing until its next shape
        begun_at = time.monotonic()
        assert isinstance(ended(running).problem, Cancelled) and time.monotonic() - begun_at < 15
        assert ended(begun(jobs, QUICK)).state is State.DONE
    finally:
        jobs.stop()


def test_a_cancelled_query_leaves_its_process_alive() -> None:
    jobs = Jobs(JobLimits(), 1)
    try:
        ended(begun(jobs, QUICK))
        endless = begun(jobs)
        at_work(endless)
        child = endless.child
        assert child
        process = child._running
        jobs.cancel(endless)
        assert isinstance(ended(endless).problem, Cancelled) and child._running is process
        assert ended(begun(jobs, QUICK)).state is State.DONE
    finally:
        jobs.stop()


def test_what_a_process_kept_costs_no_check() -> None:
    """One that died and had done something before is started anew for the same work; one that was fresh is not."""
    jobs = Jobs(JobLimits(), 1)
    try:
        ended(begun(jobs, QUICK))
        endless = begun(jobs)
        for times in (1, 2):
            at_work(endless, times)
            assert endless.state is State.RUNNING and endless.child
            endless.child.kill()
        assert isinstance(ended(endless).problem, WorkerDied) and endless.state is State.FAILED
    finally:
        jobs.stop()


def test_who_may_not_check(api_client: Api) -> None:
    for address, sent in (
        ("/checks", {"data": b"x"}),
        ("/validations", {"data": b"x"}),
        ("/datasets/new", {"data": b"x"}),
    ):
        found = api_client.post(address, files=sent, headers=api_client.of("Citra"))
        assert (found.status_code, found.json()["title"]) == (403, "Forbidden")
    asked = api_client.post("/checks", json={"dataset": "horizon"}, headers=api_client.of("Citra"))
    assert asked.status_code == 403


def test_a_question_about_pathways_may_take_longer_than_its_caller_would_wait_for_a_check(tmp_path: Path) -> None:
    generate(tmp_path / "nation.nq", 10, 80, 1, 0.1, dt.date.fromisoformat(DAY))
    jobs = Jobs(JobLimits(check_wait_s=1), 1)
    try:
        asked = AskPathways(tmp_path, ("nation.nq",), "structure", {"value": "dead-ends"}, as_date(DAY), "json", "en")
        assert json.loads(jobs.ask_pathways(asked))
    finally:
        jobs.stop()
