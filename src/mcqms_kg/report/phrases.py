"""The words of the reports themselves, in English and in Indonesian; what the rulebook says comes from the rulebook."""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES = ("en", "id")

PHRASES: Mapping[str, tuple[str, str]] = {
    # Verdicts, grades and states
    "state-conformant": ("conformant", "sesuai"),
    "state-nonconformant": ("nonconformant", "tidak sesuai"),
    "state-not-checked": ("not checked", "tidak diperiksa"),
    "state-not-applicable": ("not applicable", "tidak berlaku"),
    "state-waived": ("waived", "diberi dispensasi"),
    "grade-major": ("major", "mayor"),
    "grade-minor": ("minor", "minor"),
    "grade-opportunity": ("opportunity for improvement", "peluang perbaikan"),
    # Head of a report
    "title": ("Check report", "Laporan pemeriksaan"),
    "profile": ("Profile", "Profil"),
    "as-of": ("As of", "Per tanggal"),
    "framework": ("Framework", "Kerangka"),
    "verdict": ("Verdict", "Putusan"),
    "score": ("Score", "Skor"),
    "score-of": ("{numerator} of {denominator}", "{numerator} dari {denominator}"),
    "score-none": ("no requirement counts", "tidak ada persyaratan yang dihitung"),
    "formula": (
        "Score = conformant ÷ (conformant + nonconformant + not checked)",
        "Skor = sesuai ÷ (sesuai + tidak sesuai + tidak diperiksa)",
    ),
    "formula-apart": (
        "Not applicable ({not_applicable}) and waived ({waived}) requirements stand apart and are not counted.",
        "Persyaratan yang tidak berlaku ({not_applicable}) dan yang diberi dispensasi ({waived}) "
        "berdiri sendiri dan tidak dihitung.",
    ),
    "formula-unit": ("Counts are of requirements.", "Yang dihitung adalah persyaratan."),
    "requirements": ("Requirements", "Persyaratan"),
    "clauses": ("Clauses", "Klausul"),
    "clause": ("Clause", "Klausul"),
    "requirement": ("Requirement", "Persyaratan"),
    "grade": ("Grade", "Tingkat temuan"),
    # Findings
    "findings": ("Findings", "Temuan"),
    "no-findings": ("There are no open findings.", "Tidak ada temuan terbuka."),
    "finding": ("Finding", "Temuan"),
    "count-findings": ("Findings: {count}", "Temuan: {count}"),
    "required": ("Required", "Yang disyaratkan"),
    "why": ("Why", "Alasannya"),
    "remedy": ("How to put it right", "Cara memperbaiki"),
    "found": ("Found", "Yang ditemukan"),
    "expected": ("Expected", "Yang diharapkan"),
    "provider": ("Provider", "Penyelenggara"),
    "no-provider": ("No provider known", "Penyelenggara tidak diketahui"),
    "about": ("About", "Mengenai"),
    "place": ("Place", "Letak"),
    "line": ("line {line}", "baris {line}"),
    "unnamed-node": ("unnamed node {name}", "simpul tanpa nama {name}"),
    "triples": ("Statements behind this finding ({count})", "Pernyataan yang mendasari temuan ini ({count})"),
    "subject": ("Subject", "Subjek"),
    "predicate": ("Predicate", "Predikat"),
    "object": ("Object", "Objek"),
    "permalink": ("Link to finding {id}", "Tautan ke temuan {id}"),
    "more": (
        "… and {count} more of the same rule; the other formats list them all.",
        "… dan {count} lagi dari aturan yang sama; format lain memuat semuanya.",
    ),
    "more-alike": ("{count} more of the same rule", "{count} lagi dari aturan yang sama"),
    "reason": ("Reason", "Alasan"),
    # What stands apart
    "waived": ("Waived findings", "Temuan yang diberi dispensasi"),
    "waived-intro": (
        "Somebody decided to accept these findings for a time.",
        "Ada pihak yang memutuskan untuk menerima temuan berikut selama jangka waktu tertentu.",
    ),
    "granted-by": ("Granted by", "Diberikan oleh"),
    "in-force": ("In force", "Masa berlaku"),
    "from-to": ("{start} to {end}", "{start} sampai {end}"),
    "not-checked": ("Not checked", "Tidak diperiksa"),
    "not-checked-intro": (
        "Nothing is known about these requirements. Not checked does not mean conformant.",
        "Tidak ada yang diketahui tentang persyaratan berikut. Tidak diperiksa bukan berarti sesuai.",
    ),
    "not-applicable": ("Not applicable", "Tidak berlaku"),
    "not-applicable-intro": (
        "These requirements do not apply, for the reason given.",
        "Persyaratan berikut tidak berlaku, dengan alasan yang disebutkan.",
    ),
    "no-reason": ("No reason was given.", "Alasan tidak disebutkan."),
    "coverage": ("Coverage", "Cakupan pemeriksaan"),
    "coverage-counts": (
        "Resources described by the data: {described}. No rule looked at {unchecked} of them.",
        "Data mendeskripsikan {described} entitas. "
        "Sebanyak {unchecked} di antaranya tidak dilihat oleh aturan mana pun.",
    ),
    "unchecked": ("Resources that no rule looked at", "Entitas yang tidak dilihat oleh aturan mana pun"),
    "unchecked-more": ("… and {count} more.", "… dan {count} lagi."),
    "not-understood": ("Terms that were not understood", "Istilah yang tidak dipahami"),
    "not-understood-intro": (
        "No ontology declares these terms. Statements with them were not judged.",
        "Istilah berikut tidak dinyatakan dalam ontologi mana pun. Pernyataan yang memuatnya tidak dinilai.",
    ),
    "not-taken-over": (
        "What was not taken over from files of other formats",
        "Isi berkas berformat lain yang tidak diambil alih",
    ),
    "not-taken-over-intro": (
        "It has no place in the graph that is checked, and was not judged.",
        "Isi berikut tidak memiliki tempat dalam graf yang diperiksa, dan tidak dinilai.",
    ),
    "what": ("What", "Apa"),
    "term": ("Term", "Istilah"),
    "uses": ("Uses", "Jumlah pemakaian"),
    "nothing-unchecked": (
        "Every described resource was looked at.",
        "Semua entitas yang dideskripsikan telah dilihat.",
    ),
    "all-understood": ("Every term was understood.", "Semua istilah dipahami."),
    # Provenance
    "provenance": ("How this report was made", "Cara laporan ini dibuat"),
    "checked-files": ("Checked files", "Berkas yang diperiksa"),
    "file": ("File", "Berkas"),
    "sha256": ("SHA-256", "SHA-256"),
    "statements": ("Statements", "Jumlah pernyataan"),
    "rulebook-digest": ("Rulebook digest", "Intisari buku aturan"),
    "engine": ("Engine", "Mesin pemeriksa"),
    "version": ("Version", "Versi"),
    # Sheets of a workbook
    "name": ("Name", "Nama"),
    "status": ("Status", "Status"),
    "open": ("open", "terbuka"),
    "thing": ("Thing", "Entitas"),
    "looked-at": ("Things looked at", "Entitas yang dilihat"),
    "sheet-providers": ("Providers", "Penyelenggara"),
    "sheet-not-taken-over": ("Not taken over", "Tidak diambil alih"),
    "micro-credentials": ("Micro-credentials", "Mikro-kredensial"),
    "by-when": ("By when", "Tenggat"),
    "responsible": ("Responsible", "Penanggung jawab"),
    "sheet-not-understood": ("Not understood", "Tidak dipahami"),
    "sheet-sources": ("Sources", "Sumber"),
    "results": ("Results", "Hasil"),
    "shapes": ("Shapes", "Bentuk"),
    # Controls of the page
    "skip": ("Skip to the content", "Langsung ke isi"),
    "summary": ("Summary", "Ringkasan"),
    "contents": ("Contents", "Daftar isi"),
    "filters": ("Filter", "Saringan"),
    "filter-all": ("All", "Semua"),
    "filter-search": ("Search text", "Cari teks"),
    "filter-clear": ("Clear", "Hapus saringan"),
    "filter-count": (
        "{shown} of {total} findings and requirements are shown.",
        "{shown} dari {total} temuan dan persyaratan ditampilkan.",
    ),
    "filter-none": ("Nothing matches the filter.", "Tidak ada yang cocok dengan saringan."),
    # Plain validation
    "validation-title": ("Validation report", "Laporan validasi"),
    "conforms": ("The data conforms to the shapes.", "Data sesuai dengan aturan bentuk."),
    "conforms-not": ("The data does not conform to the shapes.", "Data tidak sesuai dengan aturan bentuk."),
    "no-focus": (
        "No shape met a focus node, so nothing was checked.",
        "Tidak ada bentuk yang menemukan simpul fokus sehingga tidak ada yang diperiksa.",
    ),
    "count-results": ("Results: {count}", "Hasil: {count}"),
    "shape": ("Shape", "Bentuk"),
    "focus": ("Focus node", "Simpul fokus"),
    "path": ("Path", "Jalur"),
    "value": ("Value", "Nilai"),
    "severity": ("Severity", "Tingkat keparahan"),
    "constraint": ("Constraint", "Kendala"),
    "message": ("Message", "Pesan"),
    "focus-nodes": ("Focus nodes by shape", "Simpul fokus menurut bentuk"),
}
"""Key to the phrase in English and in Indonesian."""

MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
}  # fmt: skip
