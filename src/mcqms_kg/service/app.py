"""The application: its routes, who may call it, and what every response carries."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI

import mcqms_kg
from mcqms_kg.service.callers.identity import Identities
from mcqms_kg.service.callers.sessions import Sessions
from mcqms_kg.service.http.compression import Compression
from mcqms_kg.service.http.methods import ANY, Headed, explain_methods
from mcqms_kg.service.http.problems import explain_problems
from mcqms_kg.service.jobs.jobs import Jobs
from mcqms_kg.service.jobs.kept_checks import KeptChecks
from mcqms_kg.service.metrics import Measured, Metrics
from mcqms_kg.service.middleware import Front, put_before
from mcqms_kg.service.openapi import describe
from mcqms_kg.service.pages import include_pages
from mcqms_kg.service.pages.overview import make_ready
from mcqms_kg.service.pages.vocabulary import term_page
from mcqms_kg.service.routes import include_routes
from mcqms_kg.service.routes.quality_link import Descriptions
from mcqms_kg.service.serving import Serving
from mcqms_kg.service.short_way import Learning, ShortWay
from mcqms_kg.service.sparql.endpoint import sparql
from mcqms_kg.service.sparql.graphs import graphs
from mcqms_kg.service.sparql.straight import Straight
from mcqms_kg.settings import JobLimits
from mcqms_kg.store.tokens import TokenFile
from mcqms_kg.store.workspace import SCRATCH


def _jobs(serving: Serving, processes: int) -> Jobs:
    scratch = serving.workspace.folder / SCRATCH
    scratch.mkdir(exist_ok=True)
    return Jobs(JobLimits.from_environment(), processes, KeptChecks(serving.workspace, scratch), scratch)


def application(start: Callable[[], Serving], front: Front | None = None, check_processes: int = 2) -> FastAPI:
    """The service over what `start` opens, behind a front that is for this machine alone where no other is given."""
    front = front or Front()

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        app.state.serving = serving = start()
        serving.desk.begin()
        app.state.identities = Identities(TokenFile(serving.workspace.folder), front.issuer)
        app.state.jobs = jobs = _jobs(serving, check_processes)
        app.state.descriptions = Descriptions()
        serving.when_ending(jobs.cancel_all)
        threading.Thread(target=make_ready, args=(jobs, serving), daemon=True, name="overview").start()
        try:
            yield
        finally:
            jobs.stop()
            serving.stop()

    app = FastAPI(title="mcqms-kg", version=mcqms_kg.__version__, lifespan=life, docs_url=None, redoc_url=None)
    for path in ("/graphs", "/graphs/{name:path}"):
        app.add_route(path, graphs, methods=ANY, include_in_schema=False)
    include_routes(app, term_page)
    include_pages(app)
    explain_problems(app)
    explain_methods(app)
    describe(app)
    app.state.metrics, app.state.sessions = Metrics(), Sessions()
    app.add_middleware(Straight, endpoints=dict.fromkeys(("/sparql", "/sparql/"), sparql))
    app.add_middleware(Headed)
    app.add_middleware(Compression)
    put_before(app, front)
    app.add_middleware(Measured, metrics=app.state.metrics)
    app.state.short_way = ShortWay(app, front)
    app.add_middleware(Learning, short=app.state.short_way)
    return app
