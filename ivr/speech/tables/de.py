"""How German says yes and no."""

from __future__ import annotations

from ivr.speech.table import Table

DE = Table(
    yes=(
        "kein problem|keine ursache|kein thema|keine einwände|nichts dagegen|nicht dagegen|warum nicht|wieso nicht|"
        "ohne zweifel|zweifellos|nicht falsch|nichts auszusetzen|macht nichts|gar kein problem|ohne weiteres|nur zu|"
        "überhaupt kein problem|nichts einzuwenden|keine frage|nichts lieber als das|wieso auch nicht|keine bedenken"
    ),
    agrees=(
        "ja|jawohl|jo|jep|jup|doch|richtig|korrekt|genau|stimmt|das stimmt|exakt|natürlich|selbstverständlich|klar|"
        "na klar|sicherlich|gewiss|einverstanden|bestätige|bestätigt|zustimme|stimme zu|stimme|passt|gerne|gern|"
        "auf jeden fall|unbedingt|gelöst|erledigt|geklärt|möchte|absolut|freilich|mach ich|mache ich|funktionieren|"
        "wahr|von mir aus|meinetwegen|am apparat|ganz recht"
    ),
    lightly="gut|okay|ok|in ordnung|schön|super|prima|alles klar|perfekt|wunderbar|so ist es",
    ends="können sie|dürfen sie|will|bin ich|das bin ich|habe ich|hat es|tut es|ist es",
    alone="bitte|bitte sehr|bitte gern",
    no=(
        "nein|nee|nö|ne|nein danke|niemals|auf keinen fall|keinesfalls|keineswegs|natürlich nicht|sicher nicht|"
        "bestimmt nicht|noch nicht|lieber nicht|nicht nötig|ablehnen|lehne ab|vergessen sie es|lassen sie es|schluss|"
        "weder|im gegenteil|das ist alles|das wars|sonst nichts|das war alles|das wärs|das wär alles|das wäre alles|"
        "das reicht|nichts mehr|brauche nichts mehr|lieber kein"
    ),
    stops="abbrechen|stopp|stop|auflegen|löschen",
    wrong="falsch|verkehrt|fehler|fehlerhaft|unrichtig|irrtum|inkorrekt|schlecht",
    negates="nicht|kein|keine|keinen|keinem|keiner|keines|nichts|nie|niemand|ohne|kaum|nirgends",
    sure="sicher|gewiß|überzeugt",
    knows="weiß|weiss|ahnung|verstehe|verstanden|gehört|erinnere|meinung",
    unclear=(
        "weiß nicht|weiss nicht|keine ahnung|vielleicht|eventuell|möglicherweise|womöglich|kommt darauf an|"
        "kommt drauf an|egal|ist mir egal|wie bitte|was|wer|wie|wo|wann|welche|welcher|welches|warum|wieso|nochmal|"
        "noch einmal|wiederholen|entschuldigung|fast|beinahe|teilweise|halb|jein|bezweifle|zweifel|ob|wenn|falls|"
        "ja oder nein|ja und nein|teils teils|mal sehen|weder noch|kann sein|macht mir nichts aus"
    ),
    hesitates="moment|einen moment|moment mal|warten sie|warte|stimmt das|ist das richtig",
    nothing=(
        "äh|ähm|hm|ach|also|na|naja|danke|vielen dank|herr|frau|hallo|das|es|ist|sind|so|sehr|ich|sie|mir|mich|der|"
        "die|den|dem|ein|eine|schon|wirklich|ganz|alles|jetzt|mal|und|war|hat|habe|wäre|sollte"
    ),
    apart="weil|denn",
    but="aber|jedoch|allerdings|obwohl|sondern|außer|bis auf|nur",
    leads="gut|okay|ok|in ordnung|schön|super|alles klar|na klar|so ist es",
    so="ja|jawohl|genau|richtig|stimmt|das stimmt|korrekt",
    urges="worum geht es|worum gehts|was gibt es|was gibts|was ist los|bitte schön|ja bitte|was kann ich für sie tun",
    softens="gut|okay|ok|in ordnung|alles klar|passt|schön|bitte|super",
    refuses=(
        "will nicht|möchte nicht|will kein|will keine|will keinen|möchte keine|möchte keinen|"
        "brauche kein|brauche keine|brauche keinen|brauche nicht"
    ),
    excludes="nicht|kein|keine|keinen|statt|anstatt|nicht wegen|nicht um|nicht zu|nicht zur|nicht zum",
    between="ich|sondern|aber",
    still="warum nicht|wieso nicht|nicht nur",
    digits="null|eins|zwei/zwo|drei|vier|fünf|sechs|sieben|acht|neun",
    ordinals="|erste|zweite|dritte|vierte|fünfte|sechste|siebte|achte|neunte",
    key_leads="drücke|taste|nummer|option|die|das|der|die nummer|die taste|ich nehme|ich wähle",
    key_tails="bitte|danke",
    ordinal_tails="option|punkt",
    denies="will nicht|will kein|will keine|möchte nicht|möchte keine|brauche keine|statt|anstatt|nicht wegen",
    idle="guten morgen|guten tag|guten abend|grüß gott|hören sie mich|ich|möchte|will|sind sie da",
    opposites=(
        "eröffnen/eröffnung/aufmachen : schließen/kündigen/auflösen/löschen | erhöhen/höher : senken/verringern | "
        "aktivieren : deaktivieren"
    ),
)  # fmt: skip
