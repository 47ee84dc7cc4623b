"""Sentences with numbers: `{count} [way|ways]` takes the first word for one, and the second for any other number."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NUMBERED = re.compile(r"\{(\w+)\}(?P<between>[^{}\[\]]*)\[(?P<one>[^|\[\]]*)\|(?P<many>[^|\[\]]*)\]")


def filled(template: str, values: Mapping[str, object]) -> str:
    """The template with its values; the number before a choice of words decides, and no value is ever looked at for choices."""

    def chosen(found: re.Match[str]) -> str:
        word = found["one"] if str(values[found[1]]) == "1" else found["many"]
        return f"{{{found[1]}}}{found['between']}{word}"

    return _NUMBERED.sub(chosen, template).format(**values)
