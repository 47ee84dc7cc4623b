"""An issuer of our own: keys, tokens signed with them, and a server on this machine that hands the keys out."""

from __future__ import annotations

import base64
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey

ISSUER, AUDIENCE = "https://login.example.org", "mcqms"
RSA = RSAKey.generate_key(2048, {"kid": "rsa"})
EC = ECKey.generate_key("P-256", {"kid": "ec"})
ED = OKPKey.generate_key("Ed25519", {"kid": "ed"})
STRANGER = RSAKey.generate_key(2048, {"kid": "rsa"})
KEYS = json.dumps(KeySet([RSA, EC, ED]).as_dict(private=False)).encode()


def claims(**more: Any) -> dict[str, Any]:
    """What a good token says; `None` leaves a claim out."""
    now = int(time.time())
    said = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "ana",
        "iat": now,
        "exp": now + 86_400,
    }  # longer than any run of the tests
    said |= {"mcqms_role": "provider", "mcqms_datasets": ["mine"]}
    return {name: value for name, value in (said | more).items() if value is not None}


def token(key: Any = RSA, algorithm: str = "RS256", header: Mapping[str, Any] | None = None, **more: Any) -> str:
    """A token signed with the key; by default one that is good."""
    head = {"alg": algorithm, "kid": key.kid, **(header or {})}
    names = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519", "HS256", "RS384"]
    return jwt.encode(head, claims(**more), key, algorithms=names)


def unsigned(header: Mapping[str, Any], signature: bytes = b"", **more: Any) -> str:
    """A token put together by hand."""
    return ".".join(_base64(part) for part in (_json(header), _json(claims(**more)), signature))


def signed(header: Mapping[str, Any], key: RSAKey = RSA, **more: Any) -> str:
    """A token with any header, signed by hand: the library would not sign some of them."""
    begun = unsigned({"alg": "RS256", "kid": "rsa", **header}, **more).rstrip(".")
    private = key.private_key
    assert private is not None
    return f"{begun}.{_base64(private.sign(begun.encode(), PKCS1v15(), SHA256()))}"


def confused() -> str:
    """Signed with HMAC, the secret being the issuer's public key, which everybody has."""
    signed = unsigned({"alg": "HS256", "kid": "rsa"}).rstrip(".")
    mac = hmac.new(RSA.as_pem(private=False), signed.encode(), "sha256").digest()
    return f"{signed}.{_base64(mac)}"


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content).encode()


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass
class Fake:
    """A server that answers by path, and remembers what it was asked for."""

    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    address: str = ""
    slow: Callable[[], None] = lambda: None
    drops: float = 0
    """Seconds between the bytes of an answer, where they come one by one."""

    def describe(self, **more: Any) -> None:
        """Answers as an issuer does."""
        said = {"issuer": self.address, "jwks_uri": f"{self.address}/keys", **more}
        self.answers["/.well-known/openid-configuration"] = (200, {}, json.dumps(said).encode())
        self.answers["/keys"] = (200, {}, KEYS)


@contextmanager
def fake() -> Iterator[Fake]:
    """The server, while it runs."""
    known = Fake()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # so the library calls it
            known.asked.append(self.path)
            known.slow()
            status, headers, content = known.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            for piece in (content[n : n + 1] for n in range(len(content))) if known.drops else (content,):
                self.wfile.write(piece)
                time.sleep(known.drops)

        do_POST = do_GET  # noqa: N815  # the name that http.server looks for

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """Clients that hang up are meant to."""

    server = Server(("127.0.0.1", 0), Answering)
    known.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
