"""`mcqms export`: a version as it came, or what data says in another syntax or in a standard of others."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import BadValue
from mcqms_kg.interop.standards import writable
from mcqms_kg.model import DATASET_NAME, Loss
from mcqms_kg.report import losses as losses_report
from mcqms_kg.store.export import SYNTAXES, below


def export(
    dataset: Annotated[
        str | None, typer.Argument(help="The name of the dataset.", show_default="the files of --from")
    ] = None,
    version: Annotated[int | None, typer.Option("--version", help="Which version.", show_default="the latest")] = None,
    from_: Annotated[
        list[Path] | None, typer.Option("--from", help="A file or folder in the place of a dataset; can be repeated.")
    ] = None,
    as_: options.As = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to", help=f"The standard to write: {', '.join((*writable(), *SYNTAXES))}.", show_default="as it came"
        ),
    ] = None,
    about: Annotated[
        list[str] | None,
        typer.Option("--about", help="The IRI of what is wanted; can be repeated.", show_default="all there is"),
    ] = None,
    base: Annotated[
        str, typer.Option("--base", help="The web address under which what is written will stand.")
    ] = operations.DEFAULT_BASE,
    option: Annotated[
        list[str] | None, typer.Option("--option", help="An option of the standard, like name=value; can be repeated.")
    ] = None,
    as_of: options.AsOf = None,
    lang: options.Lang = options.Language.ENGLISH,
    precheck: Annotated[
        bool, typer.Option("--precheck", help="Say whether the target will accept it, and write nothing else.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write it even if the target would not accept it.")] = False,
    losses: Annotated[
        Path | None, typer.Option("--losses", help="Write everything that was lost to this file, as JSON.")
    ] = None,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help="The RDF syntax; with --precheck the format of the report."),
    ] = None,
    fail_on: Annotated[
        options.FailOn, typer.Option("--fail-on", help="With --precheck, the lowest grade that makes the exit code 1.")
    ] = options.FailOn.OPPORTUNITY,
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
    """Give back a version as it came, or write what data says in another syntax or standard.

    What the standard cannot carry is told on standard error, and whole with --losses.
    """
    if dataset is None and not from_:
        raise BadValue("Nothing to export was named", remedy="Name a dataset, or files with --from.")
    if dataset is not None and not DATASET_NAME.fullmatch(dataset) and Path(dataset).exists():
        raise BadValue(f"{dataset} is a file or folder, not the name of a dataset", remedy=f"Say --from {dataset}.")
    if dataset is not None and not (to or from_ or precheck):
        _save(
            operations.export(dataset, version=version, format=format, workspace=workspace), out, f"{dataset} came in"
        )
        return
    chosen = _standard(to, format, precheck)
    request = operations.ExportRequest(
        chosen,
        from_ or (),
        dataset=dataset,
        version=version,
        workspace=workspace,
        about=about or (),
        language=lang.value,
        as_of=as_of,
        base=base,
        options=_named(option or []),
        read_as=as_,
    )
    if precheck:
        _precheck(request, format, fail_on, out, losses)
    written = operations.export_to(request, force=force)
    _tell(chosen, written.losses, lang.value, losses)
    _save(written.files, out, f"{chosen} makes")


def _standard(to: str | None, format: str | None, precheck: bool) -> str:
    chosen = to if precheck else to or format
    if chosen is None:
        raise BadValue("No standard was named", remedy=f"Say with --to: {', '.join((*writable(), *SYNTAXES))}.")
    if to and format and not precheck:
        raise BadValue("--to and --format were both given", remedy="Give one of them.")
    return chosen


def _named(given: list[str]) -> Mapping[str, str]:
    wrong = next((text for text in given if not text.partition("=")[1]), None)
    if wrong is not None:
        raise BadValue(f"{wrong!r} is no option", remedy="Write it like name=value.")
    return {name: value for name, _, value in (text.partition("=") for text in given)}


def _precheck(
    request: operations.ExportRequest,
    format: str | None,
    fail_on: options.FailOn,
    out: Path | None,
    losses: Path | None,
) -> None:
    from mcqms_kg.cli import check  # the forms of reports are imported where one is shown

    shown = check.format_for(out, format) if out else check.format_named(format or "text")
    found = operations.precheck(request)
    _tell(request.standard, found.losses, request.language, losses)
    if out:
        output.deliver(shown.write(found.report, request.language), out, is_text=shown.is_text)
    else:
        check.show(found.report, shown, request.language)
    raise typer.Exit(check.exit_code(found.report, fail_on))


def _tell(standard: str, lost: tuple[Loss, ...], language: str, path: Path | None) -> None:
    sys.stderr.write(losses_report.as_text(standard, lost, language))
    if path:
        output.write(losses_report.as_json(standard, lost), path)


def _save(files: Mapping[str, bytes], out: Path | None, does: str) -> None:
    if len(files) == 1 and (out is None or not out.is_dir()):
        (content,) = files.values()
        _write(content, out)
        return
    if out is None:
        raise BadValue(f"{does} {len(files)} files", remedy="Name a folder with -o, or a syntax with -f.")
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
