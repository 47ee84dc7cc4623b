"""The micro-credential of the new quality officer, and how it is evaluated and improved."""

from __future__ import annotations

from interop.officer import NETWORKS, UNITS, Rows, each, row


def credentials() -> dict[str, Rows]:
    """Its programme and its micro-credential."""
    own = {"Micro-credential": "MC-01"}
    links = {
        "Answers need": "NEED-1",
        "Based on": "NA-1",
        "Takes into account": "; ".join(UNITS),
        "Skill set": "SKILL-1",
        "Instructional design": "DES-1",
        "Assessment scheme": "AS-1",
        "Integrated in": "COURSE-1",
        "Serves programme outcome": "PLO-1",
        "Taught by": "P-2",
        "Certified by": "ORG-4",
        "Participation form": "Blended",
        "Quality assurance": "Internal quality assurance",
    }
    dates = {
        "Design approval date": "2025-05-01",
        "First offer date": "2025-09-01",
        "Public page": "https://sari.example/mc/1",
    }
    return {
        "Study programmes": [row("SP-1", "Engineering", Target_group="Students", Integrates="MC-01")],
        "Programme outcomes": [row("PLO-1", "Builds networks", Study_programme="SP-1")],
        "Courses": [row("COURSE-1", "Networks", Part_of_programme="SP-1", Semester_plan="RPS-1")],
        "Semester plans": [row("RPS-1", "Plan", Approval_date="2025-01-20")],
        "Course outcomes": [
            row(f"CLO-{n}", f"Outcome {n}", Course="COURSE-1", Maps_to_unit=unit)
            for n, unit in enumerate(UNITS, start=1)
        ],
        "Skill sets": [row("SKILL-1", "Skills", Unit="; ".join(UNITS), Level="KKNI 4")],
        "Micro-credentials": [
            row("MC-01", "Network design", Workload_hours=90, Credits=2, Level="KKNI 4") | links | dates
        ],
        "Learning outcomes": [
            {**row(f"LO-{n}", f"Outcome {n}", Tied_to=unit), **own} for n, unit in enumerate(UNITS, start=1)
        ],
        "Certifications and degrees": [
            row("TARGET-1", "Technician", Type="Certification", Level="KKNI 4", Certified_by="ORG-4")
        ],
        "Progressions": [{**row("PROG-1", "Counts", Leads_to="TARGET-1", Credit_value=2), **own}],
        "Needs analyses": [row("NA-1", "Analysis", Date="2025-02-01", Evidenced_by="EV-NEED")],
        "Instructional designs": [row("DES-1", "Design")],
        "Learning activities": [
            row(f"ACT-{n}", f"Activity {n}", Instructional_design="DES-1", Serves_outcome=f"LO-{n}", Uses_media="Video")
            for n in (1, 2)
        ],
        "Assessment schemes": [
            row(
                "AS-1",
                "Scheme",
                Assessment_approach="Competency-based",
                Assessment_method="Observation",
                Follows_standard=NETWORKS,
            )
            | row("AS-1", "Scheme", Assessment_criteria="All", **{"Pass rule": "All"}, Evidence_rule="Valid")
        ],
        "Assessment tasks": [
            row(
                f"TASK-{n}",
                f"Task {n}",
                Assessment_scheme="AS-1",
                Assesses_outcome=f"LO-{n}",
                Uses_instrument="Observation checklist",
            )
            for n in (1, 2)
        ],
        "Validations": [
            {
                **row(
                    "VAL-1",
                    "Validation",
                    Type="Academic validation",
                    Performed_by="ORG-7",
                    Decision="Accepted",
                    Date="2025-06-01",
                    Evidenced_by="EV-AC",
                ),
                **own,
            },
            {
                **row(
                    "VAL-2",
                    "Validation",
                    Type="Industry validation",
                    Performed_by="ORG-2",
                    Decision="Accepted",
                    Date="2025-06-10",
                    Evidenced_by="EV-IND",
                ),
                **own,
            },
        ],
    }


def evaluation() -> dict[str, Rows]:
    """How it is evaluated and improved."""
    measured = {"Measured value": 4.2, "Sample size": 30, "Date": "2026-03-01", "Measures satisfaction with": "MC-01"}
    finding = {
        "Concerns": "PROC-1",
        "Date": "2026-03-10",
        "Corrective action": "CA-1",
        "Effectiveness check": "EC-1",
        "Closure date": "2026-06-01",
    }
    return {
        "Evaluations": [row("EVAL-1", "Evaluation", Evaluates="MC-01", Date="2026-03-01")],
        "Trend reviews": [{**row("TR-1", "Trends", Date="2026-03-02", Decision="Keep"), "Reviews trends for": "MC-01"}],
        "Satisfaction": [{**one, **measured} for one in each("SAT", ("Industry", "Graduates"), "Respondent group")],
        "Graduate outcomes": [
            row(
                "GRAD-1",
                "Cohort",
                Tracks_graduates_of="MC-01",
                Completion_rate=0.9,
                Employment_rate=0.8,
                Date="2026-02-01",
                Cohort="2025",
            )
        ],
        "Assessments": [
            row(f"ASM-{n}", "Assessment", Assesses_unit=unit, Result="Competent", Assessed_by="P-3", Date="2026-01-20")
            for n, unit in enumerate(UNITS, start=1)
        ],
        "Awards": [
            row(
                "AW-1",
                "Award",
                Awards_credential="MC-01",
                Awarded_to="P-5",
                Issued_by="ORG-4",
                Issue_date="2026-02-01",
                Level="KKNI 4",
                Rests_on="ASM-1; ASM-2",
            )
        ],
        "Findings and complaints": [
            row(
                "NC-1",
                "Finding",
                Type="Audit finding",
                Found_in="IA-1",
                Correction="Done",
                Root_cause="Haste",
                **finding,
            ),
            row("NC-2", "Complaint", Type="Complaint", Correction="Done", Root_cause="Haste", **finding),
        ],
        "Corrective actions": [
            row("CA-1", "Action", Owned_by="ROLE-2", Due_date="2026-05-01", Completion_date="2026-04-20")
        ],
        "Effectiveness checks": [row("EC-1", "Check", Date="2026-05-20", Result="Effective")],
        "Feedback": [
            row("FB-1", "More practice", Concerns="MC-01", Respondent_group="Industry", Importance=5, Date="2026-03-01")
        ],
        "Change triggers": [
            row("TRIG-1", "New standard", Trigger_kind="Change of technology", Affects="MC-01", Date="2026-03-01")
        ],
        "Change records": [
            row("CHG-1", "More practice", Changes="MC-01", Responds_to="FB-1", Date="2026-04-01"),
            row("CHG-2", "New tools", Changes="MC-01", Responds_to="TRIG-1", Date="2026-04-02"),
        ],
    }
