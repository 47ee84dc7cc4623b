"""The words of invented providers and what they say, in English and Indonesian."""

from __future__ import annotations

from random import Random

KINDS = (
    ("Polytechnic", "Politeknik"),
    ("University", "Universitas"),
    ("Institute of Technology", "Institut Teknologi"),
    ("Community Academy", "Akademi Komunitas"),
    ("Vocational College", "Sekolah Tinggi Vokasi"),
)
_PLACES = (
    ("Bay", "Teluk"),
    ("Hills", "Bukit"),
    ("Valley", "Lembah"),
    ("Harbour", "Pelabuhan"),
    ("Plain", "Dataran"),
    ("Island", "Pulau"),
)
_NAMES = (
    "Arunika",
    "Cakrawala",
    "Samudra",
    "Lembayung",
    "Kencana",
    "Nirmala",
    "Swarna",
    "Bahtera",
    "Mentari",
    "Rinjana",
    "Wanadri",
    "Tirtasari",
    "Purnama",
    "Kusumajaya",
    "Sagara",
    "Adiraksa",
    "Candrawana",
    "Merapati",
    "Binangun",
    "Rajamala",
)

STEPS = (("Foundations of", "Dasar-Dasar"), ("Practice of", "Praktik"), ("Advanced practice of", "Praktik Lanjut"))
"""The three micro-credentials of a stack, in the order in which learners take them."""

TREATMENTS = (
    (
        "Validate every micro-credential with employers each year.",
        "Memvalidasi setiap mikro-kredensial bersama pemberi kerja setiap tahun.",
    ),
    (
        "Use one bank of tasks and train assessors together.",
        "Menggunakan satu bank tugas dan melatih asesor bersama-sama.",
    ),
    ("Review the equipment plan every semester.", "Meninjau rencana peralatan setiap semester."),
)
INDICATORS = (
    (
        "Share of students with at least one micro-credential",
        "Persentase mahasiswa dengan sekurang-kurangnya satu mikro-kredensial",
        "percent",
        "persen",
    ),
    (
        "Mean satisfaction of employers on a scale from 1 to 5",
        "Rata-rata kepuasan pemberi kerja pada skala 1 sampai 5",
        "points",
        "poin",
    ),
    (
        "Days from assessment to the issue of the credential",
        "Jumlah hari sejak asesmen sampai penerbitan kredensial",
        "days",
        "hari",
    ),
)
PROBLEMS = (
    (
        ("Assessment records lack the version of the checklist", "Rekaman asesmen tidak memuat versi daftar periksa"),
        ("The versions were added from the archive.", "Versi dilengkapi dari arsip."),
        ("The form had no field for the version.", "Formulir tidak memiliki kolom versi."),
    ),
    (
        ("A learner waited too long for the credential", "Peserta terlalu lama menunggu kredensial"),
        ("The credential was issued with an apology.", "Kredensial diterbitkan disertai permohonan maaf."),
        ("Only one person could sign.", "Hanya satu orang yang berwenang menandatangani."),
    ),
    (
        ("The survey of employers reached too few of them", "Survei menjangkau terlalu sedikit pemberi kerja"),
        ("The survey was repeated by telephone.", "Survei diulang melalui telepon."),
        ("The address list was out of date.", "Daftar alamat sudah kedaluwarsa."),
    ),
)
CHANGES = (
    ("Tasks and checklists renewed", "Tugas dan daftar periksa diperbarui"),
    ("Case material replaced", "Materi kasus diganti"),
    ("Laboratory hours extended", "Jam praktikum ditambah"),
)
TRIGGERS = (
    ("trigger-technology", "Employers move to new equipment", "Pemberi kerja beralih ke peralatan baru"),
    (
        "trigger-technology",
        "A new release of the tools in common use",
        "Rilis baru perangkat lunak yang lazim digunakan",
    ),
    ("trigger-industry", "A new safety rule of the industry", "Aturan keselamatan baru di industri"),
)


def provider_name(rng: Random) -> tuple[str, str]:
    """An invented institution, marked as an example."""
    (kind, jenis), (place, tempat), name = rng.choice(KINDS), rng.choice(_PLACES), rng.choice(_NAMES)
    return f"{name} {place} {kind} (example)", f"{jenis} {tempat} {name} (contoh)"
