"""`mcqms pack`: a check with everything it rests on, signed, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output


def pack(
    data: options.Data,
    key: Annotated[
        Path, typer.Option("--key", "-k", help="The file of the key that signs; `mcqms key new` makes one.")
    ],
    out: Annotated[Path, typer.Option("--output", "-o", help="Write the pack to this file.")],
    profile: options.Profile = operations.DEFAULT_PROFILE,
    as_of: options.AsOf = None,
    engine: options.Engine = operations.DEFAULT_ENGINE,
    lang: options.Lang = options.Language.ENGLISH,
) -> None:
    """Check data and put it with the rulebook, the report, all digests and a signature into one file, for `mcqms verify`.

    The exit code says only whether the pack was made; the verdict stands in it, whatever it is.
    """
    content, told = operations.pack(data, key, profile=profile, as_of=as_of, engine=engine, language=lang.value)
    output.write_bytes(content, out)
    output.write(f"{out}: {told.verdict}, {len(told.files)} files, data digest {told.digest}\n", None)
