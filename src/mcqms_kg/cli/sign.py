"""`mcqms sign`: an award as a signed badge, or the lists of those that were taken back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import BadValue
from mcqms_kg.model import Loss
from mcqms_kg.report import losses as losses_report

if TYPE_CHECKING:
    from mcqms_kg.interop.openbadges.register import Register


def sign(
    data: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders with the data.", show_default="the dataset")
    ] = None,
    key: Annotated[
        Path, typer.Option("--key", "-k", help="The file of the private key: Ed25519, or P-256 with --jwt.")
    ] = ...,  # type: ignore[assignment]  # Typer's way to say that it must be given
    award: Annotated[
        str | None, typer.Option("--award", help="The IRI of the award.", show_default="the status lists")
    ] = None,
    dataset: Annotated[str | None, typer.Option("--dataset", "-d", help="The dataset with the data.")] = None,
    version: Annotated[int | None, typer.Option("--version", help="Which version.", show_default="the latest")] = None,
    register: Annotated[
        Path | None,
        typer.Option("--register", help="The register of your status lists; it is made where there is none."),
    ] = None,
    base: Annotated[
        str | None, typer.Option("--base", help="For a new register: the web address under which its lists will stand.")
    ] = None,
    suspension: Annotated[
        bool, typer.Option("--suspension", help="For a new register: badges can be suspended too, by a second list.")
    ] = False,
    jwt: Annotated[
        bool, typer.Option("--jwt", help="Sign a JWT (VC-JWT, ES256) instead of JSON with a proof.")
    ] = False,
    bake: Annotated[Path | None, typer.Option("--bake", help="A PNG or SVG image to put the badge into.")] = None,
    as_of: options.AsOf = None,
    as_: options.As = None,
    lang: options.Lang = options.Language.ENGLISH,
    losses: Annotated[
        Path | None,
        typer.Option("--losses", help="Write everything that the badge does not carry to this file, as JSON."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write the badge to this file, or the lists to this folder.",
            show_default="standard output",
        ),
    ] = None,
    workspace: options.Workspace = None,
) -> None:
    """Sign an award as a badge of Open Badges 3.0; without --award, sign the status lists of a register."""
    given: dict[str, Any] = {"dataset": dataset, "version": version, "workspace": workspace, "read_as": as_}
    with operations.register_held(register) if register else nullcontext():
        kept = operations.status_register(register, base, suspension=suspension) if register else None
        if award is None:
            _sign_lists(kept, key, data or (), out, {"as_of": as_of, "jwt": jwt, **given})
            return
        made = operations.sign(award, key, data or (), language=lang.value, jwt=jwt, image=bake, register=kept, **given)
        if register and made.register:
            output.write(made.register.text(), register)
    if out is None:
        sys.stdout.buffer.write(made.content)
        sys.stdout.buffer.flush()
    else:
        output.write_bytes(made.content, out)
    _tell(made.losses, lang.value, losses)


def _sign_lists(
    kept: Register | None, key: Path, data: Sequence[Path], out: Path | None, given: dict[str, Any]
) -> None:
    if kept is None or out is None:
        raise BadValue("Nothing to sign was named", remedy="Name an award, or a --register and a folder with -o.")
    out.mkdir(parents=True, exist_ok=True)
    for name, content in operations.sign_lists(kept, key, data, **given).items():
        output.write_bytes(content, out / name)
        typer.echo(out / name)


def _tell(lost: tuple[Loss, ...], language: str, path: Path | None) -> None:
    sys.stderr.write(losses_report.as_text("openbadges", lost, language))
    if path:
        output.write(losses_report.as_json("openbadges", lost), path)
