"""What is said of what a file of the European Learning Model cannot carry, or of what came in and was not taken over."""

from __future__ import annotations

from mcqms_kg.graph import terms
from mcqms_kg.model import Term, Texts


def _said(predicate: Term, english: str, indonesian: str) -> Texts:
    name = terms.short(predicate)
    return {"en": english.format(name), "id": indonesian.format(name)}


def not_carried(predicate: Term) -> Texts:
    return _said(predicate, "{} has no place in the file.", "{} tidak mendapat tempat dalam berkas.")


def second(predicate: Term) -> Texts:
    return _said(
        predicate,
        "{} has more values than the file can carry.",
        "{} memiliki lebih banyak nilai daripada yang dapat dimuat berkas.",
    )


def not_text(predicate: Term) -> Texts:
    return _said(predicate, "{} is not a text.", "{} bukan teks.")


def not_thing(predicate: Term) -> Texts:
    return _said(
        predicate, "{} is a text where a thing should be named.", "{} berupa teks, padahal harus menunjuk sesuatu."
    )


def not_number(predicate: Term) -> Texts:
    return _said(predicate, "{} is not a number above zero.", "{} bukan angka di atas nol.")


def not_day(predicate: Term) -> Texts:
    return _said(predicate, "{} is not a day.", "{} bukan tanggal.")


def not_address(predicate: Term) -> Texts:
    return _said(predicate, "{} is not an address on the web.", "{} bukan alamat web.")


def not_in_list(predicate: Term) -> Texts:
    return _said(
        predicate,
        "{} has a value that the European list does not know.",
        "{} memiliki nilai yang tidak dikenal daftar Eropa.",
    )


def language_taken(predicate: Term, tag: str) -> Texts:
    return _said(
        predicate,
        f"{{}} does not say its language; it is taken to be {tag!r}.",
        f"{{}} tidak menyebut bahasanya; dianggap {tag!r}.",
    )


NO_NAME = {"en": "It has no name.", "id": "Tidak memiliki nama."}
NO_COUNTRY = {
    "en": "It does not say the country of its seat by a two-letter code.",
    "id": "Tidak menyatakan negara kedudukannya dengan kode dua huruf.",
}
NO_ISSUER = {"en": "It does not say who issued it.", "id": "Tidak menyatakan penerbitnya."}
NO_DAY = {"en": "It does not say on which day it was issued.", "id": "Tidak menyatakan tanggal penerbitannya."}
NO_LEARNER = {"en": "It does not say to whom it was awarded.", "id": "Tidak menyatakan penerimanya."}
NO_PROVIDER = {"en": "It does not say who offers it.", "id": "Tidak menyatakan penyelenggaranya."}
NO_XML = {
    "en": "A text has a character that XML cannot hold, so this file is left out; the others say the same.",
    "id": "Ada teks dengan karakter yang tidak dikenal XML, sehingga berkas ini tidak dibuat; berkas lain memuat isi yang sama.",
}
NO_PAGE = {
    "en": "Neither it nor its provider has a public page.",
    "id": "Baik kredensial maupun penyelenggaranya tidak memiliki laman publik.",
}
IN_WORDS_ONLY = {
    "en": "It names something in words only, where a thing of its own is asked for.",
    "id": "Menyebut sesuatu hanya dengan kata-kata, padahal harus menunjuk data tersendiri.",
}
SEVERAL = {"en": "It says several where one can be.", "id": "Menyatakan beberapa, padahal hanya satu yang mungkin."}
LEFT_OUT = "Left out, because the target would refuse it: {}", "Tidak ditulis karena akan ditolak: {}"
NAME_FROM_DESCRIPTION = {
    "en": "It has no name; its description stands in the place of one.",
    "id": "Tidak memiliki nama; uraiannya dipakai sebagai nama.",
}
NAME_FROM_CREDENTIAL = {
    "en": "It has no name; that of the credential stands in the place of one.",
    "id": "Tidak memiliki nama; nama kredensial dipakai sebagai gantinya.",
}
IRI_AS_IDENTIFIER = {
    "en": "It has no registration number; its address in the graph stands in the place of the legal identifier.",
    "id": "Tidak memiliki nomor registrasi; alamatnya dalam graf dipakai sebagai pengenal hukum.",
}
PAGE_OF_PROVIDER = {
    "en": "It has no public page; that of its provider stands in the place of one.",
    "id": "Tidak memiliki laman publik; laman penyelenggaranya dipakai sebagai gantinya.",
}
KIND = {
    "en": "That it is a certification is not carried; it is written as a specification of a learning achievement.",
    "id": "Jenisnya sebagai sertifikasi tidak terbawa; ditulis sebagai spesifikasi capaian belajar.",
}
LEARNER_NAME = {
    "en": "What is known of the learner is not written; the file names the pseudonym only.",
    "id": "Keterangan tentang peserta tidak ditulis; berkas hanya memuat nama samaran.",
}
FIELD_REPLACED = {
    "en": "Its field is written as the same field of the European list.",
    "id": "Bidangnya ditulis sebagai bidang yang sama dalam daftar Eropa.",
}
LANGUAGE_REPLACED = {
    "en": "Its language is written as a code of the European list.",
    "id": "Bahasanya ditulis sebagai kode dalam daftar Eropa.",
}
KIND_OF_ORGANISATION = {
    "en": "What kind of organisation it is, is not carried.",
    "id": "Jenis organisasinya tidak terbawa.",
}

UNKNOWN_KEY = {"en": "This is not taken over.", "id": "Bagian ini tidak diambil."}
UNKNOWN_TYPE = {"en": "This type is not understood.", "id": "Tipe ini tidak dipahami."}
WRONG_KIND = {
    "en": "The value is not of the kind that belongs here.",
    "id": "Nilainya bukan jenis yang semestinya di sini.",
}
NO_IRI = {
    "en": "The identifier is no IRI; the thing is named by its place.",
    "id": "Pengenalnya bukan IRI; benda ini dinamai menurut tempatnya.",
}
PERSONAL = {
    "en": "Personal data is not taken over; the learner is named by a pseudonym.",
    "id": "Data pribadi tidak diambil; peserta disebut dengan nama samaran.",
}
DISPLAY = {"en": "How the credential is shown is not taken over.", "id": "Tampilan kredensial tidak diambil."}
UNSIGNED = {"en": "The signature was not checked.", "id": "Tanda tangan tidak diperiksa."}
UNKNOWN_CODE = {"en": "This code has no counterpart here.", "id": "Kode ini tidak memiliki padanan di sini."}
NOT_TAKEN = {"en": "This is not taken over.", "id": "Bagian ini tidak diambil."}
DURATION = {
    "en": "The duration is not in hours, minutes and seconds; how many hours of work it means is not known.",
    "id": "Durasi tidak dinyatakan dalam jam, menit, dan detik; jumlah jam belajarnya tidak diketahui.",
}
SEALED_BY = {
    "en": "Who sealed the credential is not taken over; who awarded it is.",
    "id": "Pihak yang menyegel tidak diambil; pihak yang menganugerahkan diambil.",
}
NO_SPECIFICATION = {
    "en": "The achievement has no specification; what was awarded is taken from the achievement itself.",
    "id": "Capaian tidak memiliki spesifikasi; kredensial diambil dari capaian itu sendiri.",
}
