"""`mcqms export`: a version as it came, or what data says in another syntax or in a standard of others."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.cli.grades import FAIL_ON, OPPORTUNITY, exit_code
from mcqms_kg.errors import BadValue
from mcqms_kg.interop.standards import writable
from mcqms_kg.model import DATASET_NAME, Loss
from mcqms_kg.report import losses as losses_report
from mcqms_kg.store.export import SYNTAXES, below


@click.command("export")
@click.argument("dataset", required=False, help="The name of the dataset; without one, the files of --from.")
@click.option("--version", type=int, show_default="the latest", help="Which version.")
@click.option(
    "--from",
    "from_",
    type=options.PATH,
    multiple=True,
    help="A file or folder in the place of a dataset; can be repeated.",
)
@options.as_
@click.option("--to", show_default="as it came", help=f"The standard to write: {', '.join((*writable(), *SYNTAXES))}.")
@click.option("--about", multiple=True, show_default="all there is", help="The IRI of what is wanted; can be repeated.")
@click.option("--base", default=operations.DEFAULT_BASE, help="The web address under which what is written will stand.")
@click.option("--option", multiple=True, help="An option of the standard, like name=value; can be repeated.")
@options.as_of
@options.lang
@click.option("--precheck", is_flag=True, help="Say whether the target will accept it, and write nothing else.")
@click.option("--force", is_flag=True, help="Write it even if the target would not accept it.")
@click.option("--losses", type=options.PATH, help="Write everything that was lost to this file, as JSON.")
@click.option("--format", "-f", help="The RDF syntax; with --precheck the format of the report.")
@click.option(
    "--fail-on",
    type=FAIL_ON,
    default=OPPORTUNITY,
    help="With --precheck, the lowest grade that makes the exit code 1.",
)
@click.option(
    "--output",
    "-o",
    "out",
    type=options.PATH,
    show_default="standard output",
    help="Write to this file, or several files to this folder.",
)
@options.workspace
def export(
    dataset: str | None,
    version: int | None,
    from_: tuple[Path, ...],
    as_: str | None,
    to: str | None,
    about: tuple[str, ...],
    base: str,
    option: tuple[str, ...],
    as_of: str | None,
    lang: str,
    precheck: bool,
    force: bool,
    losses: Path | None,
    format: str | None,
    fail_on: str,
    out: Path | None,
    workspace: Path | None,
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
        from_,
        dataset=dataset,
        version=version,
        workspace=workspace,
        about=about,
        language=lang,
        as_of=as_of,
        base=base,
        options=_named(option),
        read_as=as_,
    )
    if precheck:
        _precheck(request, format, fail_on, out, losses)
    written = operations.export_to(request, force=force)
    _tell(chosen, written.losses, lang, losses)
    _save(written.files, out, f"{chosen} makes")


def _standard(to: str | None, format: str | None, precheck: bool) -> str:
    chosen = to if precheck else to or format
    if chosen is None:
        raise BadValue("No standard was named", remedy=f"Say with --to: {', '.join((*writable(), *SYNTAXES))}.")
    if to and format and not precheck:
        raise BadValue("--to and --format were both given", remedy="Give one of them.")
    return chosen


def _named(given: tuple[str, ...]) -> Mapping[str, str]:
    wrong = next((text for text in given if not text.partition("=")[1]), None)
    if wrong is not None:
        raise BadValue(f"{wrong!r} is no option", remedy="Write it like name=value.")
    return {name: value for name, _, value in (text.partition("=") for text in given)}


def _precheck(
    request: operations.ExportRequest,
    format: str | None,
    fail_on: str,
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
    sys.exit(exit_code(found.report, fail_on))


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
