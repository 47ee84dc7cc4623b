"""`mcqms sign`: an award as a signed badge, or the lists of those that were taken back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import BadValue
from mcqms_kg.model import Loss
from mcqms_kg.report import losses as losses_report

if TYPE_CHECKING:
    from mcqms_kg.interop.openbadges.register import Register


@click.command("sign")
@click.argument("data", type=options.PATH, nargs=-1, help="Files or folders with the data; without any, the dataset.")
@click.option(
    "--key", "-k", type=options.PATH, required=True, help="The file of the private key: Ed25519, or P-256 with --jwt."
)
@click.option("--award", show_default="the status lists", help="The IRI of the award.")
@click.option("--dataset", "-d", help="The dataset with the data.")
@click.option("--version", type=int, show_default="the latest", help="Which version.")
@click.option(
    "--register", type=options.PATH, help="The register of your status lists; it is made where there is none."
)
@click.option("--base", help="For a new register: the web address under which its lists will stand.")
@click.option("--suspension", is_flag=True, help="For a new register: badges can be suspended too, by a second list.")
@click.option("--jwt", is_flag=True, help="Sign a JWT (VC-JWT, ES256) instead of JSON with a proof.")
@click.option("--bake", type=options.PATH, help="A PNG or SVG image to put the badge into.")
@options.as_of
@options.as_
@options.lang
@click.option(
    "--losses", type=options.PATH, help="Write everything that the badge does not carry to this file, as JSON."
)
@click.option(
    "--output",
    "-o",
    "out",
    type=options.PATH,
    show_default="standard output",
    help="Write the badge to this file, or the lists to this folder.",
)
@options.workspace
def sign(
    data: tuple[Path, ...],
    key: Path,
    award: str | None,
    dataset: str | None,
    version: int | None,
    register: Path | None,
    base: str | None,
    suspension: bool,
    jwt: bool,
    bake: Path | None,
    as_of: str | None,
    as_: str | None,
    lang: str,
    losses: Path | None,
    out: Path | None,
    workspace: Path | None,
) -> None:
    """Sign an award as a badge of Open Badges 3.0; without --award, sign the status lists of a register."""
    given: dict[str, Any] = {"dataset": dataset, "version": version, "workspace": workspace, "read_as": as_}
    with operations.register_held(register) if register else nullcontext():
        kept = operations.status_register(register, base, suspension=suspension) if register else None
        if award is None:
            _sign_lists(kept, key, data, out, {"as_of": as_of, "jwt": jwt, **given})
            return
        made = operations.sign(award, key, data, language=lang, jwt=jwt, image=bake, register=kept, **given)
        if register and made.register:
            output.write(made.register.text(), register)
    if out is None:
        sys.stdout.buffer.write(made.content)
        sys.stdout.buffer.flush()
    else:
        output.write_bytes(made.content, out)
    _tell(made.losses, lang, losses)


def _sign_lists(
    kept: Register | None, key: Path, data: Sequence[Path], out: Path | None, given: dict[str, Any]
) -> None:
    if kept is None or out is None:
        raise BadValue("Nothing to sign was named", remedy="Name an award, or a --register and a folder with -o.")
    out.mkdir(parents=True, exist_ok=True)
    for name, content in operations.sign_lists(kept, key, data, **given).items():
        output.write_bytes(content, out / name)
        click.echo(out / name)


def _tell(lost: tuple[Loss, ...], language: str, path: Path | None) -> None:
    sys.stderr.write(losses_report.as_text("openbadges", lost, language))
    if path:
        output.write(losses_report.as_json("openbadges", lost), path)
