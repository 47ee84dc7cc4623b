"""What an answer says, in English and Indonesian. Names go in as they are called in the language asked for."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
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
        "Pencarian berhenti setelah {seconds} detik, sesuai permintaan; dengan lebih banyak waktu, lebih banyak yang dapat ditemukan atau dibuktikan.",
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
    "credits-not-stated": (
        "No credits are stated for {names}; none were counted.",
        "Kredit tidak dinyatakan untuk {names}; tidak ada yang dihitung.",
    ),
    "credits-in-ects": (
        "Only ECTS credits are stated for {names}; they are not counted among national credits.",
        "Hanya kredit ECTS yang dinyatakan untuk {names}; kredit itu tidak dihitung sebagai kredit nasional.",
    ),
    "award-revoked": (
        "{credential} does not count: its award was revoked.",
        "{credential} tidak dihitung: kredensial terbitnya telah dicabut.",
    ),
    "award-suspended": (
        "{credential} does not count at present: its award is suspended.",
        "{credential} untuk sementara tidak dihitung: kredensial terbitnya ditangguhkan.",
    ),
    "award-undated": (
        '{credential} does not count for "{rule}": its award says nothing about when it was issued.',
        '{credential} tidak dihitung untuk "{rule}": tanggal terbitnya tidak dinyatakan.',
    ),
    "award-expired": (
        "{credential} does not count: its award has expired, and counted until {until}.",
        "{credential} tidak dihitung: kredensial terbitnya telah kedaluwarsa, dan dihitung sampai {until}.",
    ),
    "award-does-not-count": (
        "{credential} is held, but by an award that a rule does not count; it may be earned again.",
        "{credential} dimiliki, tetapi kredensial terbitnya tidak dihitung oleh suatu aturan; kredensial ini dapat diraih lagi.",
    ),
    "award-not-yet-issued": (
        "{credential} does not count: its award is issued after {day}.",
        "{credential} tidak dihitung: baru terbit setelah {day}.",
    ),
    "award-without-date": (
        "{credential} does not count: it is valid for a time only, and its award has no date.",
        "{credential} tidak dihitung: berlaku untuk waktu terbatas, dan tanggal terbitnya tidak ada.",
    ),
    "award-unreadable": (
        "{award} does not count for {credential}: its dates, its validity or what it awards cannot be read.",
        "{award} tidak dihitung untuk {credential}: tanggal, masa berlaku, atau kredensialnya tidak dapat dibaca.",
    ),
    "renewals-untried": (
        "More awards would have to be earned again than choices were tried; some choice may lead to {target}.",
        "Penganugerahan yang harus diraih ulang lebih banyak daripada pilihan yang dicoba; mungkin ada pilihan yang mengarah ke {target}.",
    ),
    "level-not-met": (
        '{credential} does not count for "{rule}": its level is too low.',
        '{credential} tidak dihitung untuk "{rule}": jenjangnya terlalu rendah.',
    ),
    "level-not-stated": (
        '{credential} does not count for "{rule}": no level is stated for it in the framework that is asked for.',
        '{credential} tidak dihitung untuk "{rule}": jenjangnya dalam kerangka yang diminta tidak dinyatakan.',
    ),
    "level-unknown": (
        'Whether {credential} counts for "{rule}" cannot be decided: a level without a number or a framework does not compare.',
        'Apakah {credential} dihitung untuk "{rule}" tidak dapat diputuskan: jenjang tanpa nomor atau kerangka tidak dapat dibandingkan.',
    ),
    "award-too-old": (
        '{credential} does not count for "{rule}": its award is too old.',
        '{credential} tidak dihitung untuk "{rule}": sudah terlalu lama terbit.',
    ),
    "supervision-not-met": (
        '{credential} does not count for "{rule}": it is not assessed under the supervision asked for.',
        '{credential} tidak dihitung untuk "{rule}": asesmennya tidak diawasi sebagaimana diminta.',
    ),
    "approach-not-met": (
        '{credential} does not count for "{rule}": it is not assessed by the approach asked for.',
        '{credential} tidak dihitung untuk "{rule}": pendekatan asesmennya bukan yang diminta.',
    ),
    "assessor-not-certified": (
        '{credential} does not count for "{rule}": nothing shows that certified assessors assessed it.',
        '{credential} tidak dihitung untuk "{rule}": tidak ada bukti bahwa penilainya asesor bersertifikat.',
    ),
    "assessor-unreadable": (
        'Whether {credential} counts for "{rule}" cannot be decided: a date of its assessment or its assessor cannot be read.',
        'Apakah {credential} dihitung untuk "{rule}" tidak dapat diputuskan: tanggal asesmen atau sertifikat asesornya tidak terbaca.',
    ),
    "assessor-at-the-time": (
        "Assumed: {credential} will be assessed by certified assessors.",
        "Diasumsikan: {credential} akan dinilai oleh asesor bersertifikat.",
    ),
    "assessor-assumed": (
        "Assumed: {credential} was assessed by certified assessors; no award shows it.",
        "Diasumsikan: {credential} dinilai oleh asesor bersertifikat; tidak ada bukti penganugerahan.",
    ),
    "age-assumed": (
        "Assumed: {credential} is recent enough; no award shows when it was issued.",
        "Diasumsikan: {credential} masih cukup baru; tidak ada bukti waktu terbitnya.",
    ),
    "problem-bad-number": (
        "{subject} states a number that cannot be used.",
        "{subject} menyatakan angka yang tidak dapat dipakai.",
    ),
    "problem-bad-flag": (
        "{subject} says neither yes nor no where one of them is asked for.",
        "{subject} tidak menyatakan ya ataupun tidak, padahal salah satunya diminta.",
    ),
    "problem-bad-date": (
        "{subject} states a date that cannot be read.",
        "{subject} menyatakan tanggal yang tidak dapat dibaca.",
    ),
    "problem-two-values": (
        "{subject} states two values where there can be one; the stricter one was used.",
        "{subject} menyatakan dua nilai untuk hal yang hanya boleh satu; yang lebih ketat dipakai.",
    ),
    "problem-rule-without-options": (
        "The rule {subject} names no options.",
        "Aturan {subject} tidak menyebutkan pilihan.",
    ),
    "problem-count-above-options": (
        "The rule {subject} asks for more options than it names.",
        "Aturan {subject} meminta lebih banyak pilihan daripada yang disebutkannya.",
    ),
    "problem-rule-inside-itself": (
        "The rule {subject} stands inside itself; there it can never be met.",
        "Aturan {subject} berada di dalam dirinya sendiri; di sana aturan itu tidak pernah terpenuhi.",
    ),
    "problem-rule-too-large": (
        "The rule {subject} is too large or too deep to be decided.",
        "Aturan {subject} terlalu besar atau terlalu dalam untuk diputuskan.",
    ),
    "problem-unknown-option": (
        "{subject} is an option of which nothing says what it is; it is never met.",
        "{subject} adalah pilihan yang tidak dinyatakan jenisnya; pilihan itu tidak pernah terpenuhi.",
    ),
    "problem-credential-and-rule": (
        "{subject} is a credential and a stacking rule at once; it was taken for the credential.",
        "{subject} sekaligus kredensial dan aturan penumpukan; yang dipakai adalah kredensialnya.",
    ),
    "problem-award-of-several-learners": (
        "The award {subject} names more than one learner; it counts for nobody until that is put right.",
        "Penganugerahan {subject} menyebut lebih dari satu peserta; penganugerahan itu tidak dihitung sampai diperbaiki.",
    ),
    "problem-exemption-incomplete": (
        "The exemption {subject} is incomplete and exempts from nothing.",
        "Pembebasan {subject} tidak lengkap dan tidak membebaskan dari apa pun.",
    ),
    "problem-prerequisite-circle": (
        "{subject} is required, over other credentials, by itself.",
        "{subject} mensyaratkan dirinya sendiri melalui kredensial lain.",
    ),
    "problem-stacking-circle": (
        "{subject} is made, over other credentials, of itself.",
        "{subject} tersusun dari dirinya sendiri melalui kredensial lain.",
    ),
    "problem-progression-to-nowhere": (
        "The progression {subject} leads to nothing.",
        "Progresi {subject} tidak mengarah ke mana pun.",
    ),
    "problem-dates-out-of-order": ("{subject} expires before it is issued.", "{subject} berakhir sebelum diterbitkan."),
    "problem-award-of-no-one-credential": (
        "{subject} is not an award of exactly one credential.",
        "{subject} bukan penganugerahan tepat satu kredensial.",
    ),
    "problem-level-without-number": (
        "{subject} is a level without one framework and one number; it compares with nothing.",
        "{subject} adalah jenjang tanpa satu kerangka dan satu nomor; jenjang itu tidak dapat dibandingkan.",
    ),
}
"""Key to the English and the Indonesian text."""

LANGUAGES = ("en", "id")
