"""The processes that answer queries, over the graphs in the folder or over those on a server."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from mcqms_kg.model import Term
from mcqms_kg.query.checkpoints import Checkpoints
from mcqms_kg.query.desk.desk import Desk
from mcqms_kg.query.remote.desk import ServerDesk
from mcqms_kg.query.remote.pool import ServerPool
from mcqms_kg.query.remote.query import Endpoint
from mcqms_kg.settings import QueryLimits, store_time_limit
from mcqms_kg.store.provenance import GRAPH
from mcqms_kg.store.workspace import Workspace


def desk_of(
    workspace: Workspace, shipped: Term, checkpoints: Checkpoints, limits: QueryLimits, size: int
) -> Desk | ServerDesk:
    """A desk for the workspace, `shipped` being the graph of what the package ships.

    Raises `ServerFailed` for a server that does not keep to the graphs that it is asked.
    """
    if not workspace.is_on_server:
        return Desk(checkpoints, limits, size=size)
    from mcqms_kg.query.remote.traits import merges, traits  # only then is its package needed
    from mcqms_kg.store.remote import RemoteHome

    home = cast(RemoteHome, workspace.home)
    found = traits(Endpoint(home.query_address, store_time_limit()), shipped, GRAPH, limits)
    found = replace(found, merges=merges(home.client, found, shipped, limits, home))
    return ServerDesk(ServerPool(found, checkpoints.folder, limits, size=size), limits)
