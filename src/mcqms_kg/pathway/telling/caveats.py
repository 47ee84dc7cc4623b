"""What an answer says of what does not count, is assumed, lapses or is broken, in English and Indonesian."""

from __future__ import annotations

CAVEATS: dict[str, tuple[str, str]] = {
    "lapse-award": (
        "{thing} counts until {last}, and is needed for {needed_for}",
        "{thing} dihitung sampai {last} dan diperlukan untuk {needed_for}",
    ),
    "lapse-age": (
        "{thing} is recent enough until {last}, and is needed for {needed_for}",
        "{thing} masih cukup baru sampai {last} dan diperlukan untuk {needed_for}",
    ),
    "lapse-offer": ("{thing} can be earned until {last}", "{thing} dapat diraih sampai {last}"),
    "lapse-exemption": (
        "{thing} exempts until {last}, which {needed_for} needs",
        "{thing} membebaskan sampai {last}, yang diperlukan untuk {needed_for}",
    ),
    "lapse-validity": (
        "{thing} is valid for {months} [month|months] once it is earned, and is needed for {needed_for} after other work",
        "{thing} berlaku {months} bulan setelah diraih dan diperlukan untuk {needed_for} setelah pekerjaan lain",
    ),
    "lapse-in-time": (
        ": {hours} [hour|hours] of work must be done within that time, {pace} [hour|hours] a week.",
        ": {hours} jam belajar harus selesai dalam waktu itu, {pace} jam per minggu.",
    ),
    "lapse-more": (
        ": more than {hours} [hour|hours] of work must be done within that time, {pace} [hour|hours] a week "
        "and what no workload is stated for: {unknown}.",
        ": lebih dari {hours} jam belajar harus selesai dalam waktu itu, {pace} jam per minggu dan yang "
        "beban belajarnya tidak dinyatakan: {unknown}.",
    ),
    "lapse-unlooked": (
        "; whether that is in time was not looked at, as no workload is stated for {unknown}.",
        "; apakah itu tepat waktu tidak diperiksa, karena beban belajar {unknown} tidak dinyatakan.",
    ),
    "lapse-too-soon": (
        ": {hours} [hour|hours] of work would have to be done within that time, more than day and night allow. Nobody can do that.",
        ": {hours} jam belajar harus selesai dalam waktu itu, lebih dari yang mungkin siang dan malam. Tidak "
        "seorang pun dapat melakukannya.",
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
        "{credential} is held, but its award is not used here: a rule does not count it, or it lapses too soon; it may be earned again.",
        "{credential} dimiliki, tetapi kredensial terbitnya tidak dipakai di sini: suatu aturan tidak "
        "menghitungnya, atau masa berlakunya terlalu singkat; kredensial ini dapat diraih lagi.",
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
