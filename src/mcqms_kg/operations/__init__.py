"""One function a verb: what the command line, the API and Python users call. Begin reading at `check` in `checking`."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mcqms_kg.operations.defaults import DEFAULT_BASE, DEFAULT_ENGINE, DEFAULT_PROFILE

if TYPE_CHECKING:
    from mcqms_kg.operations.access import audit, new_token, revoke_token, tokens, verify_audit
    from mcqms_kg.operations.asking import ask, questions
    from mcqms_kg.operations.checking import check, compare, explain, findings_of
    from mcqms_kg.operations.exchanging import ExportRequest, export_to, precheck
    from mcqms_kg.operations.generating import generate
    from mcqms_kg.operations.importing import import_esco
    from mcqms_kg.operations.kept_checks import checks, finding_history, kept_report
    from mcqms_kg.operations.networks import network
    from mcqms_kg.operations.overviews import overview
    from mcqms_kg.operations.packs import pack
    from mcqms_kg.operations.pathways import path, projected
    from mcqms_kg.operations.recognising import read_graph, recognise
    from mcqms_kg.operations.rulebooks import as_date, background, clauses, new_rule, ontology, profiles, rulebook_for
    from mcqms_kg.operations.signing import new_key, public_key, register_held, sign, sign_lists, status_register
    from mcqms_kg.operations.structures import coverage, impact, structure, survey
    from mcqms_kg.operations.validating import validate
    from mcqms_kg.operations.verifying import verify
    from mcqms_kg.operations.workbooks import annotate, new_workbook
    from mcqms_kg.operations.workspaces import backup, datasets, diff, export, import_files, init, restore, rollback

_MODULES = {
    "access": (
        "audit",
        "new_token",
        "revoke_token",
        "tokens",
        "verify_audit",
    ),
    "asking": (
        "ask",
        "questions",
    ),
    "checking": (
        "check",
        "compare",
        "explain",
        "findings_of",
    ),
    "exchanging": ("ExportRequest", "export_to", "precheck"),
    "generating": ("generate",),
    "importing": ("import_esco",),
    "kept_checks": ("checks", "finding_history", "kept_report"),
    "networks": ("network",),
    "overviews": ("overview",),
    "packs": ("pack",),
    "pathways": ("path", "projected"),
    "recognising": ("read_graph", "recognise"),
    "rulebooks": (
        "as_date",
        "background",
        "clauses",
        "new_rule",
        "ontology",
        "profiles",
        "rulebook_for",
    ),
    "signing": ("new_key", "public_key", "register_held", "sign", "sign_lists", "status_register"),
    "structures": ("coverage", "impact", "structure", "survey"),
    "validating": ("validate",),
    "workbooks": ("annotate", "new_workbook"),
    "verifying": ("verify",),
    "workspaces": (
        "backup",
        "datasets",
        "diff",
        "export",
        "import_files",
        "init",
        "restore",
        "rollback",
    ),
}
"""Which file holds what; it is imported on first use, so that no verb waits for the libraries of another."""


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "DEFAULT_BASE",
    "DEFAULT_ENGINE",
    "DEFAULT_PROFILE",
    "ExportRequest",
    "annotate",
    "as_date",
    "ask",
    "audit",
    "background",
    "backup",
    "check",
    "checks",
    "clauses",
    "compare",
    "coverage",
    "datasets",
    "diff",
    "explain",
    "export",
    "export_to",
    "finding_history",
    "findings_of",
    "generate",
    "impact",
    "import_esco",
    "import_files",
    "init",
    "kept_report",
    "network",
    "new_key",
    "new_rule",
    "new_token",
    "new_workbook",
    "ontology",
    "overview",
    "pack",
    "path",
    "precheck",
    "profiles",
    "projected",
    "public_key",
    "questions",
    "read_graph",
    "recognise",
    "register_held",
    "restore",
    "revoke_token",
    "rollback",
    "rulebook_for",
    "sign",
    "sign_lists",
    "status_register",
    "structure",
    "survey",
    "tokens",
    "validate",
    "verify",
    "verify_audit",
]
