"""The voices and tags that the telephone network knows, as its own TypeScript definitions list them."""

from __future__ import annotations

from collections.abc import Mapping

# Read from the enumerations SayVoice, SayLanguage and GatherLanguage of the npm package twilio 6.2.0, the only place
# where Twilio lists them for programs. A voice that came out since is unknown here: that is a warning, no error.
_POLLY = {
    "ar-AE": "Hala:n Zayd:n",
    "arb": "Zeina:s",
    "ca-ES": "Arlet:n",
    "cmn-CN": "Zhiyu:sn",
    "cy-GB": "Gwyneth:s",
    "da-DK": "Mads:s Naja:s Sofie:n",
    "de-AT": "Hannah:n",
    "de-DE": "Daniel:ng Hans:s Marlene:s Vicki:sng",
    "en-AU": "Nicole:s Olivia:ng Russell:s",
    "en-GB": "Amy:sng Arthur:n Brian:sn Emma:sn",
    "en-GB-WLS": "Geraint:s",
    "en-IE": "Niamh:n",
    "en-IN": "Aditi:s Kajal:ng Raveena:s",
    "en-NZ": "Aria:n",
    "en-US": (
        "Danielle:ng Gregory:n Ivy:sn Joanna:sng Joey:sn Justin:sn Kendra:sn Kevin:sn Kimberly:sn Matthew:sng "
        "Ruth:ng Salli:sn Stephen:ng"
    ),
    "en-ZA": "Ayanda:ng",
    "es-ES": "Conchita:s Enrique:s Lucia:sng Sergio:ng",
    "es-MX": "Andres:ng Mia:sn Mía:g",
    "es-US": "Lupe:sng Miguel:s Pedro:ng Penelope:s",
    "fi-FI": "Suvi:n",
    "fr-BE": "Isabelle:n",
    "fr-CA": "Chantal:s Gabrielle:n Liam:n",
    "fr-FR": "Celine:s Lea:sng Mathieu:s Remi:n Rémi:g",
    "is-IS": "Dora:s Karl:s",
    "it-IT": "Adriano:n Bianca:sng Carla:s Giorgio:s",
    "ja-JP": "Kazuha:n Mizuki:s Takumi:sn Tomoko:n",
    "ko-KR": "Seoyeon:sn",
    "nb-NO": "Ida:n Liv:s",
    "nl-BE": "Lisa:n",
    "nl-NL": "Laura:n Lotte:s Ruben:s",
    "pl-PL": "Ewa:s Jacek:s Jan:s Maja:s Ola:n",
    "pt-BR": "Camila:sn Ricardo:s Thiago:n Vitoria:sn",
    "pt-PT": "Cristiano:s Ines:sn",
    "ro-RO": "Carmen:s",
    "ru-RU": "Maxim:s Tatyana:s",
    "sv-SE": "Astrid:s Elin:n",
    "tr-TR": "Burcu:n Filiz:s",
    "yue-CN": "Hiujin:n",
}
"""By the language spoken, names and the engines that speak as them: s standard, n neural, g generative."""
_ENGINES = {"s": "", "n": "-Neural", "g": "-Generative"}
_GOOGLE = (
    (
        "Chirp3-HD",
        "Aoede Charon Fenrir Kore Leda Orus Puck Zephyr",
        "ar-XA bn-IN cmn-CN de-DE en-AU en-GB en-IN en-US es-ES es-US fr-CA fr-FR gu-IN hi-IN id-ID it-IT ja-JP "
        "kn-IN ko-KR ml-IN mr-IN nl-NL pl-PL pt-BR ru-RU ta-IN te-IN th-TH tr-TR vi-VN",
    ),
    ("Neural2", "ABC", "es-US ko-KR pt-BR"),
    ("Neural2", "ABCD", "en-AU en-IN fr-CA hi-IN"),
    ("Neural2", "ABCDEFG", "fr-FR"),
    ("Neural2", "ABCDEFGH", "es-ES"),
    ("Neural2", "ABCDFGH", "de-DE"),
    ("Neural2", "ABCDFNO", "en-GB"),
    ("Neural2", "ACDEFGHIJ", "en-US"),
    ("Neural2", "ACF", "it-IT"),
    ("Neural2", "AD", "fil-ph vi-VN"),
    ("Neural2", "BCD", "ja-JP"),
    ("Neural2", "C", "th-TH"),
    ("Neural2", "DF", "da-DK"),
    ("Standard", "A", "af-ZA sr-RS th-TH uk-UA"),
    ("Standard", "AB", "am-ET bg-BG ca-ES cs-CZ el-GR eu-ES fi-FI gl-ES hu-HU is-IS lt-LT lv-LV ro-RO sk-SK"),
    ("Standard", "ABC", "cmn-TW es-US mr-IN"),
    (
        "Standard",
        "ABCD",
        "ar-XA bn-IN cmn-CN en-AU fil-PH fr-CA gu-IN he-IL id-ID ja-JP kn-IN ko-KR ml-IN ms-MY nl-BE pa-IN ta-IN "
        "te-IN vi-VN yue-HK",
    ),
    ("Standard", "ABCDE", "pt-BR ru-RU tr-TR"),
    ("Standard", "ABCDEF", "en-IN hi-IN it-IT pt-PT"),
    ("Standard", "ABCDEFG", "fr-FR nb-NO nl-NL pl-PL sv-SE"),
    ("Standard", "ABCDEFGH", "de-DE es-ES"),
    ("Standard", "ABCDEFGHIJ", "en-US"),
    ("Standard", "ABCDFNO", "en-GB"),
    ("Standard", "ACDEFG", "da-DK"),
    ("Wavenet", "A", "hu-HU uk-UA"),
    ("Wavenet", "AB", "am-ET cs-CZ el-GR fi-FI ro-RO sk-SK"),
    ("Wavenet", "ABC", "cmn-TW es-US mr-IN"),
    (
        "Wavenet",
        "ABCD",
        "ar-XA bn-IN cmn-CN en-AU fil-PH fr-CA gu-IN he-IL id-ID ja-JP kn-IN ko-KR ml-IN ms-MY nl-BE pa-IN ta-IN vi-VN",
    ),
    ("Wavenet", "ABCDE", "pt-BR ru-RU tr-TR"),
    ("Wavenet", "ABCDEF", "en-IN hi-IN it-IT pt-PT"),
    ("Wavenet", "ABCDEFG", "fr-FR nb-NO nl-NL pl-PL sv-SE"),
    ("Wavenet", "ABCDEFGH", "de-DE"),
    ("Wavenet", "ABCDEFGHIJ", "en-US"),
    ("Wavenet", "ABCDFNO", "en-GB"),
    ("Wavenet", "ACDEFG", "da-DK"),
    ("Wavenet", "BCDEFGH", "es-ES"),
)
"""Family, names (single letters where there are no blanks), and the languages that have them."""
_PLAIN = ("man", "woman", "alice")
_SPEAK = """
    af-ZA am-ET ar-AE ar-XA arb bg-BG bn-IN ca-ES cmn-CN cmn-TW cs-CZ cy-GB da-DK de-AT de-DE el-GR en-AU en-CA
    en-GB en-GB-WLS en-IE en-IN en-NZ en-US en-ZA es-ES es-MX es-US fi-FI fil-PH fr-CA fr-FR fr-BE gu-IN he-IL hi-IN
    hu-HU id-ID is-IS it-IT ja-JP kn-IN ko-KR lv-LV ml-IN mr-IN ms-MY nb-NO nl-BE nl-NL pa-IN pl-PL pt-BR pt-PT
    ro-RO ru-RU sk-SK sr-RS sv-SE ta-IN te-IN th-TH tr-TR uk-UA vi-VN yue-HK zh-CN zh-HK zh-TW yue-CN
"""
_LISTEN = """
    af-ZA am-ET ar-AE ar-BH ar-DZ ar-EG ar-IL ar-IQ ar-JO ar-KW ar-LB ar-MA ar-OM ar-PS ar-QA ar-SA ar-TN az-AZ
    bg-BG bn-BD bn-IN ca-ES cs-CZ da-DK de-DE el-GR en-AU en-CA en-GB en-GH en-IE en-IN en-KE en-NG en-NZ en-PH
    en-SG en-TZ en-US en-ZA es-AR es-BO es-CL es-CO es-CR es-DO es-EC es-ES es-GT es-HN es-MX es-NI es-PA es-PE
    es-PR es-PY es-SV es-US es-UY es-VE et-EE eu-ES fa-IR fi-FI fil-PH fr-CA fr-FR gl-ES gu-IN he-IL hi-IN hr-HR
    hu-HU hy-AM id-ID is-IS it-IT ja-JP jv-ID ka-GE km-KH kn-IN ko-KR lo-LA lt-LT lv-LV mk-MK ml-IN mn-MN mr-IN
    ms-MY my-MM nar-IQ nb-NO ne-NP nl-BE nl-NL pa-guru-IN pl-PL pt-BR pt-PT ro-RO ru-RU si-LK sk-SK sl-SI sq-AL
    sr-RS su-ID sv-SE sw-KE sw-TZ ta-IN ta-LK ta-MY ta-SG te-IN th-TH tr-TR uk-UA ur-IN ur-PK uz-UZ vi-VN
    yue-Hant-HK zh cmn-Hans-CN zh-TW cmn-Hant-TW zu-ZA
"""
SPEAK, LISTEN = frozenset(_SPEAK.split()), frozenset(_LISTEN.split())
"""Tags a voice may be told to speak, and tags of the languages that are understood."""


def _all() -> Mapping[str, str]:
    found = dict.fromkeys(_PLAIN, "")
    for language, names in _POLLY.items():
        for name, _, engines in (each.partition(":") for each in names.split()):
            found |= {f"Polly.{name}{_ENGINES[engine]}": language for engine in engines}
    for family, names, languages in _GOOGLE:
        for name in names.split() if " " in names else names:
            found |= {f"Google.{language}-{family}-{name}": language for language in languages.split()}
    return found


VOICES: Mapping[str, str] = _all()
"""Every voice with the language it speaks, empty for those that speak any."""
