"""The words of the overview, in English and in Indonesian."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Overview", "Ikhtisar"),
    "dataset": (
        "Dataset {dataset}, version {version}, as of {day}",
        "Kumpulan data {dataset}, versi {version}, per {day}",
    ),
    "unchecked": (
        "Datasets without such a check, of which nothing is known: {datasets}",
        "Kumpulan data tanpa pemeriksaan demikian, sehingga tidak diketahui: {datasets}",
    ),
    "formula": (
        "Score of all = conformant ÷ (conformant + nonconformant + not checked); every requirement of every provider counts once.",
        "Skor bersama = sesuai ÷ (sesuai + tidak sesuai + tidak diperiksa); setiap persyaratan tiap penyelenggara dihitung satu kali.",
    ),
    "providers": ("Providers ({shown} of {all})", "Penyelenggara ({shown} dari {all})"),
    "no-providers": ("The data speaks of no provider.", "Data tidak memuat penyelenggara."),
    "no-choice": ("No provider fits all that was chosen.", "Tidak ada penyelenggara yang cocok dengan semua pilihan."),
    "weakest": ("Weakest clauses", "Klausul terlemah"),
    "clauses": ("Clauses", "Klausul"),
    "findings": ("Findings", "Temuan"),
    "waived-of": ("{count} waived", "{count} diberi dispensasi"),
    "unattributed": (
        "Findings that are of no provider: {count}",
        "Temuan yang bukan milik satu penyelenggara pun: {count}",
    ),
    "deadlines": ("Ends or is due in the next {days} days", "Berakhir atau jatuh tempo dalam {days} hari"),
    "overdue": ("Overdue", "Lewat tenggat"),
    "actions": ("Open corrective actions", "Tindakan korektif terbuka"),
    "no-action": ("no corrective action yet", "belum ada tindakan korektif"),
    "no-owner": ("no owner", "tanpa penanggung jawab"),
    "no-date": ("no date", "tanpa tanggal"),
    "evidence": ("Evidence", "Bukti"),
    "no-digest": ("no digest", "tanpa sidik"),
    "trend": ("Trend", "Perkembangan"),
    "version": ("version {version}", "versi {version}"),
    "more": ("… and {count} more", "… dan {count} lainnya"),
    "name": ("Provider", "Penyelenggara"),
    "score": ("Score", "Skor"),
    "verdict": ("Verdict", "Putusan"),
    "major": ("Major", "Mayor"),
    "minor": ("Minor", "Minor"),
    "opportunity": ("Opportunity", "Peluang"),
    "waived": ("Waived", "Dispensasi"),
    "clause": ("Clause", "Klausul"),
    "column-dataset": ("Dataset", "Kumpulan data"),
    "column-version": ("Version", "Versi"),
    "column-profile": ("Profile", "Profil"),
    "column-as-of": ("As of", "Per tanggal"),
    "column-at": ("Checked", "Diperiksa"),
    "column-by": ("By", "Oleh"),
    "column-findings": ("Findings", "Temuan"),
    "column-id": ("Check", "Pemeriksaan"),
    "no-checks": ("No check is kept.", "Tidak ada pemeriksaan yang disimpan."),
    "history-check": ("version {version}, as of {date}", "versi {version}, per {date}"),
    "history-stands": ("Finding {finding} stands since {since}.", "Temuan {finding} ada sejak {since}."),
    "history-stood": (
        "Finding {finding} does not stand any more; it last began at {since}.",
        "Temuan {finding} sudah tidak ada; terakhir muncul pada {since}.",
    ),
    "history-before": (
        "The check before did not have it: {before}.",
        "Pemeriksaan sebelumnya tidak memuatnya: {before}.",
    ),
    "history-in": ("Kept checks that have it: {count}", "Pemeriksaan tersimpan yang memuatnya: {count}"),
}


def said(key: str, language: str, **values: object) -> str:
    """The words in the language."""
    english, indonesian = _WORDS[key]
    return (indonesian if language == "id" else english).format(**values)
