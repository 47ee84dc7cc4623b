"""The `mcqms` command: its verbs, its exit codes, and how errors are told."""

from __future__ import annotations

import gc
import os
import sys
from typing import Annotated

import typer

import mcqms_kg
from mcqms_kg.cli import output
from mcqms_kg.cli.verbs import Verbs
from mcqms_kg.errors import McqmsError

COULD_NOT_CHECK = 2
INTERRUPTED = 130
SELDOM = (200_000, 20, 20)
"""When garbage is collected: what a verb makes lives to its end, and to look for cycles in it takes longer than to make it."""
ONE_THREAD = "OPENBLAS_NUM_THREADS", "1"
"""NumPy starts threads for linear algebra when it is imported, which takes 10 milliseconds; no verb needs any."""

app = typer.Typer(
    name="mcqms",
    cls=Verbs,
    help="Checks, with reasons, whether micro-credentials and the institutions that issue them deserve trust.",
    epilog="Exit codes: 0 conformant, 1 findings at or above --fail-on, 2 could not check, 130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    gc.set_threshold(*SELDOM)
    os.environ.setdefault(*ONE_THREAD)
    try:
        app()
    except McqmsError as problem:
        output.errors.print(f"mcqms: {problem}", style="bold red", markup=False, highlight=False, soft_wrap=True)
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
    finally:
        gc.freeze()  # Python would look through everything once more before it ends


def _tell_interrupted() -> None:
    output.errors.print("mcqms: Interrupted before the report was whole.", style="yellow")
