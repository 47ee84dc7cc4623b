"""What an answer says, in English and Indonesian. Names go in as they are called in the language asked for."""

from __future__ import annotations

from mcqms_kg.pathway.telling.caveats import CAVEATS

PHRASES: dict[str, tuple[str, str]] = {
    **CAVEATS,
    "status-held": ("Already held: {target}.", "Sudah dimiliki: {target}."),
    "status-complete": ("What is held is enough for {target}.", "Yang dimiliki sudah cukup untuk {target}."),
    "status-reachable": ("{target} can be reached.", "{target} dapat dicapai."),
    "status-unreachable": ("{target} cannot be reached on {day}.", "{target} tidak dapat dicapai pada {day}."),
    "status-undecided": (
        "Whether {target} can be reached could not be decided.",
        "Tidak dapat diputuskan apakah {target} dapat dicapai.",
    ),
    "and": (" and ", " dan "),
    "plan": ("Way {number}", "Jalur {number}"),
    "gap": ("Gap {number}", "Kekurangan {number}"),
    "figures": (
        "{steps} [credential|credentials] to earn in {stages} [stage|stages], {hours}, {credits}",
        "{steps} kredensial untuk diraih dalam {stages} tahap, {hours}, {credits}",
    ),
    "work": ("{amount} [hour|hours] of work", "{amount} jam belajar"),
    "hours": ("{amount} [hour|hours]", "{amount} jam"),
    "hours-unknown": ("workload not stated", "beban belajar tidak dinyatakan"),
    "hours-unread": ("a workload that cannot be read", "beban belajar yang tidak terbaca"),
    "credits": ("{amount} [credit|credits]", "{amount} kredit"),
    "credits-ects": ("ECTS credits only", "hanya kredit ECTS"),
    "credits-unknown": ("credits not stated", "kredit tidak dinyatakan"),
    "credits-unread": ("credits that cannot be read", "kredit yang tidak terbaca"),
    "figures-side": (
        "; side by side it takes {longest} [hour|hours] at least",
        "; bila dipelajari bersamaan sedikitnya {longest} jam",
    ),
    "figures-none": ("nothing is left to learn", "tidak ada lagi yang perlu dipelajari"),
    "figures-gap": ("nothing can be learned for it", "tidak ada yang dapat dipelajari untuk itu"),
    "workload-unknown": ("No workload is stated for: {names}.", "Beban belajar tidak dinyatakan untuk: {names}."),
    "credits-partly": ("No credits are stated for: {names}.", "Kredit tidak dinyatakan untuk: {names}."),
    "proven": ("Proven: no better one exists.", "Terbukti: tidak ada yang lebih baik."),
    "proven-gap": ("Proven: no smaller gap exists.", "Terbukti: tidak ada kekurangan yang lebih kecil."),
    "not-proven": (
        "Best found, not proven{bound}.",
        "Terbaik yang ditemukan, belum terbukti{bound}.",
    ),
    "bound-steps": (
        "; no way has fewer than {bound} [credential|credentials] to earn",
        "; tidak ada jalur dengan kurang dari {bound} kredensial untuk diraih",
    ),
    "bound-hours": (
        "; no way takes fewer than {bound} [hour|hours] of work",
        "; tidak ada jalur dengan kurang dari {bound} jam belajar",
    ),
    "bound-unknown": (
        "; no way has fewer than {bound} [credential|credentials] without a stated workload",
        "; tidak ada jalur dengan kurang dari {bound} kredensial tanpa beban belajar yang dinyatakan",
    ),
    "bound-items": (
        "; no gap has fewer than {bound} [part|parts]",
        "; tidak ada kekurangan dengan kurang dari {bound} bagian",
    ),
    "bound-short": (
        "; no gap lacks less than {bound}",
        "; tidak ada kekurangan yang lebih kecil dari {bound}",
    ),
    "out-of-time": (
        "Work stopped after {seconds} [second|seconds], as was asked for; with more time more can be found or proven.",
        "Pencarian berhenti setelah {seconds} detik, sesuai permintaan; dengan waktu lebih lama, mungkin ada "
        "lagi yang ditemukan atau terbukti.",
    ),
    "all-found": ("There is no other way.", "Tidak ada jalur lain."),
    "all-found-gap": ("There is no other minimal gap.", "Tidak ada kekurangan minimal lain."),
    "cut": (
        "Only the nearest {considered} [credential was|credentials were] looked at.",
        "Hanya {considered} kredensial terdekat yang diperiksa.",
    ),
    "off-ramps": ("May be left on the way with: {names}.", "Dapat berhenti di tengah jalan dengan: {names}."),
    "beside": ("Also to be known", "Perlu diketahui juga"),
    "statements": ("Statements", "Pernyataan"),
    "derived-by": ("derived by {query}", "diturunkan oleh {query}"),
    "in-reach": ("In reach from what is held", "Dapat dicapai dari yang dimiliki"),
    "nothing-in-reach": ("Nothing is in reach from what is held.", "Tidak ada yang dapat dicapai dari yang dimiliki."),
    "in-reach-cut": (
        "The nearest {count} of {all} [target|targets] were looked at; ask for any other by its name.",
        "{count} dari {all} tujuan terdekat diperiksa; tanyakan yang lain dengan namanya.",
    ),
    "held-by-award": ("{credential} is held.", "{credential} dimiliki."),
    "held-until": (
        "{credential} is held; its award counts until {until}.",
        "{credential} dimiliki; kredensial terbitnya dihitung sampai {until}.",
    ),
    "said-to-be-held": (
        "{credential} is said to be held; no award was given to show it.",
        "{credential} dinyatakan dimiliki; tidak ada bukti penganugerahan yang diberikan.",
    ),
    "learn": ("Learn {credential}: {hours}, {credits}.", "Pelajari {credential}: {hours}, {credits}."),
    "stack": (
        '{credential} follows by the rule "{rule}": {by} {counts}.',
        '{credential} diperoleh menurut aturan "{rule}": {by} diperhitungkan.',
    ),
    "stack-credits": (
        '{credential} follows by the rule "{rule}": {by} {counts}, with {credit} of the {minimum} [credit|credits] asked for.',
        '{credential} diperoleh menurut aturan "{rule}": {by} diperhitungkan, dengan {credit} dari {minimum} kredit yang diminta.',
    ),
    "stack-nothing": (
        '{credential} follows by the rule "{rule}", which asks for nothing more.',
        '{credential} diperoleh menurut aturan "{rule}", yang tidak meminta apa-apa lagi.',
    ),
    "stack-own": (
        "{credential} follows by its rule: {by} {counts}.",
        "{credential} diperoleh menurut aturannya: {by} diperhitungkan.",
    ),
    "stack-credits-own": (
        "{credential} follows by its rule: {by} {counts}, with {credit} of the {minimum} [credit|credits] asked for.",
        "{credential} diperoleh menurut aturannya: {by} diperhitungkan, dengan {credit} dari {minimum} kredit yang diminta.",
    ),
    "stack-nothing-own": (
        "{credential} follows by its rule, which asks for nothing more.",
        "{credential} diperoleh menurut aturannya, yang tidak meminta apa-apa lagi.",
    ),
    "rule-of": ("the rule of {whole}", "aturan {whole}"),
    "gate-of": ("the prerequisite rule of {whole}", "aturan prasyarat {whole}"),
    "part-of": ("a part of {whole}", "bagian dari {whole}"),
    "exemption-of": ("an exemption in {whole}", "pembebasan dalam {whole}"),
    "progression-of": ("a progression of {whole}", "progresi dari {whole}"),
    "in-place": ("{by} is used in the place of {option}.", "{by} dipakai sebagai pengganti {option}."),
    "exempted": ("{by} exempts from {option}.", "{by} membebaskan dari {option}."),
    "in-place-of-target": (
        "{credential} is held, and may be used in the place of {target}.",
        "{credential} dimiliki dan dapat dipakai sebagai pengganti {target}.",
    ),
    "stack-implied": (
        "{credential} follows by its credits; no rule is stated: {by} together bring {credit} of {minimum} [credit|credits].",
        "{credential} diperoleh dari kreditnya; tidak ada aturan yang dinyatakan: {by} memberikan {credit} dari {minimum} kredit.",
    ),
    "stack-lacking": (
        "{credential} would follow once nothing is missing.",
        "{credential} akan diperoleh bila tidak ada lagi yang kurang.",
    ),
    "first": (
        "{credential} asks for a prerequisite, which {by} meets.",
        "{credential} memiliki prasyarat; {by} memenuhinya.",
    ),
    "unit-covered": ("{unit} is covered by {by}.", "{unit} dicakup oleh {by}."),
    "unit-held": ("{unit} is held.", "{unit} dimiliki."),
    "covered-unsurely": (
        "{unit} is covered by {by}, over an alignment that nobody has verified.",
        "{unit} dicakup oleh {by}, melalui penyelarasan yang belum diverifikasi.",
    ),
    "nothing-stated": (
        "Nothing states how {target} is earned, or what it requires.",
        "Tidak ada yang menyatakan cara memperoleh {target} atau apa yang disyaratkannya.",
    ),
    "missing-skill": (
        "Missing: {term}, a skill that nothing covers.",
        "Kurang: {term}, keterampilan yang tidak tercakup.",
    ),
    "missing-withdrawn": ("Missing: {term}, which was withdrawn.", "Kurang: {term}, yang sudah ditarik."),
    "missing-not-yet-offered": ("Missing: {term}, which is not offered yet.", "Kurang: {term}, yang belum ditawarkan."),
    "missing-in-a-circle": (
        "Missing: {term}, which stands in a circle of prerequisites.",
        "Kurang: {term}, yang berada dalam lingkaran prasyarat.",
    ),
    "missing-no-way-stated": (
        "Missing: {term}; nothing states how it is earned.",
        "Kurang: {term}; tidak ada yang menyatakan cara memperolehnya.",
    ),
    "missing-unit": (
        "Missing: the unit {term}; nothing that counts covers it.",
        "Kurang: unit {term}; tidak ada yang mencakupnya.",
    ),
    "missing-level": ("Missing: something at level {term}.", "Kurang: sesuatu pada jenjang {term}."),
    "missing-credits": (
        "Missing: {amount} [credit|credits] for {term}; nothing in the data brings more.",
        "Kurang: {amount} kredit untuk {term}; tidak ada lagi dalam data yang memberikannya.",
    ),
    "missing-count": (
        "Missing: {amount} more [option|options] of {term}; no other can be met.",
        "Kurang: {amount} pilihan lagi dari {term}; tidak ada yang dapat dipenuhi.",
    ),
    "missing-workload": (
        "Missing: {amount} [hour|hours] of workload for {term}; nothing in the data brings more.",
        "Kurang: {amount} jam beban belajar untuk {term}; tidak ada lagi dalam data yang memberikannya.",
    ),
}
"""Key to the English and the Indonesian text."""

LANGUAGES = ("en", "id")
