"""The `mcqms` command: its verbs, its exit codes, and how errors are told."""

from __future__ import annotations

import gc
import os
import sys

import click

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


@click.group(
    "mcqms",
    cls=Verbs,
    epilog="Exit codes: 0 conformant, 1 findings at or above --fail-on, 2 could not check, 130 interrupted.",
    context_settings={"help_option_names": ["-h", "--help"], "show_default": True, "max_content_width": 120},
)
@click.version_option(mcqms_kg.__version__, message="mcqms %(version)s")
def app() -> None:
    """Checks, with reasons, whether micro-credentials and the institutions that issue them deserve trust."""


def main() -> None:
    """Run the command line; every error of ours is one message and exit code 2, never a traceback."""
    gc.set_threshold(*SELDOM)
    os.environ.setdefault(*ONE_THREAD)
    try:
        with app.make_context("mcqms", sys.argv[1:]) as context:
            app.invoke(context)
    except click.exceptions.Exit as ended:  # help was shown, or the version
        sys.exit(ended.exit_code)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except McqmsError as problem:
        output.errors.print(f"mcqms: {problem}", style="bold red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(COULD_NOT_CHECK)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(COULD_NOT_CHECK)
    except KeyboardInterrupt:
        output.errors.print("mcqms: Interrupted before the report was whole.", style="yellow")
        sys.exit(INTERRUPTED)
    finally:
        gc.freeze()  # Python would look through everything once more before it ends
