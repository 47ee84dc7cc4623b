"""What every EARL 1.0 report is made of: who asserts, of what, by which test, with which outcome."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import HOME
from mcqms_kg.report.turtle_text import Pair, block, statement, written

OUTCOMES = ("passed", "failed", "cantTell", "inapplicable", "untested")
ASSERTOR = f"<{HOME}>"


def software(version: str, engine: str) -> str:
    """The program that asserts, with its version and the engine that decided."""
    return statement(
        ASSERTOR,
        [
            ("a", ["earl:Software", "earl:Assertor"]),
            ("dcterms:title", [terms.literal("mcqms-kg")]),
            ("dcterms:hasVersion", [terms.literal(version)]),
            ("dcterms:description", [terms.literal(engine)] if engine else []),
        ],
    )


def tested(focus: Term, more: Sequence[Pair] = ()) -> tuple[str, str]:
    """The name of the thing that was tested and what is said of it. A literal cannot be a subject, so it is the value of one."""
    kind: Pair = ("a", ["earl:TestSubject"])
    if not terms.is_literal(focus):
        return written(focus), statement(written(focus), [kind, *more])
    name = f"_:literal-{hashlib.sha256(focus.encode()).hexdigest()[:16]}"
    return name, statement(name, [kind, ("rdf:value", [written(focus)]), *more])


def assertion(subject: str, test: str, result: str) -> str:
    """One assertion, whole: EARL asks for an assertor, a subject, a test and a result. Nobody helped the program."""
    return (
        block(
            [
                ("a", ["earl:Assertion"]),
                ("earl:assertedBy", [ASSERTOR]),
                ("earl:subject", [subject]),
                ("earl:test", [test]),
                ("earl:result", [result]),
                ("earl:mode", ["earl:automatic"]),
            ],
            0,
        )
        + " .\n"
    )


def outcome(name: str) -> str:
    """The outcome value of that name."""
    if name not in OUTCOMES:
        raise ValueError(name)
    return f"earl:{name}"
