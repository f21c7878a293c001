"""How French says yes and no."""

from __future__ import annotations

from ivr.speech.table import Table

FR = Table(
    yes=(
        "pas de problème|aucun problème|sans problème|pas de souci|aucun souci|sans souci|pourquoi pas|"
        "sans aucun doute|sans doute aucun|aucun doute|rien à redire|ça ne me dérange pas|"
        "je ny vois pas dinconvénient|allez y|allezy|bien sûr que oui|mais oui|pas dobjection|aucune objection"
    ),
    agrees=(
        "oui|ouais|ouaip|exact|exactement|correct|correcte|cest ça|cest exact|cest correct|cest vrai|cest bon|"
        "tout à fait|bien sûr|évidemment|certainement|absolument|effectivement|daccord|je confirme|confirmé|accepte|"
        "jaccepte|volontiers|avec plaisir|juste|résolu|réglé|je veux bien|je veux|jaimerais|entendu|je crois que oui|"
        "ok oui|cest moi|moi même"
    ),
    lightly="ok|okay|bon|bien|très bien|parfait|super|vas y|ça marche|ça va|ça me va|vous pouvez",
    alone="sil vous plaît|sil te plaît|svp|je vous en prie|si",
    no=(
        "non|nan|non merci|pas du tout|absolument pas|certainement pas|bien sûr que non|surtout pas|pas encore|"
        "pas vraiment|pas maintenant|jamais de la vie|laissez tomber|oubliez|annuler|annulez|refuse|je refuse|"
        "inutile|pas la peine|pas question|hors de question|cest tout|rien dautre|négatif|au contraire|arrêtez|stop"
    ),
    wrong="faux|fausse|incorrect|incorrecte|erreur|mauvais|mauvaise|inexact|trompé|trompée|trompez",
    negates="pas|ne|nest|nai|na|jamais|rien|aucun|aucune|personne|sans|ni|plus besoin|guère",
    sure="sûr|sûre|certain|certaine|convaincu",
    knows="sais|comprends|compris|entends|souviens|rappelle|idée|importe",
    unclear=(
        "je ne sais pas|sais pas|jsais pas|peut être|peutêtre|possible|ça dépend|nimporte|peu importe|ça mest égal|"
        "quoi|comment|qui|quel|quelle|quand|où|pourquoi|combien|pardon|répétez|répéter|encore une fois|attendez|"
        "un instant|un moment|presque|à peu près|à moitié|est ce que|estce que|je doute|doute|oui ou non|"
        "oui et non|si vous"
    ),
    nothing=(
        "euh|ben|bah|ah|oh|hein|merci|monsieur|madame|bonjour|allô|le|la|les|un|une|de|cest|est|je|vous|ça|mon|ma|"
        "très|tout|tous|et|à|en|du|des|il|elle|que|y|merci beaucoup"
    ),
    apart="parce que|car",
    but="mais|cependant|sauf|excepté|par contre|sinon|seulement",
    leads="ok|okay|bon|bien|très bien|parfait|daccord",
    so="oui|ouais|exact|exactement|cest ça|tout à fait|correct",
    urges="je vous écoute|de quoi sagitil|de quoi sagit il|cest pour quoi|que voulez vous|quy a til|quy a t il",
    softens="bien|très bien|cest bon|ça va|parfait|ok|okay|ça marche|daccord",
    refuses="ne veux pas|veux pas|ne souhaite pas|nai pas besoin|pas besoin|nappelle pas|ne suis pas là",
    excludes=(
        "pas|pas un|pas une|pas de|pas d|pas le|pas la|pas pour|pas pour un|pas pour une|plutôt que|au lieu d|"
        "au lieu de"
    ),
    between="je|mais",
    still="pourquoi pas|pourquoi pas un|pourquoi pas une|pas seulement",
    digits="zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf",
    ordinals="|premier/première|deuxième/second/seconde|troisième|quatrième|cinquième|sixième|septième|huitième|neuvième",
    key_leads="touche|tapez|numéro|le|la|le numéro|option|loption|choix|je choisis|la touche",
    key_tails="sil vous plaît|merci",
    ordinal_tails="option|choix",
    denies="ne veux pas|veux pas|ne souhaite pas|nai pas besoin|au lieu de|pas pour|pas un|pas une",
    idle="bonjour|bonsoir|je|voudrais|veux|vous mentendez|ça va",
    opposites=(
        "ouvrir/ouverture : fermer/clôturer/résilier/supprimer | augmenter : baisser/réduire/diminuer | "
        "activer : désactiver"
    ),
)  # fmt: skip
