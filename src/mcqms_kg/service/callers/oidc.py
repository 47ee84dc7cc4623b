"""Access tokens of an OpenID Connect issuer: whom they are from and for, how long, and what their holder is here."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from mcqms_kg.errors import Unauthenticated
from mcqms_kg.model import DATASET_NAME
from mcqms_kg.service.callers.access import Caller, Role
from mcqms_kg.service.callers.keys import Keys
from mcqms_kg.settings import Oidc

ALGORITHMS = {
    "RSA": ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    "EC": ("ES256", "ES384", "ES512"),
    "OKP": ("EdDSA", "Ed25519"),
}
"""Kind of key to the algorithms it is taken with. No kind of key here can be shared, so none can be taken for another."""
LEEWAY_S = 30
_TYPES = (None, "jwt", "at+jwt", "application/at+jwt")
_SUBJECT = re.compile(r"[!-~]{1,100}")


class Issuer:
    """One issuer. Its tokens are taken where everything about them is right; raises `Unauthenticated` where anything is not."""

    def __init__(self, settings: Oidc, keys: Keys, clock: Callable[[], float] = time.time) -> None:
        self._settings, self._keys, self._clock = settings, keys, clock

    def caller(self, sent: str) -> Caller:
        from joserfc.errors import JoseError

        try:
            claims = self._claims(sent)
        except (JoseError, ValueError, TypeError, KeyError, RecursionError) as problem:
            raise Unauthenticated("The access token is not good", remedy="Ask its issuer for a new one.") from problem
        return _caller(claims, self._settings)

    def _claims(self, sent: str) -> Mapping[str, Any]:
        from joserfc import jws, jwt

        header = jws.extract_compact(sent.encode("ascii")).headers()
        if str(header.get("typ", "jwt")).lower() not in _TYPES:
            raise ValueError("another kind of token")
        key = self._keys.key(header.get("kid"))
        claims = jwt.decode(sent, key, algorithms=ALGORITHMS[key.key_type]).claims
        wanted = jwt.JWTClaimsRegistry(
            now=int(self._clock()),
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self._settings.issuer},
            aud={"essential": True, "value": self._settings.audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        wanted.validate(claims)
        if "cnf" in claims:
            raise ValueError("the token is bound to a key that is not asked for here")
        return claims


def _caller(claims: Mapping[str, Any], settings: Oidc) -> Caller:
    subject, role = str(claims["sub"]), _role(_below(claims, settings.role_claim))
    given = _below(claims, settings.datasets_claim) or []
    named = given.split() if isinstance(given, str) else given
    if not _SUBJECT.fullmatch(subject) or not isinstance(named, list):
        raise _unclear("subject or datasets")
    datasets = frozenset(name for name in named if isinstance(name, str) and DATASET_NAME.fullmatch(name))
    return Caller(f"oidc:{subject}", role, datasets)


def _role(given: object) -> Role:
    """The one role of ours that the claim has; without one, the public's."""
    found = {name for name in (given if isinstance(given, list) else [given]) if isinstance(name, str)} & set(Role)
    if len(found) > 1:
        raise _unclear("role")
    return Role(found.pop()) if found else Role.PUBLIC


def _below(claims: Mapping[str, Any], way: str) -> Any:
    """The claim of that name, or at the end of the way with dots."""
    if way in claims:
        return claims[way]
    found: Any = claims
    for step in way.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _unclear(what: str) -> Unauthenticated:
    return Unauthenticated(f"The access token does not say its {what} clearly", remedy="Have its issuer name one.")
