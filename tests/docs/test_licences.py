"""The two licences are whole, cover what they say, and the files agree with them."""

from __future__ import annotations

import hashlib
import re

from docs.pages import ROOT
from mcqms_kg import resources
from mcqms_kg.graph import terms
from mcqms_kg.graph.read import read_triples

APACHE_2 = "3b83ef96387f14655fc854ddc3c6bd57"
"""MD5 of the text as the Apache Software Foundation publishes it."""
CC_BY_4 = "https://creativecommons.org/licenses/by/4.0/"
LICENCE = terms.iri("http://purl.org/dc/terms/license")


def test_the_code_has_the_apache_licence_word_for_word() -> None:
    assert hashlib.md5((ROOT / "LICENSE").read_bytes(), usedforsecurity=False).hexdigest() == APACHE_2


def test_the_data_licence_names_folders_that_exist() -> None:
    text = (ROOT / "LICENSE-DATA").read_text("utf-8")
    assert CC_BY_4 in text
    assert {"ontology/", "shapes/", "queries/", "data/"} <= set(re.findall(r"[\w/.-]+/", text))
    named = re.findall(r"\(((?:shapes|data)/[\w/.-]+)\)", text)
    assert named and all((ROOT / path).exists() for path in named)


def test_what_the_files_say_of_their_licence_is_the_data_licence() -> None:
    files = [*resources.ontology_files(), *(ROOT / "shapes").rglob("*.ttl"), *(ROOT / "data").rglob("*.ttl")]
    stated = {o for _, p, o in read_triples(files) if p == LICENCE}
    assert stated == {terms.iri(CC_BY_4)}


def test_the_readme_and_the_project_file_name_both() -> None:
    readme, project = ((ROOT / name).read_text("utf-8") for name in ("README.md", "pyproject.toml"))
    assert "(LICENSE)" in readme and "(LICENSE-DATA)" in readme
    assert 'license-files = ["LICENSE", "LICENSE-DATA"]' in project
