"""The public keys of an issuer: from a file, or fetched from the issuer and from nobody else."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mcqms_kg.errors import BadValue, Place, Unavailable, Unsupported
from mcqms_kg.settings import MEBIBYTE, Oidc

if TYPE_CHECKING:
    from joserfc.jwk import Key

TIMEOUT_S, MAX_BYTES = 5, MEBIBYTE
FRESH_S, PAUSE_S = 3600, 30
"""How long fetched keys are taken as they are, and how long after a fetch an unknown name causes no other."""
_MIN_RSA_BITS = 2048
_PLAIN = {"Accept": "application/json", "Accept-Encoding": "identity"}
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class _Known:
    keys: Mapping[str, Key]
    at: float


class Keys:
    """Keys by their names (`kid`), read again when they are old or a name is not among them."""

    def __init__(self, read: Callable[[], bytes], clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._clock = read, clock
        self._lock = threading.Lock()
        self._known: _Known | None = None
        self._tried = float("-inf")

    def key(self, kid: object) -> Key:
        """The key of that name; without a name the only one there is.

        Raises `KeyError` where there is none, and `Unavailable` where none can be read.
        """
        with self._lock:
            found = self._find(kid)
            if found is None and self._clock() - self._tried >= PAUSE_S:
                self._refresh()
                found = self._find(kid)
            if self._known is None:
                raise _unavailable()
        if found is None:
            raise KeyError(kid)
        return found

    def _find(self, kid: object) -> Key | None:
        if self._known is None or self._clock() - self._known.at > FRESH_S:
            return None
        keys = self._known.keys
        if kid is None:
            return next(iter(keys.values())) if len(keys) == 1 else None
        return keys.get(kid) if isinstance(kid, str) else None

    def _refresh(self) -> None:
        self._tried = self._clock()
        try:
            self._known = _Known(public_keys(self._read()), self._tried)
        except (OSError, ValueError) as problem:
            self._known = None if self._known is None or self._tried - self._known.at > FRESH_S else self._known
            if self._known is None:
                raise _unavailable() from problem


def keys_of(settings: Oidc) -> Keys:
    """The keys that the settings lead to. Raises `BadValue` where they lead nowhere, `Unsupported` where packages are missing."""
    try:
        import httpx  # noqa: F401  # only whether they are there
        import joserfc  # noqa: F401  # only whether they are there
    except ImportError as problem:
        raise Unsupported("OIDC needs packages that are not installed", remedy="Install mcqms-kg[oidc].") from problem
    file = settings.jwks_file
    if file is None:
        _refuse_address(settings.issuer)
        return Keys(lambda: _fetched(settings.issuer))
    try:
        public_keys(file.read_bytes())
    except (OSError, ValueError) as problem:
        raise BadValue("The file of the issuer's keys cannot be used", place=Place(str(file))) from problem
    return Keys(file.read_bytes)


def public_keys(text: bytes) -> Mapping[str, Key]:
    """The keys of a JWK set that sign with a private half elsewhere; raises `ValueError` where there is none.

    Keys that both sides share, keys for encryption and short ones are left out.
    """
    from joserfc.errors import JoseError
    from joserfc.jwk import JWKRegistry

    found = json.loads(text)
    listed = found.get("keys") if isinstance(found, dict) else None
    keys: dict[str, Key] = {}
    for number, given in enumerate(listed if isinstance(listed, list) else []):
        if (
            not isinstance(given, dict)
            or given.get("kty") not in ("RSA", "EC", "OKP")
            or given.get("use", "sig") != "sig"
        ):
            continue
        try:
            key = JWKRegistry.import_key({name: value for name, value in given.items() if name not in _PRIVATE})
        except (JoseError, ValueError, TypeError):
            continue
        if _is_long(key):
            keys[str(given.get("kid", number))] = key
    if not keys:
        raise ValueError("no key that can be used")
    return keys


_PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "oth", "k", "key_ops", "alg")


def _is_long(key: Key) -> bool:
    return key.key_type != "RSA" or getattr(key.raw_value, "key_size", 0) >= _MIN_RSA_BITS


def _fetched(issuer: str) -> bytes:
    """The issuer's keys, from where its own description says, which must be with the issuer itself."""
    described = json.loads(_get(f"{issuer.rstrip('/')}/.well-known/openid-configuration"))
    address: Any = described.get("jwks_uri") if isinstance(described, dict) else None
    if not isinstance(address, str) or described.get("issuer") != issuer or _origin(address) != _origin(issuer):
        raise ValueError("the issuer's description is not about it, or leads elsewhere")
    return _get(address)


def _get(address: str) -> bytes:
    import httpx

    content, begun = b"", time.monotonic()
    try:
        with (
            httpx.Client(timeout=TIMEOUT_S, follow_redirects=False, trust_env=False) as client,
            client.stream("GET", address, headers=_PLAIN) as answer,
        ):
            if answer.status_code != 200:
                raise ValueError(f"status {answer.status_code}")
            for chunk in answer.iter_bytes():  # as they come, however small, so that the time is looked at
                content += chunk
                if len(content) > MAX_BYTES or time.monotonic() - begun > TIMEOUT_S:
                    raise ValueError("too much, or too slow")
    except httpx.HTTPError as problem:
        raise OSError(str(problem)) from problem
    return content


def _refuse_address(issuer: str) -> None:
    parts = urlsplit(issuer)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)):
        raise BadValue(f"{issuer!r} is no issuer whose keys can be fetched", remedy="Give its address with https://.")


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port


def _unavailable() -> Unavailable:
    return Unavailable(
        "The keys of the issuer cannot be had now", remedy="Try again later, or set MCQMS_OIDC_JWKS_FILE."
    )
