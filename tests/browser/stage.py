"""What the workbench is shown on: the shipped stories and a made-up nation, each checked, and a token for some who look."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx
import openpyxl
import pytest

import mcqms_kg
from mcqms_kg import operations, resources
from mcqms_kg.generate import generate
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits
from service.live import running

DAY, EARLIER = "2026-06-30", "2026-03-31"
UNSEEN = Path(__file__).with_name("unseen.ttl")
PROVIDERS, CREDENTIALS = 12, 40
PRIVATE = "nation"
ODD = "https://example.org/odd/"
ODD_NAMES = (
    "Sekolah" + "x" * 300,
    "مركز التدريب المهني لتكنولوجيا المعلومات",
    "<script>alert(1)</script><b>Bold & co</b>",
    "a\u202egnihtemos",
)
WHO = {"Rani": "regulator", "Lina": "learner", "Paul": "provider", "Ana": "admin"}


@dataclass(frozen=True)
class Stage:
    """Where the service is, and the tokens by name."""

    address: str
    tokens: Mapping[str, str]

    def api(self, who: str = "Rani") -> httpx.Client:
        headers = {"authorization": f"Bearer {self.tokens[who]}"} if who else {}
        return httpx.Client(base_url=self.address, headers=headers, timeout=120)


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """The stories are public; the nation is private, so that not everybody sees it."""
    workspace = folder / "ws"
    mcqms_kg.init(workspace)
    for story in resources.story_folders():
        mcqms_kg.import_files([story], story.name, title=story.name.replace("-", " ").title(), workspace=workspace)
    generate(folder / "nation.nq", PROVIDERS, CREDENTIALS, 1, 0.1, dt.date.fromisoformat(DAY))
    mcqms_kg.import_files([folder / "nation.nq"], PRIVATE, title="Nation", private=True, workspace=workspace)
    tokens = {who: mcqms_kg.new_token(who, role, workspace=workspace) for who, role in WHO.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MCQMS_CHECK_WAIT_S", "100")
        with running(partial(Serving, workspace, QueryLimits(), 1)) as address:
            found = Stage(address, tokens)
            _check_all(found)
            yield found


@contextmanager
def unseen_stage(folder: Path) -> Iterator[Stage]:
    """The stories, another nation, providers without names, and a workbook that somebody began to fill; each checked for two days."""
    workspace = folder / "ws"
    mcqms_kg.init(workspace)
    generate(folder / "nation.nq", PROVIDERS, CREDENTIALS, 4711, 0.15, dt.date.fromisoformat(DAY))
    _fill(folder / "book.xlsx")
    unseen = {PRIVATE: folder / "nation.nq", "unseen": UNSEEN, "book": folder / "book.xlsx"}
    for name, path in ({story.name: story for story in resources.story_folders()} | unseen).items():
        mcqms_kg.import_files([path], name, private=name == PRIVATE, workspace=workspace)
        for day in (EARLIER, DAY):
            mcqms_kg.check([], dataset=name, as_of=day, workspace=workspace)
    tokens = {who: mcqms_kg.new_token(who, role, workspace=workspace) for who, role in WHO.items()}
    with running(partial(Serving, workspace, QueryLimits(), 1)) as address:
        yield Stage(address, tokens)


def _fill(path: Path) -> None:
    """A workbook as somebody leaves it after an hour: a few rows, some without a name, nothing in Indonesian."""
    path.write_bytes(operations.new_workbook(base="https://example.org/coffee/").files["workbook.xlsx"])
    book = openpyxl.load_workbook(path)
    rows: dict[str, dict[str, str | int | dt.date]] = {
        "Organisations": {"ID": "ORG-01", "Name (en)": "Coffee School", "Country": "ID"},
        "People": {"ID": "P-1", "Type": "Staff member", "Name (en)": "Head 1"},
        "Micro-credentials": {"ID": "MC-01", "Name (en)": "Roasting", "Workload hours": 60, "Credits": 2},
        "Learning outcomes": {"ID": "LO-1", "Micro-credential": "MC-01"},
        "Risks": {"ID": "R-1", "Name (en)": "Supplier fails"},
        "Corrective actions": {"ID": "CA-1", "Due date": dt.date(2026, 7, 20)},
        "Evidence": {"ID": "E-1", "Name (en)": "Scan", "Expiry date": dt.date(2026, 8, 20)},
    }
    for name, row in rows.items():
        columns = {str(cell.value): int(cell.column or 0) for cell in book[name][1]}
        for column, value in row.items():
            book[name].cell(2, columns[column], value)
    book.save(path)


@contextmanager
def empty_stage(folder: Path) -> Iterator[Stage]:
    """A workspace into which nothing was handed in."""
    mcqms_kg.init(folder / "ws")
    token = mcqms_kg.new_token("Rani", "regulator", workspace=folder / "ws")
    with running(partial(Serving, folder / "ws", QueryLimits(), 1)) as address:
        yield Stage(address, {"Rani": token})


@contextmanager
def odd_stage(folder: Path) -> Iterator[Stage]:
    """Providers with names that pages are seldom made for, one of them with more than a thousand findings; everybody sees them."""
    mcqms_kg.init(folder / "ws")
    data = folder / "odd.ttl"
    data.write_text(_odd(), "utf-8")
    mcqms_kg.import_files([data], "odd", workspace=folder / "ws")
    mcqms_kg.check([], dataset="odd", as_of=DAY, workspace=folder / "ws")
    token = mcqms_kg.new_token("Rani", "regulator", workspace=folder / "ws")
    with running(partial(Serving, folder / "ws", QueryLimits(), 1)) as address:
        yield Stage(address, {"Rani": token})


def _odd() -> str:
    names = {"mc": "https://w3id.org/mcqms/ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "ex": ODD}
    lines = [f"@prefix {prefix}: <{name}> ." for prefix, name in names.items()]
    for number, name in enumerate(ODD_NAMES):
        lines.append(f"ex:p{number} a mc:Provider ; rdfs:label {json.dumps(name, ensure_ascii=False)} .")
        for credential in range(60 if number == 0 else 1):
            called = json.dumps(f"{name} {credential}", ensure_ascii=False)
            lines.append(
                f"ex:p{number}c{credential} a mc:MicroCredential ; rdfs:label {called} ; mc:isOfferedBy ex:p{number} ."
            )
    return "\n".join(lines)


def _check_all(found: Stage) -> None:
    with found.api() as api:
        for dataset in (*(story.name for story in resources.story_folders()), PRIVATE):
            done = api.post(f"/datasets/{dataset}/checks", json={"as_of": DAY}, headers={"accept": "text/plain"})
            assert done.status_code == 200, done.text


def chromium() -> str | None:
    """Where Debian's browser is."""
    return shutil.which("chromium")
