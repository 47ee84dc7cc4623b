"""Who sends a request: the holder of one of our tokens, somebody an issuer speaks for, or anybody."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from mcqms_kg.errors import Unauthenticated
from mcqms_kg.service.callers.access import ANYBODY, Caller
from mcqms_kg.service.callers.oidc import Issuer
from mcqms_kg.store.tokens import PREFIX, TokenFile

_BEARER = re.compile(r"[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9._~+/=-]{1,8192})")


@dataclass(frozen=True)
class Identities:
    """Who is known: the holders of tokens, and those whom the issuer speaks for if there is one."""

    tokens: TokenFile
    issuer: Issuer | None = None

    async def caller(self, headers: list[str]) -> Caller:
        """Who sends these Authorization headers; raises `Unauthenticated` where they are not good. Without one it is anybody."""
        if not headers:
            return ANYBODY
        match = _BEARER.fullmatch(headers[0]) if len(headers) == 1 else None
        if match is None:
            raise _not_good()
        sent = match[1]
        if sent.startswith(PREFIX):
            return self._holder(sent)
        if self.issuer is None:
            raise _not_good()
        return await run_in_threadpool(self.issuer.caller, sent)

    def _holder(self, sent: str) -> Caller:
        token = self.tokens.holder(sent, dt.datetime.now(dt.UTC))
        if token is None:
            raise _not_good()
        return Caller(token.name, token.role, frozenset(token.datasets))


def _not_good() -> Unauthenticated:
    return Unauthenticated(
        "The Authorization header holds no token that is good here",
        remedy="Send one header: Authorization: Bearer, and a token that has not expired or been revoked.",
    )
