"""The words of recognition, in English and in Indonesian: what a link says, what is wrong with it, and what would have to be otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.shown import name, place
from mcqms_kg.pathway.recognition.model import Fault, Gap, Link, Node, Status

Texts = Mapping[str, tuple[str, str]]

LINKS: Texts = {
    "award": ("{start} is an award of {end}", "{start} adalah kredensial terbit dari {end}"),
    "awarded": ("{end} awards {start}", "{end} menerbitkan {start}"),
    "level": ("{start} is at {end}, as its own record states", "{start} berada pada {end}, menurut rekamannya sendiri"),
    "unit": ("{start} is a unit of {end}", "{start} adalah unit dari {end}"),
    "licence": ("{end} licenses {start}: {record}", "{end} melisensi {start}: {record}"),
    "covered": (
        "{record} covers it as an award of {start}",
        "{record} mencakupnya sebagai kredensial terbitan {start}",
    ),
    "honoured": ("{end} honours what {record} covers", "{end} menghormati yang dicakup {record}"),
    "granted": ("{record} grants {end}", "{record} memberikan {end}"),
    "referencing": ("{start} is referenced to {end}", "{start} disetarakan dengan {end}"),
    "framework": ("{start} is a level of {end}", "{start} adalah jenjang dari {end}"),
    "country": ("{start} is in {end}", "{start} berada di {end}"),
}

FAULTS: Texts = {
    "expired": ("it ended on {values}", "masa berlakunya berakhir pada {values}"),
    "not-yet": ("it begins on {values}", "baru berlaku pada {values}"),
    "wrong-direction": ("it runs the other way, from {values}", "arahnya sebaliknya, dari {values}"),
    "out-of-scope": ("it does not cover {values}", "tidak mencakup {values}"),
    "condition": ("it asks for something else than {values}", "yang diminta berbeda dari {values}"),
    "not-said": ("the data does not say: {values}", "data tidak menyebutkan: {values}"),
    "in-words": ("people have to decide: {values}", "harus diputuskan oleh manusia: {values}"),
    "contradictory": ("the data contradicts itself: {values}", "data saling bertentangan: {values}"),
    "unreadable": ("{values} is no date", "{values} bukan tanggal"),
    "no-country": ("{values} is no code of a country", "{values} bukan kode negara"),
    "no-start": ("it is not said from when it is in force", "tidak disebutkan sejak kapan berlaku"),
    "revoked": ("it was revoked on {values}", "kredensial ini dicabut pada {values}"),
    "suspended": ("it is suspended since {values}", "kredensial ini ditangguhkan sejak {values}"),
    "lapsed": ("it was valid until {values}", "kredensial ini berlaku sampai {values}"),
    "no-issue-date": (
        "it is valid for a time, and the data does not say since when",
        "masa berlakunya terbatas, dan data tidak menyebutkan sejak kapan",
    ),
    "own-word": ("{values} licenses itself", "{values} melisensi dirinya sendiri"),
    "own-award": ("{values} awards it itself", "{values} sendiri yang menerbitkannya"),
    "not-concluded": ("{values} did not conclude it", "{values} tidak menyepakatinya"),
    "not-extended": ("it is not extended to what {values} honours", "tidak diperluas ke yang dihormati {values}"),
    "no-authority": ("{values} is no regulator", "{values} bukan regulator"),
    "overruled": ("an endorsed row leads to {values}", "baris yang disahkan mengarah ke {values}"),
}

WANTED: Texts = {
    "expired": ("{record} were still in force", "{record} masih berlaku"),
    "not-yet": ("{record} were already in force", "{record} sudah berlaku"),
    "wrong-direction": ("{record} also ran the other way", "{record} juga berlaku ke arah sebaliknya"),
    "out-of-scope": ("{record} also covered {values}", "{record} juga mencakup {values}"),
    "condition": ("the credential met what {record} asks for", "kredensial memenuhi yang diminta {record}"),
    "not-said": ("the data said: {values}", "data menyebutkan: {values}"),
    "in-words": ("somebody decided on {record}: {values}", "ada yang memutuskan {record}: {values}"),
    "contradictory": ("the data on {record} did not contradict itself", "data tentang {record} tidak bertentangan"),
    "unreadable": ("{values} in {record} were a date", "{values} dalam {record} berupa tanggal"),
    "no-country": ("{values} were a code of a country", "{values} berupa kode negara"),
    "no-start": ("it were said from when {record} is in force", "disebutkan sejak kapan {record} berlaku"),
    "revoked": ("{record} had not been revoked", "{record} tidak dicabut"),
    "suspended": ("{record} were reinstated", "{record} dipulihkan"),
    "lapsed": ("{record} were issued anew", "{record} diterbitkan kembali"),
    "no-issue-date": ("it were said when {record} was issued", "disebutkan kapan {record} diterbitkan"),
    "own-word": ("somebody else licensed {values}", "pihak lain melisensi {values}"),
    "own-award": ("somebody else than {values} honoured it", "pihak selain {values} menghormatinya"),
    "not-concluded": ("{values} had concluded {record}", "{values} ikut menyepakati {record}"),
    "not-extended": (
        "{record} were extended to what {values} honours",
        "{record} diperluas ke yang dihormati {values}",
    ),
    "no-authority": ("{values} were a regulator", "{values} adalah regulator"),
    "overruled": ("{record} agreed with the endorsed row", "{record} sejalan dengan baris yang disahkan"),
    "unverified-referencing": ("{record} were endorsed", "{record} disahkan"),
    "unverified": ("a document of {end} showed {record}", "dokumen dari {end} membuktikan {record}"),
    "new-agreement": (
        "a body there honoured it by an agreement",
        "ada badan di sana yang menghormatinya melalui perjanjian",
    ),
    "new-licence": ("an authority there licensed whoever awards it", "otoritas di sana melisensi penerbitnya"),
    "new-referencing": ("its level were referenced there", "jenjangnya disetarakan ke sana"),
    "new-level": ("its level were stated", "jenjangnya disebutkan"),
}

ANSWER: Texts = {
    "recognised": ("Recognised in {place}.", "Diakui di {place}."),
    "unverified": (
        "UNVERIFIED: recognised in {place} only if facts hold that nobody vouches for.",
        "BELUM DIVERIFIKASI: diakui di {place} hanya jika fakta yang tidak dijamin siapa pun itu benar.",
    ),
    "not-recognised": ("Not recognised in {place}.", "Tidak diakui di {place}."),
    "undecided": ("Could not decide on {place}.", "Pengakuan di {place} tidak dapat diputuskan."),
    "as-of": ("{credential}, as of {day}", "{credential}, per {day}"),
    "chain": ("Chain {number} ({status})", "Rantai {number} ({status})"),
    "level": ("level: {level}", "jenjang: {level}"),
    "credits": ("credits: {credits}", "kredit: {credits}"),
    "uncounted": (
        "credits: not known; what says how they count is missing, contradictory or no number",
        "kredit: tidak diketahui; angka penentunya tidak ada, bertentangan, atau bukan angka",
    ),
    "national": ("by the authority of the country: {by}", "oleh otoritas negara: {by}"),
    "institution": ("by this body only: {by}", "hanya oleh badan ini: {by}"),
    "source": ("source: {source}", "sumber: {source}"),
    "would-be": ("It would be recognised if {wanted}.", "Akan diakui jika {wanted}."),
    "reasons": ("What does not hold", "Yang tidak terpenuhi"),
    "levels-differ": (
        "Equally good facts lead to different levels: {levels}.",
        "Fakta yang sama kuat mengarah ke jenjang berbeda: {levels}.",
    ),
    "not-whole": ("There is more than is told here.", "Masih ada yang tidak ditampilkan di sini."),
    "and": (" and ", " dan "),
    "verified": ("verified", "terverifikasi"),
    "stated": ("stated", "dinyatakan"),
    "status-unverified": ("unverified", "belum diverifikasi"),
}


def say(texts: Texts, kind: str, language: str, **values: object) -> str:
    """The text of that kind, with its values."""
    return texts[kind][language == "id"].format(**values)


def status(given: Status, language: str) -> str:
    """The word for how sure something is."""
    return say(ANSWER, "status-unverified" if given is Status.UNVERIFIED else given.value, language)


def link(graph: Facts, given: Link, language: str) -> str:
    """What a link says, in a sentence without its full stop."""
    return say(LINKS, given.kind, language, **_names(graph, given, language))


def fault(graph: Facts, given: Fault, language: str) -> str:
    """What is wrong, in words that follow the link's."""
    return say(FAULTS, given.kind, language, values=_listed(graph, given, language))


def wanted(graph: Facts, gap: Gap, language: str) -> str:
    """What would have to be otherwise, in words that follow 'if'."""
    if gap.new:
        return say(WANTED, f"new-{gap.new}", language)
    told = [each for lacking in gap.links for each in _wanted(graph, lacking, language)]
    return say(ANSWER, "and", language).join(dict.fromkeys(told))


def _wanted(graph: Facts, lacking: Link, language: str) -> list[str]:
    names = _names(graph, lacking, language)
    found = [
        say(WANTED, given.kind, language, values=_listed(graph, given, language), **names) for given in lacking.faults
    ]
    if lacking.status is Status.UNVERIFIED:
        kind = "unverified-referencing" if lacking.kind == "referencing" else "unverified"
        found.append(say(WANTED, kind, language, **names))
    return found


def _names(graph: Facts, given: Link, language: str) -> dict[str, str]:
    ends = {"start": given.start, "end": given.end}
    return {part: called(graph, node, language) for part, node in ends.items()} | {
        "record": name(graph, given.record, language)
    }


def called(graph: Facts, node: Node, language: str) -> str:
    """What a place on the way is called."""
    return (place if node.kind == "country" else name)(graph, node.term, language)


def _listed(graph: Facts, given: Fault, language: str) -> str:
    """The values by name; of texts in several languages those in the one that is asked for."""
    values = given.values
    spoken = [v for v in values if not terms.is_literal(v) or terms.language(v) in (language, "")]
    tell = place if given.kind == "contradictory" else name
    return ", ".join(_TOLD[v][language == "id"] if v in _TOLD else tell(graph, v, language) for v in spoken or values)


_TOLD = {
    mc("hasLevel"): ("its level", "jenjangnya"),
    mc("hasField"): ("its field of study", "bidang studinya"),
    mc("hasQualityAssurance"): ("how its quality is assured", "penjaminan mutunya"),
    mc("hasSupervision"): ("how its assessment is supervised", "pengawasan asesmennya"),
    mc("hasAssessmentApproach"): ("by which approach it is assessed", "pendekatan asesmennya"),
    mc("workloadHours"): ("its workload", "beban belajarnya"),
    mc("minimumWorkload"): ("which workload is asked for", "beban belajar yang diminta"),
    mc("coversUnit"): ("which units it covers", "unit yang dicakupnya"),
}
"""What the data may not say, for readers."""


def source(graph: Facts, given: Link, language: str) -> str:
    """Where the record of a link is from: its own words in the language, else in any, else the names of its documents."""
    return "; ".join(name(graph, s, language) for s in sources(given, language))


def sources(given: Link, language: str) -> Sequence[Term]:
    """The sources that are named: of texts those in the language, else the first; without texts, all of them."""
    texts = [s for s in given.sources if terms.is_literal(s)]
    return [s for s in texts if terms.language(s) in (language, "")] or texts[:1] or given.sources
