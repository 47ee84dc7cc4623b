"""Why a point of a pack is as it is, in English and Indonesian."""

from __future__ import annotations

from collections.abc import Mapping

from mcqms_kg.model import Texts

_WORDS: Mapping[str, tuple[str, str]] = {
    "laid-out-well": ("The archive is laid out as a pack is.", "Arsip tersusun sebagaimana mestinya sebuah paket."),
    "no-zip": ("This is no whole zip archive.", "Berkas ini bukan arsip zip yang utuh."),
    "laid-out": (
        "The archive is not laid out as a pack is: something was put before, between or behind its files, or changed.",
        "Arsip tidak tersusun sebagaimana paket: ada yang disisipkan sebelum, di antara, atau sesudah berkas, atau diubah.",
    ),
    "unsafe-name": (
        "A file in the archive has a name that no pack has, such as one that leads out of its folder.",
        "Ada berkas dalam arsip dengan nama yang tidak mungkin ada dalam paket, misalnya yang mengarah ke luar foldernya.",
    ),
    "same-name": ("Two files in the archive have the same name.", "Dua berkas dalam arsip bernama sama."),
    "too-many": (
        "The archive holds more files than a pack may.",
        "Arsip memuat lebih banyak berkas daripada yang diizinkan.",
    ),
    "too-large": ("The archive unpacks to more than a pack may.", "Isi arsip lebih besar daripada yang diizinkan."),
    "listed": (
        "The archive does not hold exactly the files that its manifest names.",
        "Isi arsip tidak tepat sama dengan berkas yang disebut manifesnya.",
    ),
    "manifest": (
        "The manifest is missing, or is not written as a pack's is.",
        "Manifes tidak ada, atau tidak ditulis sebagaimana manifes paket.",
    ),
    "other-format": (
        "The pack is of another version than this program knows.",
        "Paket memakai versi yang tidak dikenal program ini.",
    ),
    "signature-form": (
        "The signature is missing, or is not written as a pack's is.",
        "Tanda tangan tidak ada, atau tidak ditulis sebagaimana tanda tangan paket.",
    ),
    "files-good": (
        "All {count} files are those of the manifest.",
        "Seluruh {count} berkas sama dengan yang di manifes.",
    ),
    "files-failed": (
        "Not the files of the manifest: {names}.",
        "Berkas berikut tidak sama dengan yang di manifes: {names}.",
    ),
    "signed": ("The manifest was signed with the key {key}.", "Manifes ditandatangani dengan kunci {key}."),
    "unsigned": (
        "Nobody signed this pack: it shows what was checked, and not who stands by it.",
        "Paket ini tidak ditandatangani: isinya menunjukkan apa yang diperiksa, bukan siapa yang menjaminnya.",
    ),
    "not-signed": (
        "The signature was not made for this manifest with the key {key}.",
        "Tanda tangan tidak dibuat untuk manifes ini dengan kunci {key}.",
    ),
    "no-key": ("The signature names no Ed25519 key: {key}.", "Tanda tangan tidak menyebut kunci Ed25519: {key}."),
    "trusted": ("You named this key as one that you trust.", "Anda menyebut kunci ini sebagai kunci yang dipercaya."),
    "not-trusted": (
        "Nobody said whose key this is. Ask the signer for it and name it with --trust.",
        "Tidak diketahui kunci ini milik siapa. Mintalah kepada penanda tangan lalu sebutkan dengan --trust.",
    ),
    "digest-good": ("The data say what the manifest says: {digest}.", "Data sesuai dengan manifes: {digest}."),
    "digest-failed": (
        "The data have another canonical digest than the manifest says: {digest}.",
        "Data memiliki intisari kanonik yang berbeda dari manifes: {digest}.",
    ),
    "digest-other": (
        "Read by {here} the data have the canonical digest {digest}, which is not that of the manifest; it was made by {made}.",
        "Dibaca oleh {here}, data memiliki intisari kanonik {digest}, berbeda dari manifes yang dibuat oleh {made}.",
    ),
    "rulebook-good": ("The rulebook is the one of this program.", "Buku aturan sama dengan milik program ini."),
    "rulebook-other": (
        "The pack was made with another rulebook than this program has; verify it with {program}. Different: {names}.",
        "Paket dibuat dengan buku aturan lain; verifikasilah dengan {program}. Yang berbeda: {names}.",
    ),
    "report-good": (
        "A check of the data in the pack gives the same report: {verdict}.",
        "Pemeriksaan data dalam paket menghasilkan laporan yang sama: {verdict}.",
    ),
    "report-failed": (
        "A check of the data in the pack gives another report than the pack holds: {names}.",
        "Pemeriksaan data dalam paket menghasilkan laporan yang berbeda dari isi paket: {names}.",
    ),
    "report-other": (
        "The check could not be made again in the same way: the pack was made by {made}, this is {here}. Different: {names}.",
        "Pemeriksaan tidak dapat diulang dengan cara yang sama: paket dibuat oleh {made}, ini {here}. Yang berbeda: {names}.",
    ),
    "cannot": ("It could not be done: {problem}", "Tidak dapat dilakukan: {problem}"),
    "not-reached": (
        "It was not looked at, because what it rests on does not hold.",
        "Tidak diperiksa karena landasannya tidak terpenuhi.",
    ),
}


def why(reason: str, /, **values: object) -> Texts:
    """The reason in both languages."""
    return dict(zip(("en", "id"), (text.format(**values) for text in _WORDS[reason]), strict=True))
