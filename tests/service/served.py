"""The service over a workspace with two versions of a story, asked by whom the test says."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

import mcqms_kg
from mcqms_kg.service.access import Caller, Role
from mcqms_kg.service.app import application
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits
from service.live import running

ROOT = Path(__file__).resolve().parents[2]
STORY = ROOT / "data" / "flawed-provider"
DAY = "2026-06-30"
ADMIN = Caller("Ana", Role.ADMIN)
CALLERS = {"Ana": ADMIN, "Budi": Caller("Budi", Role.AUDITOR), "Citra": Caller("Citra", Role.LEARNER)}


class As:
    """Says that the caller is whom the header `x-caller` names; who they are is found out elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        names = [value.decode() for name, value in scope.get("headers", []) if name == b"x-caller"]
        if names:
            scope["caller"] = CALLERS[names[0]]
        await self._app(scope, receive, send)


def story_workspace(folder: Path) -> Path:
    """A workspace that holds the story as the dataset `horizon`, and with one credential changed as its second version."""
    mcqms_kg.init(folder / "ws")
    mcqms_kg.import_files([STORY], "horizon", title="Horizon", by="Ana", workspace=folder / "ws")
    later = folder / "later"
    later.mkdir()
    for path in STORY.glob("*.ttl"):
        shutil.copy(path, later)
    credentials = later / "credentials.ttl"
    credentials.write_text(credentials.read_text("utf-8").replace("mc:workloadHours 90.0", "mc:workloadHours 900.0", 1))
    mcqms_kg.import_files([later], "horizon", by="Budi", workspace=folder / "ws")
    return folder / "ws"


def api(workspace: Path, limits: QueryLimits | None = None) -> FastAPI:
    """The application over a workspace, asked by whom `x-caller` names."""
    app = application(partial(Serving, workspace, limits or QueryLimits(), 2))
    app.add_middleware(As)
    return app


@contextmanager
def served(workspace: Path) -> Iterator[httpx.Client]:
    """A client of a service that runs; it asks as Ana, and is kept waiting for a check however busy the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MCQMS_CHECK_WAIT_S", "100")
        with (
            running(uvicorn.Config(api(workspace), log_level="warning")) as address,
            httpx.Client(base_url=address, timeout=120, headers={"x-caller": "Ana"}) as client,
        ):
            yield client
