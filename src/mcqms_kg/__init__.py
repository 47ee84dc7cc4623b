"""Checks, by machine and with reasons, whether micro-credentials and their issuers deserve trust."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = [
    "ExportRequest",
    "__version__",
    "ask",
    "audit",
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
    "generate",
    "impact",
    "import_esco",
    "import_files",
    "init",
    "kept_report",
    "network",
    "new_key",
    "new_token",
    "overview",
    "pack",
    "path",
    "precheck",
    "recognise",
    "restore",
    "revoke_token",
    "rollback",
    "sign",
    "sign_lists",
    "structure",
    "survey",
    "tokens",
    "validate",
    "verify",
    "verify_audit",
]

if TYPE_CHECKING:
    from mcqms_kg.operations import (
        ExportRequest,
        ask,
        audit,
        backup,
        check,
        checks,
        clauses,
        compare,
        coverage,
        datasets,
        diff,
        explain,
        export,
        export_to,
        finding_history,
        generate,
        impact,
        import_esco,
        import_files,
        init,
        kept_report,
        network,
        new_key,
        new_token,
        overview,
        pack,
        path,
        precheck,
        recognise,
        restore,
        revoke_token,
        rollback,
        sign,
        sign_lists,
        structure,
        survey,
        tokens,
        validate,
        verify,
        verify_audit,
    )


def __getattr__(name: str) -> Any:
    """The verbs, imported on first use so that the command line starts fast."""
    if name in __all__:
        from mcqms_kg import operations

        return getattr(operations, name)
    raise AttributeError(f"module 'mcqms_kg' has no attribute {name!r}")
