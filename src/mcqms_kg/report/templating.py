"""How templates are read: everything from data is escaped and made visible, and what is not there is an error."""

from __future__ import annotations

from pathlib import Path

import jinja2
from markupsafe import Markup

from mcqms_kg.report.words import visible


def environment(templates: Path, *, keep_trailing_newline: bool = False) -> jinja2.Environment:
    """An environment over a folder of templates; its globals are for whoever asks to fill."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keep_trailing_newline,
    )


def _shown(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
