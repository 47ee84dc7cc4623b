"""`mcqms serve`: the workspace over HTTP, on this machine."""

from __future__ import annotations

import ipaddress
from functools import partial
from typing import Annotated

import typer

from mcqms_kg.cli import options
from mcqms_kg.errors import BadValue, Unsupported
from mcqms_kg.settings import QueryLimits, workspace_folder
from mcqms_kg.store.workspace import open_workspace


def serve(
    host: Annotated[str, typer.Option("--host", help="The loopback address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = 8000,
    processes: Annotated[int, typer.Option("--processes", min=1, help="How many queries are answered at once.")] = 2,
    workspace: options.Workspace = None,
) -> None:
    """Serve the workspace at /sparql and /graphs. The service reads only, and only this machine reaches it."""
    _refuse_other_machines(host)
    try:
        import uvicorn

        from mcqms_kg.service.app import LOOPBACK, application
        from mcqms_kg.service.serving import Serving
    except ImportError as problem:
        raise Unsupported(
            "The service needs packages that are not installed", remedy="Install mcqms-kg[serve]."
        ) from problem
    folder = workspace_folder(workspace)
    with open_workspace(folder) as opened:  # what is wrong with it is said before anything starts
        _ = opened.embedded
    start = partial(Serving, folder, QueryLimits.from_environment(), processes)
    app = application(start, (*LOOPBACK, host))
    typer.echo(f"mcqms: Serving {folder} at http://{host}:{port}/sparql", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, date_header=False)


def _refuse_other_machines(host: str) -> None:
    try:
        safe = ipaddress.ip_address(host).is_loopback
    except ValueError:
        safe = host == "localhost"
    if not safe:
        raise BadValue(
            f"{host} can be reached from other machines, and the service asks nobody who they are",
            remedy="Listen on 127.0.0.1, behind a server that does.",
        )
