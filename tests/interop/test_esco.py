"""ESCO as a dataset: a small archive word for word, what is refused with file, row and column, and the official release whole."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import mcqms_kg
from interop.archives import ESCO, GIT, OCCUPATION, OTHER, SKILL, Tables, pack, pack_texts, small, text_of, whole_esco
from mcqms_kg import resources
from mcqms_kg.errors import BadValue, McqmsError, UnreadableInput, WorkspaceError
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.interop import tables
from mcqms_kg.interop.esco import reading as esco
from mcqms_kg.model import Term
from mcqms_kg.namespaces import DCTERMS, MC, RDFS, SKOS
from mcqms_kg.settings import MEBIBYTE

WHOLE = whole_esco()
needs_esco = pytest.mark.skipif(WHOLE is None, reason="ESCO 1.1.1 is not here; set MCQMS_SUITES beside facts/esco")


def read(path: Path, release: str = "any") -> tuple[GraphIndex, esco.Read]:
    said = esco.Read()
    return GraphIndex(esco.statements(path, said, release)), said


def mc(name: str) -> Term:
    return terms.iri(MC + name)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    mcqms_kg.init(tmp_path / ".mcqms")
    return tmp_path


def test_what_a_small_archive_says(tmp_path: Path) -> None:
    graph, said = read(pack(tmp_path / "esco.zip", small()))
    job, other, skill, git = map(terms.iri, (OCCUPATION, OTHER, SKILL, GIT))
    assert set(graph.types(job)) == {
        terms.iri(SKOS + "Concept"),
        terms.iri("http://data.europa.eu/esco/model#Occupation"),
        mc("JobTitle"),
    }
    assert graph.texts(job, terms.iri(RDFS + "label")) == {"en": "data worker"}
    others = graph.objects(job, terms.iri(SKOS + "altLabel"))
    assert set(map(terms.lexical, others)) == {'worker, with "data"', "who works; data"}, "the cell has lines"
    assert graph.objects(job, mc("requiresSkill")) == (skill,) and graph.objects(job, mc("benefitsFromSkill")) == (git,)
    assert graph.objects(job, mc("hasIscoGroup")) == (terms.iri(f"{ESCO}isco/C2511"),)
    assert graph.objects(other, terms.iri(SKOS + "broader")) == (job,)
    assert graph.objects(job, mc("isInMap")) == (terms.iri(f"{ESCO}concept-scheme/occupations"),)
    assert graph.texts(skill, terms.iri(DCTERMS + "description")) == {"en": "What clean data means."}
    assert terms.iri("https://w3id.org/mcqms/esco/collection/digital-skills") in graph.subjects(
        terms.iri(SKOS + "member"), git
    )
    assert graph.objects(terms.iri(f"{ESCO}isced-f/0613"), terms.iri(SKOS + "notation")) == (terms.literal("0613"),)
    assert said.rows["occupation-skill relations"] == 3 and said.notes == ()


def test_a_table_may_name_what_no_table_describes_and_that_is_told(tmp_path: Path) -> None:
    given = small()
    ghost = f"{ESCO}occupation/00000000-0000-4000-8000-000000000009"
    given["occupationSkillRelations.csv"].append({**given["occupationSkillRelations.csv"][0], "occupationUri": ghost})
    graph, said = read(pack(tmp_path / "esco.zip", given))
    assert said.notes == (f"1 row names {ghost}, which no table describes; they are kept",)
    assert graph.objects(terms.iri(ghost), mc("requiresSkill")) and not graph.types(terms.iri(ghost))


def test_tables_as_they_are_called_since_release_1_2(tmp_path: Path) -> None:
    """In a folder, in another language, with a byte order mark, with more files, names that end with the language, labels and codes."""
    old = small()
    newer: dict[str, str | bytes] = {
        "esco/conceptSchemes_fr.csv": "conceptType\n",
        "esco/greenSkillsCollection_fr.csv": "x\n",
    }
    for name, rows in old.items():
        if name == "occupations_en.csv":
            rows = [{**row, "naceCode": "62.1"} for row in rows]
        if name == "occupationSkillRelations.csv":
            rows = [{**row, "occupationLabel": "travailleur", "skillLabel": "nettoyer"} for row in rows]
        if name.startswith("broader"):
            rows = [{**row, "conceptLabel": "x", "broaderLabel": "y"} for row in rows]
        called = name.replace("_en.csv", ".csv").replace(".csv", "_fr.csv")
        newer[f"esco/{called}"] = text_of(rows).encode("utf-8-sig")
    graph, said = read(pack_texts(tmp_path / "esco.zip", newer))
    before, said_before = read(pack(tmp_path / "old.zip", old))
    assert said.rows == said_before.rows
    for subject in map(terms.iri, (OCCUPATION, OTHER)):
        assert graph.objects(subject, mc("requiresSkill")) == before.objects(subject, mc("requiresSkill"))
    assert graph.texts(terms.iri(OCCUPATION), terms.iri(RDFS + "label")) == {"fr": "data worker"}
    twice = {**newer, "esco/occupationSkillRelations.csv": text_of(old["occupationSkillRelations.csv"])}
    with pytest.raises(UnreadableInput, match="holds this table twice"):
        read(pack_texts(tmp_path / "twice.zip", twice))


def change(table: str, row: int, column: str, value: str) -> Callable[[Tables], None]:
    def changed(given: Tables) -> None:
        given[table][row][column] = value

    return changed


def again(table: str, row: int) -> Callable[[Tables], None]:
    return lambda given: given[table].append(dict(given[table][row]))


def without(table: str) -> Callable[[Tables], None]:
    def gone(given: Tables) -> None:
        del given[table]

    return gone


def without_column(table: str, column: str) -> Callable[[Tables], None]:
    def gone(given: Tables) -> None:
        for row in given[table]:
            del row[column]

    return gone


JOBS, SKILLS, NEEDS = "occupations_en.csv", "skills_en.csv", "occupationSkillRelations.csv"
WRONG = {
    "a code twice": (change(JOBS, 1, "code", "2511.1"), "occupations_en.csv: Row 3, column code: the code '2511.1'"),
    "a concept twice": (again(SKILLS, 0), "skills_en.csv: Row 4, column conceptUri: .* stands in an earlier row too"),
    "a relation twice": (again(NEEDS, 2), "Row 5, column occupationUri: .* and .* stands in an earlier row too"),
    "a relation both ways": (
        lambda given: given[NEEDS].append({**given[NEEDS][0], "relationType": "optional"}),
        "Row 5, column occupationUri: .* stands in an earlier row",
    ),
    "another relation": (change(NEEDS, 1, "relationType", "needed"), "Row 3, column relationType: 'needed' is no"),
    "an address elsewhere": (change(JOBS, 0, "conceptUri", "http://e/a"), "Row 2, column conceptUri: 'http://e/a' is"),
    "an address that ends": (change(NEEDS, 0, "skillUri", f"{ESCO}skill/a> <b"), "Row 2, column skillUri: .* is no a"),
    "a line in an address": (change(NEEDS, 0, "skillUri", f"{SKILL}\n"), "Row 2, column skillUri"),
    "no label": (change(SKILLS, 1, "preferredLabel", " \n"), "Row 3, column preferredLabel: it is empty"),
    "not released": (change(SKILLS, 1, "status", "obsolete"), "Row 3, column status: 'obsolete'"),
    "a strange scheme": (change(JOBS, 0, "inScheme", "here"), "Row 2, column inScheme: 'here'"),
    "no time": (change(JOBS, 0, "modifiedDate", "yesterday"), "Row 2, column modifiedDate: 'yesterday'"),
    "no ISCO code": (change(JOBS, 0, "iscoGroup", "C2511"), "Row 2, column iscoGroup: 'C2511'"),
    "another kind of row": (change(JOBS, 0, "conceptType", "Job"), "Row 2, column conceptType: 'Job'"),
    "another kind of skill": (change(SKILLS, 0, "skillType", "talent"), "Row 2, column skillType: 'talent'"),
    "another reuse level": (change(SKILLS, 0, "reuseLevel", "often"), "Row 2, column reuseLevel: 'often'"),
    "a code of another form": (change(JOBS, 0, "code", "two"), "Row 2, column code: 'two'"),
    "a missing table": (without(SKILLS), "skills_en.csv: The archive lacks this table"),
    "a missing column": (without_column(SKILLS, "reuseLevel"), "skills_en.csv: Row 1: .* it lacks reuseLevel"),
    "a column too many": (
        lambda given: [row.update(more="x") for row in given[SKILLS]],
        "Row 1: these are not the columns of the table: it has 'more'",
    ),
    "another language too": (lambda given: given.update({"occupations_fr.csv": given[JOBS]}), "tables of one language"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_refused_with_file_row_and_column(home: Path, name: str) -> None:
    change_, told = WRONG[name]
    given = small()
    change_(given)
    pack(home / "esco.zip", given)
    with pytest.raises(UnreadableInput, match=told):
        mcqms_kg.import_esco(home / "esco.zip", release="any", workspace=home / ".mcqms")
    assert mcqms_kg.datasets(workspace=home / ".mcqms") == (), "nothing of it is kept"


def damaged(path: Path, text: str | bytes) -> Path:
    texts: dict[str, str | bytes] = {name: text_of(rows) for name, rows in small().items()}
    return pack_texts(path, {**texts, SKILLS: text})


def test_cells_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    text = text_of(small()[SKILLS])
    for wrong, told in {
        text.rstrip() + ",more\n": "Row 3: it has 14 cells, and the table has 13 columns",
        text + '"no end\n': "The row after row 3 is no CSV: unexpected end of data",
        text.replace("What Git", "What \x00Git"): "Row 3, column description: it holds a control character",
        text + "x" * 200_000: "field larger than field limit",
        "": "Row 1: these are not the columns",
    }.items():
        with pytest.raises(UnreadableInput, match=told):
            read(damaged(tmp_path / "esco.zip", wrong))
    with pytest.raises(UnreadableInput, match="is not UTF-8"):
        read(damaged(tmp_path / "esco.zip", text.encode().replace(b"Git", b"\xff\xfe")))


def test_archives_that_ask_for_too_much_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(SKILLS, "w") as out:
        for _ in range(tables.LARGEST_TABLE // MEBIBYTE + 1):
            out.write(bytes(MEBIBYTE))
    assert bomb.stat().st_size < MEBIBYTE
    with pytest.raises(UnreadableInput, match="would unpack to more than 256 MiB"):
        read(bomb)
    lying = bytearray(pack(tmp_path / "lying.zip", small()).read_bytes())
    at = lying.rindex(SKILLS.encode()) - 46
    lying[at + 24 : at + 28] = (50).to_bytes(4, "little")  # the listed size, smaller than what is packed
    (tmp_path / "lying.zip").write_bytes(lying)
    with pytest.raises(UnreadableInput, match=r"skills_en[.]csv"):
        read(tmp_path / "lying.zip")
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    with pytest.raises(UnreadableInput, match="has more than 2 rows"):
        read(pack(tmp_path / "long.zip", small()))


def test_what_is_no_archive_of_tables_is_refused(home: Path) -> None:
    def refused(told: str, path: Path = home / "esco.zip") -> None:
        with pytest.raises(McqmsError, match=told):
            mcqms_kg.import_esco(path, release="any", workspace=home / ".mcqms")

    refused("There is no ZIP archive of that name")
    (home / "esco.zip").write_bytes(b"no archive")
    refused("cannot be read: File is not a zip file")
    packed = pack(home / "esco.zip", small()).read_bytes()
    (home / "esco.zip").write_bytes(packed[: len(packed) // 2])
    refused("cannot be read")
    (home / "esco.zip").write_bytes(packed.replace(packed[200:260], bytes(60)))
    refused("esco.zip")
    with zipfile.ZipFile(home / "esco.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(SKILLS, "a")
    refused("packed in a way that is not used")
    with zipfile.ZipFile(home / "esco.zip", "w") as archive:
        archive.writestr(SKILLS, "a")
        archive.writestr(f"../{SKILLS}", "a")
    refused("holds two files named skills_en.csv")
    with zipfile.ZipFile(home / "esco.zip", "w") as archive:
        for number in range(101):
            archive.writestr(str(number), "a")
    refused("more than 100 files")
    refused("There is no ZIP archive of that name", home)
    with pytest.raises(BadValue, match=r"No release '9' is known[.] Known: 1[.]1[.]1, any"):
        mcqms_kg.import_esco(pack(home / "esco.zip", small()), release="9", workspace=home / ".mcqms")
    with pytest.raises(WorkspaceError):
        mcqms_kg.import_esco(home / "esco.zip", release="any", workspace=home / "nowhere")
    assert list((home / ".mcqms" / "incoming").iterdir()) == []


def test_a_release_must_be_whole(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="2 occupations instead of 3,007, 2 skills instead of 13,896"):
        read(pack(tmp_path / "esco.zip", small()), "1.1.1")


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mcqms_kg", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, cwd=cwd, text=True, timeout=300, check=False)


def test_the_archive_is_kept_and_its_statements_are_a_dataset(home: Path) -> None:
    archive = pack(home / "esco.zip", small())
    done = run("import", "esco", archive, "--release", "any", "--by", "Ana", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "esco version 1: 75 statements, 2 files"
    assert "2 occupations, 2 skills, 3 occupation-skill relations" in done.stdout
    assert mcqms_kg.export("esco", workspace=home / ".mcqms")["esco.zip"] == archive.read_bytes()
    (home / "q.rq").write_text(f"SELECT ?skill {{ <{OCCUPATION}> mc:requiresSkill ?skill }}")
    assert run("ask", "-q", "q.rq", "-f", "csv", cwd=home).stdout == f"skill\n{SKILL}\n"
    assert json.loads(run("datasets", "esco", "-f", "json", cwd=home).stdout)[0]["title"] == "ESCO"
    again_ = mcqms_kg.rollback("esco", 1, workspace=home / ".mcqms")
    assert (again_.number, again_.statements) == (2, 75)
    assert not mcqms_kg.diff("esco", 1, 2, workspace=home / ".mcqms")


def test_how_it_is_asked_for(home: Path) -> None:
    pack(home / "esco.zip", small())
    assert "The dataset has no name" in run("import", "esco.zip", cwd=home).stderr
    assert "ESCO comes as one archive" in run("import", "esco", "esco.zip", "esco.zip", cwd=home).stderr
    refused = run("import", "esco", "esco.zip", cwd=home)
    assert refused.returncode == 2 and "--release any" in refused.stderr
    with pytest.raises(BadValue, match="dataset of the package"):
        mcqms_kg.import_esco(home / "esco.zip", "shipped", workspace=home / ".mcqms")


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, float]]:
    """ESCO 1.1.1 in a workspace, what the command said, and the processor time it took."""
    folder = tmp_path_factory.mktemp("esco")
    assert WHOLE
    mcqms_kg.init(folder / ".mcqms")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run("import", "esco", WHOLE, cwd=folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    yield folder, done.stdout + done.stderr, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@needs_esco
@pytest.mark.slow
def test_the_official_release_is_read_whole_in_time(official: tuple[Path, str, float]) -> None:
    folder, said, seconds = official
    assert seconds < 120, "the issue asks for two minutes"
    assert "619 ISCO groups, 3,007 occupations, 13,896 skills, 123,855 occupation-skill relations" in said
    assert "68 rows name http://data.europa.eu/esco/occupation/a9e54177-a185-404d-b6e6-15663d31137e" in said
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 2 * 1024 * 1024, "two GiB"
    counts = """SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?s ?p ?o { VALUES ?p { %s } ?s ?p ?o } } }"""
    for asked, expected in {
        "mc:requiresSkill mc:benefitsFromSkill": 123855 + 5899,
        "skos:broader": 3617 + 20656,
        "mc:hasIscoGroup": 3007,
        "skos:member": 1201 + 26,
    }.items():
        answer = mcqms_kg.ask(query=counts % asked, datasets=["esco"], formats=["csv"], workspace=folder / ".mcqms")
        extra = 8 if asked == "mc:hasIscoGroup" else 0  # the excerpt of the occupation map, which is shipped
        assert int(answer.content.split()[1]) == expected + extra, asked


@needs_esco
@pytest.mark.slow
def test_the_official_release_answers_questions(official: tuple[Path, str, float]) -> None:
    folder, _, _ = official
    scientist = f"{ESCO}occupation/258e46f9-0075-4a2e-adae-1ff0477e0f30"
    query = f"""SELECT ?label (COUNT(?skill) AS ?n) {{ <{scientist}> rdfs:label ?label ; mc:requiresSkill ?skill }} GROUP BY ?label"""
    answer = mcqms_kg.ask(query=query, formats=["csv"], workspace=folder / ".mcqms")
    assert answer.content.decode().split("\r\n")[1].startswith("data scientist,")


@needs_esco
@pytest.mark.slow
def test_an_occupation_of_the_official_release_is_covered_over_alignments(official: tuple[Path, str, float]) -> None:
    workspace = official[0] / ".mcqms"
    story = resources.root() / "data" / "university-data-science"
    mcqms_kg.import_files([story], "university", workspace=workspace)
    landscape = mcqms_kg.survey(workspace=workspace, as_of="2026-06-30")
    found = mcqms_kg.coverage(f"{ESCO}occupation/258e46f9-0075-4a2e-adae-1ff0477e0f30", landscape).observations
    (cover,) = found.of("covers")
    assert terms.local_name(cover.about) == "mc-preparation" and not cover.sure, "the alignments are not verified"
    assert dict(cover.numbers) == {"covered": 3, "required": 54}
    cells = mcqms_kg.structure("map", landscape).observations.found
    assert sum(each.numbers["jobs"] for each in cells) == 3007 + 8
