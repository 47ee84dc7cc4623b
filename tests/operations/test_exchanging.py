"""What our graph says in a standard of others: refused, forced, prechecked, and with everything that is lost told."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

import mcqms_kg
from mcqms_kg.cli.app import app
from mcqms_kg.errors import BadValue, EmptyInput, UnknownName, Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.interop import standards
from mcqms_kg.model import Grade, Loss, Wanted, Written

STORY = Path(__file__).resolve().parents[2] / "data" / "polytechnic-networks"
HERE = "https://example.org/polytechnic-networks/"
MICRO = terms.iri("https://w3id.org/mcqms/ns#MicroCredential")
BARE = f"""@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix ex: <{HERE}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:bare a mc:MicroCredential ; rdfs:label "Bare"@en ; mc:isOfferedBy ex:provider .
"""
LOST = {"en": "Needs have no place.", "id": "Kebutuhan tidak mempunyai tempat."}


def _write(graph: GraphIndex, wanted: Wanted) -> Written:
    found = wanted.about or tuple(t for t in graph.instances(MICRO) if t in wanted.given)
    if not found:
        raise EmptyInput("There is no micro-credential", remedy="Give one.")
    names = [graph.name(term, wanted.language) for term in found]
    return Written({"toy.json": json.dumps(names).encode()}, tuple(Loss(term, LOST) for term in found))


@pytest.fixture(autouse=True)
def _toy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A standard that asks of data what the second framework asks."""
    module = ModuleType("mcqms_kg.interop.toy")
    module.write = _write  # type: ignore[attr-defined]  # what a file of a standard has
    monkeypatch.setitem(sys.modules, "mcqms_kg.interop.toy", module)
    rows = {name: standards.Standard(name, {"en": "Toys"}, "toy", writes=True, profile=p) for name, p in ROWS.items()}
    monkeypatch.setattr(standards, "STANDARDS", {**standards.STANDARDS, **rows})
    yield


ROWS = {"toy": "eu-2022", "easy": ""}


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    path = tmp_path / "bare.ttl"
    path.write_text(BARE)
    return path


def test_what_the_target_would_not_accept_is_refused_and_can_be_forced(bare: Path) -> None:
    with pytest.raises(BadValue, match=r"would not accept this: .* major findings, the first: .*bare"):
        mcqms_kg.export_to(mcqms_kg.ExportRequest("toy", [bare], as_of="2026-06-30"))
    forced = mcqms_kg.export_to(mcqms_kg.ExportRequest("toy", [bare]), force=True)
    assert forced.files == {"toy.json": b'["Bare"]'}
    assert forced.losses == (Loss(f"<{HERE}bare>", LOST),)


def test_what_is_not_wanted_keeps_nothing_from_being_written(bare: Path) -> None:
    with pytest.raises(BadValue, match="would not accept"):
        mcqms_kg.export_to(mcqms_kg.ExportRequest("toy", [STORY, bare], as_of="2026-06-30"))
    written = mcqms_kg.export_to(
        mcqms_kg.ExportRequest("toy", [STORY, bare], about=[f"{HERE}mc-cable"], as_of="2026-06-30", language="id")
    )
    assert json.loads(written.files["toy.json"]) == ["Menyiapkan kabel jaringan"]


def test_the_precheck_is_a_report_and_says_what_would_be_lost(bare: Path) -> None:
    found = mcqms_kg.precheck(mcqms_kg.ExportRequest("toy", [bare], as_of="2026-06-30"))
    assert found.report.profile == "eu-2022"
    assert found.report == mcqms_kg.check([bare], profile="eu-2022", as_of="2026-06-30")
    assert [loss.at for loss in found.losses] == [f"<{HERE}bare>"]


def test_what_cannot_be_prechecked_says_so(bare: Path, tmp_path: Path) -> None:
    with pytest.raises(Unsupported, match="asks nothing"):
        mcqms_kg.precheck(mcqms_kg.ExportRequest("easy", [bare]))
    assert mcqms_kg.export_to(mcqms_kg.ExportRequest("easy", [bare])).files
    nothing = tmp_path / "nothing.ttl"
    nothing.write_text("<https://example.org/a> <https://example.org/b> 1 .")
    with pytest.raises(EmptyInput, match="no micro-credential"):
        mcqms_kg.precheck(mcqms_kg.ExportRequest("toy", [nothing]))


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"about": ["no iri"]}, BadValue, "no IRI"),
        ({"about": [f"{HERE}nobody"]}, UnknownName, "says nothing of"),
        ({"base": "ftp://example.org/"}, BadValue, "no base"),
        ({"base": "https://example.org"}, BadValue, "no base"),
        ({"language": "fr"}, BadValue, "no language"),
        ({"as_of": "yesterday"}, BadValue, "no(t| is) a date|not a date"),
    ],
    ids=["about", "unknown", "scheme", "slash", "language", "day"],
)
def test_what_cannot_be_wanted(bare: Path, given: dict[str, object], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        mcqms_kg.export_to(mcqms_kg.ExportRequest("easy", [bare], **given))  # type: ignore[arg-type]  # wrong on purpose


def test_names_that_are_not_known(bare: Path) -> None:
    with pytest.raises(UnknownName, match="No standard is named 'toys'"):
        mcqms_kg.export_to(mcqms_kg.ExportRequest("toys", [bare]))


def test_the_command_line_tells_losses_in_words_and_in_a_file(bare: Path, tmp_path: Path) -> None:
    out, lost = tmp_path / "out.json", tmp_path / "lost.json"
    command = ["export", "--from", str(bare), "--to", "toy", "--force", "-o", str(out), "--losses", str(lost)]
    done = CliRunner().invoke(app, [*command, "--lang", "id"])
    assert done.exit_code == 0, done.output
    assert out.read_bytes() == b'["Bare"]'
    assert "1 × Kebutuhan tidak mempunyai tempat. (<https://example.org/polytechnic-networks/bare>)" in done.stderr
    told = json.loads(lost.read_text("utf-8"))
    assert told == {"standard": "toy", "losses": [{"at": f"<{HERE}bare>", "what": LOST, "value": ""}]}


def test_the_command_line_prechecks_in_every_format_and_writes_nothing_else(bare: Path, tmp_path: Path) -> None:
    command = ["export", "--from", str(bare), "--to", "toy", "--precheck", "--as-of", "2026-06-30"]
    done = CliRunner().invoke(app, [*command, "-f", "json"])
    assert done.exit_code == 1
    assert json.loads(done.stdout)["profile"] == "eu-2022"
    assert "Needs have no place" in done.stderr
    report = tmp_path / "report.csv"
    assert CliRunner().invoke(app, [*command, "-o", str(report), "--fail-on", "never"]).exit_code == 0
    assert "AI." in report.read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bare.ttl", "report.csv"]


@pytest.mark.parametrize("syntax", ["turtle", "trig", "nt", "nq", "rdfxml", "jsonld"])
def test_files_go_into_every_syntax_and_come_back(syntax: str, tmp_path: Path) -> None:
    written = mcqms_kg.export_to(mcqms_kg.ExportRequest(syntax, [STORY]))
    ((name, content),) = written.files.items()
    (tmp_path / name).write_bytes(content)
    again = mcqms_kg.export_to(mcqms_kg.ExportRequest("nt", [tmp_path / name]))
    assert sorted(again.files["data.nt"].splitlines()) == sorted(
        mcqms_kg.export_to(mcqms_kg.ExportRequest("nt", [STORY])).files["data.nt"].splitlines()
    )
    assert not written.losses


def test_names_of_graphs_that_are_dropped_are_told(tmp_path: Path) -> None:
    path = tmp_path / "named.nq"
    path.write_text("<http://e/a> <http://e/b> <http://e/c> <http://e/g> .\n")
    written = mcqms_kg.export_to(mcqms_kg.ExportRequest("nq", [path]))
    assert written.files["data.nq"] == b"<http://e/a> <http://e/b> <http://e/c> .\n"
    assert [loss.at for loss in written.losses] == [str(path)]


def test_a_part_of_the_data_as_rdf() -> None:
    written = mcqms_kg.export_to(mcqms_kg.ExportRequest("nt", [STORY], about=[f"{HERE}task-cable-1"]))
    subjects = {line.split()[0] for line in written.files["data.nt"].decode().splitlines()}
    assert f"<{HERE}task-cable-1>" in subjects and f"<{HERE}outcome-cable-1>" in subjects
    assert f"<{HERE}mc-cable>" not in subjects


def test_one_request_is_prechecked_and_then_exported() -> None:
    request = mcqms_kg.ExportRequest("elm", [STORY], as_of="2026-06-30", name="x")
    found = mcqms_kg.precheck(request)
    assert found.report.framework.name == "elm"
    assert mcqms_kg.export_to(request).losses == found.losses
    with pytest.raises(FrozenInstanceError):
        request.language = "id"  # type: ignore[misc]  # wrong on purpose


def test_a_folder_of_tables_has_a_digest(tmp_path: Path) -> None:
    written = mcqms_kg.export_to(mcqms_kg.ExportRequest("workbook", [STORY], options={"csv": "yes"}))
    for name, content in written.files.items():
        (tmp_path / "book" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "book" / name).write_bytes(content)
    folder = next(path.parent for path in (tmp_path / "book").rglob("*.csv"))
    (folder / "notes.txt").write_text("not of the workbook")
    found = mcqms_kg.check([folder], as_of="2026-06-30").checked
    tables = sorted((path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in folder.glob("*.csv"))
    listed = "".join(f"{digest}  {name}\n" for name, digest in tables)
    assert [file.sha256 for file in found] == [hashlib.sha256(listed.encode()).hexdigest()]
    changed = folder / tables[0][0]
    changed.write_bytes(changed.read_bytes() + b"\r\n")
    again = mcqms_kg.check([folder], as_of="2026-06-30").checked
    assert again[0].sha256 != found[0].sha256


def test_a_precheck_says_why_where_nothing_can_be_written(tmp_path: Path) -> None:
    """The only credential has an outcome without words, which the target refuses: that is a finding, not an error."""
    data = tmp_path / "data.ttl"
    data.write_text(
        """@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix e: <https://e.org/> .
        e:school a mc:Provider ; rdfs:label "School"@en ; mc:country "SG" .
        e:crane a mc:MicroCredential ; rdfs:label "Signaller"@en ; mc:isOfferedBy e:school ; mc:hasOutcome e:blank ;
          mc:publicPage "https://e.org/crane"^^<http://www.w3.org/2001/XMLSchema#anyURI> .
        e:blank a mc:LearningOutcome ; rdfs:label " "@en ."""
    )
    found = mcqms_kg.precheck(mcqms_kg.ExportRequest("elm", [data], as_of="2026-06-30"))
    major = [f for f in found.report.findings() if f.grade is Grade.MAJOR]
    assert [f.focus.term for f in major] == ["<https://e.org/crane>"]
    with pytest.raises(
        EmptyInput, match=r"<https://e.org/crane>: Left out.* It has no name\. \(<https://e.org/blank>\)"
    ):
        mcqms_kg.export_to(mcqms_kg.ExportRequest("elm", [data], as_of="2026-06-30"), force=True)
