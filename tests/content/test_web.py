"""What comes from npm: contexts equal to the official ones, browser files that call nobody, and an error where nothing was built."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from content.artefacts import standards
from mcqms_kg import resources
from mcqms_kg.errors import Unavailable

OFFICIAL = {
    "2018-credentials-v1.jsonld": "https://www.w3.org/2018/credentials/v1",
    "credentials-v2.jsonld": "https://www.w3.org/ns/credentials/v2",
    "data-integrity-v1.jsonld": "https://w3id.org/security/data-integrity/v1",
    "did-v1.jsonld": "https://www.w3.org/ns/did/v1",
    "ob-v3p0-3.0.3.json": "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "ob-v3p0-extensions.json": "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
}
NAMES_ONLY = re.compile(r"https?://www\.w3\.org/(1998/Math/MathML|1999/xhtml|1999/02/22-rdf|2000/(svg|01/rdf-schema))")


@pytest.mark.parametrize("name", OFFICIAL)
def test_a_context_says_what_the_official_one_says(name: str) -> None:
    official = standards("openbadges") / "contexts" / name
    ours = resources.context_files()[OFFICIAL[name]]
    assert json.loads(ours.read_bytes()) == json.loads(official.read_bytes())


def test_every_context_is_json_under_an_address() -> None:
    for url, path in resources.context_files().items():
        assert url.startswith("https://") and "@context" in json.loads(path.read_bytes())


@pytest.mark.parametrize("name", ["chart.js", "cytoscape.js", "dagre.js", "yasqe.css", "yasqe.js"])
def test_a_browser_file_names_no_place_to_fetch_from(name: str) -> None:
    text = resources.web_files()[name].read_text("utf-8")
    assert len(text) > 1000
    addresses = re.findall(r"https?://[\w.-]+[^\"'`\s)]*", text)
    assert [address for address in addresses if not NAMES_ONLY.match(address)] == []
    assert "sourceMappingURL" not in text


def test_what_was_not_built_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(resources, "_WEB", tmp_path)
    for asked in (resources.web_files, resources.context_files, resources.third_party_licences):
        with pytest.raises(Unavailable, match="make web"):
            asked()
