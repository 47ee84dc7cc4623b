"""Private keys lie in files that nobody else can read, and are nowhere else: not in graphs, logs or command lines."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from mcqms_kg.errors import BadValue, Forbidden, Place, UnreadableInput, Unsupported
from mcqms_kg.interop.signing.did_key import ED25519, P256, PublicKey

KINDS = (ED25519, P256)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LARGEST = 16 * 1024
PrivateKeys = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class SigningKey:
    """A private key that is never shown, and its public part."""

    public: PublicKey
    private: PrivateKeys = field(repr=False, compare=False)


def new_key(path: Path, kind: str) -> PublicKey:
    """Makes a key in a new file (PKCS #8, PEM) that only its owner can read, and gives the public part.

    Raises `BadValue` for a file that is there already: a key is never overwritten.
    """
    if kind not in KINDS:
        raise BadValue(f"No kind of key is named {kind!r}", remedy=f"Use one of: {', '.join(KINDS)}.")
    made = ed25519.Ed25519PrivateKey.generate() if kind == ED25519 else ec.generate_private_key(ec.SECP256R1())
    text = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as problem:
        raise BadValue("There is a file of that name", place=Place(str(path)), remedy="Choose another.") from problem
    except OSError as problem:
        raise BadValue(
            f"The file cannot be written: {problem.strerror}", place=Place(str(path)), remedy="Choose another."
        ) from problem
    with os.fdopen(handle, "wb") as stream:
        with suppress(AttributeError, OSError):  # the mode of `open` is cut by the umask, never widened
            os.fchmod(stream.fileno(), 0o600)
        stream.write(text)
    return PublicKey(kind, made.public_key())


def load_key(path: Path) -> SigningKey:
    """The key in a file. Raises `Forbidden` where others can read it, and `UnreadableInput` where it is no key."""
    content = _private(path)
    try:
        found = load_pem_private_key(content, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise UnreadableInput(
            "The file holds no private key in PEM that is not encrypted",
            place=Place(str(path)),
            remedy="Make one with `mcqms key new`.",
        ) from problem
    if isinstance(found, ed25519.Ed25519PrivateKey):
        return SigningKey(PublicKey(ED25519, found.public_key()), found)
    if isinstance(found, ec.EllipticCurvePrivateKey) and isinstance(found.curve, ec.SECP256R1):
        return SigningKey(PublicKey(P256, found.public_key()), found)
    raise Unsupported(
        "The key is of another kind than Ed25519 and P-256",
        place=Place(str(path)),
        remedy="Make one with `mcqms key new`.",
    )


def _private(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            if os.name == "posix" and mode & _OTHERS:
                raise Forbidden(
                    f"Others can read or change this key (its rights are {stat.S_IMODE(mode):03o})",
                    place=Place(str(path)),
                    remedy="Run `chmod 600` on it; if others may have read it, make a new key.",
                )
            return stream.read(_LARGEST)
    except OSError as problem:
        raise UnreadableInput(
            f"The key cannot be read: {problem.strerror}", place=Place(str(path)), remedy="Check its name and rights."
        ) from problem
