"""One function a verb: what the command line, the API and Python users call. Begin reading at `check` in `checking`."""

from mcqms_kg.operations.access import audit, new_token, revoke_token, tokens, verify_audit
from mcqms_kg.operations.asking import ask, questions
from mcqms_kg.operations.checking import DEFAULT_ENGINE, check, compare, explain, findings_of, validate
from mcqms_kg.operations.generating import generate
from mcqms_kg.operations.importing import import_esco
from mcqms_kg.operations.pathways import path
from mcqms_kg.operations.recognising import read_graph, recognise
from mcqms_kg.operations.rulebooks import (
    DEFAULT_PROFILE,
    as_date,
    background,
    clauses,
    new_rule,
    ontology,
    profiles,
    rulebook_for,
)
from mcqms_kg.operations.structures import coverage, impact, structure, survey
from mcqms_kg.operations.workspaces import backup, datasets, diff, export, import_files, init, restore, rollback

__all__ = [
    "DEFAULT_ENGINE",
    "DEFAULT_PROFILE",
    "as_date",
    "ask",
    "audit",
    "background",
    "backup",
    "check",
    "clauses",
    "compare",
    "coverage",
    "datasets",
    "diff",
    "explain",
    "export",
    "findings_of",
    "generate",
    "impact",
    "import_esco",
    "import_files",
    "init",
    "new_rule",
    "new_token",
    "ontology",
    "path",
    "profiles",
    "questions",
    "read_graph",
    "recognise",
    "restore",
    "revoke_token",
    "rollback",
    "rulebook_for",
    "structure",
    "survey",
    "tokens",
    "validate",
    "verify_audit",
]
