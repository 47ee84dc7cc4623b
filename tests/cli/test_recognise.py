"""Recognition from the command line, on the stories: the answers people check by hand, in every format."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

import mcqms_kg
from mcqms_kg import resources
from mcqms_kg.cli.app import app
from mcqms_kg.errors import BadValue, McqmsError, UnknownName

DATA = resources.root() / "data"
UNI, POLY = (f"https://example.org/{name}/" for name in ("university-data-science", "polytechnic-networks"))


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mcqms_kg", "recognise", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, cwd=cwd, text=True, timeout=120, check=False)


def uni(credential: str, *arguments: str, day: str = "2026-06-30") -> Result:
    """The same in this process, for the university's data."""
    given = ["recognise", UNI + credential, str(DATA / "university-data-science"), "--as-of", day, *arguments]
    return CliRunner().invoke(app, given)


def test_an_agreement_that_the_honouring_side_shows() -> None:
    done = uni("mc-modelling", "--in", "MY")
    assert done.exit_code == 0 and done.stdout.startswith("Recognised in Malaysia (MY).\n")
    assert "source: Letter of recognition issued by Coral Coast University" in done.stdout
    assert "by this body only: Coral Coast University (example)" in done.stdout


def test_what_is_not_covered_and_what_has_ended() -> None:
    done = uni("mc-deployment", "--in", "MY")
    assert done.exit_code == 1
    assert "if Agreement with Coral Coast University also covered Bringing models into use." in done.stdout
    later = uni("mc-modelling", "--in", "MY", day="2028-09-01")
    assert later.exit_code == 1
    assert "It would be recognised if Agreement with Coral Coast University were still in force." in later.stdout


def test_what_rests_on_unverified_rows_says_so_first() -> None:
    done = uni("mc-modelling", "--in", "AQRF", "--lang", "id")
    assert done.exit_code == 1 and done.stdout.startswith("BELUM DIVERIFIKASI: ")
    assert "Akan diakui jika KKNI jenjang 6 dan AQRF jenjang 6 (belum diverifikasi) disahkan." in done.stdout
    assert "jenjang: AQRF jenjang 6" in done.stdout and "sumber: Laporan Referensi Indonesia" in done.stdout


def test_at_home_the_licence_recognises_until_it_ends() -> None:
    done = uni("mc-modelling", "--in", "ID", "--format", "json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["verdict"], told["chains"][0]["national"]) == (0, "recognised", True)
    assert told["chains"][0]["level"] == "https://w3id.org/mcqms/kkni/6"
    assert [uni("mc-modelling", "--in", "ID", day=day).exit_code for day in ("2027-03-13", "2027-03-14")] == [0, 1]
    assert uni("award-2", "--in", "ID", day="2027-03-14").exit_code == 0, "the issuer was licensed when it issued"


def test_every_format_holds_the_reasons(tmp_path: Path) -> None:
    told = json.loads(uni("mc-modelling", "--in", "EQF", "-f", "json").stdout)
    stated = {tuple(triple) for chain in told["chains"] for link in chain["links"] for triple in link["statements"]}
    turtle = uni("mc-modelling", "--in", "EQF", "-f", "turtle").stdout
    parsed = {(str(q.subject), str(q.predicate), str(q.object)) for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    assert parsed == stated and len(parsed) == 8
    out = tmp_path / "chain.svg"
    assert uni("mc-modelling", "--in", "EQF", "-f", "svg", "-o", str(out)).stdout == ""
    drawn = ET.fromstring(out.read_text("utf-8"))  # noqa: S314  # our own drawing
    assert {element.tag.rpartition("}")[2] for element in drawn.iter()} <= {
        *("svg", "title", "defs", "marker", "path", "rect", "text", "line")
    }
    assert sum("? unverified" in (element.text or "") for element in drawn.iter()) == 2
    chart = uni("mc-modelling", "--in", "EQF", "-f", "mermaid").stdout.splitlines()
    assert chart[0] == "flowchart LR" and sum("-.->" in line for line in chart) == 2


def test_datasets_of_a_workspace(tmp_path: Path) -> None:
    mcqms_kg.init(tmp_path / ".mcqms")
    for story in ("university-data-science", "polytechnic-networks"):
        mcqms_kg.import_files([DATA / story], story, workspace=tmp_path / ".mcqms")
    given = ("--in", "MY", "--as-of", "2026-06-30")
    assert run(UNI + "mc-preparation", *given, cwd=tmp_path).returncode == 0
    other = run(UNI + "mc-preparation", *given, "--dataset", "polytechnic-networks", cwd=tmp_path)
    assert other.returncode == 2 and "Nothing is said of" in other.stderr
    assert run(POLY + "mc-switching", "--in", "SG", cwd=tmp_path).returncode == 1


def test_what_cannot_be_asked_is_refused() -> None:
    done = run("mc-modelling", DATA / "university-data-science", "--in", "ID")
    assert done.returncode == 2 and "'mc-modelling' is no IRI" in done.stderr
    for arguments, told in (
        (("--in", "Malaysia"), "names no framework and no country"),
        (("--in", "ID", "--format", "pdf"), "Known formats: text, json, turtle, svg, mermaid"),
        (("--in", "ID", "--as-of", "today"), "today"),
    ):
        problem = uni("mc-modelling", *arguments).exception
        assert isinstance(problem, McqmsError) and told in str(problem)
    with pytest.raises(BadValue, match="Both files and datasets"):
        mcqms_kg.recognise(UNI + "mc-modelling", "ID", [DATA / "university-data-science"], datasets=["x"])
    with pytest.raises(UnknownName, match="Nothing is said"):
        mcqms_kg.recognise(UNI + "nothing", "ID", [DATA / "university-data-science"])


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    data = tmp_path / "a.ttl"
    data.write_text(
        """@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix ex: <http://e/> .
        ex:c a mc:Credential ; mc:hasLevel ex:l ; rdfs:label "</text><script>alert(1)</script>\\"]; click n0 href \\"http://x\\" {x}" .
        ex:l mc:isLevelOf ex:f ; rdfs:label "&<>'\\n{values}" . ex:f a mc:QualificationFramework ."""
    )
    found = mcqms_kg.recognise("http://e/c", "http://e/f", [data])
    ET.fromstring(found.write("svg"))  # noqa: S314  # our own drawing
    assert "<script" not in found.write("svg")
    assert "click n0" in found.write("mermaid") and '"]; click' not in found.write("mermaid")
    assert "{x}" in found.write("text") and json.loads(found.write("json"))["verdict"] == "recognised"
