"""Every shipped question: a whole header, a query that the guard lets through, and the rows it gives on the stories."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mcqms_kg import operations, resources
from mcqms_kg.errors import BadQuery, UnknownName
from mcqms_kg.operations.translating import kept_files
from mcqms_kg.query.guard import judge
from mcqms_kg.query.library import Question, fill_in, question_named, read_question
from mcqms_kg.settings import Settings
from mcqms_kg.store.versions import Submission, hand_in
from mcqms_kg.store.workspace import create, open_workspace
from query.asked import NOON, Asked, asked
from query.quality_rows import QUALITY

QUESTIONS = operations.questions()
E, HOME = "https://example.org/", "https://w3id.org/mcqms/"
POLY, UNI, FLAWED = f"{E}polytechnic-networks/", f"{E}university-data-science/", f"{E}flawed-provider/"
OCCUPATION, UNIT = "https://w3id.org/mcqms/occupation/", "https://w3id.org/mcqms/skkni/unit/"
TECHNICIAN = {"occupation": f"{OCCUPATION}network-technician"}
CERTIFICATE = "Occupational certificate: network technician"

EXPECTED: list[tuple[str, dict[str, str], list[str]]] = [
    (
        "credentials_leading_to_occupation",
        TECHNICIAN,
        [f"{POLY}mc-installation,Installing a local network,3", f"{POLY}mc-cable,Preparing network cables,1"],
    ),
    (
        "credentials_leading_to_occupation",
        {**TECHNICIAN, "language": "id"},
        [f"{POLY}mc-installation,Memasang jaringan lokal,3", f"{POLY}mc-cable,Menyiapkan kabel jaringan,1"],
    ),
    (
        "units_missing_for_occupation",
        {**TECHNICIAN, "provider": f"{POLY}provider"},
        [
            f"{UNIT}J.611000.017.01,Identify the source of a fault",
            f"{UNIT}J.611000.019.02,Replace faulty network devices",
        ],
    ),
    (
        "what_a_credential_counts_towards",
        {"credential": f"{POLY}mc-installation"},
        [
            f"{POLY}mc-installation,{POLY}certificate-technician,{CERTIFICATE},https://w3id.org/mcqms/kkni/5",
            f'{POLY}mc-installation,{POLY}diploma,"Diploma III in computer networks, the degree",https://w3id.org/mcqms/kkni/5',
        ],
    ),
    (
        "what_to_earn_first",
        {"credential": f"{UNI}mc-deployment"},
        [
            f"{UNI}mc-deployment,{UNI}mc-modelling,Building and evaluating models",
            f"{UNI}mc-deployment,{UNI}mc-preparation,Preparing data",
        ],
    ),
    (
        "what_to_earn_first",
        {"credential": f"{FLAWED}mc-security"},
        [
            f"{FLAWED}mc-security,{FLAWED}mc-internet,Working on the internet",
            f"{FLAWED}mc-security,{FLAWED}mc-security,Safe use of information",
        ],
    ),
    (
        "ways_of_earning_a_credential",
        {"credential": f"{UNI}certificate-analyst"},
        [
            f"{UNI}certificate-analyst,{UNI}rule-analyst,{UNI}mc-deployment,Bringing models into use,2,5",
            f"{UNI}certificate-analyst,{UNI}rule-analyst,{UNI}mc-modelling,Building and evaluating models,2,5",
            f"{UNI}certificate-analyst,{UNI}rule-analyst,{UNI}mc-preparation,Preparing data,2,5",
        ],
    ),
    (
        "credentials_to_begin_with",
        {"date": "2026-06-30", "provider": f"{POLY}provider"},
        [f"{POLY}provider,{POLY}mc-installation,Installing a local network,90"],
    ),
    (
        "credentials_to_begin_with",
        {"date": "2025-08-30", "provider": f"{POLY}provider"},
        [
            f"{POLY}provider,{POLY}mc-cable,Preparing network cables,45",
            f"{POLY}provider,{POLY}mc-installation,Installing a local network,90",
        ],
    ),
    ("rules_short_of_options", {"date": "2026-06-30"}, []),
    (
        "rules_short_of_options",
        {"date": "2024-12-31"},
        [f'{POLY}certificate-technician,{POLY}rule-technician,"All three micro-credentials, seven credits",3,1'],
    ),
    (
        "what_a_learner_holds",
        {"date": "2025-12-18", "learner": f"{POLY}learner-1"},
        [
            f"{POLY}learner-1,{POLY}mc-installation,Installing a local network,2025-01-31,2",
            f"{POLY}learner-1,{POLY}mc-switching,Configuring switching and routing,2025-07-18,3",
        ],
    ),
    (
        "credits_towards_a_credential",
        {"credential": f"{POLY}diploma"},
        [f'{POLY}diploma,"Diploma III in computer networks, the degree",110,4,8'],
    ),
    (
        "learners_who_completed_a_stack",
        {},
        [
            f"{POLY}learner-1,{POLY}certificate-technician,{CERTIFICATE},3,3",
            f"{UNI}learner-1,{UNI}certificate-analyst,Occupational certificate: associate data scientist,2,2",
        ],
    ),
    (
        "credentials_recognised_abroad",
        {"date": "2026-06-30"},
        [
            f"{UNI}mc-modelling,Building and evaluating models,{UNI}partner-university,2028-08-31",
            f"{UNI}mc-preparation,Preparing data,{UNI}partner-university,2028-08-31",
        ],
    ),
    ("credentials_recognised_abroad", {"date": "2025-08-31"}, []),
    ("credentials_recognised_abroad", {"date": "2028-09-01"}, []),
    (
        "offered_without_industry_validation",
        {"date": "2026-06-30"},
        [f"{FLAWED}provider,{FLAWED}mc-word,Word processing"],
    ),
    ("offered_without_industry_validation", {"date": "2024-08-04"}, []),
    (
        "problems_still_open",
        {"date": "2026-06-30"},
        [
            f"{FLAWED}provider,{FLAWED}finding-register,The register of learners is incomplete,2025-11-04",
            f"{POLY}provider,{POLY}finding-survey,The employer survey has no rule for small samples,2026-05-12",
        ],
    ),
    (
        "problems_still_open",
        {"date": "2025-11-01", "provider": f"{POLY}provider"},
        [
            f"{POLY}provider,{POLY}finding-checklist,Two assessment records without the version of the checklist,2025-10-21"
        ],
    ),
    (
        "procedures_about_to_expire",
        {"before": "2026-06-30"},
        [f"{FLAWED}provider,{FLAWED}sop-system-management,SOP 1: managing the micro-credential system,2025-12-31"],
    ),
    ("procedures_about_to_expire", {"before": "2025-12-31"}, []),
    (
        "agreements_about_to_end",
        {"before": "2028-09-01"},
        [
            f"{UNI}agreement,Agreement with Coral Coast University,{UNI}partner-university,{UNI}mc-{name},2028-08-31"
            for name in ("modelling", "preparation")
        ],
    ),
    ("agreements_about_to_end", {"before": "2028-08-31"}, []),
    ("agreements_nobody_vouches_for", {}, []),
    (
        "level_rows_not_endorsed",
        {"framework": f"{HOME}eqf/framework"},
        [
            f"{HOME}referencing/aqrf-{n}-eqf-{n},{HOME}aqrf/{n},{HOME}eqf/{n},{HOME}code/referencing-unverified"
            for n in range(1, 9)
        ],
    ),
    (
        "occupations_by_units_covered",
        {"date": "2026-06-30"},
        [
            f"{OCCUPATION}network-architect,Network architect,6,0",
            f"{OCCUPATION}network-engineer,Network engineer,7,1",
            f"{OCCUPATION}data-scientist,Data scientist,9,4",
            f"{OCCUPATION}associate-data-scientist,Associate data scientist,9,6",
            f"{OCCUPATION}network-technician,Computer network technician,6,3",
            f"{OCCUPATION}network-administrator,Network administrator,7,5",
            f"{OCCUPATION}data-analyst,Data analyst,4,3",
            f"{OCCUPATION}data-quality-specialist,Data quality specialist,4,3",
        ],
    ),
    ("units_taught_by_several_providers", {}, []),
    ("awards_touched_by_a_unit", {"unit": f"{UNIT}J.62DMI00.004.1"}, [f"{UNI}mc-preparation,Preparing data,2,2"]),
    (
        "who_handed_in_what",
        {},
        [
            "university-data-science,1,Ana,2026-06-30T14:00:00Z",
            "polytechnic-networks,1,Ana,2026-06-30T13:00:00Z",
            "flawed-provider,1,Ana,2026-06-30T12:00:00Z",
            "shipped,1,mcqms-kg,2026-06-30T12:00:00Z",
        ],
    ),
    *QUALITY,
]


@pytest.mark.parametrize(("name", "given", "rows"), EXPECTED, ids=lambda value: value if isinstance(value, str) else "")
def test_rows(ask: Asked, name: str, given: dict[str, str], rows: list[str]) -> None:
    assert ask.rows(fill_in(QUESTIONS[name], given)) == rows


OTHERS = """@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix ex: <http://e/> .
ex:vouched a mc:RecognitionAgreement ; rdfs:label "A"@en ; mc:isHonouredBy ex:abroad ; mc:isEvidencedBy [ mc:isIssuedBy ex:abroad ] .
ex:own a mc:RecognitionAgreement ; rdfs:label "B"@en ; mc:isHonouredBy ex:abroad ; mc:isEvidencedBy [ mc:isIssuedBy ex:school ] .
ex:bare a mc:RecognitionAgreement ; rdfs:label "C"@en ; mc:isHonouredBy ex:abroad .
ex:u rdfs:label "Unit"@en . ex:v rdfs:label "Other"@en .
ex:c mc:isOfferedBy ex:school ; mc:hasOutcome [ mc:isTiedTo ex:u ] , [ mc:isTiedTo ex:v ] .
ex:d mc:isOfferedBy ex:college ; mc:hasOutcome [ mc:isTiedTo ex:u ] .
"""


def test_what_the_stories_have_none_of(tmp_path: Path) -> None:
    create(tmp_path / "ws")
    (tmp_path / "others.ttl").write_text(OTHERS)
    with open_workspace(tmp_path / "ws") as workspace:
        files, _ = kept_files([tmp_path / "others.ttl"], None, workspace.folder)
        hand_in(workspace, Submission("others", files, "", "Ana", NOON), Settings())
        with asked(workspace) as ask:
            assert ask.rows(fill_in(QUESTIONS["agreements_nobody_vouches_for"], {})) == [
                "http://e/bare,C,http://e/abroad",
                "http://e/own,B,http://e/abroad",
            ]
            assert ask.rows(fill_in(QUESTIONS["units_taught_by_several_providers"], {})) == ["http://e/u,Unit,2"]


def test_levels_in_another_framework_always_come_with_their_status(ask: Asked) -> None:
    given = {"framework": "https://w3id.org/mcqms/aqrf/framework"}
    rows = ask.rows(fill_in(QUESTIONS["level_in_another_framework"], given))
    code = "https://w3id.org/mcqms/code/referencing-unverified"
    assert (
        f"{POLY}mc-installation,Installing a local network,https://w3id.org/mcqms/kkni/4,https://w3id.org/mcqms/aqrf/4,{code}"
        in rows
    )
    assert len(rows) == 14 and all(row.endswith(code) for row in rows)


def test_each_statement_that_follows_names_the_rule_that_derives_it(ask: Asked) -> None:
    question = QUESTIONS["statements_that_follow"]
    for file in (resources.root() / "queries" / "derive").glob("*.rq"):
        rows = [row.split(",") for row in ask.rows(fill_in(question, {"rule": file.stem}))]
        derived = ask(file.read_text("utf-8"), "nt").splitlines()
        assert rows and sorted(f"<{s}> <{p}> <{o}> ." for s, p, o, _ in rows) == sorted(derived)
        assert {rule for *_, rule in rows} == {file.stem}
    one = ask.rows(fill_in(question, {"subject": f"{POLY}mc-installation"}))
    assert f"{POLY}mc-installation,https://w3id.org/mcqms/ns#countsTowards,{POLY}diploma,counts_towards" in one
    assert {row.split(",")[0] for row in one} == {f"{POLY}mc-installation"}


def test_every_question_is_tested() -> None:
    tested = {name for name, _, _ in EXPECTED} | {"level_in_another_framework", "statements_that_follow"}
    assert set(QUESTIONS) == tested


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_headers_are_whole(question: Question) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)+", question.name)
    assert question.summary.endswith("?") and question.description.endswith(".")
    assert set(question.tags) <= {"quality", "pathway", "recognition", "learner", "provider", "regulator"}
    assert set(question.tags) & {"quality", "pathway", "recognition"}
    judge(question.text, 10_000)
    used = set(re.findall(r"\?(\w+)", question.text.split("WHERE", 1)[1]))
    assert {p.name for p in question.parameters} <= used


def test_every_file_is_a_question() -> None:
    assert {path.stem for path in resources.question_files()} == set(QUESTIONS)


INJECTIONS = [
    "x> } UNION { ?s ?p ?o } #",
    "http://e/a> <http://e/b",
    "http://e/a b",
    "mc:x} SERVICE",
    "http://e/a\\u003E",
    "",
]


@pytest.mark.parametrize("value", INJECTIONS)
def test_a_value_never_becomes_part_of_the_query(value: str) -> None:
    question = read_question(
        "q", "#+ summary: a\n#+ description: b\n#+ tags: c\n#+ params: x iri\nSELECT * WHERE { ?x ?p ?o }"
    )
    with pytest.raises(BadQuery, match="is no value"):
        fill_in(question, {"x": value})


@pytest.mark.parametrize(
    ("kind", "good", "term", "bad"),
    [
        ("iri", "mc:Provider", "<https://w3id.org/mcqms/ns#Provider>", "Provider"),
        ("iri", "<http://e/a>", "<http://e/a>", "<http://e/a> }"),
        ("integer", "-12", '"-12"^^<http://www.w3.org/2001/XMLSchema#integer>', "1e3"),
        ("date", "2026-06-30", '"2026-06-30"^^<http://www.w3.org/2001/XMLSchema#date>', "2026-02-30"),
        ("date", "2026-06-30", '"2026-06-30"^^<http://www.w3.org/2001/XMLSchema#date>', "20260630"),
        ("language", "EN", '"en"', "english language"),
    ],
)
def test_values_are_made_terms_of_their_kind(kind: str, good: str, term: str, bad: str) -> None:
    question = read_question(
        "q", f"#+ summary: a\n#+ description: b\n#+ tags: c\n#+ params: x {kind}\nASK WHERE {{ ?x ?p ?o }}"
    )
    assert f"VALUES ?x {{ {term} }}" in fill_in(question, {"x": good})
    with pytest.raises(BadQuery, match=f"Its kind is {kind}"):
        fill_in(question, {"x": bad})


def test_a_text_may_hold_anything(ask: Asked) -> None:
    text = "\" } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } # ' \\ \n \x00"
    question = read_question(
        "q", "#+ summary: a\n#+ description: b\n#+ tags: c\n#+ params: x text\nSELECT (STRLEN(?x) AS ?n) WHERE { }"
    )
    assert ask.rows(fill_in(question, {"x": text})) == [str(len(text))]


def test_what_is_missing_or_unknown_is_said() -> None:
    with pytest.raises(BadQuery, match="needs a value for 'date'"):
        fill_in(QUESTIONS["problems_still_open"], {})
    with pytest.raises(BadQuery, match="has no parameter 'dat'"):
        fill_in(QUESTIONS["problems_still_open"], {"dat": "2026-06-30"})
    with pytest.raises(UnknownName, match="Known questions: agreements_about_to_end"):
        question_named(QUESTIONS, "nothing")
    with pytest.raises(BadQuery, match="does not say its tags"):
        read_question("q", "#+ summary: a\nASK {}")
    with pytest.raises(BadQuery, match="is no parameter"):
        read_question("q", "#+ summary: a\n#+ description: b\n#+ tags: c\n#+ params: x number\nASK {}")
