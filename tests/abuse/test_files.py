"""Files and names that are made to harm whoever reads them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import mcqms_kg
from abuse.files import HANDED, Handed
from interop.test_elm_reading import BIRTH, CREDENTIAL, MAIL, NAME, NUMBER
from mcqms_kg.cli.app import main
from mcqms_kg.errors import UnreadableInput
from mcqms_kg.store.workspace import open_workspace
from service.tenants import PROVENANCE

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The command line in an empty folder with a workspace: the exit code, and what it says."""
    monkeypatch.chdir(tmp_path)
    mcqms_kg.init()

    def ran(*command: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["mcqms", *command])
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capfd.readouterr()
        return code, said.out + said.err

    return ran


@pytest.mark.parametrize("handed", HANDED, ids=lambda handed: handed.name)
def test_handed(run: Run, tmp_path: Path, handed: Handed) -> None:
    for name, content in handed.files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    before, begun = set(tmp_path.rglob("*")), time.monotonic()
    code, said = run(*handed.command)
    assert code == handed.code and handed.says in said, said[:1000]
    assert "Traceback" not in said and "root:" not in said
    assert time.monotonic() - begun < 20
    assert mcqms_kg.tokens() == () and (handed.code == 0 or mcqms_kg.datasets() == ())
    made = {path.relative_to(tmp_path).parts[0] for path in set(tmp_path.rglob("*")) - before}
    assert made <= {".mcqms"}, "nothing is left elsewhere"


def test_graph_names_in_a_file_write_no_other_graph(run: Run, tmp_path: Path) -> None:
    """TriG and N-Quads name graphs: ours, and another's. All of it is the submitted version's, and nothing else changes."""
    run("import", _written(tmp_path / "a.ttl", "<x:s> <x:p> 1 ."), "--dataset", "school")
    graphs = (f"{PROVENANCE}", f"{PROVENANCE}/private", "https://w3id.org/mcqms/dataset/school/1")
    text = "".join(f"<{graph}> {{ <x:forged> <x:p> 'Zeta' }} " for graph in graphs)
    assert run("import", _written(tmp_path / "b.trig", text), "--dataset", "forger")[0] == 0
    for graph in graphs:
        query = _written(tmp_path / "q.rq", f"SELECT ?o {{ GRAPH <{graph}> {{ <x:forged> ?p ?o }} }}")
        code, said = run("ask", "--query", query, "--format", "csv")
        assert code == 0 and "Zeta" not in said
    assert [version.dataset for version in mcqms_kg.datasets()].count("school") == 1
    everything = _written(tmp_path / "q.rq", "SELECT ?o { <x:forged> ?p ?o }")
    assert "Zeta" in run("ask", "--query", everything, "--format", "csv")[1]


def test_a_link_in_a_folder_that_leads_elsewhere(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.ttl").symlink_to("/etc/passwd")
    code, said = run("import", "folder", "--dataset", "x")
    assert code == 2 and "leads out of the folder" in said and mcqms_kg.datasets() == ()


def test_original_bytes_that_were_changed_are_not_used(run: Run, tmp_path: Path) -> None:
    run("import", _written(tmp_path / "a.ttl", "<x:s> <x:p> 1 ."), "--dataset", "school")
    (original,) = (path for path in (tmp_path / ".mcqms" / "originals").rglob("*") if path.is_file())
    original.chmod(0o600)
    original.write_text("<x:s> <x:p> 2 .")
    code, said = run("export", "school", "--format", "nt")
    assert code == 2 and "were changed" in said


def test_a_value_of_a_question_is_a_value(run: Run) -> None:
    for value in (
        'x" } INSERT DATA { <x:s> <x:p> 1 } #',
        "<x:a> } SERVICE <http://127.0.0.1:9/> { ",
        "x\n}\nSERVICE <x:y> {",
    ):
        code, said = run("ask", "who_handed_in_what", f"dataset={value}")
        assert code == 2 and "no parameter" in said


def test_a_second_process_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mcqms_kg.init()
    file = _written(tmp_path / "a.ttl", "<x:s> <x:p> 1 .")
    with open_workspace(tmp_path / ".mcqms"):
        command = [sys.executable, "-m", "mcqms_kg", "import", file, "--dataset", "school"]
        second = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert second.returncode == 2 and "Another process" in second.stderr
    assert mcqms_kg.datasets() == ()


def test_an_audit_log_that_was_changed_is_found(run: Run, tmp_path: Path) -> None:
    run("import", _written(tmp_path / "a.ttl", "<x:s> <x:p> 1 ."), "--dataset", "school")
    anchor = run("audit", "--verify")[1].rpartition(" ")[2].strip()
    log = tmp_path / ".mcqms" / "audit.jsonl"
    whole = log.read_bytes()
    for changed in (whole.replace(b'"school"', b'"sehool"'), whole.splitlines(keepends=True)[1], whole[:40]):
        log.write_bytes(changed)
        assert run("audit", "--verify", "--expect", anchor)[0] == 1
    log.write_bytes(whole)
    assert run("audit", "--verify", "--expect", anchor)[0] == 0


def test_what_is_kept_of_tokens_is_for_their_owner(run: Run, tmp_path: Path) -> None:
    code, said = run("token", "new", "--name", "Ana", "--role", "admin")
    sent = next(line for line in said.splitlines() if line.startswith("mcqms_"))
    assert code == 0 and len(sent) > 60
    assert sent not in run("token", "list")[1] and sent not in run("audit")[1]
    for path in (tmp_path / ".mcqms").rglob("*"):
        assert not path.is_file() or sent[-43:].encode() not in path.read_bytes()
    assert oct((tmp_path / ".mcqms" / "tokens.json").stat().st_mode & 0o777) == "0o600"
    assert sent not in " ".join([*sys.argv, *os.environ.values()])


def _written(path: Path, text: str) -> str:
    path.write_text(text, "utf-8")
    return str(path)


def test_an_archive_that_asks_for_too_much_is_refused(tmp_path: Path) -> None:
    mcqms_kg.init(tmp_path / "ws")
    with zipfile.ZipFile(tmp_path / "esco.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../outside.csv", "a")
        with archive.open("occupations_en.csv", "w") as out:
            for _ in range(257):
                out.write(bytes(1024 * 1024))
    with pytest.raises(UnreadableInput, match="would unpack to more than"):
        mcqms_kg.import_esco(tmp_path / "esco.zip", workspace=tmp_path / "ws")
    assert not (tmp_path.parent / "outside.csv").exists() and mcqms_kg.datasets(workspace=tmp_path / "ws") == ()


def test_names_and_circles_in_what_is_recognised_are_only_data(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        """@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix ex: <http://e/> .
        ex:c a mc:Credential ; mc:hasLevel ex:l ; mc:isCertifiedBy ex:b ; mc:requires ex:c ; rdfs:label "</text><script>\\u202e</script>" .
        ex:l mc:isLevelOf ex:f . ex:row mc:hasSourceLevel ex:l ; mc:hasTargetLevel ex:l ; mc:isMutual true . ex:b mc:isUnitOf ex:b ."""
    )
    found = mcqms_kg.recognise("http://e/c", "http://e/f", [tmp_path / "a.ttl"])
    for format in ("text", "svg", "mermaid"):
        assert "\u202e" not in found.write(format) and ("<script" not in found.write(format) or format == "text")
    assert mcqms_kg.structure("cycles", mcqms_kg.survey([tmp_path / "a.ttl"])).observations.found


@pytest.mark.parametrize("format_", ["text", "json", "turtle", "html"])
def test_a_credential_of_a_person_names_no_one(run: Run, format_: str) -> None:
    """Neither the report, nor an error, nor what is told as lost repeats who the learner is."""
    Path("credential.json").write_text(json.dumps({"credential": CREDENTIAL}), "utf-8")
    code, said = run("check", "credential.json", "--profile", "eu-2022", "--format", format_)
    assert code == 1 and ("sh:ValidationReport" if format_ == "turtle" else "Data literacy") in said
    assert not [secret for secret in (NAME, BIRTH[:10], MAIL, NUMBER) if secret in said]
    spoilt = json.dumps({"credential": CREDENTIAL | {"@context": f"https://example.org/{NAME.replace(' ', '-')}"}})
    Path("credential.json").write_text(spoilt, "utf-8")
    code, said = run("check", "credential.json", "--profile", "eu-2022")
    assert code == 2 and NAME.split()[1] not in said
