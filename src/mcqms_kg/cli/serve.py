"""`mcqms serve`: the workspace over HTTP."""

from __future__ import annotations

import gc
import ipaddress
import logging
import re
from dataclasses import replace
from pathlib import Path

import click

from mcqms_kg.cli import options, output
from mcqms_kg.errors import BadValue, Unsupported
from mcqms_kg.settings import Oidc, QueryLimits, ServiceLimits, pack_key, workspace_folder
from mcqms_kg.store import tokens
from mcqms_kg.store.versions import versions
from mcqms_kg.store.workspace import open_workspace

RATE_PER_MINUTE = 600
"""What a caller from elsewhere may ask in a minute where the operator sets nothing."""
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")


@click.command("serve")
@click.option("--host", default="127.0.0.1", help="The address to listen on.")
@click.option("--port", type=click.IntRange(min=1, max=65535), default=8000, help="The port to listen on.")
@click.option(
    "--behind-tls",
    multiple=True,
    show_default="nobody but this machine",
    help="The address, or network, of the server in front of this one that ends TLS; nobody else is let in. May be repeated.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    show_default="none",
    help="A name that callers know the service by. May be repeated.",
)
@click.option("--processes", type=click.IntRange(min=1), default=2, help="How many queries are answered at once.")
@click.option("--checks", type=click.IntRange(min=1), default=2, help="How many checks run at once.")
@options.workspace
def serve(
    host: str,
    port: int,
    behind_tls: tuple[str, ...],
    names: tuple[str, ...],
    processes: int,
    checks: int,
    workspace: Path | None,
) -> None:
    """Serve the workspace. Without a token everybody reads what is public.

    Only this machine is let in, unless --behind-tls names the server that others come through.
    """
    folder, proxies = workspace_folder(workspace), behind_tls
    _refuse_other_machines(host, proxies, folder)
    try:
        from mcqms_kg.service.app import application
        from mcqms_kg.service.http.doorway import Door, networks
        from mcqms_kg.service.http.listening import listening
        from mcqms_kg.service.middleware import LOOPBACK, front_of
        from mcqms_kg.service.request_log import TurnHandler
        from mcqms_kg.service.server import Server
        from mcqms_kg.service.serving import Serving
    except ImportError as problem:
        raise Unsupported(
            "The service needs packages that are not installed", remedy="Install mcqms-kg[serve]."
        ) from problem
    _refuse_unfit_key()
    limits = _limits(proxies)
    door = Door((*LOOPBACK, host, *_names(names)), networks(proxies), limits.max_header_bytes)
    front = front_of(door, limits)
    with open_workspace(folder) as opened:  # what is wrong with it is said before anything starts
        public = len({version.dataset for version in versions(opened) if not version.private})
    sockets = listening(host, port)
    serving = Serving(folder, QueryLimits.from_environment(), processes)
    app = application(lambda: serving, front, checks)
    logging.basicConfig(format="%(message)s", handlers=[TurnHandler()])
    logging.getLogger("mcqms.requests").setLevel(logging.INFO)
    click.echo(
        f"mcqms: Serving {folder} at http://{host}:{port}/; everybody reads {output.counted(public, 'dataset')}",
        err=True,
    )
    gc.set_threshold(5000, 10, 10)  # unlike other verbs (`cli.app`), it makes what is let go again
    gc.freeze()  # what is there now stays: to look through it again and again would hold up those who ask
    Server(app, limits, host=host, port=port).run(sockets)


def _refuse_unfit_key() -> None:
    """What is wrong with the key that signs packs is said before anything starts."""
    if key := pack_key():
        from mcqms_kg.operations.packs import signing_key

        signing_key(key)


def _limits(proxies: tuple[str, ...]) -> ServiceLimits:
    given = ServiceLimits.from_environment()
    return replace(given, rate_per_minute=RATE_PER_MINUTE) if proxies and not given.rate_per_minute else given


def _names(given: tuple[str, ...]) -> tuple[str, ...]:
    for name in given:
        if not _NAME.fullmatch(name):
            raise BadValue(f"{name!r} cannot be the name of a machine", remedy="Give one like quality.example.org.")
    return tuple(given)


def _refuse_other_machines(host: str, proxies: tuple[str, ...], folder: Path) -> None:
    try:
        safe = ipaddress.ip_address(host).is_loopback
    except ValueError:
        safe = host == "localhost"
    if not safe and not proxies:
        raise BadValue(
            f"{host} can be reached from other machines, and nothing here encrypts what they send",
            remedy="Listen on 127.0.0.1, or say with --behind-tls which server in front of this one ends TLS.",
        )
    if not safe and not tokens.read(folder) and Oidc.from_environment() is None:
        raise BadValue(
            f"{host} can be reached from other machines, and there is no way to tell who they are",
            remedy="Give out a token with `mcqms token new`, or set MCQMS_OIDC_ISSUER.",
        )
