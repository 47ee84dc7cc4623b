"""The page is one safe, offline, accessible file, and says what the report says."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from mcqms_kg.report import html
from report.sample import MANY, REPORT

VOID = {"meta", "input", "br", "link", "img", "hr"}
LINKING = {"href", "src", "action", "srcset", "data", "poster", "background", "formaction", "xlink:href"}


class Page(HTMLParser):
    """Every element with its attributes, and the text of each style and script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.raw: dict[str, str] = {}
        self.open: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("style", "script"):
            self.raw[self.open[-1]] = data
        else:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


TEXT = html.write(REPORT, "en")
PAGE = Page(TEXT)


def test_elements_are_nested_and_ids_unique() -> None:
    assert PAGE.open == []
    assert len(PAGE.ids()) == len(set(PAGE.ids()))


def test_nothing_leaves_the_page() -> None:
    linked = [value for _, attributes in PAGE.elements for name, value in attributes.items() if name in LINKING]
    assert linked and all(value.startswith("#") for value in linked)
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|import\(", PAGE.raw["style"] + PAGE.raw["script"])
    assert {"img", "link", "iframe", "object", "embed", "base"}.isdisjoint(tag for tag, _ in PAGE.elements)


def test_every_link_points_at_something_on_the_page() -> None:
    assert {a["href"].removeprefix("#") for a in PAGE.all("a")} <= set(PAGE.ids())


def test_the_policy_allows_only_our_style_and_our_script() -> None:
    policy = next(m["content"] for m in PAGE.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    directives = dict(directive.split(" ", 1) for directive in policy.split("; "))
    assert directives["default-src"] == "'none'"
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(PAGE.raw[tag].encode()).digest()).decode()
        assert directives[f"{tag}-src"] == f"'sha256-{digest}'"
        assert len(PAGE.all(tag)) == 1


def test_hostile_text_and_iris_stay_text() -> None:
    assert "<script>alert('x')</script> [bold]=1+1[/bold] \ufffd[31m{0} ]]>" in PAGE.text
    assert "javascript:alert(document.cookie)//<svg onload=x>" in PAGE.text
    assert not [
        name for _, attributes in PAGE.elements for name in attributes if name.startswith("on") or name == "style"
    ]
    assert "\x1b" not in TEXT


def test_every_finding_has_an_anchor_and_says_what_to_do() -> None:
    findings = [*REPORT.findings(), *(w.finding for w in REPORT.waived())]
    assert {f"finding-{f.id}" for f in findings} <= set(PAGE.ids())
    for finding in findings:
        requirement = finding.requirement
        for texts in (finding.found, finding.expected, requirement.wording, requirement.rationale, requirement.remedy):
            assert texts["en"] in PAGE.text


def test_score_formula_coverage_and_origin_are_told() -> None:
    told = " ".join(PAGE.text.split())
    for wanted in ("1 of 5", "20.0%", "= 1 ÷ (1 + 3 + 1) = 1 ÷ 5", "No rule looked at 3 of them.", "mc:hasValidatoin"):
        assert wanted in told
    for wanted in ("ab" * 32, "cd" * 32, "mcqms-kg 0.1.0", "A machine cannot see it.", "Nothing was withdrawn."):
        assert wanted in told


def test_it_reads_without_the_script() -> None:
    hidden = [attributes.get("id") for _, attributes in PAGE.elements if "hidden" in attributes]
    assert hidden == ["filters"]
    assert "conformant" in PAGE.text


def test_filters_have_what_they_need() -> None:
    items = [attributes for _, attributes in PAGE.elements if "data-item" in attributes]
    assert len(items) == len(REPORT.findings()) + len(REPORT.waived()) + len(REPORT.requirements())
    offered = {o["value"] for o in PAGE.all("option")}
    for item in items:
        assert {item["data-state"], item["data-grade"]} <= offered
        assert set(item["data-clause"].split()) <= offered
        assert set(item["data-provider"].split()) <= offered
    nested = next(i for i in items if i.get("id") == "finding-0000000000000001")
    assert len(nested["data-clause"].split()) == 2


def test_findings_past_the_fifth_of_a_shape_are_folded() -> None:
    assert f"{MANY - 5} more of the same rule" in PAGE.text


def test_landmarks_headings_and_tables_are_accessible() -> None:
    tags = [tag for tag, _ in PAGE.elements]
    assert all(tags.count(landmark) == 1 for landmark in ("main", "nav", "footer", "h1"))
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(th.get("scope") in ("col", "row") for th in PAGE.all("th"))
    labelled = {a["aria-labelledby"] for _, a in PAGE.elements if "aria-labelledby" in a}
    assert labelled <= set(PAGE.ids())


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_page_names_its_language(language: str) -> None:
    assert Page(html.write(REPORT, language)).all("html") == [{"lang": language}]


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(theme: int) -> None:
    """WCAG 2.2 asks for 4.5 to 1 (success criterion 1.4.3)."""
    roots = re.findall(r":root \{(.*?)\}", PAGE.raw["style"], re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", roots[theme]))
    grounds = [(ink, ground) for ink in ("ink", "soft", "accent") for ground in ("page", "card", "tint")]
    states = ("conformant", "nonconformant", "not-checked", "not-applicable", "waived")
    badges = [(state, f"{state}-bg") for state in states] + [("card", state) for state in states]
    heads = [("on-head", "head"), ("on-head-soft", "head"), ("ink", "nonconformant-bg"), ("ink", "not-checked-bg")]
    for ink, ground in (*grounds, *badges, *heads, ("soft", "not-checked-bg")):
        assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
