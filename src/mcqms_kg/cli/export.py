"""`mcqms export`: a version as it came, or in another syntax."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import BadValue
from mcqms_kg.store.export import SYNTAXES, below


def export(
    dataset: options.Dataset,
    version: Annotated[int | None, typer.Option("--version", help="Which version.", show_default="the latest")] = None,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help=f"One of: {', '.join(SYNTAXES)}.", show_default="the bytes as they came"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write to this file, or several files to this folder.",
            show_default="standard output",
        ),
    ] = None,
    workspace: options.Workspace = None,
) -> None:
    """Give back a version of a dataset: byte for byte as it came, or its statements in another syntax."""
    files = operations.export(dataset, version=version, format=format, workspace=workspace)
    if len(files) == 1 and (out is None or not out.is_dir()):
        (content,) = files.values()
        _write(content, out)
        return
    if out is None:
        raise BadValue(f"{dataset} came in {len(files)} files", remedy="Name a folder with -o, or a syntax with -f.")
    for name, content in files.items():
        target = below(out, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(content, target)


def _write(content: bytes, path: Path | None) -> None:
    if path is None or str(path) == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        output.write_bytes(content, path)
