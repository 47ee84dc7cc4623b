"""The parts of an XLSX file and how they name each other; what is changed or added is kept apart from what was there."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from defusedxml.ElementTree import fromstring

from mcqms_kg.errors import Place, Unsupported
from mcqms_kg.interop.workbook.xml_text import inside, prefix, replaced, tags

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_TYPES = "[Content_Types].xml"
BOOK = "xl/workbook.xml"


@dataclass
class Parts:
    """The parts of a package; those that were changed or added go by `changed`."""

    archive: zipfile.ZipFile
    changed: dict[str, bytes] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self.changed or name in self.archive.namelist()

    def __getitem__(self, name: str) -> bytes:
        content = self.changed[name] if name in self.changed else self.archive.read(name)
        if content.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
            raise Unsupported(
                f"{name} is not UTF-8", place=Place(str(self.archive.filename)), remedy="Save it in Excel."
            )
        return content

    def relations(self, part: str) -> Mapping[str, tuple[str, str]]:
        """The relations of a part inside the package: by their ID the kind, and the name of the other part."""
        name = _relations_of(part)
        if not self.has(name):
            return {}
        return {
            one.get("Id", ""): (one.get("Type", ""), _joined(part, one.get("Target", "")))
            for one in fromstring(self[name])
            if one.get("TargetMode") != "External"
        }

    def of_kind(self, part: str, kind: str) -> str | None:
        """The part to which a relation of that kind leads."""
        return next((to for of, to in self.relations(part).values() if of.rpartition("/")[2] == kind), None)

    def added(self, stem: str, ending: str, content: bytes) -> str:
        """A new part under a name that is free."""
        number = 1
        while f"{stem}{number}{ending}".lower() in {name.lower() for name in (*self.archive.namelist(), *self.changed)}:
            number += 1
        self.changed[f"{stem}{number}{ending}"] = content
        return f"{stem}{number}{ending}"

    def relate(self, part: str, kind: str, to: str) -> str:
        """A new relation of a part, by its ID."""
        name = _relations_of(part)
        content = self[name] if self.has(name) else _NO_RELATIONS
        root, *each = tags(content, "Relationships", "Relationship")
        known = {tag.attributes.get("Id", "") for tag in each}
        number = 1
        while f"rId{number}" in known:
            number += 1
        p = prefix(content, root).decode()
        new = f'<{p}Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="/{to}"/>'.encode()
        self.changed[name] = replaced(content, [inside(content, root, new)])
        return f"rId{number}"

    def declare(self, part: str, media_type: str) -> None:
        """Says what a part is."""
        self._declare("Override", "PartName", f"/{part}", media_type)

    def declare_ending(self, ending: str, media_type: str) -> None:
        """Says what parts with an ending are, unless that is said."""
        known = {tag.attributes.get("Extension", "").lower() for tag in tags(self[_TYPES], "Default")}
        if ending not in known:
            self._declare("Default", "Extension", ending, media_type)

    def _declare(self, element: str, by: str, name: str, media_type: str) -> None:
        content = self[_TYPES]
        root = tags(content, "Types")[0]
        new = f'<{prefix(content, root).decode()}{element} {by}="{name}" ContentType="{media_type}"/>'.encode()
        self.changed[_TYPES] = replaced(content, [inside(content, root, new)])

    def write(self, out: Path) -> None:
        """Writes the package: what was not changed as it was, in the order in which it was."""
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for info in self.archive.infolist():
                content = self.changed.get(info.filename, b"") or self.archive.read(info)
                target.writestr(info, content, compress_type=info.compress_type)
            for name, content in self.changed.items():
                if name not in self.archive.namelist():
                    target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def _relations_of(part: str) -> str:
    """The part that holds the relations of a part."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _joined(part: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
