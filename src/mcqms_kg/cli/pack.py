"""`mcqms pack`: a check with everything it rests on, signed, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output


def pack(
    out: Annotated[Path, typer.Option("--output", "-o", help="Write the pack to this file.")],
    key: Annotated[
        Path | None,
        typer.Option(
            "--key",
            "-k",
            help="The file of the key that signs; `mcqms key new` makes one.",
            show_default="nobody signs, and the pack says so",
        ),
    ] = None,
    data: Annotated[
        list[Path] | None, typer.Argument(help="Files to check, or folders of them.", show_default=False)
    ] = None,
    profile: options.Profile = operations.DEFAULT_PROFILE,
    as_of: options.AsOf = None,
    engine: options.Engine = operations.DEFAULT_ENGINE,
    lang: options.Lang = options.Language.ENGLISH,
    dataset: Annotated[str | None, typer.Option("--dataset", help="Pack what the workspace holds, not files.")] = None,
    version: Annotated[
        int | None, typer.Option("--version", help="Which version of it.", show_default="the latest")
    ] = None,
    workspace: options.Workspace = None,
) -> None:
    """Check data and put it with the rulebook, the report, all digests and a signature into one file, for `mcqms verify`.

    The exit code says only whether the pack was made; the verdict stands in it, whatever it is.
    """
    content, told = operations.pack(
        data or (),
        key,
        dataset=dataset,
        version=version,
        workspace=workspace,
        profile=profile,
        as_of=as_of,
        engine=engine,
        language=lang.value,
    )
    output.write_bytes(content, out)
    unsigned = "" if told.signed else ", signed by nobody"
    output.write(
        f"{out}: {told.verdict}, {output.counted(len(told.files), 'file')}, data digest {told.digest}{unsigned}\n", None
    )
