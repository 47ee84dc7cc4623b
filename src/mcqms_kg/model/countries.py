"""Countries by the two letters of ISO 3166-1: what they are called in English and in Indonesian.

Babel has such names too (CLDR's). It takes 33 MB and a third of a second, and has other names than these for one country in five
(`Congo - Kinshasa`, `Hong Kong SAR China`), so the table stays.
"""

from __future__ import annotations

from collections.abc import Mapping

from mcqms_kg.model.rdf import Texts

_TABLE = """
AD Andorra | AE United Arab Emirates=Uni Emirat Arab | AF Afghanistan | AG Antigua and Barbuda=Antigua dan Barbuda | AI Anguilla
AL Albania | AM Armenia | AO Angola | AQ Antarctica=Antarktika | AR Argentina | AS American Samoa=Samoa Amerika | AT Austria
AU Australia | AW Aruba | AX Åland Islands=Kepulauan Åland | AZ Azerbaijan | BA Bosnia and Herzegovina=Bosnia dan Herzegovina
BB Barbados | BD Bangladesh | BE Belgium=Belgia | BF Burkina Faso | BG Bulgaria | BH Bahrain | BI Burundi | BJ Benin
BL Saint Barthélemy | BM Bermuda | BN Brunei Darussalam | BO Bolivia
BQ Bonaire, Sint Eustatius and Saba=Bonaire, Sint Eustatius, dan Saba
BR Brazil=Brasil | BS Bahamas=Bahama | BT Bhutan | BV Bouvet Island=Pulau Bouvet | BW Botswana | BY Belarus | BZ Belize
CA Canada=Kanada | CC Cocos (Keeling) Islands=Kepulauan Cocos (Keeling) | CD Democratic Republic of the Congo=Republik Demokratik Kongo
CF Central African Republic=Republik Afrika Tengah | CG Congo=Kongo | CH Switzerland=Swiss | CI Côte d'Ivoire=Pantai Gading
CK Cook Islands=Kepulauan Cook | CL Chile=Chili | CM Cameroon=Kamerun | CN China=Tiongkok | CO Colombia=Kolombia | CR Costa Rica=Kosta Rika
CU Cuba=Kuba | CV Cabo Verde=Tanjung Verde | CW Curaçao | CX Christmas Island=Pulau Natal | CY Cyprus=Siprus | CZ Czechia=Ceko
DE Germany=Jerman | DJ Djibouti=Jibuti | DK Denmark | DM Dominica=Dominika | DO Dominican Republic=Republik Dominika
DZ Algeria=Aljazair | EC Ecuador=Ekuador | EE Estonia | EG Egypt=Mesir | EH Western Sahara=Sahara Barat | ER Eritrea
ES Spain=Spanyol | ET Ethiopia=Etiopia | FI Finland=Finlandia | FJ Fiji | FK Falkland Islands=Kepulauan Falkland
FM Federated States of Micronesia=Federasi Mikronesia | FO Faroe Islands=Kepulauan Faroe | FR France=Prancis | GA Gabon
GB United Kingdom=Inggris Raya | GD Grenada | GE Georgia | GF French Guiana=Guyana Prancis | GG Guernsey | GH Ghana | GI Gibraltar
GL Greenland=Grinlandia | GM Gambia | GN Guinea | GP Guadeloupe | GQ Equatorial Guinea=Guinea Khatulistiwa | GR Greece=Yunani
GS South Georgia and the South Sandwich Islands=Georgia Selatan dan Kepulauan Sandwich Selatan | GT Guatemala | GU Guam
GW Guinea-Bissau | GY Guyana | HK Hong Kong | HM Heard Island and McDonald Islands=Pulau Heard dan Kepulauan McDonald
HN Honduras | HR Croatia=Kroasia | HT Haiti | HU Hungary=Hungaria | ID Indonesia | IE Ireland=Irlandia | IL Israel
IM Isle of Man=Pulau Man | IN India | IO British Indian Ocean Territory=Wilayah Samudra Hindia Britania | IQ Iraq=Irak | IR Iran
IS Iceland=Islandia | IT Italy=Italia | JE Jersey | JM Jamaica=Jamaika | JO Jordan=Yordania | JP Japan=Jepang | KE Kenya
KG Kyrgyzstan=Kirgizstan | KH Cambodia=Kamboja | KI Kiribati | KM Comoros=Komoro | KN Saint Kitts and Nevis=Saint Kitts dan Nevis
KP Democratic People's Republic of Korea=Republik Rakyat Demokratik Korea | KR Republic of Korea=Republik Korea | KW Kuwait
KY Cayman Islands=Kepulauan Cayman | KZ Kazakhstan=Kazakstan | LA Lao People's Democratic Republic=Laos | LB Lebanon
LC Saint Lucia | LI Liechtenstein | LK Sri Lanka | LR Liberia | LS Lesotho | LT Lithuania=Lituania | LU Luxembourg=Luksemburg
LV Latvia | LY Libya=Libia | MA Morocco=Maroko | MC Monaco=Monako | MD Moldova | ME Montenegro
MF Saint Martin | MG Madagascar=Madagaskar
MH Marshall Islands=Kepulauan Marshall | MK North Macedonia=Makedonia Utara | ML Mali | MM Myanmar | MN Mongolia | MO Macao=Makau
MP Northern Mariana Islands=Kepulauan Mariana Utara | MQ Martinique=Martinik | MR Mauritania | MS Montserrat | MT Malta | MU Mauritius
MV Maldives=Maladewa | MW Malawi | MX Mexico=Meksiko | MY Malaysia | MZ Mozambique=Mozambik | NA Namibia
NC New Caledonia=Kaledonia Baru | NE Niger | NF Norfolk Island=Pulau Norfolk | NG Nigeria | NI Nicaragua=Nikaragua
NL Netherlands=Belanda | NO Norway=Norwegia | NP Nepal | NR Nauru | NU Niue | NZ New Zealand=Selandia Baru | OM Oman | PA Panama
PE Peru | PF French Polynesia=Polinesia Prancis | PG Papua New Guinea=Papua Nugini | PH Philippines=Filipina | PK Pakistan
PL Poland=Polandia | PM Saint Pierre and Miquelon=Saint Pierre dan Miquelon | PN Pitcairn | PR Puerto Rico=Puerto Riko
PS Palestine=Palestina | PT Portugal | PW Palau | PY Paraguay | QA Qatar | RE Réunion | RO Romania=Rumania | RS Serbia
RU Russian Federation=Federasi Rusia | RW Rwanda | SA Saudi Arabia=Arab Saudi | SB Solomon Islands=Kepulauan Solomon
SC Seychelles | SD Sudan | SE Sweden=Swedia | SG Singapore=Singapura | SH Saint Helena | SI Slovenia
SJ Svalbard and Jan Mayen=Svalbard dan Jan Mayen | SK Slovakia=Slowakia | SL Sierra Leone | SM San Marino | SN Senegal | SO Somalia
SR Suriname | SS South Sudan=Sudan Selatan | ST Sao Tome and Principe=Sao Tome dan Principe | SV El Salvador | SX Sint Maarten
SY Syria=Suriah | SZ Eswatini | TC Turks and Caicos Islands=Kepulauan Turks dan Caicos | TD Chad=Cad
TF French Southern Territories=Wilayah Selatan Prancis | TG Togo | TH Thailand | TJ Tajikistan | TK Tokelau
TL Timor-Leste=Timor Leste | TM Turkmenistan | TN Tunisia | TO Tonga | TR Türkiye=Turki | TT Trinidad and Tobago=Trinidad dan Tobago
TV Tuvalu | TW Taiwan | TZ Tanzania | UA Ukraine=Ukraina | UG Uganda
UM United States Minor Outlying Islands=Kepulauan Terluar Kecil Amerika Serikat
US United States=Amerika Serikat | UY Uruguay | UZ Uzbekistan | VA Holy See=Takhta Suci
VC Saint Vincent and the Grenadines=Saint Vincent dan Grenadine
VE Venezuela | VG British Virgin Islands=Kepulauan Virgin Britania | VI United States Virgin Islands=Kepulauan Virgin Amerika Serikat
VN Viet Nam=Vietnam | VU Vanuatu | WF Wallis and Futuna=Wallis dan Futuna | WS Samoa | XK Kosovo | YE Yemen=Yaman | YT Mayotte
ZA South Africa=Afrika Selatan | ZM Zambia | ZW Zimbabwe
"""


def _names() -> dict[str, Texts]:
    found: dict[str, Texts] = {}
    for entry in _TABLE.replace("\n", " | ").strip(" |").split(" | "):
        code, both = entry.strip().split(" ", 1)
        english, _, indonesian = both.partition("=")
        found[code] = {"en": english.strip(), "id": (indonesian or english).strip()}
    return found


def country_name(code: str, language: str) -> str:
    """The name with its letters behind, as in `Indonesia (ID)`; what is no code of a country stays as it is."""
    texts = COUNTRIES.get(code)
    return f"{texts.get(language, texts['en'])} ({code})" if texts else code


def country_code(text: str) -> str:
    """The two letters that a text is, whatever their size; nothing for a text that is none."""
    code = text.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


COUNTRIES: Mapping[str, Texts] = _names()
"""Two letters to names by language."""
