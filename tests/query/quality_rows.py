"""The rows that the questions on quality and coverage give on the stories."""

from __future__ import annotations

E = "https://example.org/"
POLY, UNI, FLAWED = f"{E}polytechnic-networks/", f"{E}university-data-science/", f"{E}flawed-provider/"
KKNI, UNIT = "https://w3id.org/mcqms/kkni/", "https://w3id.org/mcqms/skkni/unit/"
DATA, NETWORK = (f"https://w3id.org/mcqms/occupation/area-{name}" for name in ("data-science", "infrastructure"))
SECURITY = f"{FLAWED}provider,{FLAWED}licence-security,Licence for information security of users,2025-12-31,2"
CERTIFICATE = f"{FLAWED}provider,{FLAWED}teacher-2,Instructor 2,{FLAWED}certificate-teacher-2,2026-02-22"
RISK = f"{FLAWED}provider,{FLAWED}risk-standard,Instructors teach in different ways,2026-03-31,{FLAWED}role-centre"

QUALITY: list[tuple[str, dict[str, str], list[str]]] = [
    ("licences_about_to_expire", {"before": "2026-01-01"}, [SECURITY]),
    (
        "licences_about_to_expire",
        {"before": "2028-01-01"},
        [SECURITY, f"{UNI}provider,{UNI}licence,Licence of the third-party certification body,2027-03-13,10"],
    ),
    ("licences_about_to_expire", {"before": "2025-12-31"}, []),
    (
        "assessments_without_a_certified_assessor",
        {},
        [f"{FLAWED}provider,{FLAWED}assessment-3-2,{UNIT}J.63OPR00.015.2,2025-09-16"],
    ),
    ("assessments_without_a_certified_assessor", {"provider": f"{POLY}provider"}, []),
    (
        "outcomes_never_assessed",
        {},
        [f"{FLAWED}provider,{FLAWED}mc-slides,{FLAWED}outcome-slides-2,Builds slides with charts and animation"],
    ),
    ("outcomes_never_assessed", {"provider": f"{UNI}provider"}, []),
    (
        "corrective_actions_overdue",
        {"date": "2026-06-30"},
        [
            f"{FLAWED}provider,{FLAWED}action-register,Check the register after each class,2026-02-28,{FLAWED}finding-register"
        ],
    ),
    ("corrective_actions_overdue", {"date": "2026-02-28", "provider": f"{FLAWED}provider"}, []),
    (
        "providers_not_audited_since",
        {"since": "2026-01-01"},
        [
            f"{FLAWED}provider,Horizon Office Skills Centre (example),2025-11-04",
            f"{UNI}provider,Sandalwood Valley University (example),2025-11-19",
        ],
    ),
    ("providers_not_audited_since", {"since": "2025-01-01"}, []),
    (
        "credentials_without_occupation",
        {},
        [
            f"{FLAWED}provider,{FLAWED}mc-{name},{label}"
            for name, label in (
                ("entry", "Data entry"),
                ("internet", "Working on the internet"),
                ("security", "Safe use of information"),
                ("sheets", "Spreadsheets"),
                ("slides", "Presentations"),
                ("word", "Word processing"),
            )
        ],
    ),
    ("credentials_without_occupation", {"provider": f"{POLY}provider", "language": "id"}, []),
    (
        "units_covered_by_area_and_level",
        {"framework": f"{KKNI}framework"},
        [
            *(f"{DATA},Data science and artificial intelligence,{KKNI}{row}" for row in ("5,4,3", "6,10,7", "7,9,4")),
            *(f"{NETWORK},Infrastructure and technology,{KKNI}{row}" for row in ("4,6,4", "5,7,5", "6,7,1", "7,6,0")),
        ],
    ),
    ("units_covered_by_area_and_level", {"framework": "https://w3id.org/mcqms/aqrf/framework"}, []),
    (
        "offered_and_not_evaluated_since",
        {"since": "2026-01-01", "provider": f"{POLY}provider"},
        [f"{POLY}provider,{POLY}mc-switching,Configuring switching and routing,2025-12-16"],
    ),
    (
        "offered_and_not_evaluated_since",
        {"since": "2025-06-30"},
        [
            f"{FLAWED}provider,{FLAWED}mc-internet,Working on the internet,2024-11-24",
            f"{POLY}provider,{POLY}mc-cable,Preparing network cables,",
            f"{UNI}provider,{UNI}mc-labelling,Labelling data,",
        ],
    ),
    ("risks_to_be_reviewed", {"before": "2026-06-30"}, [RISK]),
    (
        "risks_to_be_reviewed",
        {"before": "2026-09-01", "language": "en"},
        [
            RISK,
            f"{UNI}provider,{UNI}risk-integrity,Students hand in work of a text generator,2026-08-31,{UNI}role-certification",
        ],
    ),
    ("staff_certificates_about_to_expire", {"before": "2026-03-01"}, [CERTIFICATE]),
    ("staff_certificates_about_to_expire", {"before": "2026-12-31", "provider": f"{FLAWED}provider"}, [CERTIFICATE]),
    (
        "awards_by_credential_and_year",
        {"provider": f"{POLY}provider"},
        [
            f"{POLY}provider,{POLY}mc-{row},1"
            for row in (
                "cable,Preparing network cables,2024",
                "installation,Installing a local network,2025",
                "installation,Installing a local network,2026",
                "operations,Operating a network,2025",
                "switching,Configuring switching and routing,2025",
                "switching,Configuring switching and routing,2026",
            )
        ],
    ),
]
