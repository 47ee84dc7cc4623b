"""Files that are dropped for a check: lines and cells around a finding, and a pack, for whoever sent them, while they are kept."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from browser.stage import DAY, Stage
from interop.test_workbook_round_trip import story
from interop.workbooks import exported
from mcqms_kg import resources
from mcqms_kg.operations.rulebooks import as_date
from mcqms_kg.service.callers.access import Caller, Role
from mcqms_kg.service.jobs.given_files import given_files
from mcqms_kg.service.jobs.jobs import Job, Jobs
from mcqms_kg.service.jobs.work import CheckFiles
from mcqms_kg.settings import JobLimits
from service.test_pages import BROWSER, form_of, sign_in
from service.test_pages_shown import links

STORY = next(path for path in resources.story_folders() if path.name == "flawed-provider")
Files = list[tuple[str, bytes]]


@pytest.fixture(scope="module")
def officer(shown: Stage) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=shown.address, headers={**BROWSER, "origin": shown.address}, timeout=100) as client:
        assert sign_in(client, shown.tokens["Paul"]).status_code == 303
        yield client


def dropped(client: httpx.Client, files: Files) -> tuple[str, str]:
    """The address of the check of these files, and its page when it has ended."""
    form = form_of(client.get("/check").text)
    sent = client.post(
        "/check", data={"form": form, "as_of": DAY}, files=[("data", (name, content)) for name, content in files]
    )
    assert sent.status_code == 303, sent.text
    address = sent.headers["location"]
    waited_for(lambda: "<progress" not in client.get(address).text)
    return address, client.get(address).text


def waited_for(holds: Callable[[], bool]) -> None:
    last = time.monotonic() + 100
    while not holds():
        assert time.monotonic() < last
        time.sleep(0.2)


def of_story(*names: str) -> Files:
    return [(name, (STORY / name).read_bytes()) for name in names]


def test_the_lines_around_a_finding_are_shown_and_lead_to_the_file(officer: httpx.Client, shown: Stage) -> None:
    check, report = dropped(officer, of_story("organisation.ttl", "leadership.ttl"))
    finding = next(text for one in links(report, "/finding/") if "<mark>" in (text := officer.get(one).text))
    file = links(finding, f"{check}/file/")[0]
    line = re.search(r"line=(\d+)", file)
    name = "organisation.ttl" if "organisation" in file else "leadership.ttl"
    assert line
    written = (STORY / name).read_text("utf-8").splitlines()[int(line[1]) - 1]
    assert f"<mark>{written.split(chr(34))[0][:20]}" in finding.replace("&#34;", '"')
    assert officer.get(file).status_code == 200 and 'aria-current="true"' in officer.get(file).text
    assert "“country of operation”: Indonesia (ID)" in report
    assert officer.get(f"{check}/file/other.ttl").status_code == 404
    with httpx.Client(base_url=shown.address, headers=BROWSER, timeout=60) as anybody:
        assert anybody.get(file).status_code == 404


def test_the_row_around_a_cell_is_shown_and_the_report_leads_to_what_to_do(officer: httpx.Client) -> None:
    book = exported(story("flawed-provider")).files["workbook.xlsx"]
    check, report = dropped(officer, [("book.xlsx", book)])
    plan = next(one for one in links(report, "/provider/plan?") if check.rsplit("/", 1)[1] in one)
    told = officer.get(plan).text
    assert "Waivers!L2" in told
    before, after = (links(part, "/finding/") for part in told.split("Waivers!L2", 1))
    finding = next(text for one in (*reversed(before), *after) if "Sheet “Waivers”" in (text := officer.get(one).text))
    assert "Expiry date" in finding and "<mark>2026-03-31</mark>" in finding
    assert officer.get(f"{check}/workbook").status_code == 200


def test_an_audit_pack_is_had_of_files_that_were_dropped(officer: httpx.Client) -> None:
    check, report = dropped(officer, of_story("organisation.ttl"))
    assert f'href="{check}/pack?lang=en"' in report
    pack = officer.get(f"{check}/pack?lang=en")
    assert pack.status_code == 200, pack.text
    with zipfile.ZipFile(io.BytesIO(pack.content)) as archive:
        kept = next(name for name in archive.namelist() if name.endswith("organisation.ttl"))
        assert archive.read(kept) == (STORY / "organisation.ttl").read_bytes()


def test_what_cannot_be_read_is_shown_with_its_line(officer: httpx.Client) -> None:
    _, told = dropped(officer, [("broken.ttl", b'<x:a> a <x:b> .\n<x:a> <x:c> "open .\n')])
    assert "<mark>&lt;x:a&gt; &lt;x:c&gt; &#34;open .</mark>" in told and 'role="alert"' in told


def test_the_oldest_files_go_where_there_is_no_more_room() -> None:
    jobs = Jobs(JobLimits(given_max_bytes=30_000), 1)
    try:
        first, second = (checked(jobs, "planning.ttl") for _ in range(2))
        assert given_files(second) == ("planning.ttl",)
        third = checked(jobs, "credentials.ttl")
        assert given_files(third) and not given_files(first) and first.outcome and first.folder.is_dir()
    finally:
        jobs.stop()


def checked(jobs: Jobs, name: str) -> Job:
    job = jobs.new("check", Caller("Paul", Role.PROVIDER), None)
    folder = job.given / "data"
    folder.mkdir()
    (folder / name).write_bytes(Path(STORY, name).read_bytes())
    jobs.begin(job, CheckFiles(folder, (name,), "mcqms", as_date(DAY), "columns"))
    assert job.future
    job.future.result(200)
    return job
