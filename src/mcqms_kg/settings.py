"""What an operator may set in the environment (`MCQMS_…`); what forces a way of working is read where that way is."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

from mcqms_kg.errors import BadValue

MEBIBYTE = 1024 * 1024
WORKSPACE = Path(".mcqms")
_BASE = r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?"
_DOMAIN = r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?[.])+[A-Za-z]{2,63}"
_TIME_LIMIT = (
    r"(?!query=|default-graph-uri=|named-graph-uri=)[A-Za-z][A-Za-z0-9_-]*=[A-Za-z0-9.,]*\{m?s\}[A-Za-z0-9.,]*"
)
_ORIGIN = r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?"


@dataclass(frozen=True)
class _Bounds:
    """Whole numbers above zero, each set by `MCQMS_` and its name in capitals."""

    @classmethod
    def from_environment(cls) -> Self:
        """Those in force; raises `BadValue` for one that is not a positive whole number."""
        given = {f.name: os.environ.get(f"MCQMS_{f.name.upper()}") for f in fields(cls)}
        return cls(**{name: _positive(name, text) for name, text in given.items() if text is not None})


@dataclass(frozen=True)
class Settings(_Bounds):
    """Bounds on what is read.

    `max_input_bytes` bounds one file, `max_line_bytes` one line of it, `max_nesting` the depth of JSON-LD,
    `max_naming_seconds` the time for naming the blank nodes of two versions that are compared,
    `store_timeout_s` one call of a store that is not in the workspace. `kept_checks` bounds how many checks of a dataset under a
    profile a workspace keeps.
    """

    max_input_bytes: int = 16 * 1024 * MEBIBYTE
    max_line_bytes: int = 64 * MEBIBYTE
    max_nesting: int = 200
    max_naming_seconds: int = 60
    store_timeout_s: int = 60
    kept_checks: int = 50


@dataclass(frozen=True)
class QueryLimits(_Bounds):
    """Bounds on one query, set as those on what is read. Beyond one of them there is an error and no answer.

    `query_max_length` bounds the characters of the query itself, `query_memory_mb` what the process that answers
    may take beside the open store, `query_cache_mb` what answers that are remembered may take in all.
    """

    query_timeout_s: int = 30
    query_memory_mb: int = 1024
    query_max_rows: int = 100_000
    query_max_bytes: int = 64 * MEBIBYTE
    query_max_length: int = 100_000
    query_cache_mb: int = 64


@dataclass(frozen=True)
class JobLimits(_Bounds):
    """Bounds on what the service is asked to check, set as those on what is read.

    `check_timeout_s` and `check_memory_mb` bound one check or validation in its process, `check_wait_s` how long its caller is kept
    waiting before they are told where to look for it. At most `jobs_max` of them wait, and as many results are kept, for `job_keep_s`.
    `upload_max_bytes` bounds a request, also after it is decompressed, and `upload_max_files` the files in it; `given_max_bytes` is what
    may be kept of files beside the reports of their checks, the newest first.
    `kept_statements` bounds what one process keeps of datasets, so that they are checked fast after a change.
    """

    check_timeout_s: int = 600
    check_memory_mb: int = 4096
    check_wait_s: int = 20
    jobs_max: int = 50
    job_keep_s: int = 3600
    upload_max_bytes: int = 64 * MEBIBYTE
    upload_max_files: int = 100
    given_max_bytes: int = 1024 * MEBIBYTE
    kept_statements: int = 500_000


@dataclass(frozen=True)
class ServiceLimits(_Bounds):
    """Bounds on requests to the service, set as those on what is read.

    `rate_per_minute` is what one caller may ask in a minute, with `rate_burst` at once; 0, which cannot be set, is no limit.
    `request_timeout_s` is the time for a request to arrive, with a second more for every 16 KiB of it;
    `max_event_streams` is how many event streams one caller may have open; each holds a connection as long as its job takes.
    `shutdown_s` is what is left to those at work when the service stops.
    """

    rate_per_minute: int = 0
    rate_burst: int = 60
    max_request_bytes: int = 256 * MEBIBYTE
    max_header_bytes: int = 32 * 1024
    request_timeout_s: int = 20
    keep_alive_s: int = 5
    max_connections: int = 512
    max_event_streams: int = 32
    shutdown_s: int = 10


@dataclass(frozen=True)
class UpdateLimits(_Bounds):
    """Bounds on one change of the working graphs, set as the others. Beyond one of them there is an error and nothing is changed.

    `update_max_bytes` bounds what is sent, also after it is decompressed; `update_memory_mb` what the process that works the change
    out may take; `update_max_statements` how many statements may be added and removed.
    """

    update_timeout_s: int = 30
    update_memory_mb: int = 1024
    update_max_bytes: int = 16 * MEBIBYTE
    update_max_statements: int = 200_000


@dataclass(frozen=True)
class ImportLimits(_Bounds):
    """Bounds on reading what is handed in over HTTP, set as the others. Beyond one of them there is an error and nothing is kept.

    `import_memory_mb` bounds what the process that reads may take.
    """

    import_timeout_s: int = 600
    import_memory_mb: int = 4096


@dataclass(frozen=True)
class Oidc:
    """Whose access tokens are taken besides our own, set by `MCQMS_OIDC_` and the name in capitals.

    `audience` is what they call this service. `jwks_file` holds the issuer's public keys; without it they are fetched from the issuer.
    `role_claim` and `datasets_claim` say where in a token the role and the datasets stand, with dots on the way down.
    """

    issuer: str
    audience: str
    jwks_file: Path | None = None
    role_claim: str = "mcqms_role"
    datasets_claim: str = "mcqms_datasets"

    @classmethod
    def from_environment(cls) -> Oidc | None:
        """The settings, or nothing where no issuer is named; raises `BadValue` for an issuer without an audience."""
        given = {f.name: os.environ.get(f"MCQMS_OIDC_{f.name.upper()}") for f in fields(cls)}
        if not given["issuer"]:
            return None
        if not given["audience"]:
            raise BadValue(
                "MCQMS_OIDC_ISSUER is set without MCQMS_OIDC_AUDIENCE", remedy="Say whom its tokens are for."
            )
        file = given.pop("jwks_file")
        return cls(jwks_file=Path(file) if file else None, **{name: text for name, text in given.items() if text})


def cors_origins() -> tuple[str, ...]:
    """The origins whose pages may read answers (`MCQMS_CORS_ORIGINS`, with commas); none where it is not set.

    Raises `BadValue` for what is no origin, and for `*`.
    """
    given = [text.strip() for text in os.environ.get("MCQMS_CORS_ORIGINS", "").split(",") if text.strip()]
    for origin in given:
        if not re.fullmatch(_ORIGIN, origin):
            raise BadValue(f"MCQMS_CORS_ORIGINS has {origin!r}", remedy="Name origins like https://example.org.")
    return tuple(given)


def public_base() -> str:
    """The address under which others reach this service (`MCQMS_PUBLIC_BASE`), with a slash at its end; empty where it is not set.

    Raises `BadValue` for what is no such address.
    """
    given = os.environ.get("MCQMS_PUBLIC_BASE", "")
    if given and not re.fullmatch(_BASE, given):
        raise BadValue(f"MCQMS_PUBLIC_BASE is {given!r}", remedy="Set it like https://example.org/ or unset it.")
    return given and f"{given.rstrip('/')}/"


def schac() -> str:
    """The domain by which the institution is known in SCHAC (`MCQMS_SCHAC`); empty where it is not set. Raises `BadValue`."""
    given = os.environ.get("MCQMS_SCHAC", "")
    if given and not re.fullmatch(_DOMAIN, given):
        raise BadValue(f"MCQMS_SCHAC is {given!r}", remedy="Set it to a domain like university.ac.id, or unset it.")
    return given


def _positive(name: str, text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise BadValue(f"MCQMS_{name.upper()} is {text!r}", remedy="Set it to a whole number above zero, or unset it.")


def workspace_folder(given: Path | str | None = None) -> Path:
    """The folder of the workspace: as given, else `MCQMS_WORKSPACE`, else `.mcqms` in the current folder."""
    return Path(given or os.environ.get("MCQMS_WORKSPACE") or WORKSPACE)


def store_addresses() -> tuple[str, str] | None:
    """Where the graphs are, for queries and for updates (`MCQMS_STORE`, `MCQMS_STORE_UPDATE`); nothing for the workspace."""
    query = os.environ.get("MCQMS_STORE")
    return (query, os.environ.get("MCQMS_STORE_UPDATE") or query) if query else None


def pack_key() -> Path | None:
    """The file of the key that signs the packs which the service makes (`MCQMS_PACK_KEY`); nothing where nobody signs."""
    given = os.environ.get("MCQMS_PACK_KEY")
    return Path(given).absolute() if given else None


def store_time_limit() -> str:
    """The parameter that tells the server how long a query may take (`MCQMS_STORE_TIME_LIMIT`), as `name=…{s}…` or `name=…{ms}…`.

    It is empty where it is not set. Raises `BadValue` for what is no such parameter.
    """
    given = os.environ.get("MCQMS_STORE_TIME_LIMIT", "")
    if given and not re.fullmatch(_TIME_LIMIT, given):
        raise BadValue(
            f"MCQMS_STORE_TIME_LIMIT is {given!r}", remedy="Set it like timeout={ms} or timeout={s}, or unset it."
        )
    return given
