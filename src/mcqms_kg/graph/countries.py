"""What countries are called in English and in Indonesian, by their ISO 3166-1 alpha-2 codes."""

from __future__ import annotations

_NAMES = """
AD Andorra
AE United Arab Emirates|Uni Emirat Arab
AF Afghanistan|Afganistan
AG Antigua and Barbuda|Antigua dan Barbuda
AI Anguilla
AL Albania
AM Armenia
AO Angola
AQ Antarctica|Antarktika
AR Argentina
AS American Samoa|Samoa Amerika
AT Austria
AU Australia
AW Aruba
AX Åland Islands|Kepulauan Åland
AZ Azerbaijan
BA Bosnia and Herzegovina|Bosnia dan Herzegovina
BB Barbados
BD Bangladesh
BE Belgium|Belgia
BF Burkina Faso
BG Bulgaria
BH Bahrain
BI Burundi
BJ Benin
BL Saint Barthélemy
BM Bermuda
BN Brunei Darussalam
BO Bolivia
BQ Caribbean Netherlands|Karibia Belanda
BR Brazil|Brasil
BS Bahamas|Bahama
BT Bhutan
BV Bouvet Island|Pulau Bouvet
BW Botswana
BY Belarus
BZ Belize
CA Canada|Kanada
CC Cocos (Keeling) Islands|Kepulauan Cocos (Keeling)
CD Democratic Republic of the Congo|Republik Demokratik Kongo
CF Central African Republic|Republik Afrika Tengah
CG Congo|Kongo
CH Switzerland|Swiss
CI Côte d'Ivoire|Pantai Gading
CK Cook Islands|Kepulauan Cook
CL Chile|Cile
CM Cameroon|Kamerun
CN China|Tiongkok
CO Colombia|Kolombia
CR Costa Rica|Kosta Rika
CU Cuba|Kuba
CV Cabo Verde|Tanjung Verde
CW Curaçao
CX Christmas Island|Pulau Natal
CY Cyprus|Siprus
CZ Czechia|Ceko
DE Germany|Jerman
DJ Djibouti|Jibuti
DK Denmark
DM Dominica|Dominika
DO Dominican Republic|Republik Dominika
DZ Algeria|Aljazair
EC Ecuador|Ekuador
EE Estonia
EG Egypt|Mesir
EH Western Sahara|Sahara Barat
ER Eritrea
ES Spain|Spanyol
ET Ethiopia|Etiopia
FI Finland|Finlandia
FJ Fiji
FK Falkland Islands|Kepulauan Falkland
FM Micronesia|Mikronesia
FO Faroe Islands|Kepulauan Faroe
FR France|Prancis
GA Gabon
GB United Kingdom|Britania Raya
GD Grenada
GE Georgia
GF French Guiana|Guyana Prancis
GG Guernsey
GH Ghana
GI Gibraltar
GL Greenland
GM Gambia
GN Guinea
GP Guadeloupe
GQ Equatorial Guinea|Guinea Khatulistiwa
GR Greece|Yunani
GS South Georgia and the South Sandwich Islands|Georgia Selatan dan Kepulauan Sandwich Selatan
GT Guatemala
GU Guam
GW Guinea-Bissau
GY Guyana
HK Hong Kong
HM Heard Island and McDonald Islands|Pulau Heard dan Kepulauan McDonald
HN Honduras
HR Croatia|Kroasia
HT Haiti
HU Hungary|Hungaria
ID Indonesia
IE Ireland|Irlandia
IL Israel
IM Isle of Man|Pulau Man
IN India
IO British Indian Ocean Territory|Wilayah Samudra Hindia Britania
IQ Iraq|Irak
IR Iran
IS Iceland|Islandia
IT Italy|Italia
JE Jersey
JM Jamaica|Jamaika
JO Jordan|Yordania
JP Japan|Jepang
KE Kenya
KG Kyrgyzstan|Kirgizstan
KH Cambodia|Kamboja
KI Kiribati
KM Comoros|Komoro
KN Saint Kitts and Nevis|Saint Kitts dan Nevis
KP Democratic People's Republic of Korea|Korea Utara
KR Republic of Korea|Korea Selatan
KW Kuwait
KY Cayman Islands|Kepulauan Cayman
KZ Kazakhstan
LA Lao People's Democratic Republic|Laos
LB Lebanon
LC Saint Lucia
LI Liechtenstein
LK Sri Lanka
LR Liberia
LS Lesotho
LT Lithuania|Lituania
LU Luxembourg|Luksemburg
LV Latvia
LY Libya
MA Morocco|Maroko
MC Monaco|Monako
MD Moldova
ME Montenegro
MF Saint Martin (French part)|Saint Martin (bagian Prancis)
MG Madagascar|Madagaskar
MH Marshall Islands|Kepulauan Marshall
MK North Macedonia|Makedonia Utara
ML Mali
MM Myanmar
MN Mongolia
MO Macao|Makau
MP Northern Mariana Islands|Kepulauan Mariana Utara
MQ Martinique|Martinik
MR Mauritania
MS Montserrat
MT Malta
MU Mauritius
MV Maldives|Maladewa
MW Malawi
MX Mexico|Meksiko
MY Malaysia
MZ Mozambique|Mozambik
NA Namibia
NC New Caledonia|Kaledonia Baru
NE Niger
NF Norfolk Island|Pulau Norfolk
NG Nigeria
NI Nicaragua|Nikaragua
NL Netherlands|Belanda
NO Norway|Norwegia
NP Nepal
NR Nauru
NU Niue
NZ New Zealand|Selandia Baru
OM Oman
PA Panama
PE Peru
PF French Polynesia|Polinesia Prancis
PG Papua New Guinea|Papua Nugini
PH Philippines|Filipina
PK Pakistan
PL Poland|Polandia
PM Saint Pierre and Miquelon|Saint Pierre dan Miquelon
PN Pitcairn
PR Puerto Rico|Puerto Riko
PS State of Palestine|Palestina
PT Portugal
PW Palau
PY Paraguay
QA Qatar
RE Réunion
RO Romania|Rumania
RS Serbia
RU Russian Federation|Rusia
RW Rwanda
SA Saudi Arabia|Arab Saudi
SB Solomon Islands|Kepulauan Solomon
SC Seychelles
SD Sudan
SE Sweden|Swedia
SG Singapore|Singapura
SH Saint Helena, Ascension and Tristan da Cunha|Saint Helena, Ascension, dan Tristan da Cunha
SI Slovenia
SJ Svalbard and Jan Mayen|Svalbard dan Jan Mayen
SK Slovakia
SL Sierra Leone
SM San Marino
SN Senegal
SO Somalia
SR Suriname
SS South Sudan|Sudan Selatan
ST Sao Tome and Principe|Sao Tome dan Principe
SV El Salvador
SX Sint Maarten (Dutch part)|Sint Maarten (bagian Belanda)
SY Syria|Suriah
SZ Eswatini
TC Turks and Caicos Islands|Kepulauan Turks dan Caicos
TD Chad
TF French Southern Territories|Wilayah Selatan Prancis
TG Togo
TH Thailand
TJ Tajikistan
TK Tokelau
TL Timor-Leste|Timor Leste
TM Turkmenistan
TN Tunisia
TO Tonga
TR Türkiye|Turki
TT Trinidad and Tobago|Trinidad dan Tobago
TV Tuvalu
TW Taiwan
TZ Tanzania
UA Ukraine|Ukraina
UG Uganda
UM United States Minor Outlying Islands|Kepulauan Terluar Kecil Amerika Serikat
US United States|Amerika Serikat
UY Uruguay
UZ Uzbekistan
VA Holy See|Takhta Suci
VC Saint Vincent and the Grenadines|Saint Vincent dan Grenadine
VE Venezuela
VG British Virgin Islands|Kepulauan Virgin Britania
VI United States Virgin Islands|Kepulauan Virgin Amerika Serikat
VN Viet Nam|Vietnam
VU Vanuatu
WF Wallis and Futuna|Wallis dan Futuna
WS Samoa
XK Kosovo
YE Yemen|Yaman
YT Mayotte
ZA South Africa|Afrika Selatan
ZM Zambia
ZW Zimbabwe
"""
NAMES = {line[:2]: tuple(line[3:].split("|") * 2)[:2] for line in _NAMES.strip().splitlines()}
"""Code to the names in English and in Indonesian."""


def code_of(text: str) -> str:
    """The code that a text is, however its letters are written; nothing for a text that is none."""
    code = text.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def country(code: str, language: str) -> str:
    """What the country is called; the code itself where no name is known."""
    return NAMES[code][language == "id"] if code in NAMES else code
