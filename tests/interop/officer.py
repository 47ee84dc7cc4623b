"""A new quality officer: fills the template with the records of a small invented provider, in the template's own words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

Rows = list[dict[str, Any]]
UNITS = ("J.611000.003.02", "J.611000.005.02")
NETWORKS = "SKKNI: computer networks (decree 321 of 2016)"
KINDS = (
    "Management of the micro-credential system", "Identification of micro-credential needs", "Collaboration with industry",
    "Management commitment", "Evaluation of roles and responsibilities", "Risk management", "Internal audit",
)  # fmt: skip
STAGES = (
    "Needs analysis", "Design", "Development", "Validation", "Implementation", "Assessment", "Certification", "Evaluation",
)  # fmt: skip
REFERENCES = {
    "Occupation map": "STD-1",
    "Dictionary of job titles": "STD-2",
    "National competency standards": NETWORKS,
    "National qualification framework": "STD-3",
    "ASEAN Qualifications Reference Framework": "STD-4",
    "Regional model competency standards": "STD-5",
    "ISO 9001": "STD-6",
    "UNESCO guidelines on micro-credentials": "STD-7",
}
FROM = {"Effective date": "2025-01-10"}
UNTIL = {**FROM, "Expiry date": "2028-01-10"}
APPROVED = {"Approved by": "P-1", "Approval date": "2025-01-05", **FROM}


def row(id_: str, name: str, /, **cells: Any) -> dict[str, Any]:
    """A row; a text in both languages is given by the header without them."""
    both = {"Name": name} | {header.replace("_", " "): value for header, value in cells.items()}
    texts = {
        "Name",
        "Responsibility",
        "Source",
        "Treatment",
        "Indicator",
        "Unit of measure",
        "Description",
        "Entry criteria",
    }
    texts |= {
        "Exit criteria",
        "Review decision",
        "Assessment criteria",
        "Pass rule",
        "Evidence rule",
        "Cohort",
        "Correction",
        "Root cause",
    }
    found: dict[str, Any] = {"ID": id_}
    for header, value in both.items():
        found |= {f"{header} (en)": value, f"{header} (id)": value} if header in texts else {header: value}
    return found


def each(stem: str, names: tuple[str, ...], header: str, **cells: Any) -> Rows:
    """A row for each choice of a column."""
    return [{**row(f"{stem}-{n}", name, **cells), header: name} for n, name in enumerate(names, start=1)]


def evidence() -> Rows:
    issued = {
        "LIC": "ORG-5",
        "NEED": "ORG-2",
        "IND": "ORG-2",
        "AC": "ORG-7",
        "E2": "ORG-2",
        "E3": "ORG-3",
        "E4": "ORG-4",
    }
    dates = {"LIC": "2025-01-01", "IND": "2025-06-01", "AC": "2025-05-20"}
    return [
        row(f"EV-{id_}", f"Document {id_}", Issued_by=by, Effective_date=dates.get(id_, "2026-01-10"))
        for id_, by in issued.items()
    ]


def provider() -> dict[str, Rows]:
    """Who it is, what it rests on, how it is led."""
    kinds = ("Provider", "Industry body", "Professional association", "Certification body", "Regulator")
    names = ("Sari Polytechnic", "Network firms", "Network engineers", "Certifiers", "Authority", "Office", "Team")
    own = {"Country": "ID", "Country of operation": "ID", "Public page": "https://sari.example/mc"}
    organisations = [
        row(f"ORG-{n}", name, Type=kind) for n, (name, kind) in enumerate(zip(names, kinds, strict=False), start=1)
    ]
    organisations[0] = {**organisations[0], **own}
    organisations += [{**row("ORG-6", "Office", Type="Organisational unit"), "Unit of": "ORG-1"}]
    organisations += [{**row("ORG-7", "Team", Type="Academic team"), "Unit of": "ORG-1"}]
    people = {"P-1": "Staff member", "P-2": "Teacher", "P-3": "Assessor", "P-4": "Staff member", "P-5": "Learner"}
    roles = {
        "Top management": "P-1",
        "Managing unit": "ORG-6",
        "Micro-credential management centre": "ORG-6",
        "Lecturer or teacher": "P-2",
        "Certification unit": "ORG-4",
        "Process owner": "ORG-6",
        "Internal auditor": "P-4",
    }
    certificate = {"Certifies unit": "; ".join(UNITS), "Issued by": "ORG-5", **UNTIL}
    return {
        "Organisations": organisations,
        "People": [row(id_, f"Person {id_}", Type=type_) for id_, type_ in people.items()],
        "Roles": [
            {**row(f"ROLE-{n}", kind, Responsibility="Does it"), "Role kind": kind, "Held by": holder, **FROM}
            for n, (kind, holder) in enumerate(roles.items(), start=1)
        ],
        "Staff certificates": [
            {**row(f"SC-{n}", f"Certificate {n}"), "Held by": who, **certificate} for n, who in ((1, "P-2"), (2, "P-3"))
        ],
        "Licences": [
            {**row("LIC-1", "Licence", Granted_to="ORG-4", Granted_by="ORG-5", Evidenced_by="EV-LIC"), **UNTIL}
            | {"Licenses unit": UNITS[0], "Licenses unit 2": UNITS[1]}
        ],
        "Evidence": evidence(),
        "Standards and regulations": [
            row(f"STD-{n}", f"Standard {n}", Type="Regulation" if n == 8 else "Standard edition", Year_of_issue=2020)
            | ({"Source (en)": "Ministry", "Source (id)": "Kementerian"} if n == 8 else {})
            for n in range(1, 9)
        ],
        "References": [
            {**row(f"REF-{n}", kind), "Reference kind": kind, "Uses edition": edition}
            for n, (kind, edition) in enumerate(REFERENCES.items(), start=1)
        ],
        "Scope": [
            row(
                "SCOPE-1",
                "Scope",
                Covers_stage="Design; Validation; Implementation; Assessment; Certification; Evaluation",
                **FROM,
            )
        ],
        "Needs": each(
            "NEED",
            ("Industry", "Higher education", "Learners and workers"),
            "Interested party",
            Source="Survey",
            Evidenced_by="EV-NEED",
        ),
        "Engagements": [
            row(f"ENG-{n}", f"With {n}", Engages=f"ORG-{n}", Evidenced_by=f"EV-E{n}", **UNTIL) for n in (2, 3, 4)
        ],
        "Commitments": [row("COM-1", "Commitment", Signed_by="P-1", Signature_date="2025-01-05", **UNTIL)],
        "Policies": [
            row("POL-1", "Policy", Answers_need="NEED-1", Complies_with="STD-8", Sets_standard="QS-1", **APPROVED)
        ],
        "Quality standards": [row("QS-1", "Standard", **FROM)],
        "Procedures (SOPs)": each("SOP", KINDS, "Procedure kind", **APPROVED),
    }


def planning() -> dict[str, Rows]:
    """What it plans, and what supports its work."""
    phases = {
        "Design": "Plan",
        "Development": "Plan",
        "Implementation": "Do",
        "Assessment": "Do",
        "Evaluation": "Check",
        "Certification": "Act",
    }
    return {
        "Processes": [
            {
                **row(f"PROC-{n}", stage, Phase=phase),
                "Covers stage": stage,
                "Owned by": "ROLE-6",
                "Follows procedure": "SOP-1",
                "Directed by": "POL-1",
            }
            for n, (stage, phase) in enumerate(phases.items(), start=1)
        ],
        "Risks": each(
            "RISK",
            ("Not recognised by industry", "Quality not standardised"),
            "Risk kind",
            Likelihood=3,
            Impact=4,
            Owned_by="ROLE-2",
            Next_review_date="2026-12-01",
            Treatment="Talk",
        ),
        "Opportunities": each("OPP", ("Employability", "International recognition"), "Opportunity kind"),
        "Objectives": [
            row(
                "OBJ-1",
                "Completion",
                Target_value=0.9,
                Due_date="2026-12-31",
                Owned_by="ROLE-2",
                Plan="PLAN-1",
                Indicator="Rate",
                Unit_of_measure="share",
            )
        ],
        "Action plans": [row("PLAN-1", "Plan", Description="Tutoring")],
        "Information systems": [row("SYS-1", "Registry", Verification_address="https://sari.example/verify")],
        "Budget": each(
            "BUD", ("Management", "Material development", "Certification"), "Purpose", Amount=1_000_000, **UNTIL
        ),
        "Training": [{**row("TRAIN-1", "Training", Trains="P-2", Date="2026-02-01"), "Trains 2": "P-3"}],
        "Awareness": each("AWARE", ("Students", "Industry", "Education institutions"), "Audience", Date="2026-03-01"),
        "Life-cycle models": [row("LCM-1", "Model")],
        "Life-cycle steps": [
            {
                **row(f"STEP-{n}", stage, Step_number=n, Covers_stage=stage, Entry_criteria="in", Exit_criteria="out"),
                "Life-cycle model": "LCM-1",
            }
            for n, stage in enumerate(STAGES, start=1)
        ],
        "Internal audits": [
            row(
                "IA-1",
                "Audit",
                Date="2026-03-10",
                Conducted_by="P-4",
                Audits_clause="4; 5; 6; 7; 8; 9; 10",
                Audits_process="PROC-1",
            )
        ],
        "Management reviews": [
            {
                **row(
                    "MR-1",
                    "Review",
                    Date="2026-04-01",
                    Input="Audit results; Feedback; Objectives",
                    Review_decision="Go on",
                ),
                "Integrating programme count": 1,
            }
        ],
    }


def fill(path: Path, *parts: Mapping[str, Rows], own: str = "ORG-1") -> None:
    """Writes rows into the template at `path`, by the headers that stand in it."""
    book = openpyxl.load_workbook(path)
    book["Settings"]["B2"] = own
    for title, rows in (item for part in parts for item in part.items()):
        sheet: Any = book[title]
        columns = {cell.value: cell.column for cell in sheet[1]}
        for number, cells in enumerate(rows, start=2):
            for header, value in cells.items():
                sheet.cell(number, columns[header.replace("_", " ")]).value = value
    book.save(path)
