"""Credentials in SVG images: an element of Open Badges 3.0, whose content is JSON or whose attribute `verify` is a token.

The image is read by expat without declarations of document types: neither entities nor anything from outside can come in by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from mcqms_kg.errors import BadValue, Place, UnreadableInput
from mcqms_kg.interop.signing.vc_jwt import TOKEN

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_SVG = "http://www.w3.org/2000/svg svg"
_CREDENTIALS = (f"{NAMESPACE} credential", "http://openbadges.org assertion")
"""The element of Open Badges 3.0, and that of 2.0."""


class _Image:
    """An SVG image that is being read: its credentials, and where its root ends."""

    def __init__(self, content: bytes, called: str) -> None:
        self.called = called
        self.found: list[str] = []
        self.end = -1
        self._depth = self._inside = 0
        self._text: list[str] = []
        self._verify = ""
        parser = self._parser = expat.ParserCreate("utf-8", " ")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._stop
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = self._said, self._doctype
        parser.SkippedEntityHandler = self._skipped
        parser.XmlDeclHandler = self._declared
        parser.CommentHandler, parser.ProcessingInstructionHandler = self._aside, self._aside
        try:
            parser.Parse(content.removeprefix(b"\xef\xbb\xbf"), True)
        except expat.ExpatError as problem:
            raise self._broken(f"The SVG image is broken: {expat.ErrorString(problem.code)}") from problem

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._depth == 0 and name != _SVG:
            raise self._broken("The XML is no SVG image")
        self._aside()
        self._depth += 1
        if name in _CREDENTIALS:
            self._inside = self._depth
            self._verify, self._text = attributes.get("verify", ""), []

    def _stop(self, _: str) -> None:
        if self._inside == self._depth:
            text = "".join(self._text).strip()
            if text and self._verify and not self._verify.startswith(("http://", "https://")):
                self.found.append(self._verify)  # a second credential: others may read the one or the other
            self.found.append(text or self._verify)
            self._inside = 0
        self._depth -= 1
        if self._depth == 0:
            self.end = self._parser.CurrentByteIndex

    def _aside(self, *_: str) -> None:
        if self._inside:
            raise self._broken("The credential in the image is not only text: others may read less of it")

    def _said(self, text: str) -> None:
        if self._inside:
            self._text.append(text)

    def _doctype(self, _name: str, _system: str | None, _public: str | None, inside: int) -> None:
        """Drawing programs name the document type of SVG, which is never looked up; one with declarations inside is refused."""
        if inside:
            raise self._broken("The SVG image has a document type with declarations, which is refused")

    def _declared(self, _version: str, encoding: str | None, _alone: int) -> None:
        if (encoding or "utf-8").lower() not in ("utf-8", "us-ascii"):
            raise self._broken(f"The SVG image says that it is written in {encoding}; only UTF-8 is read")

    def _skipped(self, name: str, _: bool) -> None:
        """What a name stands for is in a document type that is not read: others would read another text."""
        raise self._broken(f"The SVG image uses the name &{name};, which it does not explain")

    def _broken(self, what: str) -> UnreadableInput:
        return UnreadableInput(what, place=Place(self.called), remedy="Ask for the badge again.")


def credential(image: bytes, called: str) -> bytes:
    """The credential in the image. Raises `UnreadableInput` for a broken image, and one with no credential or with several."""
    found = _Image(image, called).found
    if len(found) != 1:
        what = "The image holds no credential" if not found else "The image holds more than one credential"
        raise UnreadableInput(what, place=Place(called), remedy="Give a badge with one.")
    return found[0].strip().encode()


def with_credential(image: bytes, text: str, called: str) -> bytes:
    """The image with the credential before its end."""
    read = _Image(image, called)
    if read.found:
        raise BadValue("The image is a badge already", place=Place(called), remedy="Give the picture alone.")
    content = image.removeprefix(b"\xef\xbb\xbf")
    if content[read.end : read.end + 2] != b"</":
        raise BadValue("The image is empty", place=Place(called), remedy="Give a picture.")
    inside = (
        f" verify={quoteattr(text)}/>"
        if TOKEN.fullmatch(text)
        else f"><![CDATA[{_in_cdata(text)}]]></openbadges:credential>"
    )
    element = f'<openbadges:credential xmlns:openbadges="{NAMESPACE}"{inside}'
    return content[: read.end] + element.encode() + content[read.end :]


def _in_cdata(text: str) -> str:
    """JSON in which nothing ends the section; `>` stands only in texts of JSON."""
    return text.replace("]]>", "]]\\u003e")
