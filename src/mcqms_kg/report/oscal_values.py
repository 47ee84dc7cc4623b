"""What OSCAL lets a value be: tokens, strings, lines of markup, moments, and UUIDs that are the same for the same report."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

from mcqms_kg.namespaces import HOME, MC
from mcqms_kg.report.words import visible

Object = dict[str, Any]
_NO_TOKEN = re.compile(r"[^\w.-]", re.ASCII)
_MARKUP = re.compile(r"[\\`*\[\]<>{}^~]")
_SPACE = re.compile(r"\s+")
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, f"{HOME}oscal")


def unique(*parts: str) -> str:
    """A UUID (version 5) of what it is for."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


def token(kind: str, name: str) -> str:
    """A token: it may hold only some characters and begins with a letter. Others are written as their numbers."""
    return f"{kind}-" + _NO_TOKEN.sub(lambda match: f"_{ord(match[0]):x}_", name)


def line(text: str, otherwise: str) -> str:
    """One line of markup in which nothing of the text is markup; `otherwise` stands where it is empty."""
    plain = _SPACE.sub(" ", visible(text)).strip() or otherwise
    return _MARKUP.sub(lambda match: "\\" + match[0], plain)


def moment(day: dt.date) -> str:
    """The first moment of a day; a check is of a day and says no hour."""
    return f"{day.isoformat()}T00:00:00Z"


def prop(name: str, value: str) -> Object:
    """A property in our namespace; its value is a string without blanks around it."""
    return {"name": name, "ns": MC, "value": _SPACE.sub(" ", visible(value)).strip() or "-"}


def props(**values: str) -> list[Object]:
    """Those of the properties that have a value; `_` stands for `-` in a name."""
    return [prop(name.replace("_", "-"), value) for name, value in values.items() if value]
