"""Access tokens of an issuer: what is taken, and every way of forging one that is known to have worked somewhere."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import KeySet, OctKey, RSAKey

from mcqms_kg.errors import BadValue, Unauthenticated, Unavailable
from mcqms_kg.service.callers.access import Caller, Role
from mcqms_kg.service.callers.keys import Keys, keys_of, public_keys
from mcqms_kg.service.callers.oidc import Issuer
from mcqms_kg.settings import Oidc
from service.issuer import AUDIENCE, EC, ED, ISSUER, KEYS, RSA, STRANGER, confused, fake, signed, token, unsigned

SETTINGS = Oidc(ISSUER, AUDIENCE)
NOW = int(time.time())


def caller(sent: str, settings: Oidc = SETTINGS) -> Caller:
    return Issuer(settings, Keys(lambda: KEYS)).caller(sent)


TAKEN = {
    "RS256": token(),
    "PS256": token(algorithm="PS256"),
    "ES256": token(EC, "ES256"),
    "EdDSA": token(ED, "EdDSA"),
    "the type of an access token": token(header={"typ": "at+jwt"}),
    "for others too": token(aud=["other", AUDIENCE]),
    "good since a moment": token(nbf=NOW - 5, mcqms_datasets="mine"),
    "roles and datasets of others too": token(
        mcqms_role=["x", "provider"], mcqms_datasets=["mine", "../up", 7, "shipped/../x"]
    ),
}


@pytest.mark.parametrize("sent", TAKEN.values(), ids=TAKEN)
def test_what_is_taken(sent: str) -> None:
    assert caller(sent) == Caller("oidc:ana", Role.PROVIDER, frozenset(["mine"]))


FORGED = {
    "no algorithm": unsigned({"alg": "none", "kid": "rsa"}),
    "no algorithm, spelt otherwise": unsigned({"alg": "nOnE", "kid": "rsa"}),
    "no algorithm, and a signature": unsigned({"alg": "none", "kid": "rsa"}, b"x"),
    "no signature": unsigned({"alg": "RS256", "kid": "rsa"}),
    "no header": unsigned({}),
    "the public key as a shared secret": confused(),
    "the algorithm of another kind of key": unsigned({"alg": "ES256", "kid": "rsa"}, b"x" * 64),
    "a zero signature for an elliptic key": unsigned({"alg": "ES256", "kid": "ec"}, b"\0" * 64),
    "another's key under the same name": token(STRANGER),
    "its own key in the header": signed({"jwk": STRANGER.as_dict(private=False)}, STRANGER),
    "an address of keys in the header": signed({"jku": "http://127.0.0.1:9/keys"}, STRANGER),
    "a certificate in the header": signed({"x5c": ["AAAA"]}, STRANGER),
    "an extension that must be understood": signed({"crit": ["exp"], "exp": 1}),
    "a name of a key that leads to a file": signed({"kid": "../../../../dev/null"}, STRANGER),
    "a name of a key that asks a database": signed({"kid": "x' UNION SELECT 'k'"}, STRANGER),
    "a name of a key that is none": unsigned({"alg": "RS256", "kid": ["rsa"]}, b"x"),
    "no name of a key where there are several": unsigned({"alg": "RS256"}, b"x"),
    "expired": token(exp=NOW - 60),
    "no end": token(exp=None),
    "an end that is no number": token(exp="2099-01-01"),
    "an end that is infinite": token(exp=float("inf")),
    "an end that is not a number": token(exp=float("nan")),
    "not yet good": token(nbf=NOW + 86_400),
    "made in the future": token(iat=NOW + 86_400),
    "for somebody else": token(aud="other"),
    "for nobody": token(aud=None),
    "for others in a list": token(aud=["other", "mcqms2"]),
    "of another issuer": token(iss="https://login.example.org.evil.example"),
    "of an issuer with a slash more": token(iss=f"{ISSUER}/"),
    "of no issuer": token(iss=None),
    "about nobody": token(sub=None),
    "about somebody with a line break": token(sub="ana\nadmin"),
    "about somebody whose name is too long": token(sub="a" * 200),
    "with two roles": token(mcqms_role=["learner", "admin"]),
    "another kind of token": signed({"typ": "logout+jwt"}),
    "bound to a key that is not shown": token(cnf={"jkt": "x"}),
    "not three parts": "a.b",
    "five parts": "a.b.c.d.e",
    "nothing": "",
    "dots": "..",
    "no base64": "ä.b.c",
    "no JSON": "eA.eA.eA",
    "deep JSON": unsigned({"alg": "RS256", "kid": "rsa", "x": json.loads("[" * 500 + "]" * 500)}, b"x"),
}


@pytest.mark.parametrize("way", FORGED)
def test_what_is_refused(way: str) -> None:
    assert caller(signed({})).name == "oidc:ana", "the way of forging would not be noticed"
    with pytest.raises(Unauthenticated) as refused:
        caller(FORGED[way])
    assert "expired" not in str(refused.value) and "signature" not in str(refused.value), "it says no more than no"


def test_a_signature_covers_every_part() -> None:
    head, body, signature = token().split(".")
    other_head, other_body, _ = token(sub="budi").split(".")
    for forged in (f"{head}.{other_body}.{signature}", f"{head}.{body}.{signature[:-4]}AAAA", f"{head}.{body}."):
        with pytest.raises(Unauthenticated):
            caller(forged)
    assert other_head == head


def test_roles_and_datasets_stand_where_the_settings_say() -> None:
    keycloak = Oidc(ISSUER, AUDIENCE, role_claim="realm_access.roles", datasets_claim="https://example.org/datasets")
    said: dict[str, Any] = {"realm_access": {"roles": ["offline", "auditor"]}, "https://example.org/datasets": ["a"]}
    assert caller(token(mcqms_role="admin", **said), keycloak) == Caller("oidc:ana", Role.AUDITOR, frozenset("a"))
    assert caller(token(mcqms_role=None)).role is Role.PUBLIC
    assert caller(token(mcqms_role="king")).role is Role.PUBLIC
    assert caller(token(mcqms_role=None)).sees == frozenset()


def test_keys_that_cannot_be_trusted_are_left_out() -> None:
    short = RSAKey.generate_key(1024, {"kid": "short"}, auto_kid=False)
    shared = OctKey.generate_key(256, {"kid": "shared"})
    listed: list[Any] = [*KeySet([short, RSA]).as_dict(private=False)["keys"], shared.as_dict(private=True)]
    listed += [
        {"kty": "RSA", "kid": "broken"},
        {"kty": "RSA", "use": "enc", **RSA.as_dict(private=False), "kid": "e"},
        7,
    ]
    assert set(public_keys(json.dumps({"keys": listed}).encode())) == {"rsa"}
    for nothing in (b"{}", b"[]", b"x", b'{"keys": 1}', json.dumps({"keys": [shared.as_dict(private=True)]}).encode()):
        with pytest.raises(ValueError, match=r"no key|Expecting"):
            public_keys(nothing)


def test_a_file_of_keys_is_read_again_when_a_key_is_new(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    file.write_text(json.dumps(KeySet([RSA]).as_dict(private=False)))
    keys = keys_of(Oidc(ISSUER, AUDIENCE, file))
    assert keys.key("rsa").kid == "rsa" and keys.key(None).kid == "rsa", "the only one needs no name"
    file.write_bytes(KEYS)
    with pytest.raises(KeyError):
        keys.key("ec")  # it was read a moment ago
    keys._tried -= 60
    assert keys.key("ec").kid == "ec"
    for wrong in ("none.json", "."):
        with pytest.raises(BadValue, match="keys cannot be used"):
            keys_of(Oidc(ISSUER, AUDIENCE, tmp_path / wrong))


def test_keys_are_fetched_from_the_issuer_and_kept() -> None:
    with fake() as server:
        server.describe()
        issuer = Issuer(Oidc(server.address, AUDIENCE), keys_of(Oidc(server.address, AUDIENCE)))
        for _ in range(5):
            assert issuer.caller(token(iss=server.address)).name == "oidc:ana"
        for number in range(20):
            with pytest.raises(Unauthenticated):
                issuer.caller(token(STRANGER, iss=server.address, header={"kid": f"made-up-{number}"}))
        assert server.asked == ["/.well-known/openid-configuration", "/keys"], "made up names cause no fetching"


@pytest.mark.parametrize(
    "described",
    [
        {"jwks_uri": "http://127.0.0.1:9/keys"},
        {"jwks_uri": "http://localhost/keys"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": None},
        {"issuer": "https://evil.example"},
    ],
)
def test_a_description_that_leads_elsewhere_is_not_followed(described: dict[str, Any]) -> None:
    with fake() as server:
        server.describe(**described)
        with pytest.raises(Unavailable):
            keys_of(Oidc(server.address, AUDIENCE)).key("rsa")
        assert server.asked == ["/.well-known/openid-configuration"]


def test_redirects_floods_and_delays_of_the_issuer_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    with fake() as server, fake() as elsewhere:
        elsewhere.describe()
        for status, headers, content in (
            (302, {"Location": f"{elsewhere.address}/keys"}, b""),
            (200, {}, b" " * (2 * 1024 * 1024)),
            (500, {}, KEYS),
        ):
            server.describe()
            server.answers["/keys"] = (status, headers, content)
            with pytest.raises(Unavailable):
                keys_of(Oidc(server.address, AUDIENCE)).key("rsa")
        assert elsewhere.asked == []
        monkeypatch.setattr("mcqms_kg.service.callers.keys.TIMEOUT_S", 0.2)
        server.describe()
        given_up = threading.Event()
        server.slow = lambda: print(given_up.wait(60))
        with pytest.raises(Unavailable):  # had it been waited for, there would be keys
            keys_of(Oidc(server.address, AUDIENCE)).key("rsa")
        given_up.set()
        server.slow, server.drops = (lambda: None), 0.05  # a byte now and then: each in time, and all of it never
        with pytest.raises(Unavailable):
            keys_of(Oidc(server.address, AUDIENCE)).key("rsa")


def test_keys_stay_good_while_the_issuer_is_away_but_not_for_ever() -> None:
    moment, there = 0.0, True

    def read() -> bytes:
        if not there:
            raise OSError
        return KEYS

    keys = Keys(read, lambda: moment)
    assert keys.key("rsa")
    there, moment = False, 3000.0
    assert keys.key("rsa")
    moment = 8000.0
    with pytest.raises(Unavailable):
        keys.key("rsa")
    there, moment = True, 8100.0
    assert keys.key("rsa")


@pytest.mark.parametrize("issuer", ["http://login.example.org", "ftp://x", "login", "https://", "file:///etc"])
def test_an_issuer_that_is_not_asked(issuer: str) -> None:
    with pytest.raises(BadValue, match="https"):
        keys_of(Oidc(issuer, AUDIENCE))


def test_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Oidc.from_environment() is None
    monkeypatch.setenv("MCQMS_OIDC_ISSUER", ISSUER)
    with pytest.raises(BadValue, match="AUDIENCE"):
        Oidc.from_environment()
    monkeypatch.setenv("MCQMS_OIDC_AUDIENCE", AUDIENCE)
    monkeypatch.setenv("MCQMS_OIDC_ROLE_CLAIM", "roles")
    assert Oidc.from_environment() == Oidc(ISSUER, AUDIENCE, None, "roles")
