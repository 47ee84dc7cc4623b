"""File and line of what is described."""

from __future__ import annotations

from pathlib import Path

from mcqms_kg.graph.locate import locate, statements
from mcqms_kg.model import Term

TURTLE = """@prefix ex: <http://example.org/> . # a comment with <http://example.org/not-a-subject> .
PREFIX other: <http://example.org/other/>
ex:a a ex:Thing ;
  ex:text "quotes \\" and ; . [" ;
  ex:long \"\"\"several
lines " of text\"\"\" ;
  ex:nested [ ex:p 1 ; ex:q ( 1 2 ) ] .

other:b.c ex:p 1.5 , ex:d ; ex:q true .
<http://example.org/e> ex:p ex:f .
"""


def lines(path: Path) -> dict[tuple[str, str], int]:
    return {(s.rsplit("/", 1)[1][:-1], p.rsplit("/", 1)[1][:-1]): line for s, p, line in statements(path)}


def test_turtle(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(TURTLE)
    found = lines(path)
    assert found[("a", "text")] == 4
    assert found[("a", "long")] == 5
    assert found[("a", "nested")] == 7
    assert found[("b.c", "p")] == 9
    assert found[("b.c", "q")] == 9
    assert found[("e", "p")] == 10
    assert ("a", "p") not in found
    assert ("not-a-subject", "p") not in found


def test_trig_and_n_quads(tmp_path: Path) -> None:
    trig = tmp_path / "a.trig"
    trig.write_text(
        "@prefix ex: <http://example.org/> .\nex:g {\n ex:a ex:p 1 .\n ex:b ex:p 2\n}\nGRAPH ex:h {\n ex:c ex:p 1 }\n"
    )
    assert lines(trig) == {("a", "p"): 3, ("b", "p"): 4, ("c", "p"): 7}
    quads = tmp_path / "a.nq"
    quads.write_text(
        "# comment\n<http://example.org/a> <http://example.org/p> <http://example.org/b> <http://example.org/g> .\n"
    )
    assert lines(quads) == {("a", "p"): 2}


def test_the_statement_before_the_subject(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(TURTLE)
    subject = Term("<http://example.org/a>")
    found = locate([path], {subject})
    assert str(found.of(subject, Term("<http://example.org/text>"))) == f"{path}:4"
    assert str(found.of(subject, Term("<http://example.org/unsaid>"))) == f"{path}:3"
    assert found.of(Term("<http://example.org/e>")) is None
