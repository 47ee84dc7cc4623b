"""`mcqms pack`: a check with everything it rests on, signed, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options, output


@click.command("pack")
@click.option("--output", "-o", "out", type=options.PATH, required=True, help="Write the pack to this file.")
@click.option(
    "--key",
    "-k",
    type=options.PATH,
    show_default="nobody signs, and the pack says so",
    help="The file of the key that signs; `mcqms key new` makes one.",
)
@click.argument("data", type=options.PATH, nargs=-1, help="Files to check, or folders of them.")
@options.profile
@options.as_of
@options.engine
@options.lang
@click.option("--dataset", help="Pack what the workspace holds, not files.")
@click.option("--version", type=int, show_default="the latest", help="Which version of it.")
@options.workspace
def pack(
    out: Path,
    key: Path | None,
    data: tuple[Path, ...],
    profile: str,
    as_of: str | None,
    engine: str,
    lang: str,
    dataset: str | None,
    version: int | None,
    workspace: Path | None,
) -> None:
    """Check data and put it with the rulebook, the report, all digests and a signature into one file, for `mcqms verify`.

    The exit code says only whether the pack was made; the verdict stands in it, whatever it is.
    """
    content, told = operations.pack(
        data,
        key,
        dataset=dataset,
        version=version,
        workspace=workspace,
        profile=profile,
        as_of=as_of,
        engine=engine,
        language=lang,
    )
    output.write_bytes(content, out)
    unsigned = "" if told.signed else ", signed by nobody"
    output.write(
        f"{out}: {told.verdict}, {output.counted(len(told.files), 'file')}, data digest {told.digest}{unsigned}\n", None
    )
