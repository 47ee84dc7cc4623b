"""The two licences are whole, cover what they say, and the files agree with them."""

from __future__ import annotations

import hashlib
import json
import re

from docs.pages import ROOT
from mcqms_kg import resources
from mcqms_kg.graph import terms
from mcqms_kg.graph.read import read_triples

APACHE_2 = "3b83ef96387f14655fc854ddc3c6bd57"
"""MD5 of the text as the Apache Software Foundation publishes it."""
CC_BY_4 = "https://creativecommons.org/licenses/by/4.0/"
LICENCE = terms.iri("http://purl.org/dc/terms/license")

FREE = {"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "(MPL-2.0 OR Apache-2.0)"}
BSD_AND_W3C = ("@digitalbazaar/credentials-context", "did-context")
"""Their contexts are under the W3C's licence for software and documents, the rest of them under BSD's."""


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


def test_what_ships_from_npm_may_be_shipped() -> None:
    """The lock marks what only builds and tests as `dev`; everything else goes into the wheel."""
    packages = json.loads((ROOT / "web" / "package-lock.json").read_bytes())["packages"]
    shipped = {at.rpartition("node_modules/")[2]: one for at, one in packages.items() if at and not one.get("dev")}
    assert {"cytoscape", "@zazuko/yasqe", "chart.js"} <= set(shipped)
    refused = {name: one.get("license") for name, one in shipped.items() if one.get("license") not in FREE}
    assert refused == dict.fromkeys(BSD_AND_W3C, "SEE LICENSE IN LICENSE.md")
    assert not [at for at, one in packages.items() if "resolved" in one]  # a registry is named by who installs


def test_the_list_of_third_parties_names_each_with_its_licence() -> None:
    packages = json.loads((ROOT / "web" / "package-lock.json").read_bytes())["packages"]
    text = resources.third_party_licences().read_text("utf-8")
    for at, one in packages.items():
        name = f"{at.rpartition('node_modules/')[2]} {one.get('version')}: {one.get('license')}"
        assert (name in text) is bool(at and not one.get("dev") and not one.get("optional"))
    assert "W3C Software and Document License" in text and "Chart.js Contributors" in text
