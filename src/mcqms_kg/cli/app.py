"""The `mcqms` command: its verbs, its exit codes, and how errors are told."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

import mcqms_kg
from mcqms_kg.cli import (
    ask,
    audit,
    backup,
    check,
    clauses,
    compare,
    datasets,
    diff,
    explain,
    export,
    generate,
    import_files,
    init,
    new,
    path,
    recognise,
    restore,
    rollback,
    serve,
    token,
    validate,
)
from mcqms_kg.cli.output import errors
from mcqms_kg.errors import McqmsError

COULD_NOT_CHECK = 2
INTERRUPTED = 130

app = typer.Typer(
    name="mcqms",
    help="Checks, with reasons, whether micro-credentials and the institutions that issue them deserve trust.",
    epilog="Exit codes: 0 conformant, 1 findings at or above --fail-on, 2 could not check, 130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("check")(check.check)
app.command("validate")(validate.validate)
app.command("explain")(explain.explain)
app.command("clauses")(clauses.clauses)
app.command("compare")(compare.compare)
app.command("generate")(generate.generate)
app.command("init")(init.init)
app.command("import")(import_files.import_files)
app.command("datasets")(datasets.datasets)
app.command("export")(export.export)
app.command("ask")(ask.ask)
app.command("path")(path.path)
app.command("recognise")(recognise.recognise)
app.command("serve")(serve.serve)
app.command("diff")(diff.diff)
app.command("rollback")(rollback.rollback)
app.command("backup")(backup.backup)
app.command("restore")(restore.restore)
app.command("audit")(audit.audit)
app.add_typer(token.app, name="token")
app.add_typer(new.app, name="new")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mcqms {mcqms_kg.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """What stands before the verb."""


def main() -> None:
    """Run the command line; every error of ours is one message and exit code 2, never a traceback."""
    try:
        app()
    except McqmsError as problem:
        errors.print(f"mcqms: {problem}", style="bold red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(COULD_NOT_CHECK)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(COULD_NOT_CHECK)
    except KeyboardInterrupt:
        _tell_interrupted()
        sys.exit(INTERRUPTED)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:  # typer has taken the exception for itself
            _tell_interrupted()
        raise


def _tell_interrupted() -> None:
    errors.print("mcqms: Interrupted before the report was whole.", style="yellow")
