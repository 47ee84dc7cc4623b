"""`/health` and `/metrics`: whether the service lives and answers, and how much it has done; nothing of what it holds."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

import mcqms_kg
from mcqms_kg.service.dependencies import Held, Working
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.metrics import MEDIA_TYPE, metrics_of

router = APIRouter(tags=["operation"])


class Health(BaseModel):
    """How the service is."""

    status: Literal["live", "ready"]
    version: str = Field(examples=["0.1.0"])


@router.get("/health/live", operation_id="isLive", responses=declared())
def is_live() -> Health:
    """Whether the process answers."""
    return Health(status="live", version=mcqms_kg.__version__)


@router.get("/health/ready", operation_id="isReady", responses=declared(503))
def is_ready(serving: Held) -> Health:
    """Whether the workspace is open and can be asked."""
    serving.workspace.home.is_there()
    return Health(status="ready", version=mcqms_kg.__version__)


@router.get(
    "/metrics",
    operation_id="readMetrics",
    response_class=Response,
    responses={200: {"description": "Prometheus text.", "content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def read_metrics(request: Request, jobs: Working) -> Response:
    """Numbers of requests, their time, and of checks, for Prometheus."""
    return Response(metrics_of(request.app).text(jobs.count()), media_type=MEDIA_TYPE)
