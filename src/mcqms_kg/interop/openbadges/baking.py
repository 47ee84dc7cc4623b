"""Badges as pictures: a credential in a PNG or SVG image, put in and taken out."""

from __future__ import annotations

from mcqms_kg.errors import Place, Unsupported
from mcqms_kg.interop.openbadges import png, svg


def unbaked(content: bytes, called: str) -> bytes:
    """The credential in an image; content that is no image stays as it is. Raises `UnreadableInput` for an image without one."""
    if content.startswith(png.SIGNATURE):
        return png.credential(content, called)
    return svg.credential(content, called) if is_svg(content) else content


def baked(image: bytes, credential: str, called: str) -> bytes:
    """The image with the credential in it. Raises `BadValue` for an image that is a badge already, `Unsupported` for others."""
    if image.startswith(png.SIGNATURE):
        return png.with_credential(image, credential, called)
    if is_svg(image):
        return svg.with_credential(image, credential, called)
    raise Unsupported("The image is neither PNG nor SVG", place=Place(called), remedy="Give one of these.")


def is_svg(content: bytes) -> bool:
    """Whether the content looks like XML rather than JSON or a token."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"
